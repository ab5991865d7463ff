import Cryptography
import Logging
import Postgres

extension Community {
    package func secondFactors(of id: UserID) async throws -> SecondFactorState {
        try await database.first(SecondFactorQueries.state(of: id), as: SecondFactorState.self)
            ?? SecondFactorState(authenticators: 0, backupCodes: 0)
    }

    /// Whether the site wants somebody to set up a second factor before they go on.
    package func mustSetUpSecondFactor(_ principal: Principal) async throws -> Bool {
        switch settings.current.enforceSecondFactor {
        case "all": break
        case "staff": guard principal.isStaff else { return false }
        default: return false
        }
        return try await !secondFactors(of: principal.id).isOn
    }

    /// Whether `proof` is enough for somebody who has given the first factor. What is right is used
    /// up by it.
    ///
    /// - Returns: `nil` when it is, or when they have no second factor.
    /// - Throws: `.rateLimited` after too many wrong ones, `.unavailable`.
    func secondFactorRefusal(
        of id: UserID,
        _ proof: SecondFactorProof?,
        clientIP: String?
    ) async throws -> SecondFactorRefusal? {
        let state = try await secondFactors(of: id)
        guard state.isOn else { return nil }
        guard let proof, let method = proof.method else {
            return SecondFactorRefusal(reason: .invalidMethod, state: state)
        }
        let isRight: Bool
        switch method {
        case .totp:
            isRight = try await countingFailures(RateLimit.authenticatorCodes(of: id)) {
                try await useCode(proof.token, of: id)
            }
        case .backupCode:
            guard state.hasBackupCodes else {
                return SecondFactorRefusal(reason: .methodNotEnabled, state: state)
            }
            let limits = RateLimit.backupCodes(of: id, ClientNetwork.of(clientIP))
            isRight = try await countingFailures(limits) {
                try await useBackupCode(proof.token, of: id)
            }
        case .securityKey:
            return SecondFactorRefusal(reason: .methodNotEnabled, state: state)
        }
        return isRight ? nil : SecondFactorRefusal(reason: .invalidCode, state: state)
    }

    /// As `secondFactorRefusal`, for use cases that have no other outcome.
    func checkSecondFactor(
        of id: UserID,
        _ proof: SecondFactorProof?,
        clientIP: String?
    ) async throws {
        if let refusal = try await secondFactorRefusal(of: id, proof, clientIP: clientIP) {
            throw refusal
        }
    }

    /// Counts before it looks, so that many tries at once are no way around the count.
    func countingFailures(
        _ limits: [RateLimit],
        _ work: () async throws -> Bool
    ) async throws -> Bool {
        try await take(limits)
        let isRight = try await work()
        if isRight { try await giveBack(limits) }
        return isRight
    }

    private func useCode(_ code: String, of id: UserID) async throws -> Bool {
        let code = code.filter { !$0.isWhitespace }
        guard code.utf8.count == OneTimeCode.digits else { return false }
        let now = clock()
        for row in try await database.all(
            SecondFactorQueries.secrets(of: id),
            as: SealedAuthenticator.self
        ) {
            let secret = try authenticatorSecret(row.secret, of: id)
            guard
                let step = OneTimeCode.step(of: code, secret: secret, at: now.secondsSince1970)
            else { continue }
            return try await database.execute(SecondFactorQueries.use(row.id, step: step, at: now))
                == 1
        }
        return false
    }

    /// - Throws: `.unavailable` when the key file is not the one that sealed it.
    func authenticatorSecret(_ sealed: [UInt8], of id: UserID) throws(ForumError) -> [UInt8] {
        if let secret = serverKey.open(sealed, context: Self.secretContext(id)) { return secret }
        logger.error(
            "an authenticator's secret was sealed by another \(ServerKey.fileName)",
            metadata: ["user": "\(id)"]
        )
        throw ForumError(
            .unavailable,
            "Codes of authenticators cannot be checked at the moment: the server's key file is not "
                + "the one they were set up with. A backup code works; else ask the administrator."
        )
    }

    static func secretContext(_ id: UserID) -> String { "authenticator of user \(id)" }

    private func useBackupCode(_ code: String, of id: UserID) async throws -> Bool {
        let code = BackupCode.normalised(code)
        let candidates = try await database.all(
            SecondFactorQueries.backupCodes(of: id, selector: BackupCode.selector(code)),
            as: KeptBackupCode.self
        )
        for candidate in candidates {
            let (matches, _) = try await passwords.verify(code, against: candidate.hash)
            guard matches else { continue }
            return try await database.execute(SecondFactorQueries.useBackupCode(candidate.id)) == 1
        }
        return false
    }
}

/// A code that gets its owner in once, for when the authenticator is lost.
enum BackupCode {
    static func make() -> String { Random.base32(Limits.backupCodeBytes) }

    /// As it was made, however somebody writes it down.
    static func normalised(_ text: String) -> String {
        String(text.prefix(200).filter { !$0.isWhitespace && $0 != "-" }).lowercased()
    }

    static func selector(_ code: String) -> String { String(code.prefix(2)) }
}

extension RateLimit {
    /// Wrong codes of an authenticator, counted for the account: there are only a million codes.
    static func authenticatorCodes(of id: UserID) -> [RateLimit] {
        [
            RateLimit("second-factor-min", .user(id), allowed: 6, seconds: minute),
            RateLimit("second-factor-hr", .user(id), allowed: 30, seconds: hour),
            RateLimit("second-factor-day", .user(id), allowed: 100, seconds: day),
        ]
    }

    /// Wrong backup codes, counted for the account and the network: nobody guesses one, and the owner
    /// gets in by one while somebody else uses up the tries with codes.
    static func backupCodes(of id: UserID, _ network: String) -> [RateLimit] {
        [
            RateLimit(
                "backup-code-min",
                .other("\(id) \(network)"),
                allowed: 6,
                seconds: minute
            )
        ]
    }
}
