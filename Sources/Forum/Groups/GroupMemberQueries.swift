package import Postgres

/// The members of groups: who they are, who becomes one, who is no more.
enum GroupMemberQueries {
    typealias Owned = Permitted<ManagingGroup, Group>

    /// How many members the viewer may see, and a page of them.
    static func list(
        _ id: GroupID,
        _ query: GroupMemberListQuery,
        for viewer: Viewer
    ) -> [SQL] {
        var conditions: [SQL] = [
            "g.id = \(id)", GroupQueries.isVisible(viewer, "g.members_visibility_level"),
            "m.user_id > 0",
        ]
        if query.ownersOnly { conditions.append("m.owner") }
        if let text = query.text?.lowercased(), !text.isEmpty {
            conditions.append(
                """
                (strpos(u.username_lower, \(text)) > 0
                    OR strpos(lower(coalesce(u.name, '')), \(text)) > 0)
                """
            )
        }
        let matching: SQL = """
            FROM \(GroupQueries.tables(viewer)) JOIN group_users m ON m.group_id = g.id
                JOIN users u ON u.id = m.user_id
            WHERE \(SQL.joined(conditions, separator: " AND "))
            """
        return [
            "SELECT count(*) \(matching)",
            """
            SELECT u.id, u.username, u.name, u.title, m.owner, m.created_at,
                (\(lastPosted(viewer))),
                u.last_seen_at, u.trust_level, u.admin, u.moderator
            \(matching)
            ORDER BY \(order(query)) LIMIT \(query.limit) OFFSET \(query.offset)
            """,
        ]
    }

    /// When a member wrote last where the viewer may read; their own value also tells of the rest.
    private static func lastPosted(_ viewer: Viewer) -> SQL {
        """
        SELECT p.created_at FROM posts p JOIN topics t ON t.id = p.topic_id
        WHERE p.user_id = u.id AND t.archetype = 'regular' AND \(Visibility.topic(viewer))
            AND \(Visibility.post(viewer))
        ORDER BY p.created_at DESC LIMIT 1
        """
    }

    private static func order(_ query: GroupMemberListQuery) -> SQL {
        let direction: SQL = query.isAscending ? "ASC" : "DESC"
        switch query.order {
        case nil: return "m.owner DESC, u.username_lower"
        case .username: return "u.username_lower \(direction)"
        case .addedAt: return "m.created_at \(direction), u.username_lower"
        case .lastPostedAt: return "7 \(direction) NULLS LAST, u.username_lower"
        case .lastSeenAt: return "u.last_seen_at \(direction) NULLS LAST, u.username_lower"
        }
    }

    /// Who is meant by names, numbers and addresses; and who of them is in the group.
    static func people(
        _ people: GroupPeople,
        in group: GroupID?
    ) -> SQL {
        """
        SELECT DISTINCT u.id, u.username, gu.user_id IS NOT NULL, coalesce(gu.owner, false)
        FROM users u LEFT JOIN user_emails e ON e.user_id = u.id
            LEFT JOIN group_users gu ON gu.user_id = u.id
                AND gu.group_id = \(group)::bigint
        WHERE u.id > 0 AND (u.username_lower = ANY(\(people.nameKeys)::text[])
            OR u.id = ANY(\(people.ids.map(\.value))::bigint[])
            OR e.email_lower = ANY(\(people.emails)::text[]))
        ORDER BY u.id LIMIT \(Limits.groupMembersAtOnce + 1)
        """
    }

