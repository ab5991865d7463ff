import Cryptography
import Postgres

/// What a program without a browser shows to its user, and asks with.
package struct DeviceCode: Sendable {
    /// The program's secret.
    package let deviceCode: String
    /// `XXXX-XXXX`, which somebody types in elsewhere.
    package let userCode: String
    package let expiresInSeconds: Int
}

/// How it stands with such a program.
package enum DeviceState: Sendable, Equatable {
    case pending
    case authorized(payload: String)
    case denied
    case expired
}

/// A program that waits, as whoever types its code sees it.
package struct WaitingDevice: Sendable {
    let id: Int64
    package let userCode: String
    package let request: UserAPIKeyRequest
}

extension Community {
    /// Takes a program in among those that wait to be let in.
    ///
    /// - Throws: as `check(_:)`; `.rateLimited`, `.unavailable`.
    package func startDevice(
        _ request: UserAPIKeyRequest,
        clientIP: String?
    ) async throws -> DeviceCode {
        try check(request)
        let now = clock()
        let network = ClientNetwork.of(clientIP)
        let counts: RecentCounts? = try await database.first(
            UserAPIKeyQueries.countDevices(of: network, at: now)
        )
        guard (counts?.lastMinute ?? 0) < Limits.devicesPerMinute else {
            throw PostRates.tooFast(seconds: 60)
        }
        guard (counts?.all ?? 0) < Limits.devicesMax else {
            throw ForumError(
                .unavailable,
                "Too many programs wait to be let in. Try again in a few minutes.",
                retryAfterSeconds: 120
            )
        }
        let device = Random.hex(32)
        for _ in 0..<5 {
            let code = Self.userCode()
            let isKept = try await database.execute(
                UserAPIKeyQueries.insertDevice(
                    hash: Digest.sha256(device),
                    code: code,
                    request,
                    network: network,
                    until: now + Limits.deviceSeconds,
                    at: now
                )
            )
            guard isKept > 0 else { continue }
            return DeviceCode(
                deviceCode: device,
                userCode: "\(code.prefix(4))-\(code.suffix(4))",
                expiresInSeconds: Int(Limits.deviceSeconds)
            )
        }
        throw ForumError(.unavailable, "No code is free. Try again.", retryAfterSeconds: 10)
    }

    /// Twenty consonants, so that no code is a word: 34 bits.
    private static func userCode() -> String {
        let letters = Array("BCDFGHJKLMNPQRSTVWXZ")
        return String(
            (0..<8).map { _ in
                // 240 is a multiple of 20: each letter is as likely as any other.
                var byte = Random.bytes(1)[0]
                while byte >= 240 { byte = Random.bytes(1)[0] }
                return letters[Int(byte) % 20]
            }
        )
    }

    /// - Throws: `.rateLimited` for who asks more than once a second.
    package func pollDevice(_ code: String) async throws -> DeviceState {
        let row = try await database.query(
            UserAPIKeyQueries.poll(Digest.sha256(code), at: clock())
        ).first
        guard let row else { return .expired }
        guard try !row.get(3, as: Bool.self) else { throw PostRates.tooFast(seconds: 1) }
        guard try !row.get(2, as: Bool.self) else { return .expired }
        switch try row.get(0, as: String.self) {
        case "authorized": return .authorized(payload: try row.get(1, as: String?.self) ?? "")
        case "denied": return .denied
        default: return .pending
        }
    }

    /// The program that shows this code.
    ///
    /// - Throws: `.notFound`; `.rateLimited` for who guesses.
    package func waitingDevice(
        userCode text: String,
        by principal: Principal
    ) async throws -> WaitingDevice {
        let now = clock()
        let tried: RecentCounts? = try await database.first(
            UserAPIKeyQueries.attempts(of: principal.id, at: now)
        )
        guard (tried?.lastMinute ?? 0) < Limits.deviceAttemptsPerMinute,
            (tried?.all ?? 0) < Limits.deviceAttemptsPerHour
        else { throw PostRates.tooFast(seconds: 60) }
        let code = String(text.uppercased().filter { $0.isASCII && $0.isLetter }.prefix(20))
        guard
            let row = try await database.query(
                UserAPIKeyQueries.device(code: code, at: now)
            ).first
        else {
            try await database.execute(
                UserAPIKeyQueries.recordAttempt(of: principal.id, at: now)
            )
            throw ForumError.notFound
        }
        return WaitingDevice(
            id: try row.get(0),
            userCode: "\(code.prefix(4))-\(code.suffix(4))",
            request: UserAPIKeyRequest(
                applicationName: try row.get(2),
                clientID: try row.get(1),
                scopes: try row.get(3, as: [String].self).compactMap {
                    UserAPIKeyScope(rawValue: $0)
                },
                nonce: try row.get(4),
                publicKeyPEM: try row.get(5),
                padding: RSAPublicKey.Padding(rawValue: try row.get(6)) ?? .pkcs1,
                pushURL: try row.get(8, as: String?.self),
                expiresInSeconds: try row.get(7, as: Int?.self)
            )
        )
    }

    /// Lets a waiting program in, or not.
    ///
    /// - Throws: as `giveKey(for:by:)`; `.conflict` when somebody else was faster.
    package func decideDevice(
        _ device: WaitingDevice,
        accept: Bool,
        by principal: Principal
    ) async throws {
        let payload = accept ? try await giveKey(for: device.request, by: principal).payload : nil
        let query = UserAPIKeyQueries.decideDevice(
            device.id,
            state: accept ? "authorized" : "denied",
            payload: payload
        )
        guard try await database.execute(query) > 0 else {
            throw ForumError(.conflict, "That was decided already.")
        }
    }
}
