import Postgres

enum AccountEmailQueries {
    /// Queues a mail, unless the address had enough of that kind within the hour.
    static func queue(
        _ kind: AccountEmail,
        user: UserID?,
        to address: String,
        data: String = "{}",
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO outgoing_emails (email_type, user_id, to_address, data, created_at)
        SELECT \(kind.rawValue), \(user)::bigint, \(address), \(data)::jsonb, \(now)::timestamptz
        WHERE \(isWithinLimit(kind, "\(address)::text", at: now))
        """
    }

    /// To the one who has the name or address and may log in; how many there are, 0 or 1.
    static func queuePasswordReset(login: String, at now: Timestamp) -> SQL {
        let kind = AccountEmail.forgotPassword
        return """
            WITH found AS (
                SELECT u.id, e.email FROM users u
                    JOIN user_emails e ON e.user_id = u.id AND e.is_primary
                        AND e.verified_at IS NOT NULL
                WHERE (u.username_lower = \(login)::text OR u.id IN (SELECT o.user_id
                        FROM user_emails o
                        WHERE o.email_lower = \(login)::text AND o.verified_at IS NOT NULL))
                    AND u.id > 0 AND u.active AND u.approved AND NOT u.staged
                    AND (u.suspended_till IS NULL OR u.suspended_till <= \(now)) LIMIT 1
            ), queued AS (
                INSERT INTO outgoing_emails (email_type, user_id, to_address, created_at)
                SELECT \(kind.rawValue), f.id, f.email, \(now)::timestamptz FROM found f
                WHERE \(isWithinLimit(kind, "f.email", at: now))
            )
            SELECT count(*) FROM found
            """
    }

    /// Tells whoever has an address that somebody tried to use it.
    static func queueAccountExists(address: String, at now: Timestamp) -> SQL {
        let kind = AccountEmail.accountExists
        return """
            INSERT INTO outgoing_emails (email_type, user_id, to_address, created_at)
            SELECT \(kind.rawValue), e.user_id, e.email, \(now)::timestamptz
            FROM user_emails e JOIN users u ON u.id = e.user_id AND NOT u.staged
            WHERE e.email_lower = \(address) AND \(isWithinLimit(kind, "e.email", at: now))
            """
    }

    private static func isWithinLimit(
        _ kind: AccountEmail,
        _ address: SQL,
        at now: Timestamp
    ) -> SQL {
        """
        (SELECT count(*) FROM outgoing_emails had WHERE had.post_id IS NULL
            AND had.to_address = \(address) AND had.email_type = \(kind.rawValue)
            AND had.created_at > \(now - 3600)) < \(Limits.accountMailsPerHour)::int
        """
    }
}
