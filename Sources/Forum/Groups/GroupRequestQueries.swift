import Postgres

enum GroupRequestQueries {
    typealias Managed = Permitted<ManagingGroup, Group>

    static func insert(
        _ group: Permitted<JoiningGroup, Group>,
        reason: String,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO group_requests (group_id, user_id, reason, created_at)
        VALUES (\(group.resource.id), \(group.principal.id), \(reason), \(now))
        ON CONFLICT (group_id, user_id) DO NOTHING
        """
    }

    static func owners(of group: GroupID) -> SQL {
        """
        SELECT u.username FROM group_users gu JOIN users u ON u.id = gu.user_id
        WHERE gu.group_id = \(group) AND gu.owner AND u.active AND u.id > 0
        ORDER BY u.last_seen_at DESC NULLS LAST, u.id LIMIT \(Limits.groupOwnersTold)
        """
    }

    /// Which message the request went out as; an event, behind that of the message.
    static func sent(
        _ group: Permitted<JoiningGroup, Group>,
        as topic: TopicID
    ) -> [SQL] {
        [
            """
            UPDATE group_requests SET topic_id = \(topic)
            WHERE group_id = \(group.resource.id) AND user_id = \(group.principal.id)
            """,
            OutboxQueries.record(.membershipRequested, topic: topic, by: group.principal.id),
        ]
    }

    /// Who has more than `threshold` unread messages within a day that ask for one group has one
    /// notice of them, which counts them.
    ///
    /// - Parameter topic: The newest of the messages.
    static func consolidate(_ topic: TopicID?, threshold: Int) -> SQL {
        """
        WITH request AS (
            SELECT r.group_id, g.name FROM group_requests r JOIN groups g ON g.id = r.group_id
            WHERE r.topic_id = \(topic)::bigint
        ), recent AS MATERIALIZED (
            SELECT n.id, n.user_id, n.notification_type, request.group_id, request.name,
                CASE n.notification_type WHEN 6 THEN 1 ELSE (n.data ->> 'count')::int END AS number
            FROM request JOIN notifications told ON told.topic_id = \(topic)::bigint
                    AND told.notification_type = 6 AND NOT told.read
                JOIN notifications n ON n.user_id = told.user_id AND NOT n.read
                    AND n.created_at > now() - interval '24 hours'
            WHERE (n.notification_type = 6 AND n.topic_id IN (SELECT r.topic_id
                    FROM group_requests r WHERE r.group_id = request.group_id))
                OR (n.notification_type = 23 AND n.data ->> 'group_name' = request.name)
        ), owners AS (
            SELECT user_id, group_id, name, sum(number) AS number FROM recent
            GROUP BY user_id, group_id, name
            HAVING bool_or(notification_type = 23) OR count(*) > \(threshold)::int
        ), gone AS (
            DELETE FROM notifications n USING recent, owners
            WHERE n.id = recent.id AND recent.user_id = owners.user_id
        )
        INSERT INTO notifications (user_id, notification_type, data)
        SELECT user_id, 23, jsonb_build_object('group_id', group_id, 'group_name', name,
            'count', number) FROM owners
        """
    }

    static func list(_ group: Managed, limit: Int, offset: Int) -> [SQL] {
        [
            "SELECT count(*) FROM group_requests WHERE group_id = \(group.resource.id)",
            """
            SELECT \(TopicQueries.userCardColumns), r.reason, r.created_at
            FROM group_requests r JOIN users u ON u.id = r.user_id
            WHERE r.group_id = \(group.resource.id)
            ORDER BY r.id LIMIT \(limit) OFFSET \(offset)
            """,
        ]
    }

    static func delete(_ user: UserID, _ group: Managed) -> SQL {
        """
        DELETE FROM group_requests WHERE group_id = \(group.resource.id) AND user_id = \(user)
        """
    }

    static func tellAccepted(_ user: UserID, _ group: Managed) -> SQL {
        """
        INSERT INTO notifications (user_id, notification_type, data)
        VALUES (\(user), \(NotificationKind.membershipRequestAccepted.rawValue),
            jsonb_build_object('group_id', \(group.resource.id)::bigint,
                'group_name', \(group.resource.name)::text))
        """
    }
}
