package import Postgres

/// How a topic begins.
package struct TopicOpening: Sendable, Equatable {
    package let topicID: TopicID
    package let username: String
    package let cooked: String
}

/// A topic as a site map names it.
package struct PublicTopic: Sendable, Equatable {
    package let id: TopicID
    package let slug: String
    package let title: String
    package let bumpedAt: Timestamp
    package let createdAt: Timestamp
}

extension Community {
    /// The first posts of those of the topics that the viewer can read.
    package func openings(
        of topics: [TopicID],
        for viewer: Viewer
    ) async throws -> [TopicID: TopicOpening] {
        guard !topics.isEmpty else { return [:] }
        let rows: [TopicOpening] = try await database.all(
            FeedQueries.openings(of: topics, for: viewer)
        )
        return Dictionary(rows.map { ($0.topicID, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A topic and its newest posts, newest first.
    ///
    /// - Throws: `.notFound`.
    package func latestPosts(
        of topic: TopicID,
        limit: Int,
        for viewer: Viewer
    ) async throws -> (topic: TopicAccess, posts: [PostView]) {
        let answers = try await database.batch([
            TopicQueries.access(topic, for: viewer),
            FeedQueries.latestPosts(of: topic, limit: min(max(limit, 1), 100), for: viewer),
        ])
        guard let access = try answers[0].first(TopicAccess.self), !access.isDeleted else {
            throw ForumError.notFound
        }
        return (access, try answers[1].postViews())
    }

    /// The newest posts of the private messages of one person, newest first.
    package func messagePosts(limit: Int, by principal: Principal) async throws -> [PostView] {
        let query = FeedQueries.messagePosts(for: principal, limit: min(max(limit, 1), 100))
        return try await database.query(query).postViews()
    }

    package func publicTopicCount() async throws -> Int {
        try await database.value(FeedQueries.publicTopicCount) ?? 0
    }

    /// A page, from 1, of the topics that everybody can read.
    package func publicTopics(page: Int, perPage: Int) async throws -> [PublicTopic] {
        let page = min(max(page, 1), 100_000)
        return try await database.all(
            FeedQueries.publicTopics(skipping: (page - 1) * perPage, limit: perPage)
        )
    }

    package func publicTopics(since time: Timestamp, limit: Int) async throws -> [PublicTopic] {
        try await database.all(FeedQueries.publicTopics(since: time, limit: limit))
    }
}
