import Glibc

/// A point in time to the microsecond, as PostgreSQL's `timestamptz` keeps it.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Microseconds since 1970-01-01 00:00 UTC.
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package init(secondsSince1970 seconds: Double) {
        let scaled = (seconds * 1_000_000).rounded()
        microseconds = Int64(exactly: scaled) ?? (scaled < 0 ? .min : .max)
    }

    package init(secondsSince1970 seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        microseconds = overflow ? (seconds < 0 ? .min : .max) : product
    }

    /// PostgreSQL's `infinity` and `-infinity`.
    package static let distantFuture = Timestamp(microseconds: .max)
    package static let distantPast = Timestamp(microseconds: .min)

    package static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    package var secondsSince1970: Double { Double(microseconds) / 1_000_000 }

    /// Whole milliseconds since 1970, rounded down.
    package var milliseconds: Int64 { microseconds.flooredQuotient(1_000) }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    package static func + (time: Timestamp, seconds: Double) -> Timestamp {
        Timestamp(
            microseconds: time.microseconds.saturatingAdd(
                Timestamp(secondsSince1970: seconds).microseconds
            )
        )
    }

    package static func - (time: Timestamp, seconds: Double) -> Timestamp {
        time + -seconds
    }

    /// Seconds from the right to the left one.
    package static func - (left: Timestamp, right: Timestamp) -> Double {
        (Double(left.microseconds) - Double(right.microseconds)) / 1_000_000
    }
}

extension Int64 {
    fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    fileprivate func saturatingAdd(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}

// MARK: - Writing

extension Timestamp {
    /// `2026-11-23T15:10:34.123Z`: UTC with milliseconds, rounded down (ISO 8601, RFC 3339).
    package var iso8601: String {
        text(separator: UInt8(ascii: "T"), fractionDigits: 3)
    }

    /// `2026-11-23T15:10:34.123456Z`, which keeps every microsecond.
    package var iso8601Microseconds: String {
        text(separator: UInt8(ascii: "T"), fractionDigits: 6)
    }

    private func text(separator: UInt8, fractionDigits: Int) -> String {
        let parts = CivilTime(self)
        return String(unsafeUninitializedCapacity: 40) { buffer in
            var writer = DigitWriter(buffer: buffer)
            if parts.year < 0 {
                writer.put(UInt8(ascii: "-"))
            }
            let year = Int64(parts.year.magnitude)
            writer.put(year, digits: year > 99_999 ? 6 : year > 9_999 ? 5 : 4)
            writer.put(UInt8(ascii: "-"))
            writer.put(parts.month, digits: 2)
            writer.put(UInt8(ascii: "-"))
            writer.put(parts.day, digits: 2)
            writer.put(separator)
            writer.put(parts.secondOfDay / 3_600, digits: 2)
            writer.put(UInt8(ascii: ":"))
            writer.put(parts.secondOfDay / 60 % 60, digits: 2)
            writer.put(UInt8(ascii: ":"))
            writer.put(parts.secondOfDay % 60, digits: 2)
            writer.put(UInt8(ascii: "."))
            let fraction = fractionDigits == 3 ? parts.microsecond / 1_000 : parts.microsecond
            writer.put(fraction, digits: fractionDigits)
            writer.put(UInt8(ascii: "Z"))
            return writer.end
        }
    }
}

private struct DigitWriter {
    let buffer: UnsafeMutableBufferPointer<UInt8>
    var end = 0

    init(buffer: UnsafeMutableBufferPointer<UInt8>) {
        self.buffer = buffer
    }

    mutating func put(_ byte: UInt8) {
        buffer[end] = byte
        end += 1
    }

    mutating func put(_ number: Int64, digits: Int) {
        var rest = number
        var position = end + digits
        while position > end {
            position -= 1
            buffer[position] = UInt8(48 + rest % 10)
            rest /= 10
        }
        end += digits
    }
}

/// Date and time of day of the proleptic Gregorian calendar in UTC.
private struct CivilTime {
    var year: Int64
    var month: Int64
    var day: Int64
    var secondOfDay: Int64
    var microsecond: Int64

    init(_ time: Timestamp) {
        let seconds = time.microseconds.flooredQuotient(1_000_000)
        // Not as a difference: `seconds * 1_000_000` overflows at the very beginning of time.
        let rest = time.microseconds % 1_000_000
        microsecond = rest < 0 ? rest + 1_000_000 : rest
        let days = seconds.flooredQuotient(86_400)
        secondOfDay = seconds - days * 86_400
        // Years are counted from March, so that the leap day is the last day of a year; eras are
        // the 400 years after which the calendar repeats. 719,468 days lie before 1970.
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01 of a date.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.flooredQuotient(400)
        let yearOfEra = shiftedYear - era * 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func daysInMonth(year: Int64, month: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

// MARK: - Reading

extension Timestamp {
    /// Reads `2026-11-23T15:10:34.123Z` and its relatives: a space for the `T`, no or up to nine
    /// digits of fraction, an offset such as `+02`, `+0230` or `+02:30`, or a date alone (midnight).
    /// Without an offset the time is UTC.
    package init?(iso8601 text: String) {
        var text = text
        let parsed = text.withUTF8 { Timestamp(bytes: $0) }
        guard let parsed else {
            return nil
        }
        self = parsed
    }

    /// Reads PostgreSQL's ISO form as well, with years beyond four digits and a trailing ` BC`.
    init?(bytes: UnsafeBufferPointer<UInt8>) {
        var scanner = TimeScanner(bytes: bytes)
        guard let date = scanner.date() else {
            return nil
        }
        var seconds: Int64 = 0
        var fraction: Int64 = 0
        if scanner.take(UInt8(ascii: "T")) || scanner.take(UInt8(ascii: "t"))
            || scanner.takeSpaceBeforeDigit()
        {
            guard let time = scanner.time(), let offset = scanner.offset() else {
                return nil
            }
            seconds = time.seconds - offset
            fraction = time.microseconds
        }
        let isBeforeChrist = scanner.takeEra()
        guard scanner.isAtEnd else {
            return nil
        }
        let year = isBeforeChrist ? 1 - date.year : date.year
        guard date.day <= CivilTime.daysInMonth(year: year, month: date.month) else {
            return nil
        }
        let days = CivilTime.days(year: year, month: date.month, day: date.day)
        let (product, overflow) = (days * 86_400 + seconds).multipliedReportingOverflow(
            by: 1_000_000
        )
        guard !overflow else {
            return nil
        }
        self.init(microseconds: product.saturatingAdd(fraction))
    }
}

private struct TimeScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else {
            return false
        }
        position += 1
        return true
    }

    mutating func takeSpaceBeforeDigit() -> Bool {
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: " "),
            bytes[position + 1] &- 48 <= 9
        else {
            return false
        }
        position += 1
        return true
    }

