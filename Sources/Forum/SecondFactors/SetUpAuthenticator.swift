import Cryptography
import Images
import Postgres

/// A new secret for an authenticator, shown once.
package struct StagedAuthenticator: Sendable {
    /// Base 32 in groups of four, to be typed in.
    package let key: String
    /// The same for a camera: a PNG of a QR code.
    package let picture: [UInt8]
}

extension Community {
    /// Makes a secret for another authenticator; it counts once `enableAuthenticator` has seen a code.
    ///
    /// - Parameter session: The token of the session that asks, which has to be confirmed.
    /// - Throws: `.forbidden`, `.invalid` for too many.
    package func stageAuthenticator(
        by principal: Principal,
        session: String?
    ) async throws -> StagedAuthenticator {
        try await checkConfirmed(session, of: principal)
        let state = try await secondFactors(of: principal.id)
        try Self.checkRoom(state)
        let secret = Random.bytes(OneTimeCode.secretBytes)
        try await database.execute(
            SecondFactorQueries.stage(
                serverKey.seal(secret, context: Self.secretContext(principal.id)),
                for: principal.id,
                until: clock() + Limits.stagedAuthenticatorSeconds
            )
        )
        let key = Base32.encode(secret).uppercased()
        let address = authenticatorAddress(key: key, username: principal.username)
        guard let picture = QRCode(address)?.png() else {
            throw ForumError(.bug, "The address of an authenticator could not be drawn.")
        }
        return StagedAuthenticator(key: key.inGroups(of: 4), picture: picture)
    }

    /// What authenticators read from the picture (Google's “Key Uri Format”).
    private func authenticatorAddress(key: String, username: String) -> String {
        let title = settings.current.title.unicodeScalars.filter { $0 != ":" }.prefix(30)
        let issuer = String(String.UnicodeScalarView(title)).percentEncoded
        return "otpauth://totp/\(issuer):\(username.percentEncoded)?secret=\(key)&issuer=\(issuer)"
    }

    /// Turns the staged authenticator on, by its first code.
    ///
    /// - Returns: Whether the code was right.
    /// - Throws: `.forbidden`, `.invalid`, `.rateLimited`.
    package func enableAuthenticator(
        named name: String,
        code: String,
        by principal: Principal,
        session: String?
    ) async throws -> Bool {
        try await checkConfirmed(session, of: principal)
        let name = try Self.authenticatorName(name)
        let now = clock()
        return try await countingFailures(RateLimit.authenticatorCodes(of: principal.id)) {
            let staged = try await database.value(
                SecondFactorQueries.staged(for: principal.id, at: now),
                as: [UInt8].self
            )
            guard let staged else { return false }
            let secret = try authenticatorSecret(staged, of: principal.id)
            let digits = code.filter { !$0.isWhitespace }
            guard
                let step = OneTimeCode.step(of: digits, secret: secret, at: now.secondsSince1970)
            else { return false }
            return try await database.transaction { transaction in
                let answers = try await transaction.batch([
                    SecondFactorQueries.lock(principal.id),
                    SecondFactorQueries.state(of: principal.id),
                ])
                if let state = try answers[1].first(SecondFactorState.self) {
                    try Self.checkRoom(state)
                }
                return try await transaction.execute(
                    SecondFactorQueries.enable(
                        staged,
                        named: name,
                        for: principal.id,
                        step: step,
                        at: now
                    )
                ) == 1
            }
        }
    }

    private static func checkRoom(_ state: SecondFactorState) throws(ForumError) {
        guard state.authenticators < Limits.authenticatorsPerUser else {
            throw ForumError(
                .invalid,
                "Sorry, you can't have more than \(Limits.authenticatorsPerUser) authenticators. "
                    + "Please remove an existing one and try again."
            )
        }
    }

    static func authenticatorName(_ text: String) throws(ForumError) -> String {
        let name = text.cleanedOfNUL.trimmingWhitespace
        guard !name.isEmpty, name.unicodeScalars.count <= Limits.authenticatorNameMax else {
            throw ForumError(
                .invalid,
                "The name must have 1 to \(Limits.authenticatorNameMax) characters.",
                field: "name"
            )
        }
        return name
    }
}

extension String {
    fileprivate func inGroups(of size: Int) -> String {
        var groups: [Substring] = []
        var rest = self[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return groups.joined(separator: " ")
    }
}
