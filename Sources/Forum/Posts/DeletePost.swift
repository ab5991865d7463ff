import Postgres

extension Community {
    /// Deletes a post, so that staff (or the author who did it) can bring it back; the first post
    /// goes with its topic.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`.
    package func deletePost(_ id: PostID, by principal: Principal) async throws {
        let post = try await post(id, for: .member(principal))
        let now = clock()
        let permitted = try principal.may(
            .deletingPost(settings.current, now: now),
            post.access
        )
        guard post.number > 1 else { return try await deleteTopic(post.topicID, by: principal) }
        try await within(RateLimit.deletions(principal, settings.current)) {
            _ = try await write(DeletePostQueries.delete(permitted, now: now))
        }
        signals.committed(.topic(post.topicID), .site)
    }

    /// - Throws: `ForumError`: `.notFound`, `.forbidden`, `.conflict` when it is not deleted.
    package func recoverPost(_ id: PostID, by principal: Principal) async throws {
        let post = try await post(id, for: .member(principal))
        let permitted = try principal.may(.recoveringPost, post.access)
        guard post.number > 1 else { return try await recoverTopic(post.topicID, by: principal) }
        _ = try await write(DeletePostQueries.recover(permitted))
        signals.committed(.topic(post.topicID), .site)
    }
}
