package import Postgres

enum TagQueries {
    /// Tags with the topics that the viewer may read, counted. What others use is no tag to a
    /// viewer who sees none of those topics; staff sees unused tags too.
    private static func tags(for viewer: Viewer, where condition: SQL) -> SQL {
        let join: SQL = viewer.isStaff ? "LEFT JOIN" : "JOIN"
        return """
            SELECT g.id, g.name, g.slug, g.description, coalesce(n.topics, 0),
                coalesce(gu.notification_level, 1)
            FROM tags g
                \(join) (
                    SELECT tt.tag_id, count(*) AS topics FROM topic_tags tt
                        JOIN topics t ON t.id = tt.topic_id
                    WHERE t.archetype = 'regular' AND \(Visibility.topic(viewer))
                    GROUP BY tt.tag_id
                ) n ON n.tag_id = g.id
                LEFT JOIN tag_users gu ON gu.tag_id = g.id
                    AND gu.user_id = \(viewer.principal?.id)::bigint
            WHERE \(condition)
            """
    }

    static func tags(for viewer: Viewer) -> SQL {
        "\(tags(for: viewer, where: "TRUE")) ORDER BY 5 DESC, g.name_lower"
    }

    static func tag(nameKey: String, for viewer: Viewer) -> SQL {
        // The condition goes inside as well, so that only this tag's topics are counted.
        """
        SELECT g.id, g.name, g.slug, g.description, coalesce(n.topics, 0),
            coalesce(gu.notification_level, 1)
        FROM tags g
            CROSS JOIN LATERAL (SELECT count(*) AS topics FROM topic_tags tt
                JOIN topics t ON t.id = tt.topic_id
                WHERE tt.tag_id = g.id AND t.archetype = 'regular' AND \(Visibility.topic(viewer))
            ) n
            LEFT JOIN tag_users gu ON gu.tag_id = g.id
                AND gu.user_id = \(viewer.principal?.id)::bigint
        WHERE g.name_lower = \(nameKey) AND (n.topics > 0 OR \(viewer.isStaff)::boolean)
        """
    }

    /// Which of the names are tags that somebody may put on a topic: the ones they can see.
    static func usable(_ names: [String], by principal: Principal) -> SQL {
        if principal.isStaff { return named(names) }
        return """
            SELECT g.id, g.name, g.slug FROM tags g WHERE g.name_lower = ANY(\(names)::text[])
                AND EXISTS (SELECT 1 FROM topic_tags tt JOIN topics t ON t.id = tt.topic_id
                    WHERE tt.tag_id = g.id AND \(Visibility.topic(.member(principal))))
            """
    }

    static func named(_ names: [String]) -> SQL {
        "SELECT g.id, g.name, g.slug FROM tags g WHERE g.name_lower = ANY(\(names)::text[])"
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
}

extension Tag: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
        slug = try row.next()
        description = try row.next()
        topicCount = try row.next()
        notificationLevel = try row.next()
    }
}

/// A tag as it stands on a topic.
package struct TagName: Sendable, Hashable, RowDecodable {
    package let id: TagID
    package let name: String
    package let slug: String

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
        slug = try row.next()
    }
}
