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
            _ = try await write(
                DeletePostQueries.delete(permitted, now: now)
                    + Self.logOfDeletion(of: post, by: principal, at: now)
            )
        }
        signals.committed(.topic(post.topicID), .site)
    }

    /// Deletes several posts; when one of them may not be deleted, none is.
    ///
    /// - Throws: `ForumError`: `.malformed`, `.notFound`, `.forbidden`.
    package func deletePosts(_ ids: [PostID], by principal: Principal) async throws {
        guard !ids.isEmpty, ids.count <= Limits.postsChangedAtOnce else {
            throw ForumError(
                .malformed,
                "post_ids must name 1 to \(Limits.postsChangedAtOnce) posts.",
                field: "post_ids"
            )
        }
        let posts = try await posts(Array(Set(ids)), for: .member(principal))
        guard posts.count == Set(ids).count else { throw ForumError.notFound }
        for post in posts {
            _ = try principal.may(
                .deletingPost(settings.current, now: clock()),
                post.access
            )
        }
        for post in posts.sorted(by: { $0.id > $1.id }) {
            try await deletePost(post.id, by: principal)
        }
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
