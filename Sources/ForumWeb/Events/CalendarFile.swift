import Forum
import Postgres

/// The events of the forum as an iCalendar object.
enum CalendarFile {
    static func make(
        _ events: [CalendarEvent],
        title: String,
        host: String,
        baseURL: String,
        now: Timestamp
    ) -> String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Discourse//\(ICalendar.escaped(host))//EN",
            "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:\(ICalendar.escaped(title))",
        ]
        for event in events {
            lines += [
                "BEGIN:VEVENT", "UID:post-event-\(event.postID)@\(host)",
                "DTSTAMP:\(ICalendar.time(now))",
            ]
            if event.isAllDay {
                lines.append("DTSTART;VALUE=DATE:\(ICalendar.time(event.startsAt).prefix(8))")
                lines.append("DTEND;VALUE=DATE:\(ICalendar.time(event.lastsUntil).prefix(8))")
            } else {
                lines.append("DTSTART:\(ICalendar.time(event.startsAt))")
                lines.append("DTEND:\(ICalendar.time(event.lastsUntil))")
            }
            let address =
                "\(baseURL)/t/\(event.topicSlug)/\(event.topicID)/\(event.postNumber)"
            lines.append("SUMMARY:\(ICalendar.escaped(event.title))")
            lines.append("DESCRIPTION:\(ICalendar.escaped(address))")
            lines.append("URL:\(address)")
            if let location = event.location {
                lines.append("LOCATION:\(ICalendar.escaped(location))")
            }
            if !event.tags.isEmpty {
                lines.append(
                    "CATEGORIES:\(event.tags.map(ICalendar.escaped).joined(separator: ","))"
                )
            }
            lines.append("CREATED:\(ICalendar.time(event.createdAt))")
            lines.append("END:VEVENT")
        }
        lines.append("END:VCALENDAR")
        return ICalendar.text(lines)
    }
}
