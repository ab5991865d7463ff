import Postgres

enum MailSourceQueries {
    /// The longest pause before a mail is tried again, in seconds.
    private static let longestPause = 6 * 3600

    static func begin(_ source: String, now: Timestamp) -> SQL {
        """
        INSERT INTO mail_sources AS s (name, tried_at) VALUES (\(source), \(now))
        ON CONFLICT (name) DO UPDATE SET tried_at = excluded.tried_at RETURNING s.error
        """
    }

    static func finish(_ source: String, error: String?, now: Timestamp) -> SQL {
        """
        UPDATE mail_sources SET error = left(\(error)::text, 1000),
            succeeded_at = CASE WHEN \(error)::text IS NULL THEN \(now)::timestamptz
                ELSE succeeded_at END,
            failing_since = CASE WHEN \(error)::text IS NOT NULL
                THEN coalesce(failing_since, \(now)::timestamptz) END
        WHERE name = \(source)
        """
    }

    static func forget(_ source: String, except uids: [String]) -> SQL {
        """
        DELETE FROM mail_source_mails m WHERE m.source = \(source)
            AND NOT EXISTS (SELECT FROM unnest(\(uids)::text[]) listed (uid) WHERE listed.uid = m.uid)
        """
    }

    static func collectable(
        _ uids: [String],
        of source: String,
        keeping: Bool,
        now: Timestamp
    ) -> SQL {
        """
        SELECT listed.uid, coalesce(m.state = 'done', false)
        FROM unnest(\(uids)::text[]) WITH ORDINALITY listed (uid, place)
            LEFT JOIN mail_source_mails m ON m.source = \(source) AND m.uid = listed.uid
        WHERE m.uid IS NULL OR (m.state = 'waiting' AND m.next_attempt_at <= \(now))
            OR (m.state = 'done' AND NOT \(keeping))
        ORDER BY listed.place
        """
    }

    static func attempt(_ uid: String, of source: String, now: Timestamp) -> SQL {
        """
        INSERT INTO mail_source_mails AS m (source, uid, attempts, next_attempt_at)
        VALUES (\(source), \(uid), 1, \(now)::timestamptz + interval '1 minute')
        ON CONFLICT (source, uid) DO UPDATE SET attempts = m.attempts + 1,
            next_attempt_at = \(now)::timestamptz + make_interval(
                secs => least(\(longestPause)::float8, 60 * power(2, least(m.attempts, 20))))
        """
    }

    static func note(
        _ state: CollectedState,
        of uid: String,
        _ source: String,
        isRefused: Bool,
        error: String?
    ) -> SQL {
        """
        WITH mail AS (
            UPDATE mail_source_mails SET state = \(state.rawValue), error = left(\(error)::text, 1000)
            WHERE source = \(source) AND uid = \(uid) RETURNING state
        )
        UPDATE mail_sources SET
            taken = taken + (mail.state = 'done' AND NOT \(isRefused))::int,
            refused = refused + (mail.state = 'done' AND \(isRefused))::int
        FROM mail WHERE name = \(source)
        """
    }

    static func statuses(_ names: [String]) -> SQL {
        """
        SELECT s.name, s.tried_at, s.succeeded_at, s.error, s.failing_since, s.taken, s.refused,
            count(m.uid) FILTER (WHERE m.state = 'waiting'),
            count(m.uid) FILTER (WHERE m.state = 'left'),
            max(m.error) FILTER (WHERE m.state <> 'done')
        FROM unnest(\(names)::text[]) WITH ORDINALITY asked (name, place)
            JOIN mail_sources s ON s.name = asked.name
            LEFT JOIN mail_source_mails m ON m.source = s.name
        GROUP BY s.name, asked.place ORDER BY asked.place
        """
    }
}
