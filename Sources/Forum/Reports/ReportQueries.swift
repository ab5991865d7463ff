import Postgres

enum ReportQueries {
    typealias Administrator = Permitted<AdministerSite, WholeSite>

    /// The times at which what is counted happened, as column `at`.
    private static func times(_ kind: Report.Kind) -> SQL {
        switch kind {
        case .signups: "SELECT created_at AS at FROM users WHERE id > 0 AND NOT staged"
        case .topics:
            """
            SELECT created_at AS at FROM topics
            WHERE archetype = 'regular' AND deleted_at IS NULL AND user_id > 0
            """
        case .posts:
            """
            SELECT p.created_at AS at FROM posts p JOIN topics t ON t.id = p.topic_id
            WHERE t.archetype = 'regular' AND t.deleted_at IS NULL AND p.deleted_at IS NULL
                AND p.post_type = 1 AND p.user_id > 0
            """
        case .likes: "SELECT created_at AS at FROM post_actions WHERE post_action_type_id = 2"
        case .flags:
            """
            SELECT created_at AS at FROM post_actions WHERE post_action_type_id IN (3, 4, 7, 8, 10)
            """
        case .emails: "SELECT finished_at AS at FROM outgoing_emails WHERE state = 'sent'"
        case .userToUserMessages:
            """
            SELECT created_at AS at FROM topics
            WHERE archetype = 'private_message' AND deleted_at IS NULL AND user_id > 0
            """
        }
    }

    static func days(
        _ kind: Report.Kind,
        from start: Timestamp,
        to end: Timestamp,
        _ permitted: Administrator
    ) -> SQL {
        """
        SELECT (x.at AT TIME ZONE 'UTC')::date::text AS day, count(*) FROM (\(times(kind))) x
        WHERE x.at >= \(start) AND x.at <= \(end) GROUP BY day ORDER BY day
        """
    }

    static func total(_ kind: Report.Kind, _ permitted: Administrator) -> SQL {
        "SELECT count(*) FROM (\(times(kind))) x"
    }

    static func count(
        _ kind: Report.Kind,
        from start: Timestamp,
        to end: Timestamp,
        _ permitted: Administrator
    ) -> SQL {
        "SELECT count(*) FROM (\(times(kind))) x WHERE x.at >= \(start) AND x.at < \(end)"
    }
}
