import Postgres

/// An event with what the dispatcher needs to know of its topic and post.
struct OutboxEntry: Sendable, RowDecodable {
    let id: Int64
    let event: String
    let topicID: TopicID?
    let postID: PostID?
    /// Who caused it.
    let userID: UserID?
    let attempts: Int
    /// Whether its live messages are out already.
    let isPublished: Bool
    /// Whether its notices are made.
    let isNoticed: Bool
    let raw: String?
    let cooked: String?
    /// Whether the post is there for all who may read its topic.
    let isShown: Bool
    let postNumber: Int?
    let version: Int?
    let postUpdatedAt: Timestamp?
    let authorID: UserID?
    let lastEditorID: UserID?
    let archetype: String?
    let categoryID: CategoryID?
    let bumpedAt: Timestamp?
    let topicCreatedAt: Timestamp?
    let highestPostNumber: Int?
    /// A JSON array of names.
    let tags: String
    /// A JSON array of their numbers, in the same order.
    let tagIDs: String

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        event = try row.next()
        topicID = try row.next()
        postID = try row.next()
        userID = try row.next()
        attempts = try row.next()
        isPublished = try row.next()
        isNoticed = try row.next()
        raw = try row.next()
        cooked = try row.next()
        isShown = try row.next()
        postNumber = try row.next()
        version = try row.next()
        postUpdatedAt = try row.next()
        authorID = try row.next()
        lastEditorID = try row.next()
        archetype = try row.next()
        categoryID = try row.next()
        bumpedAt = try row.next()
        topicCreatedAt = try row.next()
        highestPostNumber = try row.next()
        tags = try row.next()
        tagIDs = try row.next()
    }
}
