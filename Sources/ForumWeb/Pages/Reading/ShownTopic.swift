import Forum
import ForumAPI

/// Reads the window of a topic that an address asks for.
struct TopicReader: Sendable {
    let community: Community
    let views: TopicViews

    func topic(_ call: Call<WireValue>) async throws -> ShownTopic {
        let id = try TopicAddress.topicID(call)
        let number =
            try call.int("post_number") ?? (try call.topicID() == id ? nil : call.int("topic_id"))
        var window = TopicWindow.page(min(max(try call.int("page") ?? 1, 1), 1_000_000))
        if let number, try call.text("page") == nil { window = .near(postNumber: number) }
        let page = try await community.topicPage(
            id,
            window,
            includingRaw: true,
            for: call.viewer
        )
        views.record(id)
        let category: Forum.Category? =
            if let id = page.topic.categoryID {
                try await community.category(id, for: call.viewer)
            } else {
                nil
            }
        return ShownTopic(page: page, category: category, asked: number)
    }
}

/// A window of a topic with where it stands.
struct ShownTopic: Sendable {
    let page: TopicPage
    let category: Forum.Category?
    /// The post that was asked for.
    var asked: Int?

    var path: String { "/t/\(page.topic.slug)/\(page.topic.id)" }

    /// The number of the page that begins with, or holds, the first post shown; from 1.
    var number: Int {
        guard let first = page.posts.first, let place = page.stream.firstIndex(of: first.id)
        else { return 1 }
        return place / Forum.Limits.postsPerChunk + 1
    }

    var lastNumber: Int {
        max(1, (page.stream.count + Forum.Limits.postsPerChunk - 1) / Forum.Limits.postsPerChunk)
    }

    var isAtEnd: Bool { page.posts.isEmpty || page.posts.last?.id == page.stream.last }
    var isAtStart: Bool { page.posts.isEmpty || page.posts.first?.id == page.stream.first }

    func address(page: Int, suffix: String = "") -> String {
        page <= 1 ? path + suffix : "\(path)\(suffix)?page=\(page)"
    }
}

enum TopicAddress {
    static let paths = [
        "/t/{topic_id}", "/t/{slug}/{topic_id}", "/t/{slug}/{topic_id}/{post_number}",
    ]

    static let rule = CacheChoice<WireValue> { call in .topic(try topicID(call)) }

    /// The topic of `/t/{slug}/{topic_id}`: `/t/12/3` is the third post of topic 12, not topic 3 with the
    /// slug 12.
    static func topicID(_ call: Call<WireValue>) throws -> TopicID {
        if let slug = try call.text("slug"), let id = Int64(slug),
            try call.text("post_number") == nil
        {
            return TopicID(id)
        }
        return try call.topicID()
    }
}
