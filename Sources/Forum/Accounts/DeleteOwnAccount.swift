import Postgres

/// Leaving for good.
package enum DeletingOwnAccount {}

extension Rule where Action == DeletingOwnAccount, Resource == User {
    /// Oneself, not staff, with hardly any posts: what others answered to stays.
    package static var deleteOwnAccount: Self {
        Self { user, principal in
            let written = user.statistics.postCount + user.statistics.topicCount
            return user.id == principal.id && !user.isStaff && written < Limits.ownPostsForDeletion
                ? .allow : .deny(.forbidden)
        }
    }
}

extension Community {
    /// Deletes one's own account, with what was written.
    ///
    /// - Throws: `.notFound`, `.forbidden` for anybody else and for those with several posts.
    package func deleteOwnAccount(_ username: String, by principal: Principal) async throws {
        let user = try await profile(named: username, for: .member(principal)).user
        let permitted = try principal.may(.deleteOwnAccount, user)
        for post in try await database.values(
            OwnAccountQueries.posts(of: permitted),
            as: PostID.self
        ) {
            try await deletePost(post, by: .system)
        }
        try await database.transaction { transaction in
            _ = try await transaction.batch(
                ErasureQueries.mails(of: user.id, "deleted") + OwnAccountQueries.delete(permitted)
            )
        }
        signals.committed(.site)
    }
}
