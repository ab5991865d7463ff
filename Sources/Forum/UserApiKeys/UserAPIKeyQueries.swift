import Cryptography
import Postgres

enum UserAPIKeyQueries {
    typealias Giving = Permitted<GivingUserAPIKey, WholeSite>

    /// Whose key it is, as far as it is of use, with what it is for.
    static func authenticate(hash: [UInt8], at now: Timestamp) -> SQL {
        """
        SELECT \(AccountQueries.columns(at: now)), k.id, k.client_id, k.scopes,
            k.last_used_at IS NULL OR k.last_used_at < \(now - Limits.touchSeconds)::timestamptz
        FROM user_api_keys k JOIN users u ON u.id = k.user_id \(AccountQueries.primaryEmail)
        WHERE k.key_hash = \(hash) AND k.revoked_at IS NULL
            AND (k.expires_at IS NULL OR k.expires_at > \(now))
        """
    }

    /// Keys that are of use still.
    static func held(by user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT id, application_name, scopes, created_at, last_used_at, expires_at
        FROM user_api_keys
        WHERE user_id = \(user) AND revoked_at IS NULL
            AND (expires_at IS NULL OR expires_at > \(now))
        ORDER BY created_at DESC, id DESC LIMIT 100
        """
    }

    static func touch(_ id: Int64, at now: Timestamp) -> SQL {
        "UPDATE user_api_keys SET last_used_at = \(now) WHERE id = \(id)"
    }

    /// The program calls itself something else: what else it had of this member goes.
    static func rebind(_ id: Int64, to clientID: String) -> [SQL] {
        [
            """
            DELETE FROM user_api_keys other USING user_api_keys k
            WHERE k.id = \(id) AND other.user_id = k.user_id AND other.id <> k.id
                AND other.client_id = \(clientID)
            """,
            "UPDATE user_api_keys SET client_id = \(clientID) WHERE id = \(id)",
        ]
    }

    /// In place of what the program had of this member before.
    static func give(
        hash: [UInt8],
        _ request: UserAPIKeyRequest,
        pushURL: String?,
        expiresAt: Timestamp?,
        _ giving: Giving,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO user_api_keys (user_id, key_hash, client_id, application_name, scopes, push_url,
            created_at, expires_at)
        VALUES (\(giving.principal.id), \(hash), \(request.clientID), \(request.applicationName),
            \(request.scopes.map(\.rawValue))::text[], \(pushURL), \(now), \(expiresAt))
        ON CONFLICT (user_id, client_id) DO UPDATE SET key_hash = excluded.key_hash,
            application_name = excluded.application_name, scopes = excluded.scopes,
            push_url = excluded.push_url, created_at = excluded.created_at,
            expires_at = excluded.expires_at, last_used_at = NULL, revoked_at = NULL
        """
    }

    /// - Parameter user: Whose key it must be; `nil` for administrators.
    static func setRevoked(
        _ id: Int64,
        _ isRevoked: Bool,
        of user: UserID?,
        at now: Timestamp
    )
        -> SQL
    {
        """
        UPDATE user_api_keys SET revoked_at = CASE WHEN \(isRevoked)::boolean THEN \(now)::timestamptz END
        WHERE id = \(id) AND (\(user)::bigint IS NULL OR user_id = \(user)::bigint)
        """
    }

    static func revokeUnused(days: Int, at now: Timestamp) -> SQL {
        """
        UPDATE user_api_keys SET revoked_at = \(now) WHERE revoked_at IS NULL
            AND coalesce(last_used_at, created_at) < \(now - Double(days) * 86_400)
        """
    }

    /// What is over goes.
    static func expire(at now: Timestamp) -> [SQL] {
        [
            "DELETE FROM one_time_passwords WHERE expires_at < \(now)",
            "DELETE FROM user_api_key_devices WHERE expires_at < \(now - 86_400)",
            "DELETE FROM user_api_key_attempts WHERE attempted_at < \(now - 3600)",
        ]
    }

    // MARK: Ways in that work once

