/// Reads the attributes of `[event start="2026-05-01 10:00" end="…" timezone="Europe/Paris" …]`.
enum EventTag {
    private static let names = [
        "start", "end", "status", "timezone", "location", "url", "name",
    ]

    /// The opening tag of what is shown of an event; without a start it is nothing of the kind.
    static func open(_ value: ArraySlice<UInt8>) -> String {
        let restored = value.withUnsafeBufferPointer {
            MarkdownSource.restored($0, backslash: false)
        }
        let found = attributes(String(decoding: restored, as: UTF8.self))
        guard let start = found["start"], isTime(start) else { return "<div>\n" }
        var html = "<div class=\"discourse-post-event\""
        for name in names {
            guard let text = found[name], !text.isEmpty, isAllowed(text, as: name) else { continue }
            html += " data-\(name)=\"\(Escape.html(text))\""
        }
        return html + ">\n"
    }

    private static func isAllowed(_ text: String, as name: String) -> Bool {
        switch name {
        case "start", "end": isTime(text)
        case "status": ["public", "private", "standalone"].contains(text)
        case "timezone":
            text.utf8.count <= 64
                && text.utf8.allSatisfy { Bytes.isWord($0) || "/+-".utf8.contains($0) }
        default: text.unicodeScalars.count <= 255
        }
    }

    /// `2026-05-01`, `2026-05-01 10:00`, `2026-05-01T10:00:00`.
    private static func isTime(_ text: String) -> Bool {
        let forms = ["0000-00-00", "0000-00-00 00:00", "0000-00-00 00:00:00"]
        let shape = text.utf8.map { byte -> UInt8 in
            if Bytes.isDigit(byte) { return UInt8(ascii: "0") }
            return byte == UInt8(ascii: "T") ? UInt8(ascii: " ") : byte
        }
        return forms.contains { shape.elementsEqual($0.utf8) }
    }

    /// `name="value"` pairs, with straight or curled quotation marks or none; the first of a name
    /// counts.
    private static func attributes(_ text: String) -> [String: String] {
        var found: [String: String] = [:]
        var rest = text.trimmingSpaces()
        while let equals = rest.firstIndex(of: "=") {
            let name = rest[..<equals].trimmingSpaces().lowercased()
            rest = rest[rest.index(after: equals)...]
            let value: Substring
            if let first = rest.first, quotes.contains(first) {
                rest = rest.dropFirst()
                value = rest.prefix { !quotes.contains($0) }
                rest = rest[value.endIndex...].dropFirst().trimmingSpaces()
            } else {
                value = rest.prefix { $0 != " " }
                rest = rest[value.endIndex...].trimmingSpaces()
            }
            if found[name] == nil { found[name] = String(value.trimmingSpaces()) }
        }
        return found
    }

    private static let quotes: Set<Character> = ["\"", "\u{201c}", "\u{201d}", "\u{201e}"]
}
