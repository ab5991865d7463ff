package import Postgres

enum TagQueries {
    /// What `Tag.init(from:)` reads, of `g`, `n` (topics counted), `gu` and `target`.
    private static let columns: SQL = """
        g.id, g.name, g.slug, g.description, coalesce(n.topics, 0),
        coalesce(gu.notification_level, 1), gu.delivery, g.target_tag_id, target.name,
        EXISTS (SELECT 1 FROM tag_group_memberships sm WHERE sm.tag_id = g.id)
            AND NOT EXISTS (SELECT 1 FROM tag_group_memberships sm
                JOIN tag_group_permissions sp ON sp.tag_group_id = sm.tag_group_id
                WHERE sm.tag_id = g.id AND sp.permission_type = 1 AND sp.group_id NOT IN (1, 2, 3))
        """

    private static func joins(_ viewer: Viewer) -> SQL {
        """
        LEFT JOIN tags target ON target.id = g.target_tag_id
        LEFT JOIN tag_users gu ON gu.tag_id = g.id
            AND gu.user_id = \(viewer.principal?.id)::bigint
        """
    }

    /// Tags with the topics that the viewer may read, counted. What others use is no tag to a
    /// viewer who sees none of those topics; staff sees unused tags too.
    static func tags(for viewer: Viewer) -> SQL {
        let join: SQL = viewer.isStaff ? "LEFT JOIN" : "JOIN"
        return """
            SELECT \(columns)
            FROM tags g
                \(join) (
                    SELECT tt.tag_id, count(*) AS topics FROM topic_tags tt
                        JOIN topics t ON t.id = tt.topic_id
                    WHERE t.archetype = 'regular' AND \(Visibility.topic(viewer))
                    GROUP BY tt.tag_id
                ) n ON n.tag_id = g.id
                \(joins(viewer))
            WHERE g.target_tag_id IS NULL AND \(Visibility.tag(viewer))
            ORDER BY 5 DESC, g.name_lower LIMIT \(TopicQueries.literal(Limits.tagsListedMax))
            """
    }

    /// One tag by name; a synonym is found where its target is.
    static func tag(nameKey: String, for viewer: Viewer) -> SQL {
        """
        SELECT \(columns) FROM tags g
            CROSS JOIN LATERAL (\(counted(viewer))) n
            \(joins(viewer))
        WHERE g.name_lower = \(nameKey) AND \(exists(viewer))
        """
    }

    static func tag(_ id: TagID, for viewer: Viewer) -> SQL {
        """
        SELECT \(columns) FROM tags g
            CROSS JOIN LATERAL (\(counted(viewer))) n
            \(joins(viewer))
        WHERE g.id = \(id) AND \(exists(viewer))
        """
    }

    private static func counted(_ viewer: Viewer) -> SQL {
        """
        SELECT count(*) AS topics FROM topic_tags tt JOIN topics t ON t.id = tt.topic_id
        WHERE tt.tag_id = coalesce(g.target_tag_id, g.id) AND t.archetype = 'regular'
            AND \(Visibility.topic(viewer))
        """
    }

    private static func exists(_ viewer: Viewer) -> SQL {
        "(n.topics > 0 OR \(viewer.isStaff)::boolean) AND \(Visibility.tag(viewer))"
    }

    static func synonyms(of id: TagID, for viewer: Viewer) -> SQL {
        """
        SELECT g.id, g.name, g.slug FROM tags g
        WHERE g.target_tag_id = \(id) AND \(Visibility.tag(viewer)) ORDER BY g.name_lower LIMIT 500
        """
    }

    static func groupNames(of id: TagID, for viewer: Viewer) -> SQL {
        let visible: SQL =
            viewer.isStaff
            ? "TRUE"
            : """
            EXISTS (SELECT 1 FROM tag_group_permissions p WHERE p.tag_group_id = tg.id
                AND p.group_id = ANY(\(viewer.groupIDs)::bigint[]))
            """
        return """
            SELECT tg.name FROM tag_groups tg JOIN tag_group_memberships m ON m.tag_group_id = tg.id
            WHERE m.tag_id = \(id) AND \(visible) ORDER BY tg.name
            """
    }

    static func categories(of id: TagID, for viewer: Viewer) -> SQL {
        """
        SELECT c.id FROM categories c WHERE \(Visibility.category(viewer)) AND c.id IN (
            SELECT ct.category_id FROM category_tags ct WHERE ct.tag_id = \(id)
            UNION ALL
            SELECT cg.category_id FROM category_tag_groups cg
                JOIN tag_group_memberships m ON m.tag_group_id = cg.tag_group_id
            WHERE m.tag_id = \(id))
        ORDER BY c.id
        """
    }

