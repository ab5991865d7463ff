import Postgres

/// Imports themselves, and what becomes of them.
enum ImportListQueries {
    static func open(
        _ name: String,
        _ permitted: Permitted<AdministerSite, WholeSite>,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO imports (name, created_at) VALUES (\(name), \(now))
        ON CONFLICT (lower(name)) WHERE published_at IS NULL DO UPDATE SET name = imports.name
        RETURNING id
        """
    }

    static let list: SQL = """
        SELECT i.id, i.name, i.created_at, i.published_at,
            coalesce(i.topics_count, live.topics), coalesce(i.posts_count, live.posts)
        FROM imports i, LATERAL (SELECT count(*)::int AS topics,
                coalesce(sum(t.posts_count), 0)::int AS posts
            FROM topics t WHERE t.import_id = i.id) live
        ORDER BY i.published_at IS NOT NULL, i.id DESC LIMIT 200
        """

    /// The import, if it still waits; kept from being published or discarded meanwhile.
    static func lock(_ id: ImportID) -> SQL {
        "SELECT id FROM imports WHERE id = \(id) AND published_at IS NULL FOR UPDATE"
    }

    static func note(_ category: CategoryID, of id: ImportID) -> SQL {
        "UPDATE categories SET import_id = \(id) WHERE id = \(category)"
    }

    static func removeIfEmpty(_ id: ImportID) -> SQL {
        """
        DELETE FROM imports i WHERE i.id = \(id) AND i.published_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM topics t WHERE t.import_id = i.id)
            AND NOT EXISTS (SELECT 1 FROM categories c WHERE c.import_id = i.id)
        """
    }

    static func categories(of id: ImportID) -> SQL {
        "SELECT id FROM categories WHERE import_id = \(id) ORDER BY id"
    }

    // MARK: Publishing

    /// Where its topics are.
    static func places(of id: ImportID) -> SQL {
        "SELECT DISTINCT category_id FROM topics WHERE import_id = \(id) ORDER BY category_id"
    }

    /// The topics from before that the import goes on with, locked in order: no reply gets a number
    /// meanwhile.
    static func continued(_ id: ImportID) -> SQL {
        """
        SELECT t.id FROM topics t WHERE \(receives) AND t.id IN (SELECT s.continues_topic_id
            FROM topics s WHERE s.import_id = \(id)) ORDER BY t.id FOR UPDATE
        """
    }

    /// Holds for a topic that others' posts may go to.
    private static let receives: SQL = "t.deleted_at IS NULL AND t.import_id IS NULL"

    /// Moves what goes on with topics from before to their ends; then shows what is left.
    static func publish(_ id: ImportID, at now: Timestamp) -> [SQL] {
        [
            "CREATE TEMPORARY TABLE publishing (post_id bigint PRIMARY KEY) ON COMMIT DROP",
            """
            INSERT INTO publishing
            SELECT p.id FROM posts p JOIN topics s ON s.id = p.topic_id WHERE s.import_id = \(id)
            """,
            """
            UPDATE imports SET published_at = \(now),
                topics_count = (SELECT count(*) FROM topics s WHERE s.import_id = \(id)),
                posts_count = (SELECT count(*) FROM publishing)
            WHERE id = \(id)
            """,
        ] + join(id) + [
            countAuthors,
            countCategories,
            """
            UPDATE topics SET visible = TRUE, import_id = NULL, continues_topic_id = NULL,
                continues_post_number = NULL
            WHERE import_id = \(id)
            """,
        ]
    }

    /// The posts keep the order of the archive, and so stand behind those that they answer.
    private static func join(_ id: ImportID) -> [SQL] {
        [
            """
            CREATE TEMPORARY TABLE joining (post_id bigint PRIMARY KEY, source_id bigint NOT NULL,
                target_id bigint NOT NULL, old_number integer NOT NULL, number integer NOT NULL,
                continues_number integer, UNIQUE (source_id, old_number)) ON COMMIT DROP
            """,
            """
            INSERT INTO joining
            SELECT p.id, s.id, t.id, p.post_number, t.highest_post_number
                    + row_number() OVER (PARTITION BY t.id ORDER BY s.id, p.post_number),
                s.continues_post_number
            FROM topics s JOIN topics t ON t.id = s.continues_topic_id AND \(receives)
                JOIN posts p ON p.topic_id = s.id
            WHERE s.import_id = \(id)
            """,
            """
            UPDATE posts p SET topic_id = j.target_id, post_number = j.number,
                reply_to_post_number = CASE WHEN j.old_number = 1 THEN j.continues_number
                    ELSE (SELECT k.number FROM joining k WHERE k.source_id = j.source_id
                        AND k.old_number = p.reply_to_post_number) END,
                reply_to_user_id = CASE WHEN j.old_number = 1 THEN (SELECT a.user_id FROM posts a
                        WHERE a.topic_id = j.target_id AND a.post_number = j.continues_number)
                    ELSE p.reply_to_user_id END
            FROM joining j WHERE p.id = j.post_id
            """,
            """
            UPDATE post_search_data d SET topic_id = j.target_id, search_data = CASE
                WHEN j.old_number = 1 THEN ts_filter(d.search_data, '{b,c,d}') ELSE d.search_data END
            FROM joining j WHERE d.post_id = j.post_id
            """,
            "DELETE FROM topics s WHERE s.id IN (SELECT j.source_id FROM joining j)",
        ]
    }

    private static let countAuthors: SQL = """
        UPDATE user_stats s SET topic_count = s.topic_count + added.topics,
            post_count = s.post_count + added.replies
        FROM (SELECT p.user_id, count(*) FILTER (WHERE p.post_number = 1) AS topics,
                count(*) FILTER (WHERE p.post_number > 1) AS replies
            FROM posts p JOIN publishing n ON n.post_id = p.id GROUP BY p.user_id) added
        WHERE s.user_id = added.user_id
        """

    private static let countCategories: SQL = """
        UPDATE categories c SET topic_count = c.topic_count + added.topics,
            post_count = c.post_count + added.posts
        FROM (SELECT t.category_id, count(*) AS posts,
                count(*) FILTER (WHERE p.post_number = 1) AS topics
            FROM posts p JOIN publishing n ON n.post_id = p.id JOIN topics t ON t.id = p.topic_id
            GROUP BY t.category_id) added
        WHERE c.id = added.category_id
        """

    /// The categories that the import made and that nobody has given to others since.
    static func untouchedCategories(of id: ImportID) -> SQL {
        """
        SELECT c.id FROM categories c WHERE c.import_id = \(id)
            AND (SELECT array_agg(g.group_id) FROM category_groups g WHERE g.category_id = c.id)
                = ARRAY[\(Group.staff)]::bigint[]
        ORDER BY c.id
        """
    }

    static func release(_ id: ImportID) -> SQL {
        "UPDATE categories SET import_id = NULL WHERE import_id = \(id)"
    }

    // MARK: Discarding

    static func authors(of id: ImportID) -> SQL {
        """
        SELECT DISTINCT p.user_id FROM posts p JOIN topics t ON t.id = p.topic_id
        WHERE t.import_id = \(id) ORDER BY p.user_id
        """
    }

    static func removeTopics(of id: ImportID) -> SQL {
        "DELETE FROM topics WHERE import_id = \(id)"
    }

    /// Those of some people who were known by the import alone.
    static func removeStrangers(_ people: [UserID]) -> SQL {
        """
        SELECT count(remove_user(u.id)) FROM users u
        WHERE u.id = ANY(\(people.map(\.value))::bigint[]) AND u.staged
            AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.user_id = u.id)
            AND NOT EXISTS (SELECT 1 FROM topics t WHERE t.user_id = u.id)
            AND NOT EXISTS (SELECT 1 FROM topic_allowed_users a WHERE a.user_id = u.id)
            AND NOT EXISTS (SELECT 1 FROM category_users f WHERE f.user_id = u.id)
            AND NOT EXISTS (SELECT 1 FROM tag_users f WHERE f.user_id = u.id)
            AND NOT EXISTS (SELECT 1 FROM group_users g WHERE g.user_id = u.id AND g.group_id > 99)
            AND NOT EXISTS (SELECT 1 FROM incoming_emails m WHERE m.user_id = u.id)
            AND NOT EXISTS (SELECT 1 FROM outgoing_emails m WHERE m.user_id = u.id)
        """
    }

    static func remove(_ id: ImportID) -> SQL { "DELETE FROM imports WHERE id = \(id)" }
}
