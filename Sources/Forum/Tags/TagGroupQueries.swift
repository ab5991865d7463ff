import Postgres

enum TagGroupQueries {
    typealias Managed = Permitted<ManagingTags, WholeSite>

    private static let columns: SQL = """
        SELECT tg.id, tg.name, tg.one_per_topic, parent.id, parent.name, parent.slug
        FROM tag_groups tg LEFT JOIN tags parent ON parent.id = tg.parent_tag_id
        """

    static let all: SQL = """
        \(columns) ORDER BY lower(tg.name) LIMIT \(TopicQueries.literal(Limits.tagGroupsMax))
        """

    static func group(_ id: TagGroupID) -> SQL { "\(columns) WHERE tg.id = \(id)" }

    /// `group id, id, name, slug` of the tags in the groups.
    static func tags(of ids: [Int64]) -> SQL {
        """
        SELECT m.tag_group_id, g.id, g.name, g.slug FROM tag_group_memberships m
            JOIN tags g ON g.id = m.tag_id
        WHERE m.tag_group_id = ANY(\(ids)::bigint[]) ORDER BY m.tag_group_id, g.name_lower
        """
    }

    static func permissions(of ids: [Int64]) -> SQL {
        """
        SELECT p.tag_group_id, g.name, p.permission_type FROM tag_group_permissions p
            JOIN groups g ON g.id = p.group_id
        WHERE p.tag_group_id = ANY(\(ids)::bigint[]) ORDER BY p.tag_group_id, g.id
        """
    }

    /// Groups that a viewer may use tags of, by name: for search and the list of tags.
    static func visibleIDs(_ part: String, for viewer: Viewer, limit: Int) -> SQL {
        let visible: SQL =
            viewer.isStaff
            ? "TRUE"
            : """
            EXISTS (SELECT 1 FROM tag_group_permissions p WHERE p.tag_group_id = tg.id
                AND p.group_id = ANY(\(viewer.groupIDs)::bigint[]))
            """
        return """
            SELECT tg.id FROM tag_groups tg
            WHERE strpos(lower(tg.name), \(part)) > 0 AND \(visible)
            ORDER BY lower(tg.name) LIMIT \(limit)
            """
    }

    static func insert(name: String, isOnePerTopic: Bool, _ permitted: Managed) -> SQL {
        """
        INSERT INTO tag_groups (name, one_per_topic) VALUES (\(name), \(isOnePerTopic))
        RETURNING id
        """
    }

    static func update(
        _ id: TagGroupID,
        name: String?,
        isOnePerTopic: Bool?,
        _ permitted: Managed
    ) -> SQL {
        """
        UPDATE tag_groups SET name = coalesce(\(name)::text, name),
            one_per_topic = coalesce(\(isOnePerTopic)::boolean, one_per_topic) WHERE id = \(id)
        """
    }

    static func setParent(_ name: String?, of id: TagGroupID, _ permitted: Managed) -> SQL {
        """
        UPDATE tag_groups SET parent_tag_id = (SELECT coalesce(g.target_tag_id, g.id) FROM tags g
            WHERE g.name_lower = \(name)::text) WHERE id = \(id)
        """
    }

    static func setTags(_ names: [String], of id: TagGroupID, _ permitted: Managed) -> [SQL] {
        [
            "DELETE FROM tag_group_memberships WHERE tag_group_id = \(id)",
            """
            INSERT INTO tag_group_memberships (tag_group_id, tag_id)
            SELECT DISTINCT \(id)::bigint, coalesce(g.target_tag_id, g.id) FROM tags g
            WHERE g.name_lower = ANY(\(names)::text[])
            """,
        ]
    }

    static func setPermissions(
        _ permissions: [Int64: Int],
        of id: TagGroupID,
        _ permitted: Managed
    ) -> [SQL] {
        let groups = permissions.keys.sorted()
        let levels = groups.map { Int64(permissions[$0] ?? 3) }
        return [
            "DELETE FROM tag_group_permissions WHERE tag_group_id = \(id)",
            """
            INSERT INTO tag_group_permissions (tag_group_id, group_id, permission_type)
            SELECT \(id), g, p FROM unnest(\(groups)::bigint[], \(levels)::smallint[]) AS given (g, p)
            """,
        ]
    }

    static func delete(_ id: TagGroupID, _ permitted: Managed) -> SQL {
        "DELETE FROM tag_groups WHERE id = \(id)"
    }

    /// Which tags not everyone may know of, after tag groups have changed.
    static let markRestricted: SQL = """
        UPDATE tags g SET restricted = now_is.restricted FROM (
            SELECT x.id, EXISTS (SELECT 1 FROM tag_group_memberships m WHERE m.tag_id = x.id)
                AND NOT EXISTS (SELECT 1 FROM tag_group_memberships m
                    JOIN tag_group_permissions p ON p.tag_group_id = m.tag_group_id
                    WHERE m.tag_id = x.id AND p.group_id = 0) AS restricted
            FROM tags x) now_is
        WHERE now_is.id = g.id AND g.restricted <> now_is.restricted
        """
}

struct TagGroupRow: RowDecodable {
    let group: TagGroup

    init(from row: inout RowReader) throws(PostgresError) {
        let id: TagGroupID = try row.next()
        let name: String = try row.next()
        let isOnePerTopic: Bool = try row.next()
        let parentID: TagID? = try row.next()
        let parentName: String? = try row.next()
        let parentSlug: String? = try row.next()
        group = TagGroup(
            id: id,
            name: name,
            parent: parentID.map {
                TagCard(id: $0, name: parentName ?? "", slug: parentSlug ?? "")
            },
            isOnePerTopic: isOnePerTopic,
            tags: [],
            permissions: [:]
        )
    }
}
