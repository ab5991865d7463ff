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
            account.isEmailVerified,
            let email = try await self.account(for: account.principal.id)?.email
        else { return nil }
        let id = account.principal.id
        return (try await issueToken(.password, for: id, about: email), id, email)
    }

    /// Mails a link to set a new password to whoever has that name or address and may log in.
    ///
    /// One statement whether there is such a person or not, so that the time does not tell.
    ///
    /// - Returns: Whether there is; who may be told is the door's matter.
    @discardableResult
    package func requestPasswordReset(login: String) async throws -> Bool {
        let key: String? =
            login.contains("@")
            ? EmailAddressRules.normalise(login, allowingLocalDomains: true)
            : UsernameRules.lookupKey(login.trimmingWhitespace)
        let found = try await database.value(
            AccountEmailQueries.queuePasswordReset(login: key ?? "", at: clock()),
            as: Int.self
        )
        signals.mailQueued()
        return (found ?? 0) > 0
    }

    /// Sets the password of the token's owner; every session and every other link of theirs ends.
    ///
    /// - Parameters:
    ///   - username: Discourse's clients send it along; it has to be the owner's then.
    ///   - secondFactor: Needed where the owner has one: the mailbox alone is one factor.
    /// - Throws: `.invalid` for a token that no longer counts, or a weak password;
    ///   `SecondFactorRefusal`.
    package func resetPassword(
        token: String,
        to password: String,
        username: String? = nil,
        secondFactor: SecondFactorProof? = nil,
        clientIP: String? = nil
    ) async throws -> UserID {
        let found = try await owner(of: token, .password)
        guard let user = try await user(found.user), !user.isStaged else {
            throw ForumError.linkNotValid
        }
        if let username, UsernameRules.fold(username) != UsernameRules.fold(user.username) {
            throw ForumError.linkNotValid
        }
        try await check(password, for: user)
        try await checkSecondFactor(of: user.id, secondFactor, clientIP: clientIP)
        let hash = try await passwords.hash(password)
        let now = clock()
        try await database.transaction { transaction in
            let taken = try await transaction.first(
                AccountTokenQueries.take(Digest.sha256(token), .password, at: now),
                as: AccountToken.self
            )
            let email = try await transaction.value(
                AccountQueries.primaryEmailForUpdate(of: user.id),
                as: String.self
            )
            guard let taken, taken.email == email else { throw ForumError.linkNotValid }
            _ = try await transaction.batch(Self.newPassword(hash, of: user.id, at: now))
        }
        return user.id
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
        guard let user = try await user(id), !user.isStaged, id != .system else {
            throw ForumError.notFound
        }
        try await check(password, for: user)
        let hash = try await passwords.hash(password)
        let now = clock()
        try await database.transaction { transaction in
            _ = try await transaction.batch(Self.newPassword(hash, of: id, at: now))
        }
    }

    /// With a new password, every session, link and queued link of before ends.
    private static func newPassword(_ hash: String, of id: UserID, at now: Timestamp) -> [SQL] {
        [
            SessionQueries.setPasswordHash(hash, of: id, at: now),
            SessionQueries.deleteAll(of: id),
        ] + AccountTokenQueries.revokeAll(of: id)
    }

    /// - Throws: `.invalid` with what is wrong with the password.
    func check(_ password: String, for user: User) async throws {
        let weaknesses = PasswordRules.problems(
            password,
            username: user.username,
            email: try await account(for: user.id)?.email,
            name: user.name,
            isStaff: user.isStaff
        )
        guard weaknesses.isEmpty else {
            throw ForumError(.invalid, weaknesses, field: "password")
        }
    }
}
