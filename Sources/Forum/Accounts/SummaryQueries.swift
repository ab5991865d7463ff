import Postgres

/// Aliases as in `Visibility`; only what is in no private message.
struct SummaryQueries {
    let user: UserID
    let viewer: Viewer

    private var isSeen: SQL {
        "t.archetype = 'regular' AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))"
    }

    /// What the person gave, got and wrote as far as the viewer can see.
    var counts: SQL {
        """
        SELECT (SELECT count(*) FROM post_actions x JOIN posts p ON p.id = x.post_id
                    JOIN topics t ON t.id = p.topic_id
                WHERE x.user_id = \(user) AND x.post_action_type_id = 2 AND \(isSeen)),
            (SELECT count(*) FROM post_actions x JOIN posts p ON p.id = x.post_id
                    JOIN topics t ON t.id = p.topic_id
                WHERE p.user_id = \(user) AND x.post_action_type_id = 2 AND \(isSeen)),
            (SELECT count(*) FROM posts p JOIN topics t ON t.id = p.topic_id
                WHERE p.user_id = \(user) AND p.post_number = 1 AND \(isSeen)),
            (SELECT count(*) FROM posts p JOIN topics t ON t.id = p.topic_id
                WHERE p.user_id = \(user) AND p.post_number > 1 AND \(isSeen))
        """
    }

    var days: SQL { "SELECT count(*) FROM user_visits WHERE user_id = \(user)" }

    private static let topicColumns: SQL = """
        t.id, t.title, t.fancy_title, t.slug, t.posts_count, t.like_count, t.category_id,
        t.created_at
        """

    var topics: SQL {
        """
        SELECT \(Self.topicColumns) FROM topics t
        WHERE t.user_id = \(user) AND t.archetype = 'regular' AND \(Visibility.topic(viewer))
        ORDER BY t.like_count DESC, t.created_at DESC LIMIT \(Limits.summaryListed)
        """
    }

    func topics(_ ids: [Int64]) -> SQL {
        """
        SELECT \(Self.topicColumns) FROM topics t
        WHERE t.id = ANY(\(ids)::bigint[]) AND \(Visibility.topic(viewer))
        """
    }

    var replies: SQL {
        """
        SELECT p.post_number, p.like_count, p.created_at, p.topic_id
        FROM posts p JOIN topics t ON t.id = p.topic_id
        WHERE p.user_id = \(user) AND p.post_number > 1 AND p.post_type = 1 AND \(isSeen)
        ORDER BY p.like_count DESC, p.created_at DESC LIMIT \(Limits.summaryListed)
        """
    }

    var mostLikedBy: SQL {
        people(
            """
            SELECT x.user_id, count(*) AS count FROM posts p
                JOIN post_actions x ON x.post_id = p.id AND x.post_action_type_id = 2
                JOIN topics t ON t.id = p.topic_id
            WHERE p.user_id = \(user) AND \(isSeen) GROUP BY x.user_id
            """
        )
    }

    var mostLiked: SQL {
        people(
            """
            SELECT p.user_id, count(*) AS count FROM post_actions x JOIN posts p ON p.id = x.post_id
                JOIN topics t ON t.id = p.topic_id
            WHERE x.user_id = \(user) AND x.post_action_type_id = 2 AND \(isSeen)
            GROUP BY p.user_id
            """
        )
    }

    var mostRepliedTo: SQL {
        people(
            """
            SELECT p.reply_to_user_id AS user_id, count(*) AS count FROM posts p
                JOIN topics t ON t.id = p.topic_id
            WHERE p.user_id = \(user) AND p.reply_to_user_id IS NOT NULL
                AND p.reply_to_user_id <> \(user) AND \(isSeen)
            GROUP BY p.reply_to_user_id
            """
        )
    }

    private func people(_ counted: SQL) -> SQL {
        """
        SELECT \(TopicQueries.userCardColumns), d.count::int
        FROM (\(counted)) d JOIN users u ON u.id = d.user_id
        WHERE u.id > 0 AND NOT u.staged
        ORDER BY d.count DESC, u.username_lower LIMIT \(Limits.summaryListed)
        """
    }

    var categories: SQL {
        """
        SELECT c.id, c.name, c.color, c.text_color, c.slug, c.read_restricted,
            c.parent_category_id, d.topics::int, d.posts::int
        FROM (SELECT t.category_id, count(*) FILTER (WHERE p.post_number = 1) AS topics,
                count(*) FILTER (WHERE p.post_number > 1) AS posts
            FROM posts p JOIN topics t ON t.id = p.topic_id
            WHERE p.user_id = \(user) AND p.post_type = 1 AND \(isSeen) GROUP BY t.category_id) d
            JOIN categories c ON c.id = d.category_id
        WHERE \(Visibility.category(viewer))
        ORDER BY d.topics * 2 + d.posts DESC, c.id LIMIT \(Limits.summaryListed)
        """
    }
}
