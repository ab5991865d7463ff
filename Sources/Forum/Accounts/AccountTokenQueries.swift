import Postgres

enum AccountTokenQueries {
    static func insert(
        _ hash: [UInt8],
        _ purpose: TokenPurpose,
        user: UserID,
        email: String,
        at now: Timestamp,
        until end: Timestamp
    ) -> SQL {
        """
        INSERT INTO account_tokens (token_hash, user_id, purpose, email_lower, created_at, expires_at)
        VALUES (\(hash), \(user), \(purpose.rawValue), \(email), \(now), \(end))
        """
    }

    static func find(_ hash: [UInt8], _ purpose: TokenPurpose, at now: Timestamp) -> SQL {
        """
        SELECT user_id, email_lower FROM account_tokens
        WHERE token_hash = \(hash) AND purpose = \(purpose.rawValue) AND expires_at > \(now)
        """
    }

    /// Uses a link up: of two who come with it at once, one gets the row.
    static func take(_ hash: [UInt8], _ purpose: TokenPurpose, at now: Timestamp) -> SQL {
        """
        DELETE FROM account_tokens
        WHERE token_hash = \(hash) AND purpose = \(purpose.rawValue) AND expires_at > \(now)
        RETURNING user_id, email_lower
        """
    }

    /// What a change of credentials takes back: every link, and the mails that would bring new ones.
    static func revokeAll(of user: UserID) -> [SQL] {
        [
            "DELETE FROM account_tokens WHERE user_id = \(user)",
            """
            UPDATE outgoing_emails SET state = 'skipped', response = 'taken back', finished_at = now()
            WHERE user_id = \(user) AND state = 'queued' AND post_id IS NULL
                AND email_type = ANY(\(AccountEmail.withLink.map(\.rawValue))::text[])
            """,
        ]
    }

    static func expire(at now: Timestamp) -> [SQL] {
        [
            "DELETE FROM account_tokens WHERE expires_at <= \(now)",
            "DELETE FROM email_changes WHERE expires_at <= \(now)",
            "DELETE FROM reserved_usernames WHERE reserved_until <= \(now)",
            "DELETE FROM sso_nonces WHERE expires_at <= \(now - 86_400)",
            "DELETE FROM user_relations WHERE expires_at <= \(now)",
            SecondFactorQueries.expireStaged(at: now),
        ]
    }
}

struct AccountToken: RowDecodable {
    let user: UserID
    let email: String

    init(from row: inout RowReader) throws(PostgresError) {
        user = try row.next()
        email = try row.next()
    }
}
