import Postgres

extension Community {
    /// Likes a post.
    ///
    /// - Returns: The post as it is then.
    /// - Throws: `ForumError`: `.forbidden` for one's own post and for a second like, `.notFound`,
    ///   `.rateLimited`.
    package func like(_ id: PostID, by principal: Principal) async throws -> PostView {
        let viewer = Viewer.member(principal)
        let post = try await post(id, for: viewer)
        let permitted = try principal.may(.likingPost, post.access)
        let now = clock()
        let rows = try await write([
            LikeQueries.like(permitted, perDay: likesPerDay(principal), now: now)
        ])[0]
        guard !rows.isEmpty else { throw try await likeRefused(permitted, now: now) }
        signals.committed(.topic(post.topicID))
        return try await self.post(id, for: viewer)
    }

    /// Takes a like back.
    ///
    /// - Returns: The post as it is then.
    /// - Throws: `ForumError`: `.forbidden` when there is none or it is too old, `.notFound`.
    package func unlike(_ id: PostID, by principal: Principal) async throws -> PostView {
        let viewer = Viewer.member(principal)
        let post = try await post(id, for: viewer)
        let permitted = try principal.may(.unlikingPost(now: clock()), post.access)
        let rows = try await write([LikeQueries.unlike(permitted)])[0]
        guard !rows.isEmpty else { throw ForumError.forbidden }
        signals.committed(.topic(post.topicID))
        return try await self.post(id, for: viewer)
    }

    /// Those who like a post.
    package func likers(
        of id: PostID,
        page: Int = 0,
        for viewer: Viewer
    ) async throws -> [UserCard] {
        let limit = Limits.topicsPerPageMax
        return try await database.all(
            LikeQueries.likers(
                of: id,
                offset: min(max(page, 0), 1000) * limit,
                limit: limit,
                for: viewer
            )
        )
    }

    /// Those who did something to a post (2 is a like), and how many they are. Who flagged a post is
    /// shown to staff alone.
    ///
    /// - Throws: `.notFound`.
    package func actors(
        on id: PostID,
        action: Int,
        page: Int = 0,
        limit: Int = Limits.actorsPerPage,
        for viewer: Viewer
    ) async throws -> (users: [UserCard], total: Int) {
        guard action == 2 || viewer.isStaff else { throw ForumError.forbidden }
        let limit = min(max(limit, 1), Limits.actorsPerPage)
        let answers = try await database.batch([
            PostQueries.post(id, for: viewer),
            LikeQueries.actors(
                on: id,
                action: Int(clamping: Int16(clamping: action)),
                offset: min(max(page, 0), 10_000) * limit,
                limit: limit,
                for: viewer
            ),
            LikeQueries.actorCount(on: id, action: Int(clamping: Int16(clamping: action))),
        ])
        guard !answers[0].isEmpty else { throw ForumError.notFound }
        return (try answers[1].decode(), try answers[2].firstValue(Int.self) ?? 0)
    }

    /// Staff likes without bound.
    private func likesPerDay(_ principal: Principal) -> Int {
        let allowed = settings.current.likesPerDay(of: principal)
        return principal.isStaff || allowed <= 0 ? Int(Int32.max) : allowed
    }

    /// Why no like was written: the day is full, or somebody else's request was faster.
    private func likeRefused(
        _ permitted: Permitted<LikingPost, PostAccess>,
        now: Timestamp
    ) async throws -> ForumError {
        let principal = permitted.principal
        let rows = try await database.query(
            LikeQueries.oldestToday(by: principal.id, now: now)
        )
        guard let row = rows.first,
            try row.get(0, as: Int.self) >= likesPerDay(principal),
            let oldest = try row.get(1, as: Timestamp?.self)
        else { return .forbidden }
        let seconds = Int((oldest + 86_400 - now).rounded(.up))
        return PostRates.tooFast(seconds: seconds)
    }
}
