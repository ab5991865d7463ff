import HTTPTypes
import Postgres

/// A feed in RSS 2.0, with the author as Dublin Core's creator and its own address as Atom's self.
struct RSSFeed: Sendable {
    struct Item: Sendable {
        var title: String
        var author: String
        /// Of where it stands, if anywhere.
        var category: String?
        var content: HTML
        var link: String
        /// What never changes of it.
        var identifier: String
        var date: Timestamp
    }

    var title: String
    var description: String
    /// Whole addresses: of what the feed shows, and of the feed.
    var link: String
    var address: String
    var items: [Item]

    var document: Document {
        let newest = items.map(\.date).max()
        let built: HTML =
            newest.map { "<lastBuildDate>\(RSSDate.text($0))</lastBuildDate>\n" } ?? ""
        let xml: HTML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" \
            xmlns:atom="http://www.w3.org/2005/Atom">
            <channel>
            <title>\(title)</title>
            <link>\(link)</link>
            <description>\(description)</description>
            \(built)<atom:link href="\(address)" rel="self" type="application/rss+xml"/>
            \(HTML.joined(items.map(Self.item)))
            </channel>
            </rss>

            """
        return Document(text: xml.text, contentType: Representation.rss.contentType)
    }

    private static func item(_ item: Item) -> HTML {
        let category: HTML = item.category.map { "<category>\($0)</category>\n" } ?? ""
        return """
            <item>
            <title>\(item.title)</title>
            <dc:creator>\(item.author)</dc:creator>
            \(category)<description>\(HTML.quoted(item.content))</description>
            <link>\(item.link)</link>
            <pubDate>\(RSSDate.text(item.date))</pubDate>
            <guid isPermaLink="false">\(item.identifier)</guid>
            </item>
            """
    }
}

/// Dates of RSS: RFC 822 with years of four digits.
enum RSSDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func text(_ time: Timestamp) -> String {
        // 2026-11-23T15:10:34.123Z
        let text = time.iso8601
        let parts = text.split(separator: "T")
        let date = (parts.first ?? "").split(separator: "-")
        guard date.count == 3, parts.count == 2, let month = Int(date[1]),
            (1...12).contains(month)
        else { return text }
        let day = Int((Double(time.milliseconds) / 86_400_000).rounded(.down))
        let weekday = days[((day % 7) + 7) % 7]
        return "\(weekday), \(date[2]) \(months[month - 1]) \(date[0]) \(parts[1].prefix(8)) +0000"
    }
}
