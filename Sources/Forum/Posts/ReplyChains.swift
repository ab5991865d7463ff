import Postgres

extension Community {
    /// The posts that a post answers, up to the first of the chain.
    ///
    /// - Throws: `.notFound`.
    package func replyHistory(of id: PostID, for viewer: Viewer) async throws -> [PostView] {
        let post = try await post(id, for: viewer)
        let query = RevisionQueries.replyHistory(of: id, in: post.topicID, for: viewer)
        return try permitted(await database.query(query).postViews(), for: viewer)
    }

    /// All that answers a post, directly (level 1) or not.
    ///
    /// - Throws: `.notFound`.
    package func replyIDs(
        of id: PostID,
        for viewer: Viewer
    ) async throws -> [(id: PostID, level: Int)] {
        _ = try await post(id, for: viewer)
        return try await database.query(RevisionQueries.replyIDs(of: id, for: viewer)).map { row in
            (try row.get(0, as: PostID.self), try row.get(1, as: Int.self))
        }
    }
}
