package import Postgres

/// How much there is and how much goes on (Discourse's about.json).
package struct AboutStatistics: Sendable, Equatable {
    /// One thing counted: in all, and of the last 24 hours, 7 and 30 days.
    package struct Counts: Sendable, Equatable {
        package let total: Int
        package let lastDay: Int
        package let sevenDays: Int
        package let thirtyDays: Int
    }

    package let topics: Counts
    package let posts: Counts
    package let users: Counts
    /// People who were here; `total` counts those of 30 days.
    package let activeUsers: Counts
    /// People who wrote or liked something; `total` counts those of 30 days.
    package let participatingUsers: Counts
    package let likes: Counts
    package let siteCreatedAt: Timestamp
    package let adminIDs: [UserID]
    package let moderatorIDs: [UserID]
}

extension Community {
    /// The people of the numbers, in their order.
    package func userCards(_ ids: [UserID]) async throws(PostgresError) -> [UserCard] {
        guard !ids.isEmpty else { return [] }
        let cards: [UserCard] = try await database.all(TopicQueries.userCards(ids))
        let byID = Dictionary(cards.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        var seen: Set<UserID> = []
        return ids.filter { seen.insert($0).inserted }.compactMap { byID[$0] }
    }

    /// Counts what the viewer may read; by default what everyone may.
    package func aboutStatistics(
        for viewer: Viewer = .anonymous
    ) async throws -> AboutStatistics {
        let now = clock()
        let answers = try await database.batch([
            AboutQueries.topics(for: viewer, at: now),
            AboutQueries.posts(for: viewer, at: now),
            AboutQueries.users(at: now),
            AboutQueries.activeUsers(at: now),
            AboutQueries.participatingUsers(at: now),
            AboutQueries.likes(for: viewer, at: now),
            AboutQueries.siteCreatedAt,
            AboutQueries.adminIDs,
            AboutQueries.moderatorIDs,
        ])
        func counts(_ index: Int) throws(PostgresError) -> AboutStatistics.Counts {
            guard let counts: AboutStatistics.Counts = try answers[index].first() else {
                throw PostgresError(.decoding, "an aggregate without a row")
            }
            return counts
        }
        return AboutStatistics(
            topics: try counts(0),
            posts: try counts(1),
            users: try counts(2),
            activeUsers: try counts(3),
            participatingUsers: try counts(4),
            likes: try counts(5),
            siteCreatedAt: try answers[6].firstValue() ?? now,
            adminIDs: try answers[7].values(),
            moderatorIDs: try answers[8].values()
        )
    }
}
