import Forum
import Markup
import Postgres

/// What a digest says: as plain text that a terminal shows well, and the values of its HTML.
struct DigestPage: Sendable {
    let title: String
    let topics: [Topic]
    let others: [Topic]
    let notes: [String]
    let words: MailWords
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
        let text: String
        let cooked: String
    }

    init(
        _ digest: DigestEmail,
        title: String,
        baseURL: String,
        unsubscribeURL: String
    ) {
        self.title = title
        self.unsubscribeURL = unsubscribeURL
        words = digest.words
        notes = Self.notes(digest)
        var writer = PostText(baseURL: baseURL, words: digest.words)
        topics = digest.topics.map { Self.topic($0, digest.words, baseURL: baseURL, &writer) }
        others = digest.otherTopics.map { Self.topic($0, digest.words, baseURL: baseURL, &writer) }
    }

    private static func notes(_ digest: DigestEmail) -> [String] {
        var notes: [String] = []
        if digest.unreadMessages > 0 {
            notes.append(digest.words(.digestUnreadMessages, "\(digest.unreadMessages)"))
        }
        if digest.unreadNotices > 0 {
            notes.append(digest.words(.digestUnreadNotices, "\(digest.unreadNotices)"))
        }
        return notes
    }

    private static func topic(
        _ topic: DigestTopic,
        _ words: MailWords,
        baseURL: String,
        _ writer: inout PostText
    ) -> Topic {
        let url = "\(baseURL)/t/\(topic.slug)/\(topic.id)"
        let newTopic = topic.isNew ? words(.digestNewTopic) : nil
        return Topic(
            title: topic.title,
            url: url,
            place: [topic.categoryName, newTopic].compactMap { $0 }.joined(separator: ", "),
            posts: topic.posts.map { post in
                let page = "\(url)/\(post.number)"
                return Post(
                    author: post.author,
                    when: day(post.createdAt),
                    url: page,
                    text: writer.text(post.cooked, page: page),
                    cooked: writer.html(post.cooked, page: page)
                )
            }
        )
    }

    /// `2026-03-01 09:30`, in UTC.
    private static func day(_ time: Timestamp) -> String {
        String(time.iso8601.prefix(16)).replacing("T", with: " ")
    }

    /// A list of the topics first, then each with its posts: a reader knows at once what there is.
    var text: String {
        let rule = String(repeating: "-", count: MailText.columns)
        var lines = [title, ""] + notes + (notes.isEmpty ? [] : [""])
        lines += topics.enumerated().map { index, topic in
            "\(index + 1). \(topic.title) (\(topic.posts.count))"
        }
        for (index, topic) in topics.enumerated() {
            lines += ["", rule, "\(index + 1). \(topic.title)"]
            if !topic.place.isEmpty { lines.append(topic.place) }
            lines += [topic.url, ""]
            for post in topic.posts {
                lines += ["-- \(words(.digestPost, post.author, post.when)) --", ""]
                lines += [post.text, "", post.url, ""]
            }
        }
        if !others.isEmpty {
            lines += [rule, words(.digestOthers), ""]
            lines += others.flatMap { ["* \($0.title)", "  \($0.url)"] }
        }
        lines += ["", "-- ", words(.digestStop, unsubscribeURL), ""]
        return lines.joined(separator: "\n")
    }
}
