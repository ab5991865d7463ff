package import Postgres

/// One mail about many posts, as its recipient may see them at this moment.
package struct DigestEmail: Sendable {
    package enum Subject: Sendable, Equatable {
        /// What somebody missed anywhere.
        case summary(since: Timestamp)
        /// What is new in a category or under a tag that somebody follows.
        case category(id: CategoryID, name: String, slug: String, parentSlug: String?)
        case tag(id: TagID, name: String)
    }

    package let subject: Subject
    package let recipientName: String
    package let topics: [DigestTopic]
    /// Topics that are named, but not shown.
    package let otherTopics: [DigestTopic]
    package let unreadNotices: Int
    package let unreadMessages: Int
    /// In its recipient's language.
    package var words = MailWords.english

    package var postCount: Int { topics.reduce(0) { $0 + $1.posts.count } }
}

package struct DigestTopic: Sendable {
    package let id: TopicID
    package let title: String
    package let slug: String
    package let categoryName: String?
    /// Posts in the topic, told of or not.
    package let totalPosts: Int
    package var posts: [DigestPost]

    /// Whether the digest tells of the topic for the first time.
    package var isNew: Bool { posts.first?.number == 1 }
}

package struct DigestPost: Sendable {
    package let number: Int
    package let author: String
    package let cooked: String
    package let createdAt: Timestamp
}

/// A post of a digest with its topic, as a row.
struct DigestRow: RowDecodable, Sendable {
    let topicID: TopicID
    let title: String
    let slug: String
    let categoryName: String?
    let totalPosts: Int
    let post: DigestPost

    init(from row: inout RowReader) throws(PostgresError) {
        topicID = try row.next()
        title = try row.next()
        slug = try row.next()
        categoryName = try row.next()
        totalPosts = try row.next()
        post = DigestPost(
            number: try row.next(),
            author: try row.next(),
            cooked: try row.next(),
            createdAt: try row.next()
        )
    }

    /// Topics in the order of their first rows, each with its posts.
    static func topics(_ rows: [DigestRow]) -> [DigestTopic] {
        var topics: [DigestTopic] = []
        var places: [TopicID: Int] = [:]
        for row in rows {
            if let place = places[row.topicID] {
                topics[place].posts.append(row.post)
                continue
            }
            places[row.topicID] = topics.count
            topics.append(
                DigestTopic(
                    id: row.topicID,
                    title: row.title,
                    slug: row.slug,
                    categoryName: row.categoryName,
                    totalPosts: row.totalPosts,
                    posts: [row.post]
                )
            )
        }
        return topics
    }
}

/// A category or tag whose digest is due for somebody.
struct DueDigest: RowDecodable, Sendable {
    let userID: UserID
    let place: DigestPlace

    init(from row: inout RowReader) throws(PostgresError) {
        userID = try row.next()
        let category: CategoryID? = try row.next()
        let tag: TagID? = try row.next()
        if let category {
            place = .category(category)
        } else if let tag {
            place = .tag(tag)
        } else {
            throw PostgresError(.decoding, "a digest is of a category or a tag")
        }
    }
}

/// What a digest somebody chose is of.
package enum DigestPlace: Sendable, Equatable {
    case category(CategoryID)
    case tag(TagID)
}

/// The kinds of digests among outgoing mails (`outgoing_emails.email_type`).
enum DigestEmailType: String {
    case summary = "digest"
    case subscription = "subscription_digest"
}

extension Limits {
    /// Posts in one digest of a category or tag; what is more waits for the next.
    static let digestPostsMax = 200
    /// Digests that are made in one go.
    static let digestBatch = 200
    /// Seconds that a post may take from its time to its commit without falling between two digests.
    static let digestOverlapSeconds = 600.0
    /// Days before which a summary looks no further back.
    static let digestDaysBack = 30.0
}
