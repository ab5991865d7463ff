package import Postgres

enum CategoryQueries {
    /// The categories that the viewer may know of, parents before children.
    static func categories(for viewer: Viewer, at now: Timestamp) -> SQL {
        """
        \(select(for: viewer, at: now)) WHERE \(Visibility.category(viewer))
        ORDER BY c.parent_category_id IS NOT NULL, c.position, c.id
        """
    }

    static func category(_ id: CategoryID, for viewer: Viewer, at now: Timestamp) -> SQL {
        "\(select(for: viewer, at: now)) WHERE c.id = \(id) AND \(Visibility.category(viewer))"
    }

    static func subcategories(of id: CategoryID, for viewer: Viewer) -> SQL {
        """
        SELECT c.id FROM categories c
        WHERE c.parent_category_id = \(id) AND \(Visibility.category(viewer))
        ORDER BY c.position, c.id
        """
    }

    /// The category of a path of one or two slugs.
    static func id(slug: String, parentSlug: String?, for viewer: Viewer) -> SQL {
        """
        SELECT c.id FROM categories c
            LEFT JOIN categories parent ON parent.id = c.parent_category_id
        WHERE c.slug = \(slug) AND \(Visibility.category(viewer))
            AND CASE WHEN \(parentSlug)::text IS NULL THEN true
                ELSE parent.slug = \(parentSlug)::text END
        ORDER BY c.parent_category_id IS NOT NULL, c.id LIMIT 1
        """
    }

    private static func select(for viewer: Viewer, at now: Timestamp) -> SQL {
        """
        SELECT c.id, c.name, c.slug, c.color, c.text_color, c.description_raw,
            c.description_cooked, c.parent_category_id, parent.slug, c.position, c.topic_id, about.slug,
            c.topic_count, c.post_count, c.read_restricted, c.email_in, c.email_in_allow_strangers,
            c.mailinglist_mirror, c.list_id, c.default_view, c.topic_template,
            c.minimum_required_tags, c.num_featured_topics, c.created_at,
            \(permission(viewer)), coalesce(cu.notification_level, 1), cu.delivery, latest.at,
            coalesce(recent.day, 0), coalesce(recent.week, 0), coalesce(recent.month, 0),
            coalesce(recent.year, 0), \(viewer.isAdmin)::boolean,
            \(CategorySettingQueries.columns(viewer))
        FROM categories c
            LEFT JOIN categories parent ON parent.id = c.parent_category_id
            LEFT JOIN topics about ON about.id = c.topic_id
            LEFT JOIN category_users cu ON cu.category_id = c.id
                AND cu.user_id = \(viewer.principal?.id)::bigint
            LEFT JOIN LATERAL (SELECT t.bumped_at AS at FROM topics t
                WHERE t.category_id = c.id AND t.archetype = 'regular' AND \(Visibility.topic(viewer))
                ORDER BY t.bumped_at DESC, t.id DESC LIMIT 1) latest ON true
            LEFT JOIN (SELECT t.category_id,
                    count(*) FILTER (WHERE t.created_at > \(now - 86_400)) AS day,
                    count(*) FILTER (WHERE t.created_at > \(now - 7 * 86_400)) AS week,
                    count(*) FILTER (WHERE t.created_at > \(now - 30 * 86_400)) AS month,
                    count(*) AS year
                FROM topics t
                WHERE t.archetype = 'regular' AND t.created_at > \(now - 365 * 86_400)
                    AND \(Visibility.topic(viewer))
                GROUP BY t.category_id) recent ON recent.category_id = c.id
        """
    }

    /// The best permission any group of the viewer has; a visitor has none to act.
    private static func permission(_ viewer: Viewer) -> SQL {
        guard let principal = viewer.principal else { return "NULL::smallint" }
        if principal.isAdmin { return "1::smallint" }
        return """
            (SELECT min(cg.permission_type) FROM category_groups cg WHERE cg.category_id = c.id
                AND cg.group_id = ANY(\(principal.groupIDs)::bigint[]))
            """
    }

    static func groupsWithout(_ id: CategoryID) -> SQL {
        """
        SELECT g.name FROM groups g WHERE NOT EXISTS (SELECT 1 FROM category_groups cg
            WHERE cg.category_id = \(id) AND cg.group_id = g.id)
        ORDER BY g.name_lower LIMIT 1000
        """
    }

    static func permissions(of id: CategoryID) -> SQL {
        """
        SELECT g.id, g.name, cg.permission_type FROM category_groups cg
            JOIN groups g ON g.id = cg.group_id
        WHERE cg.category_id = \(id) ORDER BY g.id
        """
    }
}

extension Category: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
        slug = try row.next()
        color = try row.next()
        textColor = try row.next()
        descriptionRaw = try row.next()
        descriptionCooked = try row.next()
        parentID = try row.next()
        parentSlug = try row.next()
        position = try row.next()
        topicID = try row.next()
        topicSlug = try row.next()
        topicCount = try row.next()
        postCount = try row.next()
        isReadRestricted = try row.next()
        emailIn = try row.next()
        emailInAllowStrangers = try row.next()
        isMailingListMirror = try row.next()
        listID = try row.next()
        defaultView = try row.next()
        topicTemplate = try row.next()
        minimumRequiredTags = try row.next()
        numFeaturedTopics = try row.next()
        createdAt = try row.next()
        permission = try row.next()
        notificationLevel = try row.next()
        delivery = try Delivery(from: &row)
        lastActivityAt = try row.next()
        topicsDay = try row.next()
        topicsWeek = try row.next()
        topicsMonth = try row.next()
        topicsYear = try row.next()
        subcategoryIDs = []
        canEdit = try row.next()
        settings = try CategorySettings(from: &row)
    }
}

extension CategoryPermission: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        groupID = try row.next()
        groupName = try row.next()
        permission = try row.next()
    }
}
