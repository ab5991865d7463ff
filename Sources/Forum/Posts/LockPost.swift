import Postgres

package enum LockingPost {}

extension Rule where Action == LockingPost, Resource == PostAccess {
    /// Discourse: staff.
    static var lockingPost: Self {
        Rule { post, principal in
            if post.isDeleted || post.topic.isDeleted { return .deny(.notFound) }
            if post.topic.isUnpublished { return .deny(.unpublished) }
            return principal.isStaff ? .allow : .deny(.forbidden)
        }
    }
}

extension Community {
    /// Keeps everybody but staff from changing a post, or no longer.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`.
    package func setLocked(
        _ id: PostID,
        _ isLocked: Bool,
        by principal: Principal
    ) async throws {
        let post = try await post(id, for: .member(principal))
        let permitted = try principal.may(.lockingPost, post.access)
        _ = try await database.query(ChangePostQueries.setLocked(permitted, isLocked))
        signals.committed(.topic(post.topicID))
    }

    /// Says whether a post speaks for the staff (type 2) or for its author alone (1).
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`, `.malformed`.
    package func setPostType(
        _ id: PostID,
        _ type: Int,
        by principal: Principal
    ) async throws {
        let post = try await post(id, for: .member(principal))
        let permitted = try principal.may(.lockingPost, post.access)
        guard type == 1 || type == 2, post.type == 1 || post.type == 2 else {
            throw ForumError(
                .malformed,
                "post_type must be 1 (regular) or 2 (moderator action).",
                field: "post_type"
            )
        }
        _ = try await database.query(ChangePostQueries.setType(permitted, type))
        signals.committed(.topic(post.topicID))
    }

    /// Makes the HTML of a post anew from its text.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`, `.unavailable`.
    package func rebakePost(_ id: PostID, by principal: Principal) async throws {
        let post = try await post(id, for: .member(principal))
        let permitted = try principal.may(.lockingPost, post.access)
        let cooked = try await cook(post.raw ?? "", forReadersOf: post.topic.categoryID)
        _ = try await database.query(
            ChangePostQueries.rebake(permitted, cooked, from: post.raw ?? "")
        )
        signals.committed(.topic(post.topicID))
    }
}
