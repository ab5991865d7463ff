package import Postgres

enum AboutQueries {
    /// Four counts of rows by the time in `column`.
    private static func counts(of counted: SQL, by column: SQL, at now: Timestamp) -> SQL {
        """
        count(\(counted)), count(\(counted)) FILTER (WHERE \(column) > \(now - 86_400)),
        count(\(counted)) FILTER (WHERE \(column) > \(now - 7 * 86_400)),
        count(\(counted)) FILTER (WHERE \(column) > \(now - 30 * 86_400))
        """
    }

    static func topics(for viewer: Viewer, at now: Timestamp) -> SQL {
        """
        SELECT \(counts(of: "*", by: "t.created_at", at: now)) FROM topics t
        WHERE t.archetype = 'regular' AND \(Visibility.topic(viewer))
        """
    }

    static func posts(for viewer: Viewer, at now: Timestamp) -> SQL {
        """
        SELECT \(counts(of: "*", by: "p.created_at", at: now))
        FROM posts p JOIN topics t ON t.id = p.topic_id
        WHERE t.archetype = 'regular' AND \(Visibility.topic(viewer))
            AND \(Visibility.post(viewer)) AND p.post_type = 1
        """
    }

    static func users(at now: Timestamp) -> SQL {
        """
        SELECT \(counts(of: "*", by: "u.created_at", at: now)) FROM users u
        WHERE u.id > 0 AND u.active AND u.approved AND NOT u.staged
        """
    }

    static func activeUsers(at now: Timestamp) -> SQL {
        """
        SELECT \(counts(of: "*", by: "u.last_seen_at", at: now)) FROM users u
        WHERE u.id > 0 AND u.last_seen_at > \(now - 30 * 86_400)
        """
    }

    /// Counts people alone, so it says nothing of where they wrote.
    static func participatingUsers(at now: Timestamp) -> SQL {
        """
        SELECT \(counts(of: "DISTINCT x.user_id", by: "x.at", at: now)) FROM (
            SELECT user_id, created_at AS at FROM posts
            WHERE created_at > \(now - 30 * 86_400) AND deleted_at IS NULL AND user_id > 0
            UNION ALL
            SELECT user_id, created_at FROM post_actions
            WHERE created_at > \(now - 30 * 86_400) AND post_action_type_id = 2
        ) x
        """
    }

    static func likes(for viewer: Viewer, at now: Timestamp) -> SQL {
        """
        SELECT \(counts(of: "*", by: "a.created_at", at: now)) FROM post_actions a
            JOIN posts p ON p.id = a.post_id JOIN topics t ON t.id = p.topic_id
        WHERE a.post_action_type_id = 2 AND t.archetype = 'regular'
            AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
        """
    }

    static let siteCreatedAt: SQL = "SELECT created_at FROM users WHERE id = -1"

    static let adminIDs: SQL =
        "SELECT id FROM users WHERE admin AND id > 0 ORDER BY last_seen_at DESC NULLS LAST, id"

    static let moderatorIDs: SQL = """
        SELECT id FROM users WHERE moderator AND id > 0 ORDER BY last_seen_at DESC NULLS LAST, id
        """
}

extension AboutStatistics.Counts: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        total = try row.next()
        lastDay = try row.next()
        sevenDays = try row.next()
        thirtyDays = try row.next()
    }
}
