import Postgres

/// What came of an attempt to make an account.
package enum SignUpOutcome: Sendable {
    case made(User)
    /// Nothing was made, and the visitor is told the same as if it had been: the address has an
    /// account already, which its owner hears of by mail.
    case concealed
}

extension Community {
    /// Makes an account for a visitor, or as an administrator for somebody else.
    ///
    /// Where `hide_email_address_taken` is on, a visitor does not learn whether an address has an
    /// account: neither by the answer nor by the time it takes nor by the name being free afterwards.
    ///
    /// - Throws: As `createUser`.
    package func signUp(_ new: NewUser, by creator: Principal?) async throws -> SignUpOutcome {
        do {
            return .made(try await createUser(new, by: creator))
        } catch let error as ForumError where error.reason == .emailTaken {
            guard creator?.isAdmin != true, settings.current.hideEmailAddressTaken,
                let email = EmailAddressRules.normalise(new.email)
            else { throw error }
            let now = clock()
            _ = try await database.batch([
                AccountEmailQueries.queueAccountExists(address: email, at: now),
                UsernameQueries.hold(
                    UsernameRules.fold(new.username.trimmingWhitespace),
                    until: now + Limits.usernameHoldSeconds
                ),
            ])
            signals.mailQueued()
            return .concealed
        }
    }

    /// Mails the link that confirms a new account once more.
    ///
    /// Says nothing of whether there is such an account.
    package func resendActivation(login: String) async throws {
        let found =
            login.contains("@")
            ? try await account(email: login) : try await account(named: login)
        guard let found, !found.isActive, !found.principal.isStaged, found.principal.id != .system,
            let email = found.email
        else { return }
        _ = try await database.query(
            AccountEmailQueries.queue(.signup, user: found.principal.id, to: email, at: clock())
        )
        signals.mailQueued()
    }

    /// Gives a new account that is not confirmed yet another address, and mails the link there.
    ///
    /// - Throws: `.forbidden` for a wrong password or an active account (one answer), `.invalid`.
    package func changeActivationEmail(
        login: String,
        password: String,
        to address: String,
        clientIP: String?
    ) async throws {
        let refusal = ForumError(.forbidden, "Incorrect username, email or password")
        guard let email = EmailAddressRules.normalise(address) else {
            throw ForumError(.invalid, "Email is invalid.", field: "email")
        }
        guard
            case .notActivated = try await logIn(
                login: login,
                password: password,
                clientIP: clientIP
            ),
            let found = login.contains("@")
                ? try await account(email: login) : try await account(named: login)
        else { throw refusal }
        let now = clock()
        do {
            try await database.transaction { transaction in
                let id = found.principal.id
                let changed = try await transaction.execute(
                    EmailChangeQueries.replaceUnverified(email, of: id, at: now)
                )
                guard changed == 1 else { throw refusal }
                _ = try await transaction.batch(AccountTokenQueries.revokeAll(of: id))
                try await transaction.execute(
                    AccountEmailQueries.queue(.signup, user: id, to: email, at: now)
                )
            }
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            guard settings.current.hideEmailAddressTaken else { throw ForumError.emailTaken }
            try await database.execute(
                AccountEmailQueries.queueAccountExists(address: email, at: now)
            )
        }
        signals.mailQueued()
    }
}

extension Community {
    /// Tells whoever has an address that somebody tried to use it for a new account.
    package func noteUseOfTakenAddress(_ address: String?) async throws {
        guard let address, let email = EmailAddressRules.normalise(address) else { return }
        try await database.execute(
            AccountEmailQueries.queueAccountExists(address: email, at: clock())
        )
        signals.mailQueued()
    }
}
