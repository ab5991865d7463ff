package import Postgres

/// What somebody did here, in numbers and best examples, as far as the viewer may see it.
package struct UserSummary: Sendable {
    package let user: User
    package let counts: SummaryCounts
    package let daysVisited: Int
    package let recentReadMilliseconds: Int64
    package let topics: [SummaryTopic]
    package let replies: [SummaryReply]
    /// Of the replies, too.
    package let replyTopics: [SummaryTopic]
    package let mostLikedBy: [SummaryPerson]
    package let mostLiked: [SummaryPerson]
    package let mostRepliedTo: [SummaryPerson]
    package let categories: [SummaryCategory]
}

/// What somebody gave, got and wrote.
package struct SummaryCounts: Sendable, RowDecodable {
    package let likesGiven: Int
    package let likesReceived: Int
    package let topics: Int
    /// Without the first posts of topics.
    package let posts: Int

    package init(from row: inout RowReader) throws(PostgresError) {
        likesGiven = try row.next()
        likesReceived = try row.next()
        topics = try row.next()
        posts = try row.next()
    }
}

package struct SummaryTopic: Sendable, RowDecodable {
    package let id: TopicID
    package let title: String
    package let fancyTitle: String
    package let slug: String
    package let postsCount: Int
    package let likeCount: Int
    package let categoryID: CategoryID?
    package let createdAt: Timestamp

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        title = try row.next()
        fancyTitle = try row.next()
        slug = try row.next()
        postsCount = try row.next()
        likeCount = try row.next()
        categoryID = try row.next()
        createdAt = try row.next()
    }
}

package struct SummaryReply: Sendable, RowDecodable {
    package let postNumber: Int
    package let likeCount: Int
    package let createdAt: Timestamp
    package let topicID: TopicID

    package init(from row: inout RowReader) throws(PostgresError) {
        postNumber = try row.next()
        likeCount = try row.next()
        createdAt = try row.next()
        topicID = try row.next()
    }
}

package struct SummaryPerson: Sendable, RowDecodable {
    package let user: UserCard
    package let count: Int

    package init(from row: inout RowReader) throws(PostgresError) {
        user = try UserCard(from: &row)
        count = try row.next()
    }
}

package struct SummaryCategory: Sendable, RowDecodable {
    package let id: CategoryID
    package let name: String
    package let color: String
    package let textColor: String
    package let slug: String
    package let isReadRestricted: Bool
    package let parentID: CategoryID?
    package let topicCount: Int
    package let postCount: Int

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
        color = try row.next()
        textColor = try row.next()
        slug = try row.next()
        isReadRestricted = try row.next()
        parentID = try row.next()
        topicCount = try row.next()
        postCount = try row.next()
    }
}

extension Community {
    /// - Throws: `.notFound` for nobody, and for those who hide their profile.
    package func summary(of username: String, for viewer: Viewer) async throws -> UserSummary {
        let user = try await profile(named: username, for: viewer).user
        try await checkIsShown(user, to: viewer)
        let queries = SummaryQueries(user: user.id, viewer: viewer)
        let answers = try await database.batch([
            queries.days, queries.topics, queries.replies, queries.mostLikedBy, queries.mostLiked,
            queries.mostRepliedTo, queries.categories, DetailQueries.own(user.id, at: clock()),
            queries.counts,
        ])
        guard let counts = try answers[8].first(SummaryCounts.self) else {
            throw ForumError(.bug, "A count has no row.")
        }
        let replies = try answers[2].decode(SummaryReply.self)
        return UserSummary(
            user: user,
            counts: counts,
            daysVisited: try answers[0].firstValue(Int.self) ?? 0,
            recentReadMilliseconds: try answers[7].decode(OwnRow.self).first?
                .recentReadMilliseconds ?? 0,
            topics: try answers[1].decode(),
            replies: replies,
            replyTopics: try await database.all(queries.topics(replies.map(\.topicID.value))),
            mostLikedBy: try answers[3].decode(),
            mostLiked: try answers[4].decode(),
            mostRepliedTo: try answers[5].decode(),
            categories: try answers[6].decode()
        )
    }
}
