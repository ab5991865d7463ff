package import Postgres

enum GroupQueries {
    typealias Owned = Permitted<ManagingGroup, Group>

    private static func columns(_ viewer: Viewer) -> SQL {
        """
        g.id, g.name, g.full_name, g.automatic,
        (SELECT count(*) FROM group_users n JOIN users nu ON nu.id = n.user_id
            WHERE n.group_id = g.id AND nu.id > 0),
        g.mentionable_level, g.messageable_level, g.visibility_level, g.members_visibility_level,
        g.default_notification_level, g.created_at, me.user_id IS NOT NULL,
        coalesce(me.owner, false)
        """
    }

    private static func tables(_ viewer: Viewer) -> SQL {
        """
        groups g LEFT JOIN group_users me ON me.group_id = g.id
            AND me.user_id = \(viewer.principal?.id)::bigint
        """
    }

    /// Holds for a group `g`, joined as in `tables`, that the viewer may know of.
    private static func isVisible(_ viewer: Viewer, _ level: SQL = "g.visibility_level") -> SQL {
        if viewer.isAdmin { return "TRUE" }
        let isLoggedIn = viewer.principal != nil
        return """
            CASE \(level) WHEN 0 THEN true WHEN 1 THEN \(isLoggedIn)::boolean
                WHEN 2 THEN me.user_id IS NOT NULL
                WHEN 3 THEN \(viewer.isStaff)::boolean OR coalesce(me.owner, false)
                ELSE coalesce(me.owner, false) END
            """
    }

    static func groups(for viewer: Viewer) -> SQL {
        """
        SELECT \(columns(viewer)) FROM \(tables(viewer)) WHERE \(isVisible(viewer))
        ORDER BY g.name_lower
        """
    }

    static func groups(of user: UserID, for viewer: Viewer) -> SQL {
        """
        SELECT \(columns(viewer)) FROM \(tables(viewer)) WHERE \(isVisible(viewer))
            AND (g.id = 0 OR EXISTS (SELECT 1 FROM group_users x
                WHERE x.group_id = g.id AND x.user_id = \(user)
                    AND (\(isVisible(viewer, "g.members_visibility_level"))
                        OR x.user_id = \(viewer.principal?.id)::bigint)))
            AND g.id <> 0
        ORDER BY g.id
        """
    }

    static func group(nameKey: String, for viewer: Viewer) -> SQL {
        """
        SELECT \(columns(viewer)) FROM \(tables(viewer))
        WHERE g.name_lower = \(nameKey) AND \(isVisible(viewer))
        """
    }

    static func group(id: GroupID, for viewer: Viewer) -> SQL {
        """
        SELECT \(columns(viewer)) FROM \(tables(viewer)) WHERE g.id = \(id) AND \(isVisible(viewer))
        """
    }

    /// The members of a group the viewer may see the members of, and how many they are.
    static func members(of id: GroupID, for viewer: Viewer, limit: Int, offset: Int) -> [SQL] {
        let visible = isVisible(viewer, "g.members_visibility_level")
        return [
            """
            SELECT count(*) FROM \(tables(viewer)) JOIN group_users m ON m.group_id = g.id
            WHERE g.id = \(id) AND \(visible) AND m.user_id > 0
            """,
            """
            SELECT u.id, u.username, u.name, u.title, m.owner, m.created_at, u.last_posted_at,
                u.last_seen_at, u.trust_level, u.admin, u.moderator
            FROM \(tables(viewer)) JOIN group_users m ON m.group_id = g.id
                JOIN users u ON u.id = m.user_id
            WHERE g.id = \(id) AND \(visible) AND m.user_id > 0
            ORDER BY m.owner DESC, u.username_lower LIMIT \(limit) OFFSET \(offset)
            """,
        ]
    }

    static func insert(
        _ group: NewGroup,
        _ permitted: Permitted<AdministerSite, WholeSite>,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO groups (name, name_lower, full_name, visibility_level,
            members_visibility_level, mentionable_level, messageable_level, created_at)
        VALUES (\(group.name), \(UsernameRules.fold(group.name)), \(group.fullName),
            \(group.visibilityLevel.rawValue), \(group.membersVisibilityLevel.rawValue),
            \(group.mentionableLevel.rawValue), \(group.messageableLevel.rawValue), \(now))
        RETURNING id
        """
    }

    static func delete(_ group: Owned) -> SQL {
        "DELETE FROM groups WHERE id = \(group.resource.id) AND NOT automatic"
    }

    static func addMembers(_ users: [Int64], to group: Owned, asOwners: Bool) -> SQL {
        """
        INSERT INTO group_users (group_id, user_id, owner)
        SELECT \(group.resource.id), u.id, \(asOwners) FROM users u
        WHERE u.id = ANY(\(users)::bigint[]) AND u.id > 0
        ON CONFLICT (user_id, group_id) DO UPDATE SET owner = group_users.owner OR excluded.owner
        """
    }

    static func removeMembers(_ users: [Int64], from group: Owned) -> SQL {
        """
        DELETE FROM group_users WHERE group_id = \(group.resource.id)
            AND user_id = ANY(\(users)::bigint[])
        """
    }

    /// Which of the numbers are groups.
    static func known(_ ids: [Int64]) -> SQL {
        "SELECT id FROM groups WHERE id = ANY(\(ids)::bigint[])"
    }

    static func ids(nameKeys: [String]) -> SQL {
        "SELECT id, name_lower FROM groups WHERE name_lower = ANY(\(nameKeys)::text[])"
    }
}

extension Group: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
        fullName = try row.next()
        isAutomatic = try row.next()
        userCount = try row.next()
        mentionableLevel = try row.next()
        messageableLevel = try row.next()
        visibilityLevel = try row.next()
        membersVisibilityLevel = try row.next()
        defaultNotificationLevel = try row.next()
        createdAt = try row.next()
        isMember = try row.next()
        isOwner = try row.next()
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

struct GroupName: RowDecodable {
    let id: GroupID
    let nameKey: String

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        nameKey = try row.next()
    }
}
