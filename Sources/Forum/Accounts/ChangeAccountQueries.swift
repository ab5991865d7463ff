import Postgres

enum ChangeAccountQueries {
    typealias Changed = Permitted<ChangingProfile, User>

    /// What is merged with what comes; nobody else merges meanwhile.
    static func kept(_ user: Changed) -> SQL {
        """
        SELECT custom_fields::text, user_fields::text FROM users WHERE id = \(user.resource.id)
        FOR UPDATE
        """
    }

    static func mergeOptions(_ user: Changed, _ json: String) -> SQL {
        "UPDATE users SET options = options || \(json)::jsonb WHERE id = \(user.resource.id)"
    }

    static func setLocale(_ user: Changed, _ locale: String) -> SQL {
        "UPDATE users SET locale = nullif(\(locale)::text, '') WHERE id = \(user.resource.id)"
    }

    /// Only what everybody may read stands on a profile.
    static func feature(_ topic: TopicID, _ user: Changed) -> SQL {
        """
        UPDATE users SET featured_topic_id = t.id FROM topics t
        WHERE users.id = \(user.resource.id) AND t.id = \(topic)
            AND \(Visibility.topic(.anonymous))
        """
    }

    static func clearFeatured(_ user: Changed) -> SQL {
        "UPDATE users SET featured_topic_id = NULL WHERE id = \(user.resource.id)"
    }

    static func setCustomFields(_ user: Changed, _ json: String) -> SQL {
        "UPDATE users SET custom_fields = \(json)::jsonb WHERE id = \(user.resource.id)"
    }

    static func setUserFields(_ user: Changed, _ json: String) -> SQL {
        "UPDATE users SET user_fields = \(json)::jsonb WHERE id = \(user.resource.id)"
    }

    /// Each list that came becomes the whole list of its level; what the person may not see of it
    /// is left out.
    static func levels(_ user: Changed, _ changes: AccountChanges, for viewer: Viewer) -> [SQL] {
        let id = user.resource.id
        var statements: [SQL] = []
        for (level, ids) in changes.categories.sorted(by: { $0.key < $1.key }) {
            statements += [
                """
                DELETE FROM category_users WHERE user_id = \(id)
                    AND notification_level = \(level.rawValue)
                    AND category_id <> ALL(\(ids)::bigint[])
                """,
                """
                INSERT INTO category_users (category_id, user_id, notification_level)
                SELECT c.id, \(id), \(level.rawValue) FROM categories c
                WHERE c.id = ANY(\(ids)::bigint[]) AND \(Visibility.category(viewer))
                ON CONFLICT (user_id, category_id) DO UPDATE
                SET notification_level = excluded.notification_level
                """,
            ]
        }
        for (level, names) in changes.tags.sorted(by: { $0.key < $1.key }) {
            let keys = names.map { $0.lowercased() }
            statements += [
                """
                DELETE FROM tag_users tu USING tags g WHERE g.id = tu.tag_id AND tu.user_id = \(id)
                    AND tu.notification_level = \(level.rawValue)
                    AND g.name_lower <> ALL(\(keys)::text[])
                """,
                """
                INSERT INTO tag_users (tag_id, user_id, notification_level)
                SELECT g.id, \(id), \(level.rawValue) FROM tags g
                WHERE g.name_lower = ANY(\(keys)::text[]) AND \(Visibility.tag(viewer))
                    AND (\(viewer.isStaff) OR EXISTS (SELECT 1 FROM topic_tags tt
                        JOIN topics t ON t.id = tt.topic_id
                        WHERE tt.tag_id = g.id AND \(Visibility.topic(viewer))))
                ON CONFLICT (user_id, tag_id) DO UPDATE
                SET notification_level = excluded.notification_level
                """,
            ]
        }
        return statements
    }
}

struct KeptFields: RowDecodable, Sendable {
    let customFields: String
    let userFields: String

    init(from row: inout RowReader) throws(PostgresError) {
        customFields = try row.next()
        userFields = try row.next()
    }
}