    /// Adds them; writes down who was added or made an owner. Returns who was not in it before.
    static func add(
        _ users: [UserID],
        to group: GroupID,
        asOwners: Bool,
        by actor: UserID,
        at now: Timestamp
    ) -> SQL {
        let event: SQL = "\(Event.userAddedToGroup.rawValue)"
        return """
            WITH wanted AS (
                SELECT u.id, gu.user_id IS NULL AS is_new, coalesce(gu.owner, false) AS was_owner
                FROM users u LEFT JOIN group_users gu ON gu.user_id = u.id AND gu.group_id = \(group)
                WHERE u.id = ANY(\(users.map(\.value))::bigint[]) AND u.id > 0
            ), added AS (
                INSERT INTO group_users (group_id, user_id, owner, created_at)
                SELECT \(group), wanted.id, \(asOwners)::boolean, \(now)::timestamptz FROM wanted
                ON CONFLICT (user_id, group_id)
                    DO UPDATE SET owner = group_users.owner OR excluded.owner
            ), history AS (
                INSERT INTO group_histories
                    (group_id, acting_user_id, target_user_id, action, created_at)
                SELECT \(group), \(actor), wanted.id, act.action, \(now)::timestamptz
                FROM wanted CROSS JOIN (VALUES (2::smallint), (4::smallint)) act (action)
                WHERE (act.action = 2 AND wanted.is_new)
                    OR (act.action = 4 AND \(asOwners)::boolean AND NOT wanted.was_owner)
            ), told AS (
                INSERT INTO outbox (event, user_id, data)
                SELECT \(event)::text, wanted.id,
                    jsonb_build_object('group_id', \(group)::bigint, 'user_id', wanted.id)
                FROM wanted WHERE wanted.is_new
            )
            SELECT wanted.id FROM wanted WHERE wanted.is_new
            """
    }

    /// Takes them out. Returns who was in it.
    static func remove(
        _ users: [UserID],
        from group: GroupID,
        by actor: UserID,
        at now: Timestamp
    ) -> SQL {
        """
        WITH removed AS (
            DELETE FROM group_users WHERE group_id = \(group)
                AND user_id = ANY(\(users.map(\.value))::bigint[]) RETURNING user_id
        ), history AS (
            INSERT INTO group_histories (group_id, acting_user_id, target_user_id, action, created_at)
            SELECT \(group), \(actor), removed.user_id, 3, \(now)::timestamptz FROM removed
        ), told AS (
            INSERT INTO outbox (event, user_id, data)
            SELECT \(Event.userRemovedFromGroup.rawValue)::text, removed.user_id,
                jsonb_build_object('group_id', \(group)::bigint, 'user_id', removed.user_id)
            FROM removed
        )
        SELECT user_id FROM removed
        """
    }

    /// They stay members.
    static func removeOwners(_ users: [UserID], of group: Owned, at now: Timestamp) -> SQL {
        """
        WITH removed AS (
            UPDATE group_users SET owner = false WHERE group_id = \(group.resource.id) AND owner
                AND user_id = ANY(\(users.map(\.value))::bigint[]) RETURNING user_id
        ), history AS (
            INSERT INTO group_histories (group_id, acting_user_id, target_user_id, action, created_at)
            SELECT \(group.resource.id), \(group.principal.id), removed.user_id, 5,
                \(now)::timestamptz
            FROM removed
        )
        SELECT user_id FROM removed
        """
    }

    static func setLevelOfAll(_ level: Int, in group: Permitted<EditingGroup, Group>) -> SQL {
        """
        UPDATE group_users SET notification_level = \(level)::smallint
        WHERE group_id = \(group.resource.id)
        """
    }

    static func setLevel(_ level: Int, in group: GroupID, of user: UserID) -> SQL {
        """
        UPDATE group_users SET notification_level = \(level)::smallint
        WHERE group_id = \(group) AND user_id = \(user)
        """
    }
}

extension GroupMember: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        username = try row.next()
        name = try row.next()
        title = try row.next()
        isOwner = try row.next()
        addedAt = try row.next()
        lastPostedAt = try row.next()
        lastSeenAt = try row.next()
        trustLevel = try row.next()
        isAdmin = try row.next()
        isModerator = try row.next()
    }
}

extension GroupPerson: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        username = try row.next()
        isMember = try row.next()
        isOwner = try row.next()
    }
}
