import Postgres

/// Looks up what a text refers to: only what every reader of the text may know of.
enum ReferenceQueries {
    static func users(_ names: [String]) -> SQL {
        """
        SELECT username_lower, username FROM users
        WHERE username_lower = ANY(\(names)::text[]) AND NOT staged
        """
    }

    static func groups(_ names: [String]) -> SQL {
        """
        SELECT name_lower, name FROM groups
        WHERE name_lower = ANY(\(names)::text[]) AND visibility_level = 0 AND id <> 0
        """
    }

    /// `key, id, name, slug, path`; a key is `slug` or `parent:child`.
    static func categories(_ keys: [String], readersOf place: CategoryID?) -> SQL {
        """
        SELECT found.key, c.id, c.name, c.slug,
            CASE WHEN parent.id IS NULL THEN c.slug ELSE parent.slug || '/' || c.slug END
        FROM categories c LEFT JOIN categories parent ON parent.id = c.parent_category_id
            CROSS JOIN LATERAL (VALUES (c.slug), (parent.slug || ':' || c.slug)) found (key)
        WHERE found.key = ANY(\(keys)::text[])
            AND \(isReadable("c.id", byReadersOf: place))
        ORDER BY c.parent_category_id NULLS FIRST, c.id
        """
    }

    static func tags(_ names: [String]) -> SQL {
        """
        SELECT name_lower, id, name, slug FROM tags
        WHERE name_lower = ANY(\(names)::text[]) AND NOT restricted
        """
    }

    static func topics(_ ids: [Int64], readersOf place: CategoryID?) -> SQL {
        """
        SELECT t.id, t.title, t.slug FROM topics t
        WHERE t.id = ANY(\(ids)::bigint[]) AND t.deleted_at IS NULL AND t.visible
            AND t.archetype = 'regular' AND \(isReadable("t.category_id", byReadersOf: place))
        """
    }

    /// Whether everybody who reads the category `place` (NULL: a private message) also reads the
    /// category of that column.
    private static func isReadable(_ column: SQL, byReadersOf place: CategoryID?) -> SQL {
        guard let place else {
            return """
                EXISTS (SELECT 1 FROM category_groups open
                    WHERE open.category_id = \(column) AND open.group_id = 0)
                """
        }
        return """
            NOT EXISTS (SELECT 1 FROM category_groups here WHERE here.category_id = \(place)
                AND NOT EXISTS (SELECT 1 FROM category_groups there
                    WHERE there.category_id = \(column)
                    AND there.group_id IN (0, here.group_id)))
            """
    }
}

struct NamedReference: RowDecodable {
    let key: String
    let name: String

    init(from row: inout RowReader) throws(PostgresError) {
        key = try row.next()
        name = try row.next()
    }
}

struct CategoryReference: RowDecodable {
    let key: String
    let id: Int
    let name: String
    let slug: String
    let path: String

    init(from row: inout RowReader) throws(PostgresError) {
        key = try row.next()
        id = try row.next()
        name = try row.next()
        slug = try row.next()
        path = try row.next()
    }
}

struct TagReference: RowDecodable {
    let key: String
    let id: Int
    let name: String
    let slug: String

    init(from row: inout RowReader) throws(PostgresError) {
        key = try row.next()
        id = try row.next()
        name = try row.next()
        slug = try row.next()
    }
}

struct TopicReference: RowDecodable {
    let id: Int
    let title: String
    let slug: String

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        title = try row.next()
        slug = try row.next()
    }
}
