import Forum
import ForumAPI
import Markup
import Postgres

/// What stands on many pages: times, people, categories, tags, topics in rows.
enum PageParts {
    static func time(_ time: Timestamp) -> Fields {
        let text = time.iso8601
        return ["iso": text, "text": text.prefix(16).replacing("T", with: " ")]
    }

    static func person(_ username: String, _ name: String? = nil) -> Fields {
        [
            "username": username, "path": userPath(username),
            "name": name.flatMap { $0.isEmpty || $0 == username ? nil : $0 },
        ]
    }

    static func userPath(_ username: String) -> String { "/u/\(percentEncoded(username))" }

    /// The address of somebody's picture at a size in pixels.
    static func picture(_ username: String, _ size: Int) -> String {
        AvatarTemplate.make(percentEncoded(username))
            .replacing("{size}", with: String(size))
    }

    static func category(_ category: Forum.Category) -> Fields {
        ["name": category.name, "path": CategoryAddress.path(category), "colour": colour(category)]
    }

    /// Six hexadecimal digits; what is none is no colour.
    private static func colour(_ category: Forum.Category) -> String {
        let isPlain = category.color.utf8.count == 6 && category.color.utf8.allSatisfy(isHexDigit)
        return isPlain ? category.color : "888888"
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte)
            || (0x61...0x66).contains(byte)
    }

    static func tag(_ name: String) -> Fields {
        ["name": name, "path": "/tag/\(percentEncoded(name))"]
    }

    static func path(_ topic: Topic) -> String { "/t/\(topic.slug)/\(topic.id)" }

    /// The address of one post within its topic.
    static func path(_ topicPath: String, _ number: Int) -> String {
        number <= 1 ? topicPath : "\(topicPath)/\(number)#post_\(number)"
    }

    static func pager(previous: String?, next: String?) -> Fields? {
        guard previous != nil || next != nil else { return nil }
        return ["previous": previous, "next": next]
    }

    static func neighbours(
        previous: String?,
        next: String?
    ) -> [(relation: String, address: String)] {
        [("prev", previous), ("next", next)].compactMap { relation, address in
            address.map { (relation, $0) }
        }
    }

    /// The beginning of what was cooked, as plain text.
    static func excerpt(_ cooked: String) -> String {
        let text = HTMLText.plain(html: cooked)
        return text.count > 300 ? "\(text.prefix(300))…" : text
    }

    /// A number and its noun.
    static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(number) \(number == 1 ? one : many ?? "\(one)s")"
    }
}

/// Topics in rows, with the categories that their viewer knows.
struct TopicRows: Sendable {
    let categories: [CategoryID: Forum.Category]

    init(_ community: Community, for viewer: Viewer) async throws {
        self.init(try await community.categories(for: viewer))
    }

    init(_ categories: [Forum.Category]) {
        self.categories = Dictionary(
            categories.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// - Parameter place: The category whose list it is: it goes without saying there.
    func fields(_ page: TopicListPage, in place: CategoryID? = nil) -> [Fields] {
        page.topics.map { row($0, in: place) }
    }

    private func row(_ summary: TopicSummary, in place: CategoryID?) -> Fields {
        let topic = summary.topic
        let path = PageParts.path(topic)
        let category = topic.categoryID == place ? nil : topic.categoryID
        let unread = summary.unreadPosts
        return [
            "title": topic.title,
            "path": path,
            "marks": Self.marks(summary).map { ["text": $0] as Fields },
            "isNew": summary.isUnseen,
            "unread": unread > 0
                ? [
                    "count": unread,
                    "path": PageParts.path(path, (summary.lastReadPostNumber ?? 0) + 1),
                ] as Fields : nil,
            "category": category.flatMap { categories[$0] }.map { PageParts.category($0) },
            "tagged": summary.tags.map { PageParts.tag($0.name) },
            "replies": max(0, topic.postsCount - 1),
            "views": topic.views,
            "likes": topic.likeCount,
            "last": PageParts.person(summary.lastPosterUsername),
            "lastPath": PageParts.path(path, topic.highestPostNumber),
            "when": PageParts.time(topic.bumpedAt),
        ]
    }

    private static func marks(_ summary: TopicSummary) -> [String] {
        let topic = summary.topic
        var marks: [String] = []
        if topic.pinnedAt != nil, !summary.isUnpinned { marks.append("pinned") }
        if topic.isClosed { marks.append("closed") }
        if topic.isArchived { marks.append("archived") }
        if !topic.isVisible { marks.append("unlisted") }
        if topic.deletedAt != nil { marks.append("deleted") }
        return marks
    }
}
