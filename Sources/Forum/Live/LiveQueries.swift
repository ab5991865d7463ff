import Postgres

enum LiveQueries {
    /// The channel of NOTIFY whose payload is the bus channel that has something new.
    static let notifyChannel = "parley_bus"

    // MARK: Publishing

    /// Adds a message to a channel. The counter's row lock makes ids of one channel commit in order.
    static func publish(
        channel: String,
        data: String,
        to audience: Audience,
        about topic: TopicID?
    ) -> [SQL] {
        [
            """
            WITH next AS (\(next("SELECT \(channel)::text AS channel")))
            INSERT INTO bus_messages (channel, message_id, data, group_ids, user_ids, topic_id)
            SELECT next.channel, next.last_id, \(data)::jsonb,
                \(groups(audience)), \(users(audience)), \(topic)::bigint
            FROM next
            """,
            "SELECT pg_notify(\(notifyChannel), \(channel))",
        ]
    }

    /// Adds one message to a channel for the people that a query finds; none when it finds nobody.
    ///
    /// - Parameters:
    ///   - data: SQL of `jsonb`, of the topic `t`.
    ///   - people: A query of numbers of people, of the topic `t`.
    static func publish(
        channel: String,
        data: SQL,
        toPeople people: SQL,
        about topic: TopicID
    ) -> SQL {
        """
        WITH told AS MATERIALIZED (
            SELECT t.id, \(data) AS data, ARRAY(\(people)) AS people
            FROM topics t WHERE t.id = \(topic)
        ), next AS (
            \(next("SELECT \(channel)::text AS channel FROM told WHERE told.people <> '{}'"))
        ), written AS (
            INSERT INTO bus_messages (channel, message_id, data, user_ids, topic_id)
            SELECT next.channel, next.last_id, told.data, told.people, told.id
            FROM next CROSS JOIN told RETURNING channel
        )
        SELECT pg_notify(\(notifyChannel), written.channel) FROM written
        """
    }

    /// Adds a message to each of some people's own channels.
    ///
    /// - Parameter people: A query of `user_id, data`, one row a person.
    static func publish(
        on channel: PersonalChannel,
        toEach people: SQL,
        about topic: TopicID? = nil
    ) -> SQL {
        publish(
            toEach: """
                SELECT \(channel.rawValue)::text AS channel, person.user_id, person.data
                FROM (\(people)) person
                """,
            about: topic
        )
    }

    /// Adds messages to several channels of some people's own.
    ///
    /// - Parameter people: A query of `channel, user_id, data`, one row a person and kind of channel.
    ///   Channels are counted up in the order of their names, so that two transactions never wait for
    ///   each other in a circle.
    static func publish(toEach people: SQL, about topic: TopicID? = nil) -> SQL {
        """
        WITH told AS MATERIALIZED (
            SELECT person.channel || person.user_id AS channel, person.user_id, person.data
            FROM (\(people)) person ORDER BY 1
        ), next AS (\(next("SELECT told.channel FROM told ORDER BY told.channel"))),
        written AS (
            INSERT INTO bus_messages (channel, message_id, data, user_ids, topic_id)
            SELECT next.channel, next.last_id, told.data, ARRAY[told.user_id], \(topic)::bigint
            FROM told JOIN next ON next.channel = told.channel
            RETURNING channel
        )
        SELECT count(pg_notify(\(notifyChannel), written.channel)) FROM written
        """
    }

    /// On `/categories`, what a category is now, for those who may see it; that it is gone, where it
    /// was open to everyone.
    ///
    /// - Parameter event: That says `category_id` and, of one that is gone, `was_open`.
    static func publishCategory(of event: Int64) -> SQL {
        """
        WITH named AS (
            SELECT (o.data ->> 'category_id')::bigint AS id, (o.data ->> 'was_open')::boolean AS was_open
            FROM outbox o WHERE o.id = \(event)
        ), told AS MATERIALIZED (
            SELECT '/categories' AS channel, jsonb_build_object('categories', jsonb_build_array(
                jsonb_build_object('id', c.id, 'name', c.name, 'slug', c.slug, 'color', c.color,
                    'text_color', c.text_color, 'position', c.position,
                    'parent_category_id', c.parent_category_id,
                    'read_restricted', NOT access.is_open))) AS data,
                CASE WHEN NOT access.is_open THEN access.groups END AS groups
            FROM named JOIN categories c ON c.id = named.id
                CROSS JOIN LATERAL (SELECT coalesce(bool_or(cg.group_id = 0), false) AS is_open,
                        coalesce(array_agg(cg.group_id), '{}') AS groups
                    FROM category_groups cg WHERE cg.category_id = c.id) access
            UNION ALL
            SELECT '/categories', jsonb_build_object('categories', '[]'::jsonb,
                'deleted_categories', jsonb_build_array(named.id)),
                CASE WHEN named.was_open THEN NULL ELSE '{}'::bigint[] END
            FROM named WHERE named.was_open IS NOT NULL
        ), next AS (\(next("SELECT told.channel FROM told"))),
        written AS (
            INSERT INTO bus_messages (channel, message_id, data, group_ids)
            SELECT next.channel, next.last_id, told.data, told.groups
            FROM told JOIN next ON next.channel = told.channel RETURNING channel
        )
        SELECT pg_notify(\(notifyChannel), written.channel) FROM written
        """
    }

