import Postgres

/// Takes back notices of what is gone, or can no longer be seen, as long as nobody has read them.
enum WithdrawalQueries {
    /// A notice of several replies goes on with those that are left.
    static func withdraw(post: PostID?) -> [SQL] {
        [
            """
            WITH post AS (
                SELECT p.id, p.topic_id, p.post_number FROM posts p WHERE p.id = \(post)::bigint
            ), several AS (
                SELECT n.id, n.post_number AS first, last.post_number AS last
                FROM post JOIN notifications n ON n.topic_id = post.topic_id AND NOT n.read
                        AND n.notification_type IN (2, 6, 9, 36)
                    JOIN posts last ON last.id = (n.data ->> 'original_post_id')::bigint
                        AND last.topic_id = post.topic_id
                WHERE post.post_number BETWEEN n.post_number AND last.post_number
                    AND n.post_number < last.post_number
            ), ranges AS (
                SELECT r.first, r.last, left_over.ids, left_over.numbers
                FROM (SELECT DISTINCT first, last FROM several) r CROSS JOIN post
                    CROSS JOIN LATERAL (SELECT array_agg(p.id ORDER BY p.post_number) AS ids,
                            array_agg(p.post_number ORDER BY p.post_number) AS numbers
                        FROM posts p WHERE p.topic_id = post.topic_id AND p.deleted_at IS NULL
                            AND NOT p.hidden AND p.post_type IN (1, 2) AND p.id <> post.id
                            AND p.post_number BETWEEN r.first AND r.last) left_over
                WHERE left_over.ids IS NOT NULL
            )
            UPDATE notifications n SET post_id = ranges.ids[1], post_number = ranges.numbers[1],
                data = n.data || jsonb_build_object(
                    'original_post_id', ranges.ids[cardinality(ranges.ids)],
                    'original_username', author.username,
                    'display_username', CASE WHEN cardinality(ranges.ids) > 1
                        THEN cardinality(ranges.ids) || ' replies' ELSE author.username END)
            FROM several JOIN ranges ON ranges.first = several.first AND ranges.last = several.last
                JOIN posts p ON p.id = ranges.ids[cardinality(ranges.ids)]
                JOIN users author ON author.id = p.user_id
            WHERE n.id = several.id AND NOT EXISTS (SELECT 1 FROM notifications other
                WHERE other.user_id = n.user_id AND other.notification_type = n.notification_type
                    AND other.post_id = ranges.ids[1] AND other.id <> n.id)
            """,
            takeBack(
                "DELETE FROM notifications n WHERE NOT n.read AND n.post_id = \(post)::bigint"
            ),
        ]
    }

    static func withdraw(topic: TopicID?) -> SQL {
        takeBack(
            """
            DELETE FROM notifications n WHERE NOT n.read
                AND n.post_id IN (SELECT p.id FROM posts p WHERE p.topic_id = \(topic)::bigint)
            """
        )
    }

    /// An event for those who lose some and are here: their counts are told once they are true.
    private static func takeBack(_ deletion: SQL) -> SQL {
        """
        WITH gone AS (\(deletion) RETURNING n.user_id)
        INSERT INTO outbox (event, data)
        SELECT \(Event.noticesWithdrawn.rawValue)::text,
            jsonb_build_object('user_ids', jsonb_agg(DISTINCT u.id))
        FROM gone JOIN users u ON u.id = gone.user_id WHERE \(LivePeopleQueries.isHere)
        HAVING count(*) > 0
        """
    }

    /// After a topic has moved or a message has other readers.
    static func withdrawHidden(topic: TopicID?) -> SQL {
        withdrawHidden("n.topic_id = \(topic)::bigint")
    }

    /// After somebody has left a group.
    static func withdrawHidden(user: UserID?) -> SQL {
        withdrawHidden("n.user_id = \(user)::bigint")
    }

    /// After permissions of a category have changed, or a group is gone: in what is not for everybody.
    static func withdrawHidden() -> SQL {
        withdrawHidden(
            """
            NOT EXISTS (SELECT 1 FROM category_groups open
                WHERE open.category_id = t.category_id AND open.group_id = 0)
            """
        )
    }

    private static func withdrawHidden(_ scope: SQL) -> SQL {
        takeBack(
            """
            DELETE FROM notifications n USING topics t, users u
            WHERE t.id = n.topic_id AND u.id = n.user_id AND NOT n.read AND \(scope)
                AND NOT \(Visibility.topicByReader)
            """
        )
    }

    /// The newest are kept. A part of the people at a time: whose number leaves `remainder`.
    static func trim(_ remainder: Int, of parts: Int) -> SQL {
        """
        DELETE FROM notifications n USING (
            SELECT u.id AS user_id, edge.id AS last FROM users u CROSS JOIN LATERAL (
                SELECT o.id FROM notifications o WHERE o.user_id = u.id
                ORDER BY o.id DESC OFFSET \(Limits.notificationsKept) LIMIT 1) edge
            WHERE u.id % \(parts)::bigint = \(remainder)::bigint
        ) old WHERE n.user_id = old.user_id AND n.id <= old.last
        """
    }
}
