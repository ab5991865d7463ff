import Postgres

enum ChangeCategoryQueries {
    typealias Changed = Permitted<ChangingCategory, Category>

    /// Changes of permissions wait for each other, so that two of them cannot together open a
    /// child of a closed parent; readers do not wait.
    static let lockPermissions: SQL = "LOCK TABLE category_groups IN SHARE ROW EXCLUSIVE MODE"

    static let nextID: SQL = "SELECT nextval(pg_get_serial_sequence('categories', 'id'))"

    static func insert(
        _ id: CategoryID,
        _ fields: CategoryFields,
        slug: String,
        cooked: String?,
        _ permitted: Permitted<CreatingCategory, WholeSite>,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO categories (id, name, slug, color, text_color, description_raw,
            description_cooked, parent_category_id, position, user_id, email_in,
            email_in_allow_strangers, mailinglist_mirror, list_id, default_view, topic_template,
            minimum_required_tags, num_featured_topics, created_at, updated_at)
        VALUES (\(id), \(fields.name), \(slug), \(fields.color ?? "0088CC"),
            \(fields.textColor ?? "FFFFFF"), nullif(\(fields.description)::text, ''), \(cooked),
            nullif(\(fields.parentID)::bigint, 0),
            coalesce(\(fields.position)::integer, (SELECT max(position) + 1 FROM categories), 0),
            \(permitted.principal.id), nullif(\(fields.emailIn)::text, ''),
            \(fields.emailInAllowStrangers ?? false), \(fields.mailingListMirror ?? false),
            nullif(\(fields.listID)::text, ''), \(fields.defaultView), \(fields.topicTemplate),
            \(fields.minimumRequiredTags ?? 0), \(fields.numFeaturedTopics ?? 3), \(now), \(now))
        """
    }

    static func update(
        _ category: Changed,
        _ fields: CategoryFields,
        cooked: String?,
        at now: Timestamp
    ) -> SQL {
        """
        UPDATE categories SET name = coalesce(\(fields.name)::text, name),
            slug = coalesce(nullif(\(fields.slug)::text, ''), slug),
            color = coalesce(\(fields.color)::text, color),
            text_color = coalesce(\(fields.textColor)::text, text_color),
            description_raw = \(changed("description_raw", to: fields.description)),
            description_cooked = \(changed("description_cooked", to: cooked)),
            parent_category_id = nullif(coalesce(\(fields.parentID)::bigint, parent_category_id), 0),
            position = coalesce(\(fields.position)::integer, position),
            email_in = \(changed("email_in", to: fields.emailIn)),
            email_in_allow_strangers =
                coalesce(\(fields.emailInAllowStrangers)::boolean, email_in_allow_strangers),
            mailinglist_mirror = coalesce(\(fields.mailingListMirror)::boolean, mailinglist_mirror),
            list_id = \(changed("list_id", to: fields.listID)),
            default_view = \(changed("default_view", to: fields.defaultView)),
            topic_template = \(changed("topic_template", to: fields.topicTemplate)),
            minimum_required_tags =
                coalesce(\(fields.minimumRequiredTags)::integer, minimum_required_tags),
            num_featured_topics =
                coalesce(\(fields.numFeaturedTopics)::integer, num_featured_topics),
            updated_at = \(now)
        WHERE id = \(category.resource.id)
        """
    }

    static func reorder(
        _ positions: [CategoryID: Int],
        _ permitted: Permitted<CreatingCategory, WholeSite>
    ) -> SQL {
        let ids = positions.keys.sorted()
        return """
            UPDATE categories c SET position = given.place
            FROM unnest(\(ids.map(\.value))::bigint[], \(ids.map { positions[$0] ?? 0 })::int[])
                AS given (id, place)
            WHERE c.id = given.id RETURNING c.id
            """
    }

    /// The new value, NULL for an empty one, the old one for none.
    private static func changed(_ column: SQL, to value: String?) -> SQL {
        guard let value else { return column }
        return "nullif(\(value)::text, '')"
    }

    /// Replaces who may do what; a category that everyone may see is not restricted.
    static func setPermissions(_ permissions: [Int64: Int], of id: CategoryID) -> [SQL] {
        let groups = permissions.keys.sorted()
        let levels = groups.map { Int64(permissions[$0] ?? 3) }
        return [
            "DELETE FROM category_groups WHERE category_id = \(id)",
            """
            INSERT INTO category_groups (category_id, group_id, permission_type)
            SELECT \(id), g, p FROM unnest(\(groups)::bigint[], \(levels)::smallint[]) AS given (g, p)
            """,
            "UPDATE categories SET read_restricted = \(!groups.contains(0)) WHERE id = \(id)",
        ]
    }

    static func permissions(of id: CategoryID) -> SQL {
        "SELECT group_id, permission_type FROM category_groups WHERE category_id = \(id)"
    }

    static func parent(of id: CategoryID) -> SQL {
        "SELECT parent_category_id FROM categories WHERE id = \(id)"
    }

    /// Names of groups that see `child` but not `parent`; none when everyone sees the parent.
    static func conflicts(parent: CategoryID, child: CategoryID) -> SQL {
        """
        SELECT g.name FROM category_groups cg JOIN groups g ON g.id = cg.group_id
        WHERE cg.category_id = \(child) AND NOT EXISTS (SELECT 1 FROM category_groups pg
            WHERE pg.category_id = \(parent) AND pg.group_id IN (0, cg.group_id))
        ORDER BY g.name
        """
    }

    static func childIDs(of id: CategoryID) -> SQL {
        "SELECT id FROM categories WHERE parent_category_id = \(id) ORDER BY id"
    }

    /// Another category that takes mail for one of the addresses.
    static func categoryName(emailIn addresses: [String], except id: CategoryID) -> SQL {
        """
        SELECT name FROM categories
        WHERE string_to_array(lower(email_in), '|') && \(addresses)::text[] AND id <> \(id) LIMIT 1
        """
    }

    /// Topics that keep a category from being deleted, deleted ones too: they could be recovered.
    static func topicCount(of category: Changed) -> SQL {
        """
        SELECT count(*) FROM topics t JOIN categories c ON c.id = t.category_id
        WHERE c.id = \(category.resource.id) AND t.id IS DISTINCT FROM c.topic_id
        """
    }

    static func delete(_ category: Changed) -> [SQL] {
        [
            """
            DELETE FROM topics WHERE id = (SELECT topic_id FROM categories
                WHERE id = \(category.resource.id)) AND category_id = \(category.resource.id)
            """,
            "DELETE FROM categories WHERE id = \(category.resource.id)",
        ]
    }
}

struct GroupPermission: RowDecodable {
    let groupID: Int64
    let permission: Int

    init(from row: inout RowReader) throws(PostgresError) {
        groupID = try row.next()
        permission = try row.next()
    }
}