    /// Tells one person something about themself.
    static func publish(on channel: PersonalChannel, of user: UserID, data: String) -> [SQL] {
        publish(
            channel: "\(channel.rawValue)\(user)",
            data: data,
            to: .users([user.value]),
            about: nil
        )
    }

    /// Counts channels up; answers `channel, last_id`.
    private static func next(_ channels: SQL) -> SQL {
        """
        INSERT INTO bus_channels AS bc (channel, last_id)
        SELECT wanted.channel, 1 FROM (\(channels)) wanted
        ON CONFLICT (channel) DO UPDATE SET last_id = bc.last_id + 1, updated_at = now()
        RETURNING channel, last_id
        """
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

    // MARK: Reading

    /// What `viewer` may receive of each channel after the id beside it. A message about a topic is
    /// held back when the topic cannot be seen now, whatever was true when it was published; that a
    /// topic was deleted is told to those who could see it if it were not.
    static func backlog(_ positions: [(channel: String, after: Int64)], for viewer: Viewer) -> SQL {
        let channels = positions.map(\.channel)
        let after = positions.map(\.after)
        return """
            SELECT m.global_id, m.message_id, m.channel, m.data
            FROM unnest(\(channels)::text[], \(after)::bigint[]) AS w(channel, after)
            JOIN bus_messages m ON m.channel = w.channel AND m.message_id > w.after
            WHERE \(isAddressed(to: viewer)) AND \(isVisible(to: viewer))
            ORDER BY m.global_id LIMIT \(TopicQueries.literal(Limits.busMessagesAtOnce))
            """
    }

    /// All of one channel after an id, with whether it is addressed to `viewer` and whether they may
    /// see what it speaks of.
    static func shared(_ channel: String, after: Int64, for viewer: Viewer) -> SQL {
        """
        SELECT m.global_id, m.message_id, m.channel, m.data, \(isAddressed(to: viewer)),
            \(isVisible(to: viewer))
        FROM bus_messages m WHERE m.channel = \(channel) AND m.message_id > \(after)
        ORDER BY m.global_id
        """
    }

    /// `message_id, user_id`: what is addressed to some people by their numbers.
    static func addressees(in channel: String, after: Int64, among people: [Int64]) -> SQL {
        """
        SELECT m.message_id, listener.id FROM bus_messages m
            CROSS JOIN LATERAL unnest(m.user_ids) AS listener (id)
        WHERE m.channel = \(channel) AND m.message_id > \(after)
            AND listener.id IN (SELECT unnest(\(people)::bigint[]))
        """
    }

    private static func isAddressed(to viewer: Viewer) -> SQL {
        viewer.isAdmin
            // Of every group, but not another person.
            ? """
            coalesce(m.group_ids IS NOT NULL OR m.user_ids IS NULL
                OR m.user_ids @> ARRAY[\(viewer.principal?.id)::bigint], FALSE)
            """
            : """
            coalesce((m.group_ids IS NULL AND m.user_ids IS NULL)
                OR m.group_ids && \(viewer.groupIDs)::bigint[]
                OR m.user_ids @> ARRAY[\(viewer.principal?.id)::bigint], FALSE)
            """
    }

    private static func isVisible(to viewer: Viewer) -> SQL {
        """
        (m.topic_id IS NULL
            OR EXISTS (SELECT 1 FROM topics t WHERE t.id = m.topic_id
                AND \(Visibility.topic(viewer)))
            OR (m.channel = '/delete' AND EXISTS (SELECT 1 FROM topics t
                JOIN categories c ON c.id = t.category_id
                WHERE t.id = m.topic_id AND t.deleted_at IS NOT NULL AND t.visible
                    AND \(Visibility.category(viewer)))))
        """
    }

    /// `channel, last_id` of those channels that were ever used.
    static func positions(_ channels: [String]) -> SQL {
        "SELECT channel, last_id FROM bus_channels WHERE channel = ANY(\(channels)::text[])"
    }

    /// As `positions`, without the channels of topics that the viewer cannot see, and of other
    /// people: how much goes on in them is not theirs to know.
    static func positions(_ channels: [String], for viewer: Viewer) -> SQL {
        let own = viewer.principal?.id
        let others = PersonalChannel.allCases.map { channel -> SQL in
            """
            AND (NOT starts_with(bc.channel, \(channel.rawValue)::text)
                OR bc.channel = \(channel.rawValue)::text || \(own)::bigint)
            """
        }
        return """
            SELECT bc.channel, bc.last_id FROM bus_channels bc
            WHERE bc.channel = ANY(\(channels)::text[]) \(SQL.joined(others, separator: " "))
                AND (\(viewer.isStaff) OR NOT starts_with(bc.channel, '/admin/'))
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
