package import Postgres

enum APIKeyQueries {
    typealias Administered = Permitted<AdministerSite, WholeSite>

    private static let columns: SQL = """
        k.id, k.truncated_key, k.description, k.user_id, u.username, k.created_by_id, m.username,
        k.created_at, k.updated_at, k.last_used_at, k.revoked_at, \(scopes)
        """

    private static let tables: SQL = """
        api_keys k LEFT JOIN users u ON u.id = k.user_id LEFT JOIN users m ON m.id = k.created_by_id
        """

    /// What `APIKeyScope.read` reads: `id`, the scope, and for each value of a parameter its name and
    /// the value, parted by the unit separator.
    private static let scopes: SQL = """
        ARRAY(SELECT s.id || chr(31) || s.resource || chr(31) || s.action
                || coalesce(chr(31) || sp.name || chr(31) || sp.value, '')
            FROM api_key_scopes s LEFT JOIN api_key_scope_parameters sp ON sp.scope_id = s.id
            WHERE s.api_key_id = k.id ORDER BY s.id, sp.name, sp.value)
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
            k.last_used_at IS NULL OR k.last_used_at < \(now - Limits.touchSeconds)::timestamptz,
            \(scopes)
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

    static func list(limit: Int = 1000, offset: Int = 0) -> SQL {
        """
        SELECT \(columns) FROM \(tables) ORDER BY k.id DESC LIMIT \(limit) OFFSET \(offset)
        """
    }

    static func key(_ id: Int64) -> SQL {
        "SELECT \(columns) FROM \(tables) WHERE k.id = \(id)"
    }

    static func addScope(_ scope: APIKeyScope, to id: Int64, _ permitted: Administered) -> SQL {
        let pairs = scope.parameters.sorted { $0.key < $1.key }
            .flatMap { name, values in values.map { (name, $0) } }
        return """
            WITH scope AS (
                INSERT INTO api_key_scopes (api_key_id, resource, action)
                VALUES (\(id), \(scope.resource), \(scope.action)) RETURNING id
            )
            INSERT INTO api_key_scope_parameters (scope_id, name, value)
            SELECT scope.id, wanted.name, wanted.value FROM scope,
                unnest(\(pairs.map(\.0))::text[], \(pairs.map(\.1))::text[]) wanted (name, value)
            ON CONFLICT DO NOTHING
            """
    }

    static func describe(
        _ id: Int64,
        _ description: String,
        _ permitted: Administered,
        at now: Timestamp
    ) -> SQL {
        "UPDATE api_keys SET description = \(description), updated_at = \(now) WHERE id = \(id)"
    }

    /// Keys that nobody has used for so long.
    static func revokeUnused(days: Int, at now: Timestamp) -> SQL {
        """
        UPDATE api_keys SET revoked_at = \(now), updated_at = \(now)
        WHERE revoked_at IS NULL
            AND coalesce(last_used_at, created_at) < \(now - Double(days) * 86_400)
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
        createdByUsername = try row.next()
        createdAt = try row.next()
        updatedAt = try row.next()
        lastUsedAt = try row.next()
        revokedAt = try row.next()
        scopes = APIKeyScope.read(try row.next())
    }
}

extension APIKeyScope {
    /// Reads `APIKeyQueries.scopes`.
    static func read(_ rows: [String]) -> [APIKeyScope] {
        var order: [Substring] = []
        var found: [Substring: (resource: String, action: String, values: [String: [String]])] = [:]
        for row in rows {
            let parts = row.split(separator: "\u{1F}", omittingEmptySubsequences: false)
            guard parts.count >= 3 else { continue }
            if found[parts[0]] == nil {
                order.append(parts[0])
                found[parts[0]] = (String(parts[1]), String(parts[2]), [:])
            }
            if parts.count == 5 {
                found[parts[0]]?.values[String(parts[3]), default: []].append(String(parts[4]))
            }
        }
        return order.compactMap { found[$0] }.map {
            APIKeyScope(resource: $0.resource, action: $0.action, parameters: $0.values)
        }
    }
}

struct KeyUse: RowDecodable {
    let account: Account
    let keyID: Int64
    let isStale: Bool
    let scopes: [APIKeyScope]

    init(from row: inout RowReader) throws(PostgresError) {
        account = try Account(from: &row)
        keyID = try row.next()
        isStale = try row.next()
        scopes = APIKeyScope.read(try row.next())
    }
}
