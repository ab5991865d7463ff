package import Postgres

extension Community {
    /// Makes somebody an administrator, or no longer one.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, `.notFound`.
    package func grantAdmin(
        _ id: UserID,
        _ isAdmin: Bool = true,
        by principal: Principal
    ) async throws {
        try await administer(id, by: principal) { user, now in
            ModerationQueries.setAdmin(isAdmin, user, at: now)
        }
    }

    /// As `grantAdmin`, for moderators.
    package func grantModeration(
        _ id: UserID,
        _ isModerator: Bool = true,
        by principal: Principal
    ) async throws {
        try await administer(id, by: principal) { user, now in
            ModerationQueries.setModerator(isModerator, user, at: now)
        }
    }

    /// Gives staff's approval to a new account.
    package func approveUser(_ id: UserID, by principal: Principal) async throws {
        try await moderate(id, by: principal) { permitted, now in
            [ModerationQueries.approve(permitted, at: now)]
        }
    }

    /// - Throws: `.invalid` for a level that is not 0 to 4, `.forbidden`, `.notFound`.
    package func setTrustLevel(_ level: Int, of id: UserID, by principal: Principal) async throws {
        guard (0...4).contains(level) else {
            throw ForumError(.invalid, "Trust level must be from 0 to 4.", field: "level")
        }
        try await moderate(id, by: principal) { permitted, now in
            [ModerationQueries.setTrustLevel(level, permitted, at: now)]
        }
    }

    /// Keeps somebody out until `end` and ends their sessions; `nil` lets them in again.
    package func suspendUser(
        _ id: UserID,
        until end: Timestamp?,
        by principal: Principal
    ) async throws {
        try await moderate(id, by: principal) { permitted, now in
            var statements = [ModerationQueries.suspend(permitted, until: end, at: now)]
            if end != nil { statements.append(SessionQueries.deleteAll(of: id)) }
            return statements
        }
    }

    /// Lets somebody read but not write until `end`; `nil` lets them write again.
    package func silenceUser(
        _ id: UserID,
        until end: Timestamp?,
        by principal: Principal
    ) async throws {
        try await moderate(id, by: principal) { permitted, now in
            [ModerationQueries.silence(permitted, until: end, at: now)]
        }
    }

    private func moderate(
        _ id: UserID,
        by principal: Principal,
        _ statements: (Permitted<ModeratingUser, User>, Timestamp) -> [SQL]
    ) async throws {
        guard principal.isStaff else { throw ForumError.forbidden }
        guard let user = try await user(id) else { throw ForumError.notFound }
        let permitted = try principal.may(.moderateUser, user)
        _ = try await database.batch(statements(permitted, clock()))
        signals.committed(.site)
    }

    private func administer(
        _ id: UserID,
        by principal: Principal,
        _ statement: (User, Timestamp) -> SQL
    ) async throws {
        _ = try principal.mayAdministerSite()
        guard let user = try await user(id), !user.isStaged, id != .system else {
            throw ForumError.notFound
        }
        _ = try await database.query(statement(user, clock()))
        signals.committed(.site)
    }
}
