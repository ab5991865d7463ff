import Foundation
import Testing

@testable import Postgres

@Suite struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"),
        (1_795_446_634_123_456, "2026-11-23T15:10:34.123Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000_000, "2000-02-29T00:00:00.000Z"),
        (4_107_542_399_999_999, "2100-02-28T23:59:59.999Z"),
        (-62_135_596_800_000_000, "0001-01-01T00:00:00.000Z"),
    ])
    func `is written in UTC with milliseconds`(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).iso8601 == text)
    }

    @Test(arguments: [
        ("2026-11-23T15:10:34.123Z", 1_795_446_634_123_000 as Int64?),
        ("2026-11-23 15:10:34.123456+00", 1_795_446_634_123_456),
        ("2026-11-23 17:10:34.5+02", 1_795_446_634_500_000),
        ("2026-11-23T12:40:34-02:30", 1_795_446_634_000_000),
        ("2026-11-23T12:40:34-0230", 1_795_446_634_000_000),
        ("2026-11-23T15:10", 1_795_446_600_000_000),
        ("2026-11-23", 1_795_392_000_000_000),
        ("2026-11-23T15:10:34.1234567Z", 1_795_446_634_123_456),
        ("2026-11-23T24:00:00Z", 1_795_478_400_000_000),
        ("0044-03-15 12:00:00+00 BC", -63_517_780_800_000_000),
        ("", nil),
        ("yesterday", nil),
        ("2026-13-01", nil),
        ("2026-02-29", nil),
        ("2026-11-23T25:00:00Z", nil),
        ("2026-11-23T24:00:01Z", nil),
        ("2026-11-23T15:10:34.Z", nil),
        ("2026-11-23T15:10:34Zjunk", nil),
        ("2026-11-23T15:10:34+2", nil),
        ("999999-12-31", nil),
    ])
    func `is read, or refused`(text: String, microseconds: Int64?) {
        #expect(Timestamp(iso8601: text)?.microseconds == microseconds)
    }

    @Test func `agrees with Foundation and reads what it writes`() throws {
        // From the year 1621 on: before 1582 Foundation reckons with Julius Caesar's calendar.
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for _ in 0..<2_000 {
            let time = Timestamp(
                microseconds: .random(in: -11_000_000_000_000_000...60_000_000_000_000_000)
            )
            let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1_000)
            #expect(time.iso8601.dropLast(4) == date.formatted(format).dropLast(4))
            #expect(Timestamp(iso8601: time.iso8601Microseconds) == time)
        }
    }

    @Test func `is reckoned with in seconds and saturates`() {
        let time = Timestamp(microseconds: 1_000_000)
        #expect((time + 1.5).microseconds == 2_500_000)
        #expect((time - 2).microseconds == -1_000_000)
        #expect((time + 60) - time == 60)
        #expect(Timestamp.distantFuture + 1 == .distantFuture)
        #expect(time < time + 0.000001)
        #expect(Timestamp(secondsSince1970: Double.infinity) == .distantFuture)
    }

    @Test func `now is what the clock of the system says`() {
        #expect(abs(Timestamp.now().secondsSince1970 - Date().timeIntervalSince1970) < 1)
    }

    @Test func `travels as JSON in ISO 8601`() throws {
        let time = Timestamp(microseconds: 1_795_446_634_123_000)
        let data = try JSONEncoder().encode([time])
        #expect(String(decoding: data, as: UTF8.self) == #"["2026-11-23T15:10:34.123Z"]"#)
        #expect(try JSONDecoder().decode([Timestamp].self, from: data) == [time])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Timestamp].self, from: Data(#"["today"]"#.utf8))
        }
    }
}
