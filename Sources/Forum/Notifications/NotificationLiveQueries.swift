import Postgres

/// Discourse's messages on `/notification/{id}`: how much is unread, told when that changes.
enum NotificationLiveQueries {
    /// Tells the programs of one person.
    static func tell(_ principal: Principal) -> SQL {
        publish(to: "SELECT \(principal.id)::bigint AS user_id")
    }

    /// Tells those whom an event names that some of their notices were taken back.
    static func tellWithdrawn(event id: Int64) -> SQL {
        publish(
            to: """
                SELECT u.id AS user_id FROM outbox o
                    CROSS JOIN LATERAL jsonb_array_elements_text(o.data -> 'user_ids') named (id)
                    JOIN users u ON u.id = named.id::bigint
                WHERE o.id = \(id)
                ORDER BY u.last_seen_at DESC NULLS LAST, u.id
                LIMIT \(TopicQueries.literal(Limits.toldAtOnceMax))
                """
        )
    }

    private static func publish(to people: SQL) -> SQL {
        LiveQueries.publish(
            on: .notification,
            toEach: """
                SELECT people.user_id, state.data FROM (\(people)) people
                    CROSS JOIN LATERAL (\(state)) state
                """
        )
    }

    /// Tells those who have a notice about the post and were here lately, and each of them what an
    /// alert shows. Who they are is found once: of a post that thousands watch, few were here.
    static func tell(of post: PostID) -> SQL {
        LiveQueries.publish(
            toEach: """
                WITH people AS MATERIALIZED (\(noticed(of: post)))
                SELECT \(PersonalChannel.notificationAlert.rawValue)::text AS channel, alert.user_id,
                    alert.data
                FROM (\(alert(of: post))) alert
                UNION ALL
                SELECT \(PersonalChannel.notification.rawValue), people.user_id, state.data
                FROM people CROSS JOIN LATERAL (\(state)) state
                """
        )
    }

    /// Those with a notice of the post, or of several replies that end with it; the most recent
    /// visitors, if there are too many.
    private static func noticed(of post: PostID) -> SQL {
        """
        SELECT u.id AS user_id FROM (
            SELECT n.user_id FROM notifications n WHERE n.post_id = \(post)
            UNION
            SELECT n.user_id FROM posts p JOIN notifications n ON n.topic_id = p.topic_id
                AND NOT n.read AND (n.data ->> 'original_post_id')::bigint = p.id
            WHERE p.id = \(post)
        ) told JOIN users u ON u.id = told.user_id
        WHERE \(LivePeopleQueries.isHere)
        ORDER BY u.last_seen_at DESC NULLS LAST, u.id
        LIMIT \(TopicQueries.literal(Limits.toldAtOnceMax))
        """
    }

    /// On `/notification-alert/{id}`: the newest notice of each of the `people` about the post, unless
    /// they want no interruption or have read it already.
    private static func alert(of post: PostID) -> SQL {
        """
        SELECT u.id AS user_id, jsonb_build_object('notification_type', n.notification_type,
            'post_number', p.post_number, 'topic_title', t.title, 'topic_id', t.id,
            'excerpt', left(d.excerpt, 400), 'username', n.data ->> 'display_username',
            'post_url', '/t/' || t.slug || '/' || t.id || '/' || p.post_number) AS data
        FROM people JOIN users u ON u.id = people.user_id
            JOIN posts p ON p.id = \(post) JOIN topics t ON t.id = p.topic_id
            JOIN LATERAL (SELECT * FROM notifications mine
                WHERE mine.user_id = u.id AND mine.post_id = p.id
                ORDER BY mine.id DESC LIMIT 1) n ON NOT n.read
            CROSS JOIN LATERAL (SELECT trim(regexp_replace(regexp_replace(left(p.cooked, 4000),
                '<[^>]*(>|$)', ' ', 'g'), '\\s+', ' ', 'g')) AS excerpt) d
        WHERE (u.do_not_disturb_until IS NULL OR u.do_not_disturb_until <= now())
            AND \(Visibility.topicByReader)
        """
    }

    /// Unread notices of `people.user_id`, of the newest ones; those of topics that the person
    /// cannot see any more are not counted.
    private static let state: SQL = """
        SELECT jsonb_build_object(
            'unread_notifications', count(*) FILTER (WHERE NOT x.read AND NOT x.high_priority),
            'unread_high_priority_notifications',
                count(*) FILTER (WHERE NOT x.read AND x.high_priority),
            'all_unread_notifications_count', count(*) FILTER (WHERE NOT x.read),
            'new_personal_messages_notifications_count', count(*) FILTER (WHERE NOT x.read
                AND x.notification_type = 6 AND x.id > (SELECT me.seen_notification_id
                    FROM users me WHERE me.id = people.user_id)),
            'grouped_unread_notifications', (SELECT coalesce(jsonb_object_agg(k.kind, k.n), '{}')
                FROM (SELECT y.notification_type::text AS kind, count(*) AS n
                    FROM notifications y
                    WHERE y.user_id = people.user_id AND NOT y.read GROUP BY 1 LIMIT 100) k),
            'seen_notification_id', (SELECT me.seen_notification_id FROM users me
                WHERE me.id = people.user_id),
            'read_first_notification', coalesce(bool_or(x.read), false),
            'last_notification', (SELECT jsonb_build_object('notification', jsonb_build_object(
                    'id', z.id, 'user_id', z.user_id, 'notification_type', z.notification_type,
                    'read', z.read, 'high_priority', z.high_priority, 'created_at',
                    to_char(z.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                    'post_number', z.post_number, 'topic_id', z.topic_id, 'data', z.data))
                FROM notifications z WHERE z.id = max(x.id)),
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
