import Postgres

enum BounceQueries {
    /// Marks the mail, adds to its reader's score, and queues the mail that asks when the score comes
    /// to the threshold. Returns that mail.
    static func note(
        _ mail: OutgoingEmailID,
        _ report: BounceReport,
        score: Double,
        threshold: Int,
        days: Int,
        at now: Timestamp
    ) -> SQL {
        """
        WITH mail AS (
            UPDATE outgoing_emails SET bounced_at = \(now), bounce_error_code = left(\(report.status), 20)
            WHERE id = \(mail) AND bounced_at IS NULL
            RETURNING user_id, email_type
        ), scored AS (
            UPDATE users u SET bounce_score = u.bounce_score + \(score)::real,
                reset_bounce_score_after = \(now)::timestamptz + make_interval(days => \(days)),
                bounce_probe_at = CASE
                    WHEN mail.email_type = \(ServiceEmail.bounceProbe.rawValue) THEN NULL
                    WHEN u.bounce_score < \(threshold)::real
                        AND u.bounce_score + \(score)::real >= \(threshold)::real THEN \(now)
                    ELSE u.bounce_probe_at END
            FROM mail WHERE u.id = mail.user_id
            RETURNING u.id, u.bounce_probe_at
        )
        INSERT INTO outgoing_emails (email_type, user_id, to_address, created_at, next_attempt_at)
        SELECT \(ServiceEmail.bounceProbe.rawValue), s.id, e.email, \(now)::timestamptz,
            \(now)::timestamptz
        FROM scored s JOIN user_emails e ON e.user_id = s.id AND e.is_primary
        WHERE s.bounce_probe_at = \(now)
        RETURNING id
        """
    }

    static func mail(_ key: UnsubscribeKey, messageID: String) -> SQL {
        """
        SELECT o.id FROM unsubscribe_keys k
            JOIN outgoing_emails o ON o.user_id = k.user_id AND o.message_id = \(messageID)
        WHERE k.key_hash = \(key.hash)::bytea ORDER BY o.id DESC LIMIT 1
        """
    }

    static func reader(of mail: OutgoingEmailID) -> SQL {
        "SELECT user_id FROM outgoing_emails WHERE id = \(mail) AND user_id IS NOT NULL"
    }

    static func score(of user: UserID) -> SQL {
        "SELECT bounce_score::float8 FROM users WHERE id = \(user)"
    }

    /// A mail that was taken speaks for its reader's mailbox; those who get none any more stay so.
    static func erode(_ mail: OutgoingEmailID, threshold: Int) -> SQL {
        """
        UPDATE users u SET bounce_score = greatest(0, u.bounce_score - \(Limits.bounceErosion)::real)
        FROM outgoing_emails o
        WHERE o.id = \(mail) AND u.id = o.user_id AND u.bounce_score > 0
            AND u.bounce_score < \(threshold)::real
        """
    }

    static func settle(at now: Timestamp) -> [SQL] {
        [
            """
            UPDATE users u SET bounce_score = 0, bounce_probe_at = NULL, reset_bounce_score_after = NULL
            WHERE u.bounce_probe_at IS NOT NULL AND u.bounce_score > 0
                AND EXISTS (SELECT 1 FROM outgoing_emails o WHERE o.user_id = u.id
                    AND o.email_type = \(ServiceEmail.bounceProbe.rawValue) AND o.state = 'sent'
                    AND o.bounced_at IS NULL AND o.created_at >= u.bounce_probe_at
                    AND o.finished_at < \(now - Limits.probeSeconds))
            """,
            """
            UPDATE users SET bounce_score = 0, bounce_probe_at = NULL, reset_bounce_score_after = NULL
            WHERE bounce_score > 0 AND reset_bounce_score_after < \(now)
            """,
            MailCommandQueries.expire(at: now),
        ]
    }
}
