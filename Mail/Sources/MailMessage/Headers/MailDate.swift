/// A moment with the zone it was written in (RFC 5322 §3.3).
package struct MailDate: Sendable, Hashable {
    /// Seconds since 1970-01-01 00:00 UTC.
    package let seconds: Int64
    /// Minutes east of UTC; nil when the zone is unknown (`-0000`).
    package let offsetMinutes: Int?

    package init(seconds: Int64, offsetMinutes: Int? = 0) {
        self.seconds = seconds
        self.offsetMinutes = offsetMinutes
    }

    /// Reads a date with all obsolete forms of RFC 5322 §4.3, the order of `asctime`, dashes between
    /// day, month and year, and zones as `GMT+2` or `+02:00`.
    package init?(_ value: some Collection<UInt8>) {
        var reader = DateReader()
        for token in DateReader.tokens(value) { reader.read(token) }
        guard let date = reader.date else { return nil }
        self = date
    }

    package init?(_ text: String) { self.init(Array(text.utf8)) }

    /// As RFC 5322 writes it: `Fri, 15 Jan 2016 00:12:43 +0100`.
    package var rfc5322: String {
        let offset = offsetMinutes ?? 0
        let local = seconds + Int64(offset) * 60
        let days = Self.floorDivide(local, 86_400)
        let date = Self.civil(fromDays: days)
        let time = Int(local - days * 86_400)
        let weekday = Int(((days + 4) % 7 + 7) % 7)
        let sign = offsetMinutes == nil || offset < 0 ? "-" : "+"
        let zone = abs(offset)
        return "\(Self.weekdays[weekday]), \(date.day) \(Self.months[date.month - 1]) "
            + "\(Self.pad(date.year, 4)) \(Self.clock(time)) "
            + "\(sign)\(Self.pad(zone / 60, 2))\(Self.pad(zone % 60, 2))"
    }

    /// In UTC: `2016-01-14T23:12:43Z`.
    package var iso8601: String {
        let days = Self.floorDivide(seconds, 86_400)
        let date = Self.civil(fromDays: days)
        let day = "\(Self.pad(date.year, 4))-\(Self.pad(date.month, 2))-\(Self.pad(date.day, 2))"
        return "\(day)T\(Self.clock(Int(seconds - days * 86_400)))Z"
    }

    /// As C's `asctime` writes it, in UTC: `Thu Jan 14 23:12:43 2016`.
    package var asctime: String {
        let days = Self.floorDivide(seconds, 86_400)
        let date = Self.civil(fromDays: days)
        let weekday = Self.weekdays[Int(((days + 4) % 7 + 7) % 7)]
        let day = (date.day < 10 ? " " : "") + String(date.day)
        let clock = Self.clock(Int(seconds - days * 86_400))
        return "\(weekday) \(Self.months[date.month - 1]) \(day) \(clock) \(Self.pad(date.year, 4))"
    }

    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    private static func clock(_ seconds: Int) -> String {
        "\(pad(seconds / 3600, 2)):\(pad(seconds / 60 % 60, 2)):\(pad(seconds % 60, 2))"
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    static func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
        value >= 0 ? value / by : -((-value + by - 1) / by)
    }

    /// Days since 1970-01-01 of a date of the Gregorian calendar.
    static func days(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = Int(floorDivide(Int64(shifted), 400))
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468)
    }

    static func civil(fromDays days: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = Int(shifted - era * 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

/// Collects the parts of a date from its tokens, whatever their order.
private struct DateReader {
    private var day: Int?
    private var month: Int?
    private var year: Int?
    private var clock: (hour: Int, minute: Int, second: Int)?
    private var offset: Int?
    private var zoneSeen = false
    private var afternoon: Bool?

    /// Words, numbers and signs; comments and commas left out.
    static func tokens(_ value: some Collection<UInt8>) -> [String] {
        var tokens: [String] = []
        var token: [UInt8] = []
        var depth = 0
        func flush() {
            if !token.isEmpty { tokens.append(String(decoding: token, as: UTF8.self)) }
            token = []
        }
        for byte in value.prefix(200) {
            switch byte {
            case ASCII.openParenthesis:
                flush()
                depth += 1
            case ASCII.closeParenthesis:
                depth = max(0, depth - 1)
            case _ where depth > 0:
                continue
            case ASCII.comma, ASCII.quote:
                flush()
            case _ where byte <= 32:
                flush()
            default:
                token.append(byte)
            }
        }
        flush()
        return tokens
    }

    mutating func read(_ token: String) {
        let lower = token.asciiLowercased
        if clock == nil, lower.contains(":") || isDottedClock(lower), readClock(lower) { return }
        if clock != nil, !zoneSeen, readZone(lower) { return }
        if lower == "am" || lower == "pm" {
            afternoon = lower == "pm"
            return
        }
        if readISODate(lower) { return }
        for piece in lower.split(whereSeparator: { $0 == "-" || $0 == "/" || $0 == "." }) {
            readPiece(String(piece))
        }
    }

    private func isDottedClock(_ token: String) -> Bool {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 && parts.allSatisfy { $0.count == 2 && Int($0) != nil }
            && day != nil && year != nil
    }

    private mutating func readPiece(_ piece: String) {
        if let number = Int(piece), piece.utf8.allSatisfy(\.isDigit) {
            if day == nil, piece.count <= 2, (1...31).contains(number) {
                day = number
            } else if year == nil, piece.count <= 4 {
                year = Self.fullYear(number, digits: piece.count)
            }
            return
        }
        guard month == nil, piece.count >= 3 else { return }
        let index = MailDate.months.firstIndex { piece.hasPrefix($0.asciiLowercased) }
        month = index.map { $0 + 1 }
    }

    /// RFC 5322 §4.3: two digits 00–49 are 2000–2049, others and three digits are added to 1900.
    private static func fullYear(_ number: Int, digits: Int) -> Int {
        switch digits {
        case ...2: number < 50 ? 2000 + number : 1900 + number
        case 3: 1900 + number
        default: number
        }
    }

    private mutating func readISODate(_ token: String) -> Bool {
        let parts = token.split(separator: "-")
        guard day == nil, parts.count == 3, parts[0].count == 4, let year = Int(parts[0]),
            let month = Int(parts[1]), let day = Int(parts[2].prefix(2))
        else { return false }
        (self.year, self.month, self.day) = (year, month, day)
        if let mark = token.firstIndex(of: "t") { read(String(token[token.index(after: mark)...])) }
        return true
    }

    private mutating func readClock(_ token: String) -> Bool {
        if let mark = token.firstIndex(of: "t"), readISODate(String(token[..<mark])) {
            return readClock(String(token[token.index(after: mark)...]))
        }
        let digits = token.prefix { $0.isNumber || $0 == ":" || $0 == "." }
        let parts = digits.split(whereSeparator: { $0 == ":" || $0 == "." })
        guard parts.count >= 2, let hour = Int(parts[0]), let minute = Int(parts[1]) else {
            return false
        }
        let second = parts.count > 2 ? Int(parts[2]) ?? 0 : 0
        guard (0...24).contains(hour), (0...59).contains(minute), (0...60).contains(second) else {
            return false
        }
        clock = (hour, minute, second)
        let rest = token[digits.endIndex...]
        if !rest.isEmpty { read(String(rest)) }
        return true
    }

    private mutating func readZone(_ token: String) -> Bool {
        var text = Substring(token)
        for prefix in ["gmt", "utc", "ut"] where text.hasPrefix(prefix) && text.count > prefix.count
        {
            text = text.dropFirst(prefix.count)
        }
        if text.hasPrefix("+") || text.hasPrefix("-") {
            let digits = text.dropFirst().filter { $0 != ":" }
            guard let number = Int(digits), (1...4).contains(digits.count) else { return false }
            let minutes = digits.count <= 2 ? number * 60 : number / 100 * 60 + number % 100
            guard minutes < 24 * 60 else { return false }
            zoneSeen = true
            offset = text.hasPrefix("-") ? (minutes == 0 ? nil : -minutes) : minutes
            return true
        }
        guard text.utf8.allSatisfy(\.isLetter), text != "am", text != "pm" else { return false }
        guard text.count == 1 || Self.zones[String(text)] != nil else { return false }
        zoneSeen = true
        offset = Self.zones[String(text)]
        return true
    }

    private static let zones: [String: Int] = [
        "z": 0, "ut": 0, "gmt": 0, "utc": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
        "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "bst": 60, "wet": 0, "west": 60,
        "cet": 60, "cest": 120, "met": 60, "mest": 120, "eet": 120, "eest": 180, "msk": 180,
        "jst": 540, "kst": 540, "hst": -600, "akst": -540, "akdt": -480, "aest": 600, "aedt": 660,
        "nzst": 720, "nzdt": 780,
    ]

    var date: MailDate? {
        guard let day, let month, let year, (1900...9999).contains(year), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        let lengths = [31, year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28]
        let length = month == 2 ? lengths[1] : [4, 6, 9, 11].contains(month) ? 30 : 31
        guard day <= length else { return nil }
        var hour = clock?.hour ?? 0
        if let afternoon, hour <= 12 { hour = hour % 12 + (afternoon ? 12 : 0) }
        let seconds = hour * 3600 + (clock?.minute ?? 0) * 60 + (clock?.second ?? 0)
        let days = MailDate.days(year: year, month: month, day: day)
        return MailDate(
            seconds: days * 86_400 + Int64(seconds) - Int64(offset ?? 0) * 60,
            offsetMinutes: offset
        )
    }
}
