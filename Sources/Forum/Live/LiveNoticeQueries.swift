import Postgres

/// Live messages to single people about what a post means to them.
enum LiveNoticeQueries {
    /// Tells each of those who got a notice of a post how their notices stand now, on a channel of their
    /// own. Who has not been here for a day is not told live.
    static func notices(of post: PostID, in topic: TopicID) -> SQL {
        """
        WITH told AS MATERIALIZED (
            SELECT DISTINCT n.user_id FROM notifications n
            WHERE \(NotificationLiveQueries.speaks(of: post)) AND (
                EXISTS (SELECT 1 FROM sessions s WHERE s.user_id = n.user_id
                    AND s.last_used_at > now() - interval '1 day')
                OR EXISTS (SELECT 1 FROM users u WHERE u.id = n.user_id
                    AND u.last_seen_at > now() - interval '1 day')
                OR EXISTS (SELECT 1 FROM api_keys k WHERE k.user_id = n.user_id
                    AND k.last_used_at > now() - interval '1 day'))
            ORDER BY n.user_id LIMIT \(Limits.liveNoticesPerPost)
        ), next AS (
            INSERT INTO bus_channels AS bc (channel, last_id)
            SELECT '/notification/' || told.user_id, 1 FROM told ORDER BY told.user_id
            ON CONFLICT (channel) DO UPDATE SET last_id = bc.last_id + 1, updated_at = now()
            RETURNING channel, last_id
        ), made AS (
            INSERT INTO bus_messages (channel, message_id, data, user_ids, topic_id)
            SELECT next.channel, next.last_id, \(standing), ARRAY[told.user_id], \(topic)
            FROM told JOIN next ON next.channel = '/notification/' || told.user_id
            RETURNING channel
        )
        SELECT count(pg_notify(\(LiveQueries.notifyChannel), made.channel)) FROM made
        """
    }

    /// Discourse's payload of the channel, of `told.user_id`.
    private static let standing: SQL = """
        (SELECT jsonb_build_object(
                'unread_notifications', count(*) FILTER (WHERE NOT n.read AND NOT n.high_priority),
                'unread_high_priority_notifications',
                    count(*) FILTER (WHERE NOT n.read AND n.high_priority),
                'all_unread_notifications_count', count(*) FILTER (WHERE NOT n.read),
                'new_personal_messages_notifications_count',
                    count(*) FILTER (WHERE NOT n.read AND n.notification_type = 6),
                'read_first_notification', true,
                'seen_notification_id', 0,
                'grouped_unread_notifications', coalesce((SELECT jsonb_object_agg(kind, number)
                    FROM (SELECT g.notification_type AS kind, count(*) AS number
                        FROM notifications g WHERE g.user_id = told.user_id AND NOT g.read
                        GROUP BY g.notification_type) kinds), '{}'),
                'recent', coalesce((SELECT jsonb_agg(jsonb_build_array(r.id, r.read))
                    FROM (SELECT id, read FROM notifications newest
                        WHERE newest.user_id = told.user_id ORDER BY id DESC LIMIT 20) r), '[]'))
            FROM (SELECT * FROM notifications mine WHERE mine.user_id = told.user_id
                ORDER BY mine.id DESC LIMIT 1000) n)
        """

    /// Tells those who follow a topic that there is more of it to read: one message to all of them. Its
    /// author and those who may not see the post are left out.
    static func unread(_ entry: OutboxEntry, of topic: TopicID) -> [SQL] {
        let data: SQL = """
            jsonb_build_object('message_type', 'unread', 'topic_id', t.id, 'payload',
                jsonb_build_object('highest_post_number', t.highest_post_number,
                    'updated_at', \(entry.bumpedAt?.iso8601)::text,
                    'created_at', \(entry.topicCreatedAt?.iso8601)::text,
                    'category_id', t.category_id, 'archetype', t.archetype,
                    'tags', \(entry.tags)::jsonb))
            """
        // Never NULL: that would be everybody.
        let followers: SQL = """
            coalesce((SELECT array_agg(tu.user_id) FROM topic_users tu
                WHERE tu.topic_id = t.id AND tu.notification_level >= 2
                    AND tu.user_id <> \(entry.authorID)::bigint), '{}')
            """
        return [
            """
            WITH next AS (
                INSERT INTO bus_channels AS bc (channel, last_id) VALUES ('/unread', 1)
                ON CONFLICT (channel) DO UPDATE SET last_id = bc.last_id + 1, updated_at = now()
                RETURNING last_id
            )
            INSERT INTO bus_messages (channel, message_id, data, user_ids, topic_id)
            SELECT '/unread', next.last_id, \(data), \(followers), t.id
            FROM next, topics t WHERE t.id = \(topic)
            """,
            "SELECT pg_notify(\(LiveQueries.notifyChannel), '/unread')",
        ]
    }
}