    static func keepOneTimePassword(_ hash: [UInt8], of user: UserID, until: Timestamp) -> SQL {
        """
        INSERT INTO one_time_passwords (token_hash, user_id, expires_at)
        VALUES (\(hash), \(user), \(until))
        """
    }

    static func ownerOfOneTimePassword(_ hash: [UInt8], at now: Timestamp) -> SQL {
        """
        SELECT user_id FROM one_time_passwords
        WHERE token_hash = \(hash) AND expires_at > \(now)
        """
    }

    static func useOneTimePassword(_ hash: [UInt8], at now: Timestamp) -> SQL {
        """
        DELETE FROM one_time_passwords WHERE token_hash = \(hash) AND expires_at > \(now)
        RETURNING user_id
        """
    }

    // MARK: Devices

    static func countDevices(of network: String, at now: Timestamp) -> SQL {
        """
        SELECT count(*) FILTER (WHERE client_network = \(network)
            AND created_at > \(now - 60)::timestamptz), count(*)
        FROM user_api_key_devices WHERE expires_at > \(now)
        """
    }

    static func insertDevice(
        hash: [UInt8],
        code: String,
        _ request: UserAPIKeyRequest,
        network: String,
        until: Timestamp,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO user_api_key_devices (device_hash, user_code, client_id, application_name, scopes,
            nonce, public_key, padding, expires_in_seconds, push_url, client_network, created_at,
            expires_at)
        VALUES (\(hash), \(code), \(request.clientID), \(request.applicationName),
            \(request.scopes.map(\.rawValue))::text[], \(request.nonce), \(request.publicKeyPEM),
            \(request.padding.rawValue), \(request.expiresInSeconds)::bigint, \(request.pushURL),
            \(network), \(now), \(until))
        ON CONFLICT (user_code) DO NOTHING
        """
    }

    /// How the device stands; and when it asked before.
    static func poll(_ hash: [UInt8], at now: Timestamp) -> SQL {
        """
        WITH before AS (
            SELECT id, polled_at FROM user_api_key_devices WHERE device_hash = \(hash) FOR UPDATE
        )
        UPDATE user_api_key_devices d SET polled_at = \(now) FROM before WHERE d.id = before.id
        RETURNING d.state, d.payload, d.expires_at <= \(now)::timestamptz,
            before.polled_at IS NOT NULL AND before.polled_at > \(now - 1)::timestamptz
        """
    }

    static func device(code: String, at now: Timestamp) -> SQL {
        """
        SELECT id, client_id, application_name, scopes, nonce, public_key, padding,
            expires_in_seconds, push_url
        FROM user_api_key_devices
        WHERE user_code = \(code) AND state = 'pending' AND expires_at > \(now)
        """
    }

    /// Whoever comes first decides.
    static func decideDevice(_ id: Int64, state: String, payload: String?) -> SQL {
        """
        UPDATE user_api_key_devices SET state = \(state), payload = \(payload)::text
        WHERE id = \(id) AND state = 'pending'
        """
    }

    static func attempts(of user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT count(*) FILTER (WHERE attempted_at > \(now - 60)::timestamptz), count(*)
        FROM user_api_key_attempts
        WHERE user_id = \(user) AND attempted_at > \(now - 3600)::timestamptz
        """
    }

    static func recordAttempt(of user: UserID, at now: Timestamp) -> SQL {
        "INSERT INTO user_api_key_attempts (user_id, attempted_at) VALUES (\(user), \(now))"
    }
}

struct UserKeyUse: RowDecodable {
    let account: Account
    let grant: UserKeyGrant
    let isStale: Bool

    init(from row: inout RowReader) throws(PostgresError) {
        account = try Account(from: &row)
        let id: Int64 = try row.next()
        let client: String = try row.next()
        let scopes: [String] = try row.next()
        grant = UserKeyGrant(
            keyID: id,
            clientID: client,
            scopes: Set(scopes.compactMap { UserAPIKeyScope(rawValue: $0) })
        )
        isStale = try row.next()
    }
}

/// Two counts.
struct RecentCounts: RowDecodable {
    let lastMinute: Int
    let all: Int

    init(from row: inout RowReader) throws(PostgresError) {
        lastMinute = try row.next()
        all = try row.next()
    }
}
