import Cryptography
import Postgres

/// What came of an attempt to prove oneself again.
package enum ConfirmationOutcome: Sendable, Equatable {
    case confirmed
    case wrongPassword
    case secondFactorWanted(SecondFactorRefusal)
}

extension Community {
    /// Proves within a session that its owner is still there: what changes how one gets in asks for
    /// it, and it holds for `Limits.confirmedSessionSeconds`.
    ///
    /// - Parameter session: The session's token; keys of programs have none and confirm nothing.
    /// - Throws: `.forbidden` without a session, `.rateLimited`, `.unavailable`.
    package func confirmSession(
        _ session: String?,
        of principal: Principal,
        password: String,
        secondFactor: SecondFactorProof?,
        clientIP: String?
    ) async throws -> ConfirmationOutcome {
        guard let session else { throw ForumError.sessionNotConfirmed }
        let attempt = LogInFailures.Attempt(
            login: UsernameRules.fold(principal.username),
            network: ClientNetwork.of(clientIP)
        )
        try passwords.failures.check(attempt, at: clock())
        let hash = try await database.value(
            SessionQueries.passwordHash(of: principal.id),
            as: String?.self
        )
        let (matches, _) = try await passwords.verify(password, against: hash ?? nil)
        guard matches else {
            passwords.failures.record(attempt, at: clock())
            return .wrongPassword
        }
        passwords.failures.forget(attempt)
        let refusal = try await secondFactorRefusal(
            of: principal.id,
            secondFactor,
            clientIP: clientIP
        )
        if let refusal { return .secondFactorWanted(refusal) }
        let confirmed = try await database.execute(
            SecondFactorQueries.confirm(
                session: Digest.sha256(session),
                of: principal.id,
                at: clock()
            )
        )
        guard confirmed == 1 else { throw ForumError.sessionNotConfirmed }
        return .confirmed
    }

    package func isConfirmed(_ session: String?, of principal: Principal) async throws -> Bool {
        guard let session else { return false }
        return try await database.value(
            SecondFactorQueries.isConfirmed(
                session: Digest.sha256(session),
                of: principal.id,
                at: clock()
            ),
            as: Bool.self
        ) ?? false
    }

    /// - Throws: `.forbidden`.
    func checkConfirmed(_ session: String?, of principal: Principal) async throws {
        guard try await isConfirmed(session, of: principal) else {
            throw ForumError.sessionNotConfirmed
        }
    }
}

extension ForumError {
    static var sessionNotConfirmed: Self {
        ForumError(
            .forbidden,
            "Confirm your password first (POST /u/confirm-session in a session of your own)."
        )
    }
}
