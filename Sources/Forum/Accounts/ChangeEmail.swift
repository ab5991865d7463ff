import Cryptography
import Postgres

/// Changing whose mails go where.
package enum ChangingEmail {}

extension Rule where Action == ChangingEmail, Resource == User {
    /// Oneself and administrators: who has somebody's mail has their account.
    package static var changeEmail: Self {
        Self { user, principal in
            if user.id == .system || user.isStaged { return .deny(.forbidden) }
            return principal.isAdmin || principal.id == user.id ? .allow : .deny(.forbidden)
        }
    }
}

/// The addresses of one person.
package struct UserEmails: Sendable {
    package let primary: String
    package let secondary: [String]
    /// Those that wait for their confirmation.
    package let unconfirmed: [String]
    package let accounts: [ExternalAccount]
}

extension Community {
    /// - Throws: `.notFound`, `.forbidden` for anybody but the person and staff.
    package func emails(of username: String, by principal: Principal) async throws -> UserEmails {
        let profile = try await profile(named: username, for: .member(principal))
        guard let email = profile.email else { throw ForumError.forbidden }
        let answers = try await database.batch([
            EmailChangeQueries.waiting(of: profile.user.id, at: clock()),
            ExternalAccountQueries.all(of: profile.user.id),
        ])
        let showsAccounts = principal.isAdmin || principal.id == profile.user.id
        return UserEmails(
            primary: email,
            secondary: profile.secondaryEmails,
            unconfirmed: try answers[0].values(String.self),
            accounts: showsAccounts
                ? try answers[1].decode(ExternalAccountRow.self).map { try $0.account } : []
        )
    }

    /// Asks for another address: a link goes there, a word of it to the old one, and nothing
    /// changes before the link is used. An address that has an account already is not told apart.
    ///
    /// - Parameter primary: False for an address beside the primary one.
    /// - Throws: `.notFound`, `.forbidden`, `.invalid`.
    package func requestEmailChange(
        of username: String,
        to address: String,
        primary: Bool = true,
        by principal: Principal
    ) async throws {
        guard let user = try await user(named: username) else { throw ForumError.notFound }
        let permitted = try principal.may(.changeEmail, user)
        guard let email = EmailAddressRules.normalise(address) else {
            throw ForumError(.invalid, "Email is invalid.", field: "email")
        }
        let now = clock()
        let rows = try await database.batch([
            UserQueries.emails(of: user.id), EmailChangeQueries.waiting(of: user.id, at: now),
        ])
        let known = try rows[0].decode(EmailRow.self)
        let old = known.first { $0.isPrimary }?.email
        guard email != old?.lowercased() else {
            throw ForumError(.invalid, "That is the address already.", field: "email")
        }
        guard known.count + rows[1].count < Limits.emailsPerUser else {
            throw ForumError(
                .invalid,
                "You have reached the maximum of \(Limits.emailsPerUser) addresses.",
                field: "email"
            )
        }
        let owner: AddressOwner? = try await database.first(EmailChangeQueries.owner(of: email))
        let isFree = owner == nil || owner?.id == user.id || owner?.isStaged == true
        try await database.transaction { transaction in
            var statements = EmailChangeQueries.request(
                permitted,
                email: email,
                primary: primary,
                at: now
            )
            statements.append(
                isFree
                    ? AccountEmailQueries.queue(.confirmNewEmail, user: user.id, to: email, at: now)
                    : AccountEmailQueries.queueAccountExists(address: email, at: now)
            )
            if let old, primary {
                statements.append(
                    AccountEmailQueries.queue(.notifyOldEmail, user: user.id, to: old, at: now)
                )
            }
            _ = try await transaction.batch(statements)
        }
        signals.mailQueued()
    }

    /// Takes an address away that is not the primary one, or stops waiting for it.
    ///
    /// - Throws: `.notFound`, `.forbidden`.
    package func removeEmail(
        _ address: String,
        of username: String,
        by principal: Principal
    ) async throws {
        guard let user = try await user(named: username) else { throw ForumError.notFound }
        let permitted = try principal.may(.changeEmail, user)
        guard let email = EmailAddressRules.normalise(address, allowingLocalDomains: true) else {
            throw ForumError.notFound
        }
        let gone = try await database.batch(EmailChangeQueries.remove(permitted, email))
        guard gone.contains(where: { $0.count > 0 }) else { throw ForumError.notFound }
    }

    /// Makes an address that waits beside the primary one, or is verified, the primary one.
    ///
    /// - Throws: `.notFound`, `.forbidden`.
    package func makePrimary(
        _ address: String,
        of username: String,
        by principal: Principal,
        keepingSession session: String? = nil
    ) async throws {
        guard let user = try await user(named: username) else { throw ForumError.notFound }
        let permitted = try principal.may(.changeEmail, user)
        guard let email = EmailAddressRules.normalise(address, allowingLocalDomains: true) else {
            throw ForumError.notFound
        }
        let now = clock()
        try await database.transaction { transaction in
            let old = try await transaction.value(
                AccountQueries.primaryEmailForUpdate(of: user.id),
                as: String.self
            )
            guard try await transaction.execute(EmailChangeQueries.demote(permitted)) == 1,
                try await transaction.execute(EmailChangeQueries.promote(permitted, email)) == 1
            else { throw ForumError.notFound }
            _ = try await transaction.batch(
                Self.afterEmailChange(of: user.id, from: old, keepingSession: session, at: now)
            )
        }
        signals.mailQueued()
    }

    /// Confirms an address by the link that was mailed there. All sessions but this one end, and
    /// every other link.
    ///
    /// - Parameter secondFactor: Needed where the owner has one.
    /// - Throws: `.invalid` for a link that no longer counts, `SecondFactorRefusal`.
    package func confirmEmail(
        token: String,
        secondFactor: SecondFactorProof? = nil,
        keepingSession session: String? = nil,
        clientIP: String? = nil
    ) async throws {
        let found = try await owner(of: token, .changeEmail)
        try await checkSecondFactor(of: found.user, secondFactor, clientIP: clientIP)
        let now = clock()
        do {
            try await database.transaction { transaction in
                let taken = try await transaction.first(
                    AccountTokenQueries.take(Digest.sha256(token), .changeEmail, at: now),
                    as: AccountToken.self
                )
                let change = try await transaction.first(
                    EmailChangeQueries.take(found.email, of: found.user, at: now),
                    as: EmailChange.self
                )
                guard taken != nil, let change else { throw ForumError.linkNotValid }
                let old = try await transaction.value(
                    AccountQueries.primaryEmailForUpdate(of: found.user),
                    as: String.self
                )
                _ = try await transaction.batch(
                    EmailChangeQueries.apply(change, to: found.user, at: now)
                )
                guard change.isPrimary else { return }
                _ = try await transaction.batch(
                    Self.afterEmailChange(
                        of: found.user,
                        from: old,
                        keepingSession: session,
                        at: now
                    )
                )
            }
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            // Somebody else has proved to own it meanwhile.
            throw ForumError.linkNotValid
        }
        signals.committed(.site)
        signals.mailQueued()
    }

    private static func afterEmailChange(
        of user: UserID,
        from old: String?,
        keepingSession session: String?,
        at now: Timestamp
    ) -> [SQL] {
        var statements = AccountTokenQueries.revokeAll(of: user)
        statements.append(
            SessionQueries.deleteAll(of: user, except: session.map { Digest.sha256($0) })
        )
        statements.append(EmailChangeQueries.revokeReplyKeys(of: user))
        if let old {
            statements.append(
                AccountEmailQueries.queue(.emailChanged, user: user, to: old, at: now)
            )
        }
        return statements
    }
}
