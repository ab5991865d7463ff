extension Community {
    /// Opens a session as somebody else, where the site allows it.
    ///
    /// - Returns: The token of the session.
    /// - Throws: `.forbidden` for anybody but administrators, for staff's accounts, and where the
    ///   setting `allow_impersonation` is off; `.notFound`.
    package func impersonateUser(
        _ name: String,
        by principal: Principal
    ) async throws -> String {
        _ = try principal.mayAdministerSite()
        guard settings.current.allowImpersonation else {
            throw ForumError(
                .forbidden,
                "Impersonation is switched off on this site (allow_impersonation)."
            )
        }
        let account =
            name.contains("@")
            ? try await account(email: name) : try await account(named: name)
        guard let account, let user = try await user(account.principal.id), !user.isStaged else {
            throw ForumError.notFound
        }
        _ = try principal.may(.removeUser, user)
        if let obstacle = account.obstacle(at: clock()) { throw obstacle }
        try await record(StaffAction(.impersonate, of: user.id), by: principal)
        return try await openSession(for: account.principal, clientIP: RequestOrigin.clientIP)
    }
}
