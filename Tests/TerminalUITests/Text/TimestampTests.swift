import Testing

@testable import TerminalUI

@Suite struct TimestampTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00.000Z", 0), ("2000-02-29T12:30:15Z", 951_827_415),
            ("2026-11-23T12:00:00.123Z", 1_795_435_200), ("1969-12-31T23:59:59Z", -1),
            ("2100-03-01T00:00:00Z", 4_107_542_400),
        ] as [(String, Int64)]
    )
    func `times are read and written as the API has them`(text: String, seconds: Int64) {
        #expect(Timestamp.seconds(text) == seconds)
        #expect(Timestamp.text(seconds) == text.prefix(19) + "Z")
    }

    @Test(arguments: ["", "yesterday", "2026-11-23", "2026-11-23Txx:00:00Z"])
    func `what is no time is none`(text: String) {
        #expect(Timestamp.seconds(text) == nil)
    }

    @Test(
        arguments: [
            (0, "now"), (59, "now"), (60, "1m"), (7200, "2h"), (86_400, "1d"), (2_592_000, "1mo"),
            (40_000_000, "1y"), (-50, "now"),
        ] as [(Int64, String)]
    )
    func `ages are short`(seconds: Int64, age: String) {
        #expect(Age.short(since: noon - seconds, now: noon) == age)
    }

    @Test func `JSON holds nothing that a terminal obeys`() {
        let hostile = "\"a\u{9B}31m\u{7F}\u{202E}\u{200D}\u{E0041}é日\""
        let escaped = TextPolicy.escaped(json: hostile)
        let isSteering = escaped.unicodeScalars.contains { isDangerous($0) }
        #expect(!isSteering)
        #expect(escaped == "\"a\\u009b31m\\u007f\\u202e\\u200d\\udb40\\udc41é日\"")
    }
}
