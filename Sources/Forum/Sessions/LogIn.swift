import Cryptography
import Foundation
package import Postgres

/// What came of an attempt to log in. All but the first leave the visitor outside.
package enum LogInOutcome: Sendable, Equatable {
    case loggedIn(sessionToken: String, Principal)
    /// One answer for a name that does not exist and a password that is wrong.
    case invalidCredentials
    case notActivated(sentTo: String)
    case notApproved
    /// - Parameter reason: What staff gave as one.
    case suspended(till: Timestamp, reason: String?)
    /// The password was right; the second factor is missing or wrong.
    ///
    /// - Parameter ticket: Stands for the password in `logIn(ticket:…)`, for the ten minutes in which
    ///   a form asks for the second factor.
    case secondFactorWanted(SecondFactorRefusal, ticket: String)
}

extension Community {
    /// Logs in by username or address and password.
    ///
    /// Whether the name exists shows neither in the answer nor in the time it takes.
    ///
    /// - Parameters:
    ///   - secondFactor: What the visitor gives beside the password; needed by those who have one.
    ///   - clientIP: The visitor's address in text form; kept with the session when it is one.
    ///   - userAgent: What the visitor's program calls itself; cut to 255 characters.
    /// - Throws: `.rateLimited` after too many wrong passwords or codes, `.unavailable`.
    package func logIn(
        login: String,
        password: String,
        secondFactor: SecondFactorProof? = nil,
        clientIP: String? = nil,
        userAgent: String? = nil
    ) async throws -> LogInOutcome {
        let isEmail = login.contains("@")
        let key: String? =
            isEmail
            ? EmailAddressRules.normalise(login, allowingLocalDomains: true)
            : UsernameRules.lookupKey(login.trimmingWhitespace)
        let network = ClientNetwork.of(clientIP)
        let attempt = LogInFailures.Attempt(login: key ?? "", network: network)
        try passwords.failures.check(attempt, at: clock())
        let rows = try await database.batch([
            SessionQueries.credentials(login: key ?? "", isEmail: isEmail, at: clock()),
            SessionQueries.dearestForeignHash,
        ])
        let found = try rows[0].first(Credentials.self)
        let (matches, needsRehash) = try await passwords.verify(
            password,
            against: found?.passwordHash,
            foreignIterations: try rows[1].firstValue(Int.self) ?? 0
        )
        guard let found, let hash = found.passwordHash, matches else {
            passwords.failures.record(attempt, at: clock())
            return .invalidCredentials
        }
        passwords.failures.forget(attempt)
        let door = SecondDoor(
            credentials: found,
            passwordHash: hash,
            proof: secondFactor,
            clientIP: clientIP,
            userAgent: userAgent
        )
        let outcome = try await enter(door)
        if needsRehash, case .loggedIn(_, let principal) = outcome {
            let better = try await passwords.hash(password)
            try await database.execute(
                SessionQueries.replaceHash(hash, with: better, of: principal.id)
            )
        }
        return outcome
    }

    /// Goes on where `.secondFactorWanted` stopped.
    ///
    /// - Parameter ticket: From there. One that is too old, or none, is `.invalidCredentials`.
    /// - Throws: As `logIn(login:…)`.
    package func logIn(
        ticket: String,
        secondFactor: SecondFactorProof?,
        clientIP: String? = nil,
        userAgent: String? = nil
    ) async throws -> LogInOutcome {
        guard let id = HalfLogIn.user(of: ticket),
            let found = try await database.first(
                SessionQueries.credentials(of: id, at: clock()),
                as: Credentials.self
            ), let hash = found.passwordHash,
            HalfLogIn.isGenuine(ticket, passwordHash: hash, secret: secrets.halfLogIn, at: clock())
        else { return .invalidCredentials }
        return try await enter(
            SecondDoor(
                credentials: found,
                passwordHash: hash,
                proof: secondFactor,
                clientIP: clientIP,
                userAgent: userAgent
            )
        )
    }

    /// Somebody whose password was right.
    private struct SecondDoor {
        let credentials: Credentials
        let passwordHash: String
        let proof: SecondFactorProof?
        let clientIP: String?
        let userAgent: String?
    }

    /// What else keeps somebody out, in the order in which Discourse asks.
    private func enter(_ door: SecondDoor) async throws -> LogInOutcome {
        let account = door.credentials.account
        let principal = account.principal
        if let till = account.suspendedTill, till > clock() {
            return .suspended(till: till, reason: try await suspendReason(of: principal.id))
        }
        if !account.isApproved { return .notApproved }
        let refusal = try await secondFactorRefusal(
            of: principal.id,
            door.proof,
            clientIP: door.clientIP
        )
        if let refusal {
            let ticket = HalfLogIn.ticket(
                principal.id,
                passwordHash: door.passwordHash,
                secret: secrets.halfLogIn,
                until: clock() + Limits.halfLogInSeconds
            )
            return .secondFactorWanted(refusal, ticket: ticket)
        }
        if !account.isActive { return .notActivated(sentTo: account.email ?? "") }
        let token = try await openSession(
            for: principal,
            clientIP: door.clientIP,
            userAgent: door.userAgent
        )
        return .loggedIn(sessionToken: token, principal)
    }

    /// Opens a session without a password, for somebody who has proved who they are otherwise,
    /// such as by a link in a mail.
    ///
    /// - Returns: The token; only its SHA-256 is kept.
    package func openSession(
        for principal: Principal,
        clientIP: String? = nil,
        userAgent: String? = nil
    ) async throws(PostgresError) -> String {
        let token = Random.hex(32)
        let now = clock()
        let agent = userAgent.map { text in
            String(String.UnicodeScalarView(text.unicodeScalars.prefix(Limits.userAgentMax)))
                .cleanedOfControl
        }
        _ = try await database.batch([
            SessionQueries.insert(
                tokenHash: Digest.sha256(token),
                user: principal.id,
                userAgent: agent,
                clientIP: clientIP.flatMap { ClientNetwork.isAddress($0) ? $0 : nil },
                at: now
            ),
            SessionQueries.seen(principal.id, at: now),
        ])
        return token
    }
}

/// Addresses of visitors, in text form.
package enum ClientNetwork {
    static func isAddress(_ text: String) -> Bool { bytes(text) != nil }

    /// What one visitor can easily choose from: an IPv4 address, or 64 bits of an IPv6 one.
    package static func of(_ text: String?) -> String {
        guard let text, let bytes = bytes(text) else { return "" }
        return Hex.encode(bytes.prefix(bytes.count == 4 ? 4 : 8))
    }

    /// Whether an address is of this machine, or of a network that is not part of the Internet.
    package static func isPrivate(_ text: String) -> Bool {
        guard let bytes = bytes(text) else { return false }
        if bytes.count == 4 {
            switch (bytes[0], bytes[1]) {
            case (127, _), (10, _), (192, 168), (169, 254), (172, 16...31): return true
            default: return false
            }
        }
        let isLoopback = bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
        return isLoopback || bytes[0] & 0xFE == 0xFC
            || (bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80)
    }

    /// The bytes of an address, 4 or 16.
    package static func bytes(_ text: String) -> [UInt8]? {
        var v4 = in_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            return withUnsafeBytes(of: v4) { Array($0) }
        }
        var v6 = in6_addr()
        guard inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: v6) { Array($0) }
        // An IPv4 address in IPv6 clothes (RFC 4291 §2.5.5.2) counts as itself.
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
        return isMapped ? Array(bytes[12...]) : bytes
    }
}

extension String {
    /// Without control characters, which belong in no log and in no column.
    fileprivate var cleanedOfControl: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0.value >= 0x20 }))
    }
}
