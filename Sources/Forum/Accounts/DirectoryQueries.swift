import Postgres

/// The statements of the directory. `u` is a member, `d` what was counted.
struct DirectoryQueries {
    let query: DirectoryQuery
    let group: GroupID?
    let now: Timestamp

    var total: SQL { "SELECT count(*) FROM users u WHERE \(isListed)" }

    var page: SQL {
        """
        SELECT \(TopicQueries.userCardColumns), d.likes_received, d.likes_given, d.topic_count,
            d.post_count, d.topics_entered, d.posts_read, d.days_visited, d.time_read_ms
        FROM users u JOIN (\(counted)) d ON d.user_id = u.id
        WHERE \(isListed)
        ORDER BY \(order), u.username_lower
        LIMIT \(Limits.directoryPerPage) OFFSET \(query.page * Limits.directoryPerPage)
        """
    }

    private var isListed: SQL {
        var conditions: [SQL] = [
            "u.id > 0 AND u.active AND u.approved AND NOT u.staged",
            "(u.suspended_till IS NULL OR u.suspended_till <= \(now))",
        ]
        if let name = query.name {
            let pattern = "%" + name.lowercased().escapedForLike + "%"
            conditions.append("(u.username_lower LIKE \(pattern) OR lower(u.name) LIKE \(pattern))")
        }
        if let group {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM group_users gu
                    WHERE gu.group_id = \(group) AND gu.user_id = u.id)
                """
            )
        }
        if !query.excluded.isEmpty {
            let keys = query.excluded.map { UsernameRules.fold($0) }
            conditions.append("u.username_lower <> ALL(\(keys)::text[])")
        }
        return SQL.joined(conditions, separator: " AND ")
    }

    private var order: SQL {
        let direction: SQL = query.isAscending ? "ASC" : "DESC"
        let column: SQL =
            switch query.order {
            case .likesReceived: "d.likes_received"
            case .likesGiven: "d.likes_given"
            case .topicCount: "d.topic_count"
            case .postCount: "d.post_count"
            case .topicsEntered: "d.topics_entered"
            case .postsRead: "d.posts_read"
            case .daysVisited: "d.days_visited"
            case .username: "u.username_lower"
            }
        return "\(column) \(direction)"
    }

    /// Also for all times everything is counted anew: the counters beside a user count what only some
    /// may read as well.
    private var counted: SQL {
        since(query.period.seconds.map { now - $0 } ?? Timestamp(secondsSince1970: Int64(0)))
    }

    /// What everybody may read; `t` and `p` as in `Visibility`.
    private static let isPublic: SQL = """
        t.archetype = 'regular' AND \(Visibility.topic(.anonymous))
            AND \(Visibility.post(.anonymous))
        """

    /// What was deleted does not count, nor what only some may read.
    private func since(_ start: Timestamp) -> SQL {
        """
        SELECT us.user_id, coalesce(r.count, 0)::int AS likes_received,
            coalesce(g.count, 0)::int AS likes_given, coalesce(w.topics, 0)::int AS topic_count,
            coalesce(w.posts, 0)::int AS post_count, coalesce(e.count, 0)::int AS topics_entered,
            coalesce(v.posts_read, 0)::int AS posts_read,
            coalesce(v.time_read_ms, 0)::bigint AS time_read_ms,
            coalesce(v.days, 0)::int AS days_visited
        FROM user_stats us
        LEFT JOIN (SELECT p.user_id, count(*) FROM post_actions a
                JOIN posts p ON p.id = a.post_id JOIN topics t ON t.id = p.topic_id
            WHERE a.post_action_type_id = 2 AND a.created_at > \(start) AND \(Self.isPublic)
            GROUP BY p.user_id) r ON r.user_id = us.user_id
        LEFT JOIN (SELECT a.user_id, count(*) FROM post_actions a
                JOIN posts p ON p.id = a.post_id JOIN topics t ON t.id = p.topic_id
            WHERE a.post_action_type_id = 2 AND a.created_at > \(start) AND \(Self.isPublic)
            GROUP BY a.user_id) g ON g.user_id = us.user_id
        LEFT JOIN (SELECT p.user_id, count(*) FILTER (WHERE p.post_number = 1) AS topics,
                count(*) FILTER (WHERE p.post_number > 1 AND p.post_type = 1) AS posts
            FROM posts p JOIN topics t ON t.id = p.topic_id
            WHERE p.created_at > \(start) AND \(Self.isPublic)
            GROUP BY p.user_id) w ON w.user_id = us.user_id
        LEFT JOIN (SELECT tu.user_id, count(*) FROM topic_users tu JOIN topics t ON t.id = tu.topic_id
            WHERE tu.first_visited_at > \(start) AND t.archetype = 'regular'
                AND \(Visibility.topic(.anonymous))
            GROUP BY tu.user_id) e ON e.user_id = us.user_id
        LEFT JOIN (SELECT user_id, count(*) AS days, sum(posts_read) AS posts_read,
                sum(time_read_ms) AS time_read_ms FROM user_visits
            WHERE visited_at >= (\(start)::timestamptz AT TIME ZONE 'UTC')::date
            GROUP BY user_id) v ON v.user_id = us.user_id
        """
    }
}
