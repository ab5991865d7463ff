import Postgres

extension Community {
    /// A page of the review queue, as much of it as the principal may see.
    ///
    /// - Throws: `.notFound` for anybody but staff.
    package func reviewables(
        _ filter: ReviewFilter,
        for principal: Principal
    ) async throws -> ReviewPage {
        guard principal.isStaff else { throw ForumError.notFound }
        var filter = filter
        filter.offset = min(max(filter.offset, 0), 100_000)
        let viewer = Viewer.member(principal)
        let answers = try await database.batch([
            ReviewQueries.list(filter, for: viewer, limit: Limits.reviewablesPerPage),
            ReviewQueries.count(filter, for: viewer),
        ])
        let reviewables = try answers[0].decode(Reviewable.self)
        return ReviewPage(
            reviewables: reviewables,
            scores: try await database.all(ReviewQueries.scores(of: reviewables.map(\.id))),
            totalCount: try answers[1].firstValue(Int.self) ?? 0
        )
    }

    /// One of the queue, decided ones too.
    ///
    /// - Throws: `.notFound`.
    package func reviewable(_ id: Int64, for principal: Principal) async throws -> ReviewPage {
        guard principal.isStaff else { throw ForumError.notFound }
        let answers = try await database.batch([
            ReviewQueries.one(id, for: .member(principal)), ReviewQueries.scores(of: [id]),
        ])
        guard let found = try answers[0].first(Reviewable.self) else { throw ForumError.notFound }
        return ReviewPage(
            reviewables: [found],
            scores: try answers[1].decode(),
            totalCount: 1
        )
    }

    /// How much waits for the principal, and how much of it they have not seen.
    package func reviewCounts(
        for principal: Principal
    ) async throws -> (waiting: Int, unseen: Int) {
        guard principal.isStaff else { throw ForumError.notFound }
        let rows = try await database.query(ReviewQueries.waiting(for: principal))
        guard let row = rows.first else { return (0, 0) }
        return (try row.get(0), try row.get(1))
    }

    /// How much waits for the principal.
    package func reviewCount(for principal: Principal) async throws -> Int {
        try await reviewCounts(for: principal).waiting
    }

    /// Notes that a member of the staff has seen what waits now; it goes on waiting.
    package func markReviewablesSeen(by principal: Principal) async throws {
        guard principal.isStaff else { return }
        let seen = try await database.query(ReviewQueries.markSeen(by: principal))
        guard !seen.isEmpty else { return }
        _ = try await database.query(ReviewQueries.publishCount(of: principal))
    }

    /// Those among the authors of a page who are staff: they are not to be deleted.
    package func staffAmong(_ page: ReviewPage) async throws -> Set<Int64> {
        let ids = page.reviewables.compactMap { $0.author?.id.value }
        return Set(try await database.values(ReviewQueries.staff(among: ids), as: Int64.self))
    }

    /// Says that one looks into what waits of a topic, so that others need not.
    ///
    /// - Throws: `.conflict` when somebody else does already, `.notFound`.
    package func claimReview(of topic: TopicID, by principal: Principal) async throws {
        guard principal.isStaff else { throw ForumError.notFound }
        let rows = try await database.query(ReviewQueries.claim(topic, by: principal))
        guard try rows.firstValue(Int.self) ?? 0 > 0 else {
            var filter = ReviewFilter()
            filter.topicID = topic
            let found = try await reviewables(filter, for: principal)
            throw found.reviewables.isEmpty
                ? ForumError.notFound
                : ForumError(.conflict, "This item has been claimed by another user.")
        }
    }

    package func unclaimReview(of topic: TopicID, by principal: Principal) async throws {
        guard principal.isStaff else { throw ForumError.notFound }
        let rows = try await database.query(ReviewQueries.unclaim(topic, by: principal))
        guard try rows.firstValue(Int.self) ?? 0 > 0 else { throw ForumError.notFound }
    }
}
