import Forum
import Postgres

/// What a digest says: as plain text that a terminal shows well, and the values of its HTML.
struct DigestPage: Sendable {
    let title: String
    let text: String
    let values: [Topic]
    let others: [Topic]
    let notes: [String]
    let site: String
    let unsubscribeURL: String

    struct Topic: Sendable {
        let title: String
        let url: String
        let place: String
        let posts: [Post]
    }

    struct Post: Sendable {
        let author: String
        let when: String
        let url: String
        let cooked: String
    }

    /// Columns that a line of the frame has; posts are shown as they were written.
    private static let width = 72

    init(
        _ digest: DigestEmail,
        title: String,
        site: String,
        baseURL: String,
        unsubscribeURL: String
    ) {
        self.title = title
        self.site = site
        self.unsubscribeURL = unsubscribeURL
        notes = Self.notes(digest)
        values = digest.topics.map { Self.topic($0, baseURL: baseURL) }
        others = digest.otherTopics.map { Self.topic($0, baseURL: baseURL) }
        text = Self.text(digest, title, notes, values, others, unsubscribeURL)
    }

    private static func notes(_ digest: DigestEmail) -> [String] {
        var notes: [String] = []
        if digest.unreadMessages > 0 {
            notes.append("Messages you have not read: \(digest.unreadMessages).")
        }
        if digest.unreadNotices > 0 {
            notes.append("Notifications you have not read: \(digest.unreadNotices).")
        }
        return notes
    }

    private static func topic(_ topic: DigestTopic, baseURL: String) -> Topic {
        let url = "\(baseURL)/t/\(topic.slug)/\(topic.id)"
        return Topic(
            title: topic.title,
            url: url,
            place: [topic.categoryName, topic.isNew ? "new topic" : nil].compactMap { $0 }
                .joined(separator: ", "),
            posts: topic.posts.map { post in
                Post(
                    author: post.author,
                    when: day(post.createdAt),
                    url: "\(url)/\(post.number)",
                    cooked: AbsoluteLinks.html(post.cooked, baseURL: baseURL)
                )
            }
        )
    }

    /// `2026-03-01 09:30`, in UTC.
    private static func day(_ time: Timestamp) -> String {
        String(time.iso8601.prefix(16)).replacing("T", with: " ")
    }

    /// A list of the topics first, then each with its posts: a reader knows at once what there is.
    private static func text(
        _ digest: DigestEmail,
        _ title: String,
        _ notes: [String],
        _ topics: [Topic],
        _ others: [Topic],
        _ unsubscribeURL: String
    ) -> String {
        var lines = [title, ""] + notes + (notes.isEmpty ? [] : [""])
        lines += topics.enumerated().map { index, topic in
            "\(index + 1). \(topic.title) (\(topic.posts.count))"
        }
        for (index, (topic, posts)) in zip(topics, digest.topics).enumerated() {
            lines += ["", String(repeating: "-", count: width), "\(index + 1). \(topic.title)"]
            if !topic.place.isEmpty { lines.append(topic.place) }
            lines += [topic.url, ""]
            for (post, source) in zip(topic.posts, posts.posts) {
                lines += ["-- \(post.author), \(post.when) UTC --", "", source.raw]
                if source.isCut { lines.append("[...]") }
                lines += ["", post.url, ""]
            }
        }
        if !others.isEmpty {
            lines += [String(repeating: "-", count: width), "Other new topics", ""]
            lines += others.flatMap { ["* \($0.title)", "  \($0.url)"] }
        }
        lines += ["", "-- ", "To stop this digest: \(unsubscribeURL)", ""]
        return lines.joined(separator: "\n")
    }
}
