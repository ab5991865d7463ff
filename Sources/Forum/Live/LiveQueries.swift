import Postgres

enum LiveQueries {
    /// The channel of NOTIFY whose payload is the bus channel that has something new.
    static let notifyChannel = "parley_bus"

    /// Adds a message to a channel. The counter's row lock makes ids of one channel commit in order.
    static func publish(
        channel: String,
        data: String,
        to audience: Audience,
        about topic: TopicID?
    ) -> [SQL] {
        [
            """
            WITH next AS (
                INSERT INTO bus_channels AS bc (channel, last_id) VALUES (\(channel), 1)
                ON CONFLICT (channel) DO UPDATE SET last_id = bc.last_id + 1, updated_at = now()
                RETURNING last_id
            )
            INSERT INTO bus_messages (channel, message_id, data, group_ids, user_ids, topic_id)
            SELECT \(channel), next.last_id, \(data)::jsonb,
                \(groups(audience)), \(users(audience)), \(topic)::bigint
            FROM next
            """,
            "SELECT pg_notify(\(notifyChannel), \(channel))",
        ]
    }

    /// Tells those who follow a topic, and have not read it to its end, that there is more.
    static func publishUnread(of topic: TopicID, data: String) -> [SQL] {
        [
            """
            WITH readers AS (
                SELECT array_agg(tu.user_id) AS ids FROM (SELECT tu.user_id FROM topic_users tu
                    JOIN topics t ON t.id = tu.topic_id
                    WHERE tu.topic_id = \(topic) AND tu.notification_level >= 2
                        AND tu.last_read_post_number < t.highest_post_number
                    LIMIT \(TopicQueries.literal(Limits.toldAtOnceMax))) tu
            ), next AS (
                INSERT INTO bus_channels AS bc (channel, last_id)
                SELECT '/unread', 1 FROM readers WHERE readers.ids IS NOT NULL
                ON CONFLICT (channel) DO UPDATE SET last_id = bc.last_id + 1, updated_at = now()
                RETURNING last_id
            )
            INSERT INTO bus_messages (channel, message_id, data, user_ids, topic_id)
            SELECT '/unread', next.last_id, \(data)::jsonb, readers.ids, \(topic)
            FROM next CROSS JOIN readers
            """,
            "SELECT pg_notify(\(notifyChannel), '/unread')",
        ]
    }

    private static func groups(_ audience: Audience) -> SQL {
        switch audience {
        case .everybody, .users: "NULL::bigint[]"
        case .groups(let ids): "\(ids)::bigint[]"
        case .readers(let topic):
            """
            (SELECT CASE
                WHEN t.archetype = 'private_message' THEN array_remove(array_agg(ta.group_id), NULL)
                WHEN bool_or(cg.group_id = 0) THEN NULL
                ELSE array_remove(array_agg(cg.group_id), NULL) END
            FROM topics t
                LEFT JOIN category_groups cg ON cg.category_id = t.category_id
                LEFT JOIN topic_allowed_groups ta ON ta.topic_id = t.id
            WHERE t.id = \(topic) GROUP BY t.archetype)
            """
        }
    }

    private static func users(_ audience: Audience) -> SQL {
        switch audience {
        case .everybody, .groups: "NULL::bigint[]"
        case .users(let ids): "\(ids)::bigint[]"
        case .readers(let topic):
            """
            (SELECT array_agg(ta.user_id) FROM topic_allowed_users ta WHERE ta.topic_id = \(topic))
            """
        }
    }

    /// What `viewer` may receive of each channel after the id beside it. A message about a topic is
    /// held back when the topic cannot be seen now, whatever was true when it was published; that a
    /// topic was deleted is told to those who could see it if it were not.
    static func backlog(_ positions: [(channel: String, after: Int64)], for viewer: Viewer) -> SQL {
        let channels = positions.map(\.channel)
        let after = positions.map(\.after)
        let addressed: SQL =
            viewer.isAdmin
            // Of every group, but not another person.
            ? """
            (m.group_ids IS NOT NULL OR m.user_ids IS NULL
                OR m.user_ids @> ARRAY[\(viewer.principal?.id)::bigint])
            """
            : """
            ((m.group_ids IS NULL AND m.user_ids IS NULL)
                OR m.group_ids && \(viewer.groupIDs)::bigint[]
                OR m.user_ids @> ARRAY[\(viewer.principal?.id)::bigint])
            """
        return """
            SELECT m.global_id, m.message_id, m.channel, m.data
            FROM unnest(\(channels)::text[], \(after)::bigint[]) AS w(channel, after)
            JOIN bus_messages m ON m.channel = w.channel AND m.message_id > w.after
            WHERE \(addressed) AND (m.topic_id IS NULL
                OR EXISTS (SELECT 1 FROM topics t WHERE t.id = m.topic_id
                    AND \(Visibility.topic(viewer)))
                OR (m.channel = '/delete' AND EXISTS (SELECT 1 FROM topics t
                    JOIN categories c ON c.id = t.category_id
                    WHERE t.id = m.topic_id AND t.deleted_at IS NOT NULL AND t.visible
                        AND \(Visibility.category(viewer)))))
            ORDER BY m.global_id LIMIT 1000
            """
    }

    /// `channel, last_id` of those channels that were ever used.
    static func positions(_ channels: [String]) -> SQL {
        "SELECT channel, last_id FROM bus_channels WHERE channel = ANY(\(channels)::text[])"
    }

    /// As `positions`, without the channels of topics that the viewer cannot see, and of other
    /// people's notices: how much goes on in them is not theirs to know.
    static func positions(_ channels: [String], for viewer: Viewer) -> SQL {
        """
        SELECT bc.channel, bc.last_id FROM bus_channels bc
        WHERE bc.channel = ANY(\(channels)::text[])
            AND (bc.channel NOT LIKE '/notification/%'
                OR bc.channel = '/notification/' || \(viewer.principal?.id)::bigint)
            AND (bc.channel NOT LIKE '/unread/%'
                OR bc.channel = '/unread/' || \(viewer.principal?.id)::bigint)
            AND (bc.channel NOT LIKE '/reviewable_counts/%'
                OR bc.channel = '/reviewable_counts/' || \(viewer.principal?.id)::bigint)
            AND (bc.channel NOT LIKE '/topic/%'
            OR EXISTS (SELECT 1 FROM topics t
                WHERE t.id = substring(bc.channel FROM '^/topic/([0-9]{1,18})$')::bigint
                    AND \(Visibility.topic(viewer))))
        """
    }

    /// Keeps the newest messages of each channel, and none for longer than a day.
    static func trim() -> SQL {
        """
        DELETE FROM bus_messages m USING bus_channels c
        WHERE c.channel = m.channel AND (m.created_at < now() - interval '1 day'
            OR m.message_id <= c.last_id - \(Limits.busBacklogPerChannel))
        """
    }
}