    /// Tags whose names contain `part`, for those who write one: the most used first.
    static func search(
        _ part: String,
        for viewer: Viewer,
        excluding names: [String],
        category: CategoryID?,
        limit: Int
    ) -> SQL {
        let allowed: SQL = category.map { "AND \(isAllowed(in: $0))" } ?? ""
        let join: SQL = viewer.isStaff ? "LEFT JOIN" : "JOIN"
        return """
            SELECT \(columns) FROM tags g
                \(join) (
                    SELECT tt.tag_id, count(*) AS topics FROM topic_tags tt
                        JOIN topics t ON t.id = tt.topic_id
                    WHERE t.archetype = 'regular' AND \(Visibility.topic(viewer))
                    GROUP BY tt.tag_id
                ) n ON n.tag_id = coalesce(g.target_tag_id, g.id)
                \(joins(viewer))
            WHERE strpos(g.name_lower, \(part)) > 0 AND \(Visibility.tag(viewer))
                AND g.name_lower <> ALL(\(names)::text[]) \(allowed)
            ORDER BY g.name_lower = \(part) DESC, 5 DESC, g.name_lower LIMIT \(limit)
            """
    }

    /// Holds for a tag `g` that topics of a category may carry.
    static func isAllowed(in category: CategoryID) -> SQL {
        """
        (EXISTS (SELECT 1 FROM category_tags x
                WHERE x.category_id = \(category) AND x.tag_id = g.id)
            OR EXISTS (SELECT 1 FROM (
                    SELECT tag_group_id FROM category_tag_groups WHERE category_id = \(category)
                    UNION ALL SELECT tag_group_id FROM category_required_tag_groups
                    WHERE category_id = \(category)) x
                JOIN tag_group_memberships m ON m.tag_group_id = x.tag_group_id
                WHERE m.tag_id = g.id)
            OR (NOT EXISTS (SELECT 1 FROM category_tags x WHERE x.tag_id = g.id)
                AND NOT EXISTS (SELECT 1 FROM category_tag_groups x
                    JOIN tag_group_memberships m ON m.tag_group_id = x.tag_group_id
                    WHERE m.tag_id = g.id)
                AND ((SELECT allow_global_tags FROM categories WHERE id = \(category))
                    OR NOT (EXISTS (SELECT 1 FROM category_tags WHERE category_id = \(category))
                        OR EXISTS (SELECT 1 FROM category_tag_groups
                            WHERE category_id = \(category))))))
        """
    }

    /// Which of the names are tags that somebody may put on a topic: the ones they can see.
    ///
    /// A synonym gives its target. Columns: the name asked for, id, name, slug.
    static func usable(_ names: [String], by principal: Principal) -> SQL {
        if principal.isStaff { return named(names) }
        return """
            SELECT g.name_lower, to_use.id, to_use.name, to_use.slug
            FROM tags g JOIN tags to_use ON to_use.id = coalesce(g.target_tag_id, g.id)
            WHERE g.name_lower = ANY(\(names)::text[]) AND \(Visibility.tag(.member(principal)))
                AND (\(isInGroup(of: principal))
                    OR EXISTS (SELECT 1 FROM topic_tags tt JOIN topics t ON t.id = tt.topic_id
                        WHERE tt.tag_id = to_use.id AND \(Visibility.topic(.member(principal)))))
            """
    }

    /// A tag of a visible tag group was offered to everybody who sees the group.
    private static func isInGroup(of principal: Principal) -> SQL {
        """
        EXISTS (SELECT 1 FROM tag_group_memberships om
            JOIN tag_group_permissions op ON op.tag_group_id = om.tag_group_id
            WHERE om.tag_id = g.id AND op.group_id = ANY(\(principal.groupIDs)::bigint[]))
        """
    }

    static func named(_ names: [String]) -> SQL {
        """
        SELECT g.name_lower, to_use.id, to_use.name, to_use.slug
        FROM tags g JOIN tags to_use ON to_use.id = coalesce(g.target_tag_id, g.id)
        WHERE g.name_lower = ANY(\(names)::text[])
        """
    }

    /// The ids of the tags of these very names, synonyms too.
    static func exactly(_ names: [String]) -> SQL {
        "SELECT id FROM tags WHERE name_lower = ANY(\(names)::text[])"
    }

    /// As `named`, without those that exist and are hidden from the principal.
    static func namedAndVisible(_ names: [String], to principal: Principal) -> SQL {
        "\(named(names)) AND \(Visibility.tag(.member(principal)))"
    }

    /// Makes the tags that do not exist; in the order of the names, so that two transactions never
    /// wait for each other in a circle.
    static func create(_ names: [String], slugs: [String]) -> SQL {
        """
        INSERT INTO tags (name, name_lower, slug)
        SELECT n, n, s FROM unnest(\(names)::text[], \(slugs)::text[]) AS made (n, s) ORDER BY n
        ON CONFLICT (name_lower) DO NOTHING
        """
    }

    static func update(
        _ id: TagID,
        name: String?,
        slug: String?,
        description: String?,
        _ permitted: Permitted<ManagingTags, WholeSite>
    ) -> SQL {
        """
        UPDATE tags SET name = coalesce(\(name)::text, name),
            name_lower = coalesce(\(name)::text, name_lower), slug = coalesce(\(slug)::text, slug),
            description = CASE WHEN \(description)::text IS NULL THEN description
                ELSE nullif(\(description)::text, '') END
        WHERE id = \(id)
        """
    }

