import Postgres

/// How an iCalendar object is written (RFC 5545).
enum ICalendar {
    /// Lines as they stand in a file.
    static func text(_ lines: [String]) -> String {
        lines.map { folded($0) + "\r\n" }.joined()
    }

    /// §3.3.5, form 2: `20260501T100000Z`.
    static func time(_ time: Timestamp) -> String {
        let text = time.iso8601.prefix(19).filter { $0 != "-" && $0 != ":" }
        return text + "Z"
    }

    /// §3.3.11; what would end a line becomes a space.
    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": out += "\\" + String(scalar)
            case "\n": out += "\\n"
            default:
                if scalar.properties.generalCategory == .control {
                    out += " "
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out
    }

    /// §3.1: at most 75 octets a line, and no character cut in two.
    private static func folded(_ line: String) -> String {
        var out = ""
        var octets = 0
        for scalar in line.unicodeScalars {
            let size = UTF8.width(scalar)
            if octets + size > 75 {
                out += "\r\n "
                octets = 1
            }
            out.unicodeScalars.append(scalar)
            octets += size
        }
        return out
    }
}
