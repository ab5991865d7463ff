import Postgres

/// Discourse's messages on `/notification/{id}`: how much is unread, told when that changes.
enum NotificationLiveQueries {
    /// Tells the programs of one person.
    static func tell(_ principal: Principal) -> [SQL] {
        publish(to: "SELECT \(principal.id)::bigint AS user_id")
    }

    /// Tells those who have a notice about the post.
    static func tell(of post: PostID) -> [SQL] {
        publish(
            to: """
                SELECT DISTINCT n.user_id FROM notifications n WHERE \(speaks(of: post))
                ORDER BY n.user_id LIMIT \(TopicQueries.literal(Limits.toldAtOnceMax))
                """
        )
    }

    /// Holds for notices `n` of a post: its own, and those of several replies that end with it.
    static func speaks(of post: PostID) -> SQL {
        """
        n.id IN (SELECT m.id FROM notifications m WHERE m.post_id = \(post)
            UNION ALL
            SELECT m.id FROM posts p JOIN notifications m ON m.topic_id = p.topic_id AND NOT m.read
                AND (m.data ->> 'original_post_id')::bigint = p.id
            WHERE p.id = \(post))
        """
    }

    /// - Parameter people: A query of `user_id`. Channels are counted up in the order of their
    ///   names, so that two transactions never wait for each other in a circle.
    private static func publish(to people: SQL) -> [SQL] {
        [
            """
            WITH people AS MATERIALIZED (\(people)),
            next AS (
                INSERT INTO bus_channels AS bc (channel, last_id)
                SELECT '/notification/' || people.user_id, 1 FROM people ORDER BY 1
                ON CONFLICT (channel) DO UPDATE SET last_id = bc.last_id + 1, updated_at = now()
                RETURNING channel, last_id
            ), written AS (
                INSERT INTO bus_messages (channel, message_id, data, user_ids)
                SELECT next.channel, next.last_id, state.data, ARRAY[people.user_id]
                FROM people JOIN next ON next.channel = '/notification/' || people.user_id
                    CROSS JOIN LATERAL (\(state)) state
                RETURNING channel
            )
            SELECT pg_notify(\(LiveQueries.notifyChannel), written.channel) FROM written
            """
        ]
    }

    /// Unread notices of `people.user_id`, of the newest ones; those of topics that the person
    /// cannot see any more are not counted.
    private static let state: SQL = """
        SELECT jsonb_build_object(
            'unread_notifications', count(*) FILTER (WHERE NOT x.read AND NOT x.high_priority),
            'unread_high_priority_notifications',
                count(*) FILTER (WHERE NOT x.read AND x.high_priority),
            'all_unread_notifications_count', count(*) FILTER (WHERE NOT x.read),
            'new_personal_messages_notifications_count',
                count(*) FILTER (WHERE NOT x.read AND x.notification_type = 6),
            'grouped_unread_notifications', (SELECT coalesce(jsonb_object_agg(k.kind, k.n), '{}')
                FROM (SELECT y.notification_type::text AS kind, count(*) AS n
                    FROM notifications y
                    WHERE y.user_id = people.user_id AND NOT y.read GROUP BY 1 LIMIT 100) k),
            'seen_notification_id', (SELECT me.seen_notification_id FROM users me
                WHERE me.id = people.user_id),
            'read_first_notification', coalesce(bool_or(x.read), false),
            'last_notification', NULL,
            'recent', coalesce(jsonb_agg(jsonb_build_array(x.id, x.read) ORDER BY x.id DESC)
                FILTER (WHERE x.place <= 20), '[]')) AS data
        FROM (SELECT n.id, n.read, n.high_priority, n.notification_type,
                row_number() OVER (ORDER BY n.id DESC) AS place
            FROM notifications n JOIN users u ON u.id = n.user_id
                LEFT JOIN topics t ON t.id = n.topic_id
            WHERE n.user_id = people.user_id AND (n.topic_id IS NULL OR \(Visibility.topicByReader))
            ORDER BY n.id DESC LIMIT 200) x
        """
}
