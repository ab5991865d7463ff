/// JSON text for the few payloads that the core itself writes: outbox rows and live messages.
enum JSONText {
    static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            // U+2028 and U+2029 end a line in JavaScript; NUL has no place in jsonb.
            case "\0": result += "\\ufffd"
            case _ where scalar.value < 0x20 || scalar.value == 0x2028 || scalar.value == 0x2029:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    static func optional(_ text: String?) -> String { text.map { string($0) } ?? "null" }

    static func optional(_ number: Int64?) -> String { number.map { String($0) } ?? "null" }
}
