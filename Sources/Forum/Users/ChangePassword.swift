import Cryptography
import Postgres

extension Community {
    /// What a link in a mail carries to let its reader set a new password; good for one hour and
    /// for one use. `nil` when nobody who may log in has that name or address.
    package func passwordResetToken(
        login: String
    ) async throws -> (token: String, user: UserID, email: String)? {
        let account =
            login.contains("@")
            ? try await account(email: login) : try await account(named: login)
        guard let account, account.obstacle(at: clock()) == nil, !account.principal.isStaged,
            account.isEmailVerified, let email = account.email
        else { return nil }
        let id = account.principal.id
        let token = LinkToken.make(
            "password",
            id,
            about: try await passwordMark(id),
            until: clock() + Limits.passwordResetSeconds,
            key: secrets.links
        )
        return (token, id, email)
    }

    /// Sets the password of the token's owner; every session of theirs ends.
    ///
    /// - Throws: `.invalid` for a token that no longer counts, or a weak password.
    package func resetPassword(token: String, to password: String) async throws -> UserID {
        let id = try await checkedOwner(of: token, purpose: "password") { account in
            try await passwordMark(account.principal.id)
        }
        try await setPassword(password, of: id)
        return id
    }

    /// Changes one's own password, or as an administrator anybody's; every session ends.
    ///
    /// - Throws: `.forbidden`, `.notFound`, `.invalid` for a weak password.
    package func changePassword(
        of id: UserID,
        to password: String,
        by principal: Principal
    ) async throws {
        guard principal.isAdmin || principal.id == id else { throw ForumError.forbidden }
        try await setPassword(password, of: id)
    }

    private func setPassword(_ password: String, of id: UserID) async throws {
        guard let user = try await user(id), !user.isStaged, id != .system else {
            throw ForumError.notFound
        }
        let weaknesses = PasswordRules.problems(
            password,
            username: user.username,
            email: try await account(for: id)?.email,
            name: user.name,
            isStaff: user.isStaff
        )
        guard weaknesses.isEmpty else {
            throw ForumError(.invalid, weaknesses, field: "password")
        }
        let hash = try await passwords.hash(password)
        _ = try await database.batch([
            SessionQueries.setPasswordHash(hash, of: id, at: clock()),
            SessionQueries.deleteAll(of: id),
        ])
    }

    /// Changes whenever the password does, and tells nothing about it.
    private func passwordMark(_ id: UserID) async throws -> String {
        let hash: String? = try await database.value(SessionQueries.passwordHash(of: id))
        return Hex.encode(Digest.sha256(hash ?? "none"))
    }
}
