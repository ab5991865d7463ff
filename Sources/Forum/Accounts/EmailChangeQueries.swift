import Postgres

enum EmailChangeQueries {
    typealias Changed = Permitted<ChangingEmail, User>

    /// The addresses of somebody that wait for their confirmation.
    static func waiting(of user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT new_email FROM email_changes WHERE user_id = \(user) AND expires_at > \(now)
        ORDER BY id
        """
    }

    static func owner(of email: String) -> SQL {
        """
        SELECT u.id, u.staged FROM user_emails e JOIN users u ON u.id = e.user_id
        WHERE e.email_lower = \(email)
        """
    }

    /// One new primary address waits at a time; a later wish takes the place of an earlier one.
    static func request(
        _ user: Changed,
        email: String,
        primary: Bool,
        at now: Timestamp
    ) -> [SQL] {
        let id = user.resource.id
        let end = now + Limits.emailChangeSeconds
        return [
            """
            DELETE FROM email_changes
            WHERE user_id = \(id) AND (new_email = \(email) OR (\(primary) AND is_primary))
            """,
            """
            INSERT INTO email_changes (user_id, new_email, is_primary, created_at, expires_at)
            VALUES (\(id), \(email), \(primary), \(now), \(end))
            """,
        ]
    }

    static func take(_ email: String, of user: UserID, at now: Timestamp) -> SQL {
        """
        DELETE FROM email_changes
        WHERE user_id = \(user) AND new_email = \(email) AND expires_at > \(now)
        RETURNING new_email, is_primary
        """
    }

    /// A staged account of the address gives it up: whoever reads its mail is the person.
    static func apply(_ change: EmailChange, to user: UserID, at now: Timestamp) -> [SQL] {
        let email = change.email
        let release: SQL = """
            DELETE FROM user_emails e USING users u
            WHERE e.email_lower = \(email) AND u.id = e.user_id
                AND (u.staged OR (u.id = \(user) AND NOT e.is_primary))
            """
        let keep: SQL =
            change.isPrimary
            ? """
            UPDATE user_emails SET email = \(email), email_lower = \(email), verified_at = \(now)
            WHERE user_id = \(user) AND is_primary
            """
            : """
            INSERT INTO user_emails (user_id, email, email_lower, is_primary, verified_at, created_at)
            VALUES (\(user), \(email), \(email), false, \(now), \(now))
            """
        return [release, keep]
    }

    static func remove(_ user: Changed, _ email: String) -> [SQL] {
        [
            """
            DELETE FROM user_emails WHERE user_id = \(user.resource.id) AND email_lower = \(email)
                AND NOT is_primary RETURNING id
            """,
            """
            DELETE FROM email_changes WHERE user_id = \(user.resource.id) AND new_email = \(email)
            RETURNING id
            """,
        ]
    }

    static func demote(_ user: Changed) -> SQL {
        """
        UPDATE user_emails SET is_primary = false WHERE user_id = \(user.resource.id) AND is_primary
        """
    }

    static func promote(_ user: Changed, _ email: String) -> SQL {
        """
        UPDATE user_emails SET is_primary = true WHERE user_id = \(user.resource.id)
            AND email_lower = \(email) AND verified_at IS NOT NULL AND NOT is_primary
        """
    }

    /// Another address for an account that nobody has confirmed yet.
    static func replaceUnverified(_ email: String, of user: UserID, at now: Timestamp) -> SQL {
        """
        UPDATE user_emails e SET email = \(email), email_lower = \(email), created_at = \(now)
        FROM users u WHERE u.id = e.user_id AND e.user_id = \(user) AND e.is_primary
            AND e.verified_at IS NULL AND NOT u.active AND NOT u.staged
        """
    }

    static func revokeReplyKeys(of user: UserID) -> SQL {
        "DELETE FROM post_reply_keys WHERE user_id = \(user)"
    }
}

struct EmailChange: RowDecodable, Sendable {
    let email: String
    let isPrimary: Bool

    init(email: String, isPrimary: Bool) {
        self.email = email
        self.isPrimary = isPrimary
    }

    init(from row: inout RowReader) throws(PostgresError) {
        email = try row.next()
        isPrimary = try row.next()
    }
}

struct ExternalAccountRow: RowDecodable {
    let provider: String
    let externalID: String

    var account: ExternalAccount {
        get throws(ForumError) {
            try ExternalAccount(provider: provider, externalID: externalID)
        }
    }

    init(from row: inout RowReader) throws(PostgresError) {
        provider = try row.next()
        externalID = try row.next()
    }
}
