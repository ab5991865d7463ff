import Forum
import ForumAPI
import HTTPTypes
import Postgres

/// The forum as Markdown: what was written, as it was written, with who and when as headings. Links
/// lead to Markdown again.
enum MarkdownText {
    static func topic(_ shown: ShownTopic) -> Document {
        let topic = shown.page.topic
        var text = "# \(plain(topic.title))\n\n"
        var place: [String] = []
        if let category = shown.category {
            place.append(
                "Category: [\(plain(category.name))](\(CategoryAddress.path(category)).md)"
            )
        }
        let tags = shown.page.tags.map { tag in
            "[\(plain(tag.name))](/tag/\(percentEncoded(tag.name)).md)"
        }
        if !tags.isEmpty { place.append("Tags: \(tags.joined(separator: ", "))") }
        if !place.isEmpty { text += "\(place.joined(separator: " · "))\n\n" }
        for post in shown.page.posts { text += paragraph(post) }
        text += pager(
            previous: shown.isAtStart
                ? nil : shown.address(page: max(1, shown.number - 1), suffix: ".md"),
            next: shown.isAtEnd ? nil : shown.address(page: shown.number + 1, suffix: ".md")
        )
        return document(text, canonical: shown.address(page: shown.number))
    }

    static func post(_ post: PostView) -> Document {
        let path = "/t/\(post.topic.slug)/\(post.topicID)"
        let text = "# [\(plain(post.topic.title))](\(path).md)\n\n\(paragraph(post))"
        return document(text, canonical: "\(path)/\(post.number)")
    }

    private static func paragraph(_ post: PostView) -> String {
        let link = "/posts/\(post.id).md"
        let heading =
            "## \(plain(post.author.username)) · \(post.createdAt.iso8601) · "
            + "[#\(post.number)](\(link))"
        let body = post.isHidden ? "(hidden)" : post.raw ?? ""
        return "\(heading)\n\n\(body)\n\n"
    }

    static func list(_ listing: TopicListing) -> Document {
        let number = listing.page.page
        var text = "# \(plain(listing.title))\n\n"
        if !listing.description.isEmpty { text += "\(listing.description)\n\n" }
        text += items(listing.page)
        text += pager(listing)
        return document(text, canonical: listing.address(page: number))
    }

    static func categories(_ categories: [Forum.Category]) -> Document {
        document("# Categories\n\n\(items(categories))", canonical: "/categories")
    }

    static func tags(_ tags: [Tag]) -> Document {
        let items = tags.map { tag in
            "- [\(plain(tag.name))](/tag/\(percentEncoded(tag.name)).md) (\(tag.topicCount))\n"
        }
        return document("# Tags\n\n\(items.joined())", canonical: "/tags")
    }

    static func home(
        _ latest: TopicListing,
        _ categories: [Forum.Category],
        _ settings: SiteSettings
    ) -> Document {
        var text = "# \(plain(settings.title))\n\n"
        if !settings.siteDescription.isEmpty { text += "\(settings.siteDescription)\n\n" }
        text += "## Categories\n\n\(items(categories))\n## Latest topics\n\n"
        text += items(latest.page)
        text += pager(latest)
        return document(text, canonical: "/")
    }

    static func closed(_ title: String) -> Document {
        document("# \(plain(title))\n\nOnly members can read here.\n", canonical: "/")
    }

    private static func items(_ page: TopicListPage) -> String {
        page.topics.map { summary in
            let topic = summary.topic
            let replies = max(0, topic.postsCount - 1)
            return
                "- [\(plain(topic.title))](/t/\(topic.slug)/\(topic.id).md) · \(replies) replies · "
                + "\(plain(summary.lastPosterUsername)) · \(topic.bumpedAt.iso8601)\n"
        }
        .joined()
    }

    private static func items(_ categories: [Forum.Category]) -> String {
        categories.map { category in
            "- [\(plain(category.name))](\(CategoryAddress.path(category)).md)\n"
        }
        .joined()
    }

    private static func pager(_ listing: TopicListing) -> String {
        let number = listing.page.page
        return pager(
            previous: number > 0 ? listing.address(page: number - 1, suffix: ".md") : nil,
            next: listing.page.hasMore ? listing.address(page: number + 1, suffix: ".md") : nil
        )
    }

    private static func pager(previous: String?, next: String?) -> String {
        var links: [String] = []
        if let previous { links.append("[Previous page](\(previous))") }
        if let next { links.append("[Next page](\(next))") }
        return links.isEmpty ? "" : "\n\(links.joined(separator: " · "))\n"
    }

    /// A title or a name as text of one line: what would be markup in it is escaped.
    private static func plain(_ text: String) -> String {
        var out = ""
        for character in text {
            if character.isNewline {
                out += " "
            } else {
                if "\\`*_[]<>#|".contains(character) { out += "\\" }
                out.append(character)
            }
        }
        return out
    }

    private static func document(_ text: String, canonical: String) -> Document {
        var headers = HTTPFields()
        headers[HTTPField.Name.webLink] = "<\(canonical)>; rel=\"canonical\"; type=\"text/html\""
        return Document(
            text: text,
            contentType: Representation.markdown.contentType,
            headers: headers
        )
    }
}
