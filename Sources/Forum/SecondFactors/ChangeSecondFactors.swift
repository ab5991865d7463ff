import Postgres

extension Community {
    /// - Parameter session: The token of the session that asks, which has to be confirmed.
    /// - Throws: `.forbidden`.
    package func authenticators(
        of principal: Principal,
        session: String?
    ) async throws -> [Authenticator] {
        try await checkConfirmed(session, of: principal)
        return try await database.all(SecondFactorQueries.authenticators(of: principal.id))
    }

    /// - Throws: `.forbidden`, `.notFound`, `.invalid` for a name that is none.
    package func renameAuthenticator(
        _ id: Int64,
        to name: String,
        by principal: Principal,
        session: String?
    ) async throws {
        try await checkConfirmed(session, of: principal)
        let name = try Self.authenticatorName(name)
        let changed = try await database.execute(
            SecondFactorQueries.rename(id, of: principal.id, to: name)
        )
        guard changed == 1 else { throw ForumError.notFound }
    }

    /// Turns one authenticator off; with the last one the backup codes go.
    ///
    /// - Throws: `.forbidden`, `.notFound`.
    package func removeAuthenticator(
        _ id: Int64,
        by principal: Principal,
        session: String?
    ) async throws {
        try await checkConfirmed(session, of: principal)
        let now = clock()
        try await database.transaction { transaction in
            _ = try await transaction.batch([SecondFactorQueries.lock(principal.id)])
            let statements = SecondFactorQueries.remove(id, of: principal.id)
            guard try await transaction.execute(statements[0]) == 1 else {
                throw ForumError.notFound
            }
            _ = try await transaction.batch(Array(statements.dropFirst()))
            try await Self.tellIfOff(principal.id, transaction, at: now)
        }
        signals.mailQueued()
    }

    /// Turns everything off that somebody has beside the password.
    ///
    /// - Throws: `.forbidden`.
    package func removeSecondFactors(by principal: Principal, session: String?) async throws {
        try await checkConfirmed(session, of: principal)
        let now = clock()
        try await database.transaction { transaction in
            _ = try await transaction.batch(SecondFactorQueries.removeAll(of: principal.id))
            try await Self.tellIfOff(principal.id, transaction, at: now)
        }
        signals.mailQueued()
    }

    /// New backup codes in place of the old ones; this is the only time that they can be read.
    ///
    /// - Throws: `.forbidden`, `.invalid` without an authenticator, `.unavailable`.
    package func makeBackupCodes(
        by principal: Principal,
        session: String?
    ) async throws -> [String] {
        try await checkConfirmed(session, of: principal)
        let codes = (0..<Limits.backupCodes).map { _ in BackupCode.make() }
        var hashed: [HashedBackupCode] = []
        for code in codes {
            hashed.append(
                HashedBackupCode(
                    selector: BackupCode.selector(code),
                    hash: try await passwords.hash(randomCode: code)
                )
            )
        }
        let kept = hashed
        try await database.transaction { transaction in
            let answers = try await transaction.batch([
                SecondFactorQueries.lock(principal.id),
                SecondFactorQueries.state(of: principal.id),
            ])
            guard try answers[1].first(SecondFactorState.self)?.isOn == true else {
                throw ForumError(.invalid, "Set up an authenticator before backup codes.")
            }
            _ = try await transaction.batch([
                SecondFactorQueries.removeBackupCodes(of: principal.id),
                SecondFactorQueries.keepBackupCodes(kept, of: principal.id),
            ])
        }
        return codes
    }

    /// - Throws: `.forbidden`.
    package func removeBackupCodes(by principal: Principal, session: String?) async throws {
        try await checkConfirmed(session, of: principal)
        try await database.execute(SecondFactorQueries.removeBackupCodes(of: principal.id))
    }

    /// Takes the second factor from somebody who has lost it.
    ///
    /// - Throws: `.malformed` when there is none to take, `.forbidden`, `.notFound`.
    package func disableSecondFactor(of id: UserID, by principal: Principal) async throws {
        guard principal.isStaff else { throw ForumError.forbidden }
        guard let user = try await user(id) else { throw ForumError.notFound }
        _ = try principal.may(.administerUser, user)
        let now = clock()
        try await database.transaction { transaction in
            let answers = try await transaction.batch([
                SecondFactorQueries.lock(id), SecondFactorQueries.state(of: id),
            ])
            guard try answers[1].first(SecondFactorState.self)?.isOn == true else {
                throw ForumError(
                    .malformed,
                    "You supplied invalid parameters to the request: "
                        + "the user has no second factor."
                )
            }
            _ = try await transaction.batch(
                SecondFactorQueries.removeAll(of: id) + [
                    StaffLogQueries.record(
                        StaffAction(.disabledSecondFactor, of: id),
                        by: principal,
                        at: now
                    )
                ]
            )
            try await Self.tellIfOff(id, transaction, at: now)
        }
        signals.mailQueued()
    }

    /// Whoever has no second factor any more hears of it: it may not have been them.
    private static func tellIfOff(
        _ id: UserID,
        _ transaction: Transaction,
        at now: Timestamp
    ) async throws {
        let answers = try await transaction.batch([
            SecondFactorQueries.state(of: id), AccountQueries.primaryEmailForUpdate(of: id),
        ])
        guard try answers[0].first(SecondFactorState.self)?.isOn != true,
            let email = try answers[1].firstValue(String.self)
        else { return }
        try await transaction.execute(
            AccountEmailQueries.queue(.secondFactorDisabled, user: id, to: email, at: now)
        )
    }
}