    static func delete(_ id: TagID, _ permitted: Permitted<ManagingTags, WholeSite>) -> SQL {
        "DELETE FROM tags WHERE id = \(id)"
    }

    /// Unused tags, as `DELETE /tags/unused` and its list mean it: on no topic, in no group.
    static let unused: SQL = """
        SELECT g.name FROM tags g WHERE g.target_tag_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM topic_tags tt WHERE tt.tag_id = g.id)
            AND NOT EXISTS (SELECT 1 FROM tag_group_memberships m WHERE m.tag_id = g.id)
            AND NOT EXISTS (SELECT 1 FROM tags s WHERE s.target_tag_id = g.id)
            AND NOT EXISTS (SELECT 1 FROM category_tags ct WHERE ct.tag_id = g.id)
        ORDER BY g.name LIMIT 1000
        """

    static func deleteUnused(_ permitted: Permitted<ManagingTags, WholeSite>) -> SQL {
        "DELETE FROM tags WHERE name IN (\(unused))"
    }

    // MARK: Synonyms

    /// Turns tags into synonyms of `target`: their topics, followers and places become the target's.
    static func fold(
        _ ids: [Int64],
        into target: TagID,
        _ permitted: Permitted<ManagingTags, WholeSite>
    ) -> [SQL] {
        [
            """
            INSERT INTO topic_tags (topic_id, tag_id)
            SELECT DISTINCT tt.topic_id, \(target)::bigint FROM topic_tags tt
            WHERE tt.tag_id = ANY(\(ids)::bigint[]) ON CONFLICT DO NOTHING
            """,
            "DELETE FROM topic_tags WHERE tag_id = ANY(\(ids)::bigint[])",
            """
            INSERT INTO tag_users (tag_id, user_id, notification_level, delivery, digest_since,
                digest_due_at)
            SELECT DISTINCT ON (gu.user_id) \(target)::bigint, gu.user_id, gu.notification_level,
                gu.delivery, gu.digest_since, gu.digest_due_at FROM tag_users gu
            WHERE gu.tag_id = ANY(\(ids)::bigint[])
            ORDER BY gu.user_id, gu.notification_level DESC, gu.tag_id ON CONFLICT DO NOTHING
            """,
            "DELETE FROM tag_users WHERE tag_id = ANY(\(ids)::bigint[])",
            "UPDATE tags SET target_tag_id = \(target) WHERE target_tag_id = ANY(\(ids)::bigint[])",
            "UPDATE tags SET target_tag_id = \(target) WHERE id = ANY(\(ids)::bigint[])",
        ]
    }

    static func removeSynonym(
        _ id: TagID,
        of target: TagID,
        _ permitted: Permitted<ManagingTags, WholeSite>
    ) -> SQL {
        "UPDATE tags SET target_tag_id = NULL WHERE id = \(id) AND target_tag_id = \(target)"
    }

    // MARK: Of messages

    /// Tags on messages that the viewer takes part in, with how many.
    static func ofMessages(for principal: Principal) -> SQL {
        """
        SELECT g.id, g.name, g.slug, count(*) FROM topics t
            JOIN topic_tags tt ON tt.topic_id = t.id JOIN tags g ON g.id = tt.tag_id
        WHERE t.archetype = 'private_message' AND t.deleted_at IS NULL
            AND \(Visibility.tag(.member(principal)))
            AND t.id IN (SELECT ta.topic_id FROM topic_allowed_users ta
                WHERE ta.user_id = \(principal.id))
        GROUP BY g.id ORDER BY 4 DESC, g.name_lower LIMIT 200
        """
    }

    /// `category id, tag id`: which tags belong to which of the categories alone.
    static func byCategory(for viewer: Viewer) -> SQL {
        """
        SELECT ct.category_id, ct.tag_id FROM category_tags ct
            JOIN categories c ON c.id = ct.category_id JOIN tags g ON g.id = ct.tag_id
        WHERE \(Visibility.category(viewer)) AND \(Visibility.tag(viewer))
        ORDER BY ct.category_id, g.name_lower LIMIT 5000
        """
    }
}

extension Tag: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
        slug = try row.next()
        description = try row.next()
        topicCount = try row.next()
        notificationLevel = try row.next()
        delivery = try Delivery(from: &row)
        targetID = try row.next()
        targetName = try row.next()
        isStaffOnly = try row.next()
    }
}

/// A tag as it stands on a topic.
package struct TagName: Sendable, Hashable, RowDecodable {
    /// What was asked for: the name itself, or one that stands for it.
    let askedName: String
    package let id: TagID
    package let name: String
    package let slug: String

    package init(from row: inout RowReader) throws(PostgresError) {
        askedName = try row.next()
        id = try row.next()
        name = try row.next()
        slug = try row.next()
    }
}
