import Postgres

enum UsernameQueries {
    /// A user, a group or a former name of somebody else.
    static func takenByOthers(_ key: String, than user: UserID) -> SQL {
        """
        SELECT username_lower FROM users WHERE username_lower = \(key) AND id <> \(user)
        UNION SELECT name_lower FROM groups WHERE name_lower = \(key)
        UNION SELECT username_lower FROM reserved_usernames
        WHERE username_lower = \(key) AND user_id IS DISTINCT FROM \(user)
        """
    }

    static func change(_ permitted: Permitted<ChangingUsername, UserNow>, to name: String) -> [SQL]
    {
        let user = permitted.resource.user
        let old = UsernameRules.fold(user.username)
        return [
            """
            UPDATE users SET username = \(name), username_lower = \(UsernameRules.fold(name)),
                updated_at = \(permitted.resource.now) WHERE id = \(user.id)
            """,
            """
            INSERT INTO reserved_usernames (username_lower, user_id)
            SELECT \(old), \(user.id) WHERE \(old) <> \(UsernameRules.fold(name))
            ON CONFLICT (username_lower) DO UPDATE
            SET user_id = excluded.user_id, reserved_until = NULL
            """,
            """
            INSERT INTO username_changes (user_id, old_username, new_username)
            VALUES (\(user.id), \(user.username), \(name))
            """,
            """
            UPDATE notifications SET data = data
                || CASE WHEN data ->> 'display_username' = \(user.username)
                    THEN jsonb_build_object('display_username', \(name)::text) ELSE '{}' END
                || CASE WHEN data ->> 'original_username' = \(user.username)
                    THEN jsonb_build_object('original_username', \(name)::text) ELSE '{}' END
            WHERE created_at > now() - interval '90 days'
                AND (data ->> 'display_username' = \(user.username)
                    OR data ->> 'original_username' = \(user.username))
            """,
        ]
    }

    /// Nobody takes the name until `end`, though nobody has it.
    static func hold(_ key: String, until end: Timestamp) -> SQL {
        """
        INSERT INTO reserved_usernames (username_lower, reserved_until)
        SELECT \(key), \(end)
        WHERE NOT EXISTS (SELECT 1 FROM users WHERE username_lower = \(key))
        ON CONFLICT DO NOTHING
        """
    }

    static let nextChange: SQL = """
        SELECT id, old_username, new_username, last_post_id FROM username_changes
        ORDER BY id LIMIT 1
        """

    /// The last post of the next batch; NULL when there is none.
    static func endOfBatch(after post: Int64) -> SQL {
        """
        SELECT max(id) FROM (SELECT id FROM posts WHERE id > \(post) ORDER BY id
            LIMIT \(Limits.usernameChangeBatch)) batch
        """
    }

    static func posts(naming change: UsernameChange) -> SQL {
        """
        SELECT p.id, p.raw, t.category_id FROM (SELECT id FROM posts WHERE id > \(change.lastPostID)
                ORDER BY id LIMIT \(Limits.usernameChangeBatch)) batch
            JOIN posts p ON p.id = batch.id JOIN topics t ON t.id = p.topic_id
        WHERE strpos(lower(p.raw), '@' || lower(\(change.old)::text)) > 0
            OR strpos(lower(p.raw), '[quote="' || lower(\(change.old)::text)) > 0
        ORDER BY p.id
        """
    }

    static func rewrite(_ post: NamingPost, raw: String, _ cooked: CookedPost) -> SQL {
        """
        WITH rewritten AS (
            UPDATE posts SET raw = \(raw), cooked = \(cooked.html)
            WHERE id = \(post.id) AND raw = \(post.raw)
            RETURNING id, topic_id, post_number
        )
        UPDATE post_search_data d SET search_data = CASE WHEN rewritten.post_number = 1
            THEN setweight(to_tsvector('english',
                (SELECT t.title FROM topics t WHERE t.id = rewritten.topic_id)), 'A')
            ELSE '' END || to_tsvector('english', \(cooked.text))
        FROM rewritten WHERE d.post_id = rewritten.id
        """
    }

    /// `nil`: there are no more posts.
    static func advance(_ change: UsernameChange, to post: Int64?) -> SQL {
        guard let post else { return "DELETE FROM username_changes WHERE id = \(change.id)" }
        return """
            UPDATE username_changes SET last_post_id = \(post)
            WHERE id = \(change.id) AND last_post_id = \(change.lastPostID)
            """
    }
}

struct UsernameChange: RowDecodable, Sendable {
    let id: Int64
    let old: String
    let new: String
    let lastPostID: Int64

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        old = try row.next()
        new = try row.next()
        lastPostID = try row.next()
    }
}

struct NamingPost: RowDecodable, Sendable {
    let id: PostID
    let raw: String
    let categoryID: CategoryID?

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        raw = try row.next()
        categoryID = try row.next()
    }
}