    /// A number of exactly as many digits as the range allows, greedily.
    mutating func number(_ digits: ClosedRange<Int>) -> Int64? {
        var value: Int64 = 0
        var count = 0
        while position < bytes.count, count < digits.upperBound, bytes[position] &- 48 <= 9 {
            value = value * 10 + Int64(bytes[position] - 48)
            position += 1
            count += 1
        }
        return count >= digits.lowerBound ? value : nil
    }

    mutating func date() -> (year: Int64, month: Int64, day: Int64)? {
        guard let year = number(4...6), take(UInt8(ascii: "-")),
            let month = number(2...2), (1...12).contains(month), take(UInt8(ascii: "-")),
            let day = number(2...2), (1...31).contains(day)
        else {
            return nil
        }
        return (year, month, day)
    }

    mutating func time() -> (seconds: Int64, microseconds: Int64)? {
        guard let hour = number(2...2), hour <= 24, take(UInt8(ascii: ":")),
            let minute = number(2...2), minute <= 59
        else {
            return nil
        }
        var second: Int64 = 0
        if take(UInt8(ascii: ":")) {
            // RFC 3339 §5.6 allows a leap second; it counts as the first of the next minute.
            guard let value = number(2...2), value <= 60 else {
                return nil
            }
            second = value
        }
        let seconds = hour * 3_600 + minute * 60 + second
        guard seconds <= 86_400 else {
            return nil
        }
        guard take(UInt8(ascii: ".")) else {
            return (seconds, 0)
        }
        let start = position
        guard let digits = number(1...9) else {
            return nil
        }
        var scaled = digits
        for _ in 0..<max(0, 6 - (position - start)) {
            scaled *= 10
        }
        for _ in 0..<max(0, position - start - 6) {
            scaled /= 10
        }
        return (seconds, scaled)
    }

    /// Seconds east of UTC; 0 when none is given, nil when it is malformed.
    mutating func offset() -> Int64? {
        if take(UInt8(ascii: "Z")) || take(UInt8(ascii: "z")) {
            return 0
        }
        let isWest = take(UInt8(ascii: "-"))
        guard isWest || take(UInt8(ascii: "+")) else {
            return 0
        }
        guard let hours = number(2...2) else {
            return nil
        }
        var seconds = hours * 3_600
        for unit in [Int64(60), 1] {
            let hasColon = take(UInt8(ascii: ":"))
            guard let value = number(2...2) else {
                if hasColon {
                    return nil
                }
                break
            }
            guard value <= 59 else {
                return nil
            }
            seconds += value * unit
        }
        return isWest ? -seconds : seconds
    }

    mutating func takeEra() -> Bool {
        guard bytes.count - position == 3, bytes[position...].elementsEqual(" BC".utf8) else {
            return false
        }
        position = bytes.count
        return true
    }
}

// MARK: - PostgreSQL

extension Timestamp: SQLEncodable {
    package var sqlValue: SQLValue {
        switch self {
        case .distantFuture:
            return SQLValue("infinity")
        case .distantPast:
            return SQLValue("-infinity")
        default:
            break
        }
        guard CivilTime(self).year <= 0 else {
            return SQLValue(iso8601Microseconds)
        }
        // PostgreSQL knows no year 0: it is 1 BC. 400 years later the calendar looks the same, so
        // the digits of the year are the only thing that changes.
        let year = 1 - CivilTime(self).year
        let rest = iso8601Microseconds.drop { $0 == "-" }.drop { $0 != "-" }
        let digits = String(year)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        return SQLValue(padding + digits + rest + " BC")
    }
}

extension Timestamp: SQLDecodable {
    package static func decode(
        _ column: UnsafeBufferPointer<UInt8>?
    ) throws(PostgresError) -> Timestamp {
        let bytes = try require(column)
        if let time = Timestamp(bytes: bytes) {
            return time
        }
        if bytes.elementsEqual("infinity".utf8) {
            return .distantFuture
        }
        guard bytes.elementsEqual("-infinity".utf8) else {
            throw mismatch(bytes)
        }
        return .distantPast
    }
}

extension Timestamp: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let time = Timestamp(iso8601: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no ISO 8601 time")
            )
        }
        self = time
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso8601)
    }
}

extension Timestamp: CustomStringConvertible {
    package var description: String { iso8601Microseconds }
}
