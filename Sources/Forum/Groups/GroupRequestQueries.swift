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
