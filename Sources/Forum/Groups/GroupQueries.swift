package import Postgres

enum GroupQueries {
    private static func columns(_ viewer: Viewer) -> SQL {
        """
        g.id, g.name, g.full_name, g.automatic,
        (SELECT count(*) FROM group_users n JOIN users nu ON nu.id = n.user_id
            WHERE n.group_id = g.id AND nu.id > 0),
        g.mentionable_level, g.messageable_level, g.visibility_level, g.members_visibility_level,
        g.default_notification_level, g.created_at, me.user_id IS NOT NULL,
        coalesce(me.owner, false), g.bio_raw, g.bio_cooked, g.title, g.grant_trust_level,
        g.primary_group, g.flair_icon, g.flair_color, g.flair_bg_color, g.public_admission,
        g.public_exit, g.allow_membership_requests, g.membership_request_template,
        g.publish_read_state, g.automatic_membership_email_domains, g.incoming_email,
        \(isVisible(viewer, "g.members_visibility_level"))
        """
    }

    /// A group `g` with `me`, the viewer's membership.
    static func tables(_ viewer: Viewer) -> SQL {
        """
        groups g LEFT JOIN group_users me ON me.group_id = g.id
            AND me.user_id = \(viewer.principal?.id)::bigint
        """
    }

    /// Holds for a group `g`, joined as in `tables`, that the viewer may know of.
    static func isVisible(_ viewer: Viewer, _ level: SQL = "g.visibility_level") -> SQL {
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
        ORDER BY g.name_lower LIMIT 5000
        """
    }

    static func groups(of user: UserID, for viewer: Viewer) -> SQL {
        """
        SELECT \(columns(viewer)) FROM \(tables(viewer)) WHERE \(isVisible(viewer))
            AND \(hasMember(user, for: viewer)) AND g.id <> 0
        ORDER BY g.id
        """
    }

    /// Holds for a group `g` of which the viewer may know that `user` is in it.
    private static func hasMember(_ user: UserID, for viewer: Viewer) -> SQL {
        """
        EXISTS (SELECT 1 FROM group_users x WHERE x.group_id = g.id AND x.user_id = \(user)
            AND (\(isVisible(viewer, "g.members_visibility_level"))
                OR x.user_id = \(viewer.principal?.id)::bigint))
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

    static func ids(nameKeys: [String]) -> SQL {
        "SELECT id, name_lower FROM groups WHERE name_lower = ANY(\(nameKeys)::text[])"
    }

    // MARK: The list

    /// How many there are, and one page of them.
    static func list(_ query: GroupListQuery, for viewer: Viewer) -> [SQL] {
        let conditions = conditions(query, viewer)
        let order: SQL =
            switch (query.order, query.isAscending) {
            case (.name, true): "g.name_lower"
            case (.name, false): "g.name_lower DESC"
            case (.userCount, true): "5, g.name_lower"
            case (.userCount, false): "5 DESC, g.name_lower"
            }
        return [
            "SELECT count(*) FROM \(tables(viewer)) WHERE \(conditions)",
            """
            SELECT \(columns(viewer)) FROM \(tables(viewer)) WHERE \(conditions)
            ORDER BY \(order) LIMIT \(query.limit) OFFSET \(query.offset)
            """,
        ]
    }

    private static func conditions(_ query: GroupListQuery, _ viewer: Viewer) -> SQL {
        var parts: [SQL] = [isVisible(viewer), "g.id > 0"]
        if let user = query.member { parts.append(hasMember(user, for: viewer)) }
        if let text = query.text {
            parts.append(
                """
                (strpos(g.name_lower, \(text.lowercased())) > 0
                    OR strpos(lower(coalesce(g.full_name, '')), \(text.lowercased())) > 0)
                """
            )
        }
        if query.hidesAutomatic { parts.append("(NOT g.automatic OR g.id = 2)") }
        switch query.type {
        case nil: break
        case .my: parts.append("me.user_id IS NOT NULL")
        case .owner: parts.append("coalesce(me.owner, false)")
        case .public: parts.append("g.public_admission AND NOT g.automatic")
        case .close: parts.append("NOT g.public_admission AND NOT g.automatic")
        case .automatic: parts.append("g.automatic")
        case .nonAutomatic: parts.append("NOT g.automatic")
        }
        return SQL.joined(parts, separator: " AND ")
    }

    static func names(for viewer: Viewer) -> SQL {
        """
        SELECT g.name FROM \(tables(viewer)) WHERE \(isVisible(viewer)) AND g.id > 0
        ORDER BY g.name_lower LIMIT 1000
        """
    }

    // MARK: One group beyond its row

    /// How many messages the group has been sent.
    static func messageCount(_ id: GroupID) -> SQL {
        """
        SELECT count(*) FROM topic_allowed_groups ta JOIN topics t ON t.id = ta.topic_id
        WHERE ta.group_id = \(id) AND t.deleted_at IS NULL
        """
    }

    static func categoryLevels(_ id: GroupID, for viewer: Viewer) -> SQL {
        """
        SELECT l.notification_level, c.id, c.slug FROM group_category_levels l
            JOIN categories c ON c.id = l.category_id
        WHERE l.group_id = \(id) AND \(Visibility.category(viewer)) ORDER BY c.id
        """
    }

    /// Which of the numbers are groups.
    static func known(_ ids: [Int64]) -> SQL {
        "SELECT id FROM groups WHERE id = ANY(\(ids)::bigint[])"
    }

    static func tagLevels(_ id: GroupID) -> SQL {
        """
        SELECT l.notification_level, t.id, t.name FROM group_tag_levels l
            JOIN tags t ON t.id = l.tag_id
        WHERE l.group_id = \(id) ORDER BY t.name
        """
    }
}

/// A category or tag that members of a group follow.
struct GroupLevelRow: RowDecodable {
    let level: Int
    let id: Int64
    let name: String

    init(from row: inout RowReader) throws(PostgresError) {
        level = try row.next()
        id = try row.next()
        name = try row.next()
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
        bioRaw = try row.next()
        bioCooked = try row.next()
        title = try row.next()
        grantTrustLevel = try row.next()
        isPrimary = try row.next()
        flairIcon = try row.next()
        flairColor = try row.next()
        flairBackground = try row.next()
        isOpenToJoin = try row.next()
        isOpenToLeave = try row.next()
        takesRequests = try row.next()
        requestTemplate = try row.next()
        publishesReadState = try row.next()
        emailDomains = try row.next()
        incomingEmail = try row.next()
        canSeeMembers = try row.next()
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
