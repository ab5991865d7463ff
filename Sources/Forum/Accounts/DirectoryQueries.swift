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
            let pattern = "%" + Self.escaped(name.lowercased()) + "%"
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

    /// A text in which `%` and `_` stand for themselves.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            if character == "%" || character == "_" || character == "\\" { escaped.append("\\") }
            escaped.append(character)
        }
        return escaped
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

    private var counted: SQL {
        guard let seconds = query.period.seconds else { return everything }
        return since(now - seconds)
    }

    private var everything: SQL {
        """
        SELECT us.user_id, us.likes_received, us.likes_given, us.topic_count, us.post_count,
            us.topics_entered, us.posts_read_count AS posts_read, us.time_read_ms,
            coalesce(v.days, 0)::int AS days_visited
        FROM user_stats us LEFT JOIN (SELECT user_id, count(*) AS days FROM user_visits
            GROUP BY user_id) v ON v.user_id = us.user_id
        """
    }

    /// What was deleted does not count, nor what only some may read.
    private func since(_ start: Timestamp) -> SQL {
        """
        SELECT us.user_id, coalesce(r.count, 0)::int AS likes_received,
            coalesce(g.count, 0)::int AS likes_given, coalesce(t.count, 0)::int AS topic_count,
            coalesce(p.count, 0)::int AS post_count, coalesce(e.count, 0)::int AS topics_entered,
            coalesce(v.posts_read, 0)::int AS posts_read,
            coalesce(v.time_read_ms, 0)::bigint AS time_read_ms,
            coalesce(v.days, 0)::int AS days_visited
        FROM user_stats us
        LEFT JOIN (SELECT lp.user_id, count(*) FROM post_actions a JOIN posts lp ON lp.id = a.post_id
            WHERE a.post_action_type_id = 2 AND a.created_at > \(start) AND lp.deleted_at IS NULL
            GROUP BY lp.user_id) r ON r.user_id = us.user_id
        LEFT JOIN (SELECT a.user_id, count(*) FROM post_actions a
            WHERE a.post_action_type_id = 2 AND a.created_at > \(start)
            GROUP BY a.user_id) g ON g.user_id = us.user_id
        LEFT JOIN (SELECT user_id, count(*) FROM topics WHERE created_at > \(start)
                AND deleted_at IS NULL AND archetype = 'regular'
            GROUP BY user_id) t ON t.user_id = us.user_id
        LEFT JOIN (SELECT wp.user_id, count(*) FROM posts wp JOIN topics wt ON wt.id = wp.topic_id
            WHERE wp.created_at > \(start) AND wp.deleted_at IS NULL AND wp.post_type = 1
                AND wp.post_number > 1 AND wt.deleted_at IS NULL AND wt.archetype = 'regular'
            GROUP BY wp.user_id) p ON p.user_id = us.user_id
        LEFT JOIN (SELECT user_id, count(*) FROM topic_users WHERE first_visited_at > \(start)
            GROUP BY user_id) e ON e.user_id = us.user_id
        LEFT JOIN (SELECT user_id, count(*) AS days, sum(posts_read) AS posts_read,
                sum(time_read_ms) AS time_read_ms FROM user_visits
            WHERE visited_at >= (\(start)::timestamptz AT TIME ZONE 'UTC')::date
            GROUP BY user_id) v ON v.user_id = us.user_id
        """
    }
}
