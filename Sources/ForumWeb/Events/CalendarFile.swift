import Forum
import Postgres

/// iCalendar (RFC 5545).
enum CalendarFile {
    static func make(
        _ events: [CalendarEvent],
        title: String,
        host: String,
        baseURL: String,
        now: Timestamp
    ) -> String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Discourse//\(escaped(host))//EN",
            "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:\(escaped(title))",
        ]
        for event in events {
            lines += [
                "BEGIN:VEVENT", "UID:post-event-\(event.postID)@\(host)", "DTSTAMP:\(time(now))",
            ]
            if event.isAllDay {
                lines.append("DTSTART;VALUE=DATE:\(time(event.startsAt).prefix(8))")
                lines.append("DTEND;VALUE=DATE:\(time(event.lastsUntil).prefix(8))")
            } else {
                lines.append("DTSTART:\(time(event.startsAt))")
                lines.append("DTEND:\(time(event.lastsUntil))")
            }
            let address =
                "\(baseURL)/t/\(event.topicSlug)/\(event.topicID)/\(event.postNumber)"
            lines.append("SUMMARY:\(escaped(event.title))")
            lines.append("DESCRIPTION:\(escaped(address))")
            lines.append("URL:\(address)")
            if let location = event.location { lines.append("LOCATION:\(escaped(location))") }
            if !event.tags.isEmpty {
                lines.append("CATEGORIES:\(event.tags.map(escaped).joined(separator: ","))")
            }
            lines.append("CREATED:\(time(event.createdAt))")
            lines.append("END:VEVENT")
        }
        lines.append("END:VCALENDAR")
        return lines.map { folded($0) + "\r\n" }.joined()
    }

    /// §3.3.5, form 2: `20260501T100000Z`.
    private static func time(_ time: Timestamp) -> String {
        let text = time.iso8601.prefix(19).filter { $0 != "-" && $0 != ":" }
        return text + "Z"
    }

    /// §3.3.11; what would end a line becomes a space.
    private static func escaped(_ text: String) -> String {
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
