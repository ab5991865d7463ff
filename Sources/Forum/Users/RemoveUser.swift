import Cryptography
import Markup
import Postgres

/// What goes with a deleted user.
package struct UserDeletion: Sendable {
    package var deletesPosts = false
    /// Nobody signs up with their address again.
    package var blocksEmail = false
    /// The pages they linked to are noted.
    package var blocksURLs = false
    /// Nobody signs up from where they came from.
    package var blocksIP = false
    package var context: String?

    package init() {}
}

extension Community {
    /// Deletes an account for good, its posts first when that is asked for.
    ///
    /// - Throws: `.forbidden` for staff, for somebody who has posts that are not to be deleted, and
    ///   for a member of long standing; `.notFound`.
    package func deleteUser(
        _ id: UserID,
        _ deletion: UserDeletion,
        by principal: Principal
    ) async throws {
        let permitted = try await removal(of: id, by: principal)
        let user = permitted.resource
        let now = clock()
        let (posts, first) = try await posts(of: id)
        if posts > 0 {
            guard deletion.deletesPosts else {
                throw ForumError(
                    .forbidden,
                    "User \(user.username) has \(posts) posts, so can't be deleted."
                )
            }
            if posts > Limits.userDeletionPosts, let first,
                first < now - Limits.userDeletionDays * 86_400
            {
                throw ForumError(
                    .forbidden,
                    "User \(user.username) has been writing for too long to be deleted with all posts."
                )
            }
        }
        var statements = try await screening(user, deletion)
        if deletion.deletesPosts { try await deletePosts(of: id, by: principal) }
        let action = StaffAction(
            .deleteUser,
            of: id,
            details: """
                id: \(id)
                username: \(user.username)
                name: \(user.name ?? "")
                created_at: \(user.createdAt.iso8601)
                trust_level: \(user.trustLevel)
                """,
            context: deletion.context
        )
        statements.append(StaffLogQueries.record(action, by: principal, at: now))
        statements += ErasureQueries.mails(of: id, "deleted")
        statements.append(ModerationQueries.remove(permitted))
        _ = try await database.batch(statements)
        signals.committed(.site)
    }

    /// Makes an account nobody's: its posts stay under a name that says nothing.
    ///
    /// - Returns: The new username.
    /// - Throws: `.forbidden` for staff, `.notFound`.
    package func anonymizeUser(_ id: UserID, by principal: Principal) async throws -> String {
        let permitted = try await removal(of: id, by: principal)
        return try await erase(
            permitted.resource,
            also: [logLine(StaffAction(.anonymizeUser, of: id), by: principal)]
        )
    }

    /// Makes one's own account nobody's: what was written stays readable, under a name that says
    /// nothing. There is no way back.
    ///
    /// - Parameter session: The token of the session that asks, which has to be confirmed.
    /// - Returns: The new username.
    /// - Throws: `.notFound`, `.forbidden` for anybody else and for staff.
    package func eraseOwnAccount(
        _ username: String,
        by principal: Principal,
        session: String?
    ) async throws -> String {
        let user = try await profile(named: username, for: .member(principal)).user
        guard user.id == principal.id, !user.isStaff else { throw ForumError.forbidden }
        try await checkConfirmed(session, of: principal)
        return try await erase(user)
    }

    private func erase(_ user: User, also statements: [SQL] = []) async throws -> String {
        let username = "anon" + String(Random.hex(5))
        _ = try await database.batch(
            ErasureQueries.erase(user, as: username, at: clock()) + statements
        )
        signals.committed(.site)
        await goOnRenaming()
        return username
    }

    /// Gives everything of one account to another, and deletes the first.
    ///
    /// - Throws: `.forbidden` for anybody but administrators and for staff's own accounts,
    ///   `.notFound`, `.invalid` for a merge with itself.
    package func mergeUser(
        _ id: UserID,
        into targetName: String,
        by principal: Principal
    ) async throws -> User {
        _ = try principal.mayAdministerSite()
        let permitted = try await removal(of: id, by: principal)
        guard let target = try await user(named: targetName), target.id != .system else {
            throw ForumError(.notFound, "The target user could not be found.")
        }
        guard target.id != id else {
            throw ForumError(.invalid, "A user cannot be merged into itself.")
        }
        let action = StaffAction(
            .mergeUser,
            of: target.id,
            details: "source: \(permitted.resource.username) (\(id))",
            context: "merged into \(target.username)"
        )
        _ = try await database.batch(
            ModerationQueries.merge(permitted, into: target)
                + [StaffLogQueries.record(action, by: principal, at: clock())]
        )
        signals.committed(.site)
        return target
    }

    /// Deletes a number of somebody's posts, as `DELETE …/delete_posts_batch` of Discourse.
    ///
    /// - Returns: How many.
    @discardableResult
    package func deletePostsBatch(of id: UserID, by principal: Principal) async throws -> Int {
        _ = try await removal(of: id, by: principal)
        let posts = try await database.values(
            ModerationQueries.somePosts(of: id, limit: Limits.deletedPostsPerBatch),
            as: PostID.self
        )
        for post in posts {
            do {
                // Also where this moderator would not see them: the account as a whole is theirs to
                // remove.
                try await deletePost(post, by: principal.isAdmin ? principal : .system)
            } catch let error as ForumError where error.code == .notFound {
                // It went with its topic.
                continue
            }
        }
        return posts.count
    }

    private func deletePosts(of id: UserID, by principal: Principal) async throws {
        while try await deletePostsBatch(of: id, by: principal) > 0 {}
    }

    private func posts(of id: UserID) async throws -> (Int, Timestamp?) {
        guard let row = try await database.query(ModerationQueries.postsOf(id)).first else {
            return (0, nil)
        }
        return (try row.get(0, as: Int.self), try row.get(1, as: Timestamp?.self))
    }

    func removal(
        of id: UserID,
        by principal: Principal
    ) async throws -> Permitted<RemovingUser, User> {
        guard principal.isStaff else { throw ForumError.forbidden }
        guard let user = try await user(id) else { throw ForumError.notFound }
        return try principal.may(.removeUser, user)
    }

    /// What is kept about somebody who goes, so that they do not come back.
    private func screening(_ user: User, _ deletion: UserDeletion) async throws -> [SQL] {
        var statements: [SQL] = []
        if deletion.blocksEmail {
            let emails = try await database.all(UserQueries.emails(of: user.id), as: EmailRow.self)
            statements += emails.map { ScreeningQueries.blockEmail($0.email) }
        }
        if deletion.blocksIP {
            let addresses = try await database.values(
                ModerationQueries.addresses(of: user.id),
                as: String.self
            )
            statements += addresses.map { ScreeningQueries.blockIP($0) }
        }
        if deletion.blocksURLs {
            let pages = try await database.values(
                ModerationQueries.linkedPosts(of: user.id),
                as: String.self
            )
            let links = Set(pages.flatMap { ScreenedLink.found(inCooked: $0) })
                .filter { $0.domain != host }
            statements += links.sorted { $0.url < $1.url }.prefix(200)
                .map { ScreeningQueries.noteURL($0) }
        }
        return statements
    }
}
