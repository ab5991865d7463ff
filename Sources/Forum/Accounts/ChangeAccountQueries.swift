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
}

struct KeptFields: RowDecodable, Sendable {
    let customFields: String
    let userFields: String

    init(from row: inout RowReader) throws(PostgresError) {
        customFields = try row.next()
        userFields = try row.next()
    }
}
