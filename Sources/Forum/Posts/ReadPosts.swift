package import Postgres

/// What one edit changed.
package struct PostRevision: Sendable, Equatable {
    /// The version that the edit made: 2 for the first.
    package let number: Int
    package let editorID: UserID
    package let editorUsername: String
    package let createdAt: Timestamp
    /// A JSON object: field → [before, after].
    package let modifications: String
}

extension Community {
    /// One post with its raw text; staff finds deleted ones too, authors those they deleted.
    ///
    /// - Throws: `.notFound`.
    package func post(_ id: PostID, for viewer: Viewer) async throws -> PostView {
        try await onePost(PostQueries.post(id, for: viewer), for: viewer)
    }

    package func post(
        _ topic: TopicID,
        number: Int,
        for viewer: Viewer
    ) async throws -> PostView {
        let number = Int(clamping: Int32(clamping: number))
        return try await onePost(PostQueries.post(topic, number: number, for: viewer), for: viewer)
    }

    private func onePost(_ query: SQL, for viewer: Viewer) async throws -> PostView {
        guard let post = try await database.query(query).postViews().first else {
            throw ForumError.notFound
        }
        return post.permitted(for: viewer, settings.current, now: clock())
    }

    /// Those of the given posts that are in the topic and visible, in the order of their numbers.
    ///
    /// - Throws: `.notFound` when the topic cannot be seen, `.invalid` for too many ids.
    package func posts(
        _ ids: [PostID],
        in topic: TopicID,
        includingRaw: Bool = false,
        for viewer: Viewer
    ) async throws -> [PostView] {
        guard ids.count <= Limits.postIDsPerRequestMax else {
            throw ForumError(
                .malformed,
                "At most \(Limits.postIDsPerRequestMax) posts can be asked for at once.",
                field: "post_ids"
            )
        }
        let answers = try await database.batch([
            TopicQueries.access(topic, for: viewer),
            PostQueries.posts(ids, in: topic, includingRaw: includingRaw, for: viewer),
        ])
        guard !answers[0].isEmpty else { throw ForumError.notFound }
        return try permitted(answers[1].postViews(), for: viewer)
    }

    /// Those of the given posts, of any topics, that can be seen.
    package func posts(_ ids: [PostID], for viewer: Viewer) async throws -> [PostView] {
        try permitted(
            await database.query(PostQueries.posts(ids, for: viewer)).postViews(),
            for: viewer
        )
    }

    /// Ids of a topic's posts after (or before) a number, at most a request's worth of posts.
    ///
    /// - Throws: `.notFound`.
    package func postIDs(
        of topic: TopicID,
        beyond number: Int,
        ascending: Bool,
        for viewer: Viewer
    ) async throws -> [PostID] {
        let answers = try await database.batch([
            TopicQueries.access(topic, for: viewer),
            PostQueries.ids(
                of: topic,
                beyond: Int(clamping: Int32(clamping: number)),
                ascending: ascending,
                for: viewer
            ),
        ])
        guard !answers[0].isEmpty else { throw ForumError.notFound }
        return try answers[1].values()
    }

    /// The posts that answer the given one, twenty at a time, after post number `after`.
    package func replies(
        to post: PostID,
        after number: Int = 0,
        for viewer: Viewer
    ) async throws -> [PostView] {
        let answers = try await database.batch([
            PostQueries.post(post, for: viewer),
            PostQueries.replies(to: post, after: number, for: viewer),
        ])
        guard !answers[0].isEmpty else { throw ForumError.notFound }
        return try permitted(answers[1].postViews(), for: viewer)
    }

    /// The newest posts of all visible regular topics, newest first.
    ///
    /// With `before` the window is made of ids, as Discourse's: ids ≤ `before` and > `before` − 50,
    /// however many of them can be seen.
    package func latestPosts(
        before: Int64? = nil,
        for viewer: Viewer
    ) async throws -> [PostView] {
        if let before, before <= 0 { return [] }
        let query =
            before.map { PostQueries.latest(before: $0, for: viewer) }
            ?? PostQueries.latest(for: viewer)
        return try permitted(await database.query(query).postViews(), for: viewer)
    }

    /// What a person wrote in regular topics, newest first.
    package func posts(
        by user: UserID,
        before: PostID? = nil,
        limit: Int = 30,
        for viewer: Viewer
    ) async throws -> [PostView] {
        let query = PostQueries.byUser(
            user,
            before: before?.value,
            limit: min(max(limit, 0), 100),
            for: viewer
        )
        return try permitted(await database.query(query).postViews(), for: viewer)
    }

    package func revisions(
        of post: PostID,
        for viewer: Viewer
    ) async throws -> [PostRevision] {
        try await database.all(PostQueries.revisions(of: post, for: viewer))
    }

    func permitted(_ posts: [PostView], for viewer: Viewer) -> [PostView] {
        guard viewer.principal != nil else { return posts }
        let settings = settings.current
        let now = clock()
        return posts.map { $0.permitted(for: viewer, settings, now: now) }
    }
}
