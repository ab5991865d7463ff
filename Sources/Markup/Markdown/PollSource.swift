/// A poll as its post spells it, unchecked.
package struct PollSource: Sendable, Hashable {
    package struct Option: Sendable, Hashable {
        /// Of its HTML: the same text is the same option after an edit.
        package var digest: String
        package var html: String

        package init(digest: String, html: String) {
            self.digest = digest
            self.html = html
        }
    }

    package var name = "poll"
    package var title: String?
    package var type = "regular"
    package var isClosed = false
    package var results = "always"
    package var isPublic = false
    package var min: Int?
    package var max: Int?
    package var step: Int?
    package var chartType = "bar"
    /// When it closes, as written.
    package var close: String?
    package var groups: [String] = []
    package var options: [Option] = []

    package init() {}

    /// Reads `name=value` pairs, separated by spaces; a value may stand in quotation marks.
    init(attributes: String) {
        for (key, value) in Self.pairs(attributes) {
            switch key {
            case "name": name = value
            case "type": type = value.lowercased()
            case "status": isClosed = value.lowercased() == "closed"
            case "results": results = value.lowercased()
            case "public": isPublic = value.lowercased() == "true"
            case "min": min = Self.number(value)
            case "max": max = Self.number(value)
            case "step": step = Self.number(value)
            case "charttype": chartType = value.lowercased() == "pie" ? "pie" : "bar"
            case "close": close = value
            case "groups": groups = value.split(separator: ",").map { String($0.trimmingSpaces()) }
            default: break
            }
        }
    }

    private static func number(_ text: String) -> Int? {
        (1...9).contains(text.utf8.count) ? Int(text) : nil
    }

    private static func pairs(_ text: String) -> [(String, String)] {
        var pairs: [(String, String)] = []
        var rest = text.trimmingSpaces()
        while !rest.isEmpty, pairs.count < Limits.attributes {
            guard let equals = rest.firstIndex(of: "=") else { break }
            let key = rest[..<equals].trimmingSpaces().lowercased()
            rest = rest[rest.index(after: equals)...].trimmingSpaces()
            let marks: [Character: Character] = [
                "\"": "\"", "'": "'", "\u{201c}": "\u{201d}", "\u{ab}": "\u{bb}",
            ]
            if let first = rest.first, let closing = marks[first],
                let end = rest.dropFirst().firstIndex(of: closing)
            {
                pairs.append((key, String(rest.dropFirst()[..<end])))
                rest = rest[rest.index(after: end)...].trimmingSpaces()
            } else {
                let value = rest.prefix { $0 != " " && $0 != "\t" }
                pairs.append((key, String(value)))
                rest = rest[value.endIndex...].trimmingSpaces()
            }
        }
        return pairs
    }

    /// The attributes of the poll's element.
    var elementAttributes: String {
        var text = ""
        func add(_ name: String, _ value: String?) {
            if let value { text += " data-poll-\(name)=\"\(Escape.html(value))\"" }
        }
        add("name", name)
        add("status", isClosed ? "closed" : "open")
        add("type", type)
        add("results", results)
        add("charttype", chartType)
        if isPublic { add("public", "true") }
        add("min", min.map { String($0) })
        add("max", max.map { String($0) })
        add("step", step.map { String($0) })
        add("close", close)
        add("groups", groups.isEmpty ? nil : groups.joined(separator: ","))
        return text
    }

    /// The options of a poll of numbers: from the least to the greatest in steps.
    var numbers: [Int] {
        let least = min ?? 1
        let step = Swift.max(1, step ?? 1)
        guard let greatest = max, greatest >= least else { return [] }
        return Array(stride(from: least, through: greatest, by: step).prefix(Limits.pollOptions))
    }

    /// 32 hexadecimal digits that tell texts apart (FNV-1a, twice).
    static func digest(_ text: some Sequence<UInt8>) -> String {
        var first: UInt64 = 0xcbf2_9ce4_8422_2325
        var second: UInt64 = 0x8422_2325_cbf2_9ce4
        for byte in text {
            first = (first ^ UInt64(byte)) &* 0x100_0000_01b3
            second = (second ^ UInt64(byte ^ 0x5a)) &* 0x100_0000_01b3
        }
        return padded(first) + padded(second)
    }

    private static func padded(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
