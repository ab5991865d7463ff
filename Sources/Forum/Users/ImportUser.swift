import Cryptography
package import Postgres

/// Somebody who was a member of another forum.
package struct ImportedUser: Sendable, Equatable {
    package var username: String
    package var email: String
    package var name: String?
    /// Discourse's columns of the password; without them the person sets a new one by mail.
    package var passwordHash: String?
    package var passwordSalt: String?
    package var passwordAlgorithm: String?
    package var createdAt: Timestamp?
    package var trustLevel = 1
    package var isAdmin = false
    package var isModerator = false
    package var isActive = true
    package var isApproved = true

    package init(username: String, email: String) {
        self.username = username
        self.email = email
    }
}

/// What became of one of them.
package enum UserImportOutcome: Sendable, Equatable {
    case made
    /// Somebody who was known by their mails is a member now, and has what they wrote.
    case claimed
    /// The address has an account already; it stays as it is.
    case known
}

extension Community {
    /// Makes an account of another forum one of this, with its password: it is checked by the hash
    /// of before at the first log-in, and kept as a hash of this forum's own from then on.
    ///
    /// Brings in nobody twice. Sends no mail.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, `.invalid` with what is wrong.
    package func importUser(
        _ user: ImportedUser,
        by principal: Principal
    ) async throws -> UserImportOutcome {
        _ = try principal.mayAdministerSite()
        let record = try Self.record(of: user)
        let owner: AddressOwner? = try await database.first(
            EmailChangeQueries.owner(of: record.email)
        )
        if let owner, !owner.isStaged { return .known }
        // Whoever was known by their mails may have the name already.
        let taken = UsernameQueries.takenByOthers(
            UsernameRules.fold(record.username),
            than: owner?.id ?? UserID(0)
        )
        guard try await database.query(taken).isEmpty else { throw ForumError.usernameTaken }
        _ = try await store(record, by: .system)
        signals.committed(.site)
        return owner == nil ? .made : .claimed
    }

    private static func record(of user: ImportedUser) throws(ForumError) -> UserRecord {
        let username = user.username.trimmingWhitespace
        let problems = UsernameRules.problems(username, lengths: 1...Limits.usernameStoredMax)
        guard problems.isEmpty else { throw ForumError(.invalid, problems, field: "username") }
        guard UsernameRules.fold(username) != "system" else {
            throw ForumError(.invalid, "That username is not allowed.", field: "username")
        }
        guard let email = EmailAddressRules.normalise(user.email, allowingLocalDomains: true) else {
            throw ForumError(.invalid, "Email is invalid.", field: "email")
        }
        guard (0...4).contains(user.trustLevel) else {
            throw ForumError(.invalid, "Trust level must be from 0 to 4.", field: "trust_level")
        }
        return UserRecord(
            username: username,
            email: email,
            name: PersonNameRules.cleaned(user.name),
            passwordHash: try passwordHash(of: user),
            isActive: user.isActive,
            isApproved: user.isApproved,
            isAdmin: user.isAdmin,
            isModerator: user.isModerator,
            trustLevel: user.trustLevel,
            createdAt: user.createdAt
        )
    }

    private static func passwordHash(of user: ImportedUser) throws(ForumError) -> String? {
        guard let hash = user.passwordHash else { return nil }
        guard let salt = user.passwordSalt,
            let foreign = ForeignPasswordHash(
                hash: hash,
                salt: salt,
                algorithm: user.passwordAlgorithm
            )
        else {
            throw ForumError(
                .invalid,
                "The password needs a hash of 64 hexadecimal digits, its salt, and an algorithm "
                    + "such as $pbkdf2-sha256$i=600000,l=32$ (or none: 64000 iterations).",
                field: "password_hash"
            )
        }
        return foreign.stored
    }
}
