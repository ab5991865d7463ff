package import Postgres

/// An event that the first post of a topic announces.
package struct CalendarEvent: Sendable, RowDecodable {
    package let postID: PostID
    package let name: String?
    /// `public`, `private` or `standalone`.
    package let status: String
    package let startsAt: Timestamp
    package let endsAt: Timestamp?
    package let timezone: String
    package let isAllDay: Bool
    package let location: String?
    package let url: String?
    package let createdAt: Timestamp
    package let postNumber: Int
    package let topicID: TopicID
    package let topicTitle: String
    package let topicSlug: String
    package let isClosed: Bool
    package let categoryID: CategoryID?
    package let categorySlug: String?
    package let tags: [String]
    package let creator: BadgePerson

    package init(from row: inout RowReader) throws(PostgresError) {
        postID = try row.next()
        name = try row.next()
        status = try row.next()
        startsAt = try row.next()
        endsAt = try row.next()
        timezone = try row.next()
        isAllDay = try row.next()
        location = try row.next()
        url = try row.next()
        createdAt = try row.next()
        postNumber = try row.next()
        topicID = try row.next()
        topicTitle = try row.next()
        topicSlug = try row.next()
        isClosed = try row.next()
        categoryID = try row.next()
        categorySlug = try row.next()
        tags = try row.next()
        creator = try BadgePerson(from: &row)
    }

    /// What it is called: by its own name, or as its topic.
    package var title: String { name ?? topicTitle }

    /// When it is over: without an end, an hour after its start, or at the end of its day.
    package var lastsUntil: Timestamp { endsAt ?? startsAt + (isAllDay ? 86_400 : 3600) }
}

/// Which events are asked for.
package struct CalendarQuery: Sendable {
    package var categoryID: CategoryID?
    package var includesSubcategories = false
    package var postID: PostID?
    /// Events at which that user is going to be.
    package var attendingUser: String?
    package var before: Timestamp?
    package var after: Timestamp?
    package var includesExpired = false
    package var isDescending = false
    package var limit: Int?

    package init() {}
}
