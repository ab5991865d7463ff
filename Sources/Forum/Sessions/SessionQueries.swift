import Postgres

enum SessionQueries {
    /// Who wants to log in, with the stored hash; staged users have none.
    static func credentials(login: String, isEmail: Bool, at now: Timestamp) -> SQL {
        let columns = AccountQueries.columns(at: now)
        if isEmail {
            return """
                SELECT \(columns), u.password_hash
                FROM user_emails e JOIN users u ON u.id = e.user_id
                WHERE e.email_lower = \(login) AND NOT u.staged
                """
        }
        return """
            SELECT \(columns), u.password_hash FROM users u \(AccountQueries.primaryEmail)
            WHERE u.username_lower = \(login) AND NOT u.staged AND u.id > 0
            """
    }

    /// Iterations of the dearest hash from another forum; no row when there is none. The index has
    /// the same expression.
    static let dearestForeignHash: SQL = """
        SELECT (substring(password_hash FROM 'i=([0-9]+)'))::integer AS iterations FROM users
        WHERE password_hash LIKE '$pbkdf2-sha256$%'
        ORDER BY (substring(password_hash FROM 'i=([0-9]+)'))::integer DESC LIMIT 1
        """

    /// The same of somebody who is known already.
    static func credentials(of user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT \(AccountQueries.columns(at: now)), u.password_hash
        FROM users u \(AccountQueries.primaryEmail)
        WHERE u.id = \(user) AND NOT u.staged AND u.id > 0
        """
    }

    /// The session of a token, its account, and whether its times want moving.
    static func authenticate(tokenHash: [UInt8], at now: Timestamp) -> SQL {
        """
        SELECT \(AccountQueries.columns(at: now)),
            least(s.last_used_at, coalesce(u.last_seen_at, s.created_at))
                < \(now - Limits.touchSeconds)::timestamptz
                OR u.last_seen_at IS NULL
        FROM sessions s JOIN users u ON u.id = s.user_id \(AccountQueries.primaryEmail)
        WHERE s.token_hash = \(tokenHash)
            AND s.last_used_at > \(now - Double(Limits.sessionIdleSeconds))
            AND s.created_at > \(now - Limits.sessionSeconds)
        """
    }

    static func touch(tokenHash: [UInt8], user: UserID, at now: Timestamp) -> SQL {
        """
        WITH used AS (
            UPDATE sessions SET last_used_at = \(now)
            WHERE token_hash = \(tokenHash) AND last_used_at < \(now)
        )
        UPDATE users SET \(seen(at: now)) WHERE id = \(user)
            AND (last_seen_at IS NULL OR last_seen_at < \(now - Limits.touchSeconds))
        """
    }

    static func insert(
        tokenHash: [UInt8],
        user: UserID,
        userAgent: String?,
        clientIP: String?,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO sessions (token_hash, user_id, created_at, last_used_at, user_agent, client_ip)
        VALUES (\(tokenHash), \(user), \(now), \(now), \(userAgent), \(clientIP)::inet)
        """
    }

    static func seen(_ user: UserID, at now: Timestamp) -> SQL {
        "UPDATE users SET \(seen(at: now)) WHERE id = \(user)"
    }

    /// Who was away for long enough begins another visit.
    private static func seen(at now: Timestamp) -> SQL {
        """
        last_seen_at = \(now), previous_visit_at = CASE
            WHEN last_seen_at < \(now - Limits.visitSeconds)::timestamptz THEN last_seen_at
            ELSE previous_visit_at END
        """
    }

    static func delete(tokenHash: [UInt8]) -> SQL {
        "DELETE FROM sessions WHERE token_hash = \(tokenHash)"
    }

    static func deleteAll(of user: UserID) -> SQL {
        "DELETE FROM sessions WHERE user_id = \(user)"
    }

    static func deleteAll(of user: UserID, except tokenHash: [UInt8]?) -> SQL {
        """
        DELETE FROM sessions
        WHERE user_id = \(user) AND token_hash IS DISTINCT FROM \(tokenHash)::bytea
        """
    }

    static func deleteExpired(at now: Timestamp) -> SQL {
        """
        DELETE FROM sessions WHERE last_used_at <= \(now - Double(Limits.sessionIdleSeconds))
            OR created_at <= \(now - Limits.sessionSeconds)
        """
    }

    static func passwordHash(of user: UserID) -> SQL {
        "SELECT password_hash FROM users WHERE id = \(user)"
    }

    static func setPasswordHash(_ hash: String, of user: UserID, at now: Timestamp) -> SQL {
        "UPDATE users SET password_hash = \(hash), updated_at = \(now) WHERE id = \(user)"
    }

    /// A dearer hash of the same password; not when the password was changed meanwhile.
    static func replaceHash(_ old: String, with new: String, of user: UserID) -> SQL {
        "UPDATE users SET password_hash = \(new) WHERE id = \(user) AND password_hash = \(old)"
    }
}

struct Credentials: RowDecodable {
    let account: Account
    let passwordHash: String?

    init(from row: inout RowReader) throws(PostgresError) {
        account = try Account(from: &row)
        passwordHash = try row.next()
    }
}

struct StoredSession: RowDecodable {
    let account: Account
    let isStale: Bool

    init(from row: inout RowReader) throws(PostgresError) {
        account = try Account(from: &row)
        isStale = try row.next()
    }
}
