package import Postgres

enum APIKeyQueries {
    typealias Administered = Permitted<AdministerSite, WholeSite>

    private static let columns: SQL = """
        k.id, k.truncated_key, k.description, k.user_id, u.username, k.created_by_id, k.created_at,
        k.updated_at, k.last_used_at, k.revoked_at
        """

    static func insert(
        hash: [UInt8],
        truncated: String,
        description: String,
        user: UserID?,
        _ permitted: Administered,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO api_keys (key_hash, truncated_key, description, user_id, created_by_id,
            created_at, updated_at)
        VALUES (\(hash), \(truncated), \(description), \(user), \(permitted.principal.id),
            \(now), \(now))
        RETURNING id
        """
    }

    /// The account that a key acts as when the request names `usernameKey` or `userID`: the key's
    /// own user, who must be the one named when one is named, or for a key of nobody the one named.
    static func authenticate(
        hash: [UInt8],
        usernameKey: String?,
        userID: UserID?,
        at now: Timestamp
    ) -> SQL {
        """
        SELECT \(AccountQueries.columns(at: now)), k.id,
            k.last_used_at IS NULL OR k.last_used_at < \(now - Limits.touchSeconds)::timestamptz
        FROM api_keys k
            JOIN users u ON (k.user_id IS NULL OR u.id = k.user_id)
                AND (\(usernameKey)::text IS NULL OR u.username_lower = \(usernameKey)::text)
                AND (\(userID)::bigint IS NULL OR u.id = \(userID)::bigint)
                AND (k.user_id IS NOT NULL OR \(usernameKey)::text IS NOT NULL
                    OR \(userID)::bigint IS NOT NULL)
            \(AccountQueries.primaryEmail)
        WHERE k.key_hash = \(hash) AND k.revoked_at IS NULL
        LIMIT 1
        """
    }

    static func touch(_ id: Int64, at now: Timestamp) -> SQL {
        """
        UPDATE api_keys SET last_used_at = \(now) WHERE id = \(id)
            AND (last_used_at IS NULL OR last_used_at < \(now - Limits.touchSeconds))
        """
    }

    static func list() -> SQL {
        """
        SELECT \(columns) FROM api_keys k LEFT JOIN users u ON u.id = k.user_id
        ORDER BY k.id DESC LIMIT 1000
        """
    }

    static func key(_ id: Int64) -> SQL {
        """
        SELECT \(columns) FROM api_keys k LEFT JOIN users u ON u.id = k.user_id WHERE k.id = \(id)
        """
    }

    static func setRevoked(
        _ id: Int64,
        _ isRevoked: Bool,
        _ permitted: Administered,
        at now: Timestamp
    ) -> SQL {
        """
        UPDATE api_keys SET updated_at = \(now),
            revoked_at = CASE WHEN \(isRevoked) THEN coalesce(revoked_at, \(now)) END
        WHERE id = \(id)
        """
    }

    static func delete(_ id: Int64, _ permitted: Administered) -> SQL {
        "DELETE FROM api_keys WHERE id = \(id)"
    }
}

extension APIKey: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        truncatedKey = try row.next()
        description = try row.next()
        userID = try row.next()
        username = try row.next()
        createdByID = try row.next()
        createdAt = try row.next()
        updatedAt = try row.next()
        lastUsedAt = try row.next()
        revokedAt = try row.next()
    }
}

struct KeyUse: RowDecodable {
    let account: Account
    let keyID: Int64
    let isStale: Bool

    init(from row: inout RowReader) throws(PostgresError) {
        account = try Account(from: &row)
        keyID = try row.next()
        isStale = try row.next()
    }
}
