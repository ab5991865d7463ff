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
                SELECT DISTINCT n.user_id FROM notifications n WHERE n.post_id = \(post)
                ORDER BY n.user_id LIMIT \(TopicQueries.literal(Limits.toldAtOnceMax))
                """
        )
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
            WHERE n.user_id = people.user_id AND (n.topic_id IS NULL OR \(maySee))
            ORDER BY n.id DESC LIMIT 200) x
        """

    /// `Visibility.topic`, turned round: whether `u` may see `t`.
    private static let maySee: SQL = """
        (t.deleted_at IS NULL AND ((t.archetype = 'regular'
            AND (t.visible OR u.admin OR u.moderator OR t.user_id = u.id)
            AND (u.admin OR EXISTS (SELECT 1 FROM category_groups cg
                WHERE cg.category_id = t.category_id AND (cg.group_id = 0 OR EXISTS (
                    SELECT 1 FROM group_users gu
                    WHERE gu.group_id = cg.group_id AND gu.user_id = u.id)))))
        OR (t.archetype = 'private_message' AND (u.admin
            OR EXISTS (SELECT 1 FROM topic_allowed_users ta
                WHERE ta.topic_id = t.id AND ta.user_id = u.id)
            OR EXISTS (SELECT 1 FROM topic_allowed_groups ta
                JOIN group_users gu ON gu.group_id = ta.group_id
                WHERE ta.topic_id = t.id AND gu.user_id = u.id)))))
        """
}
