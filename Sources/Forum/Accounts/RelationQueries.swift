import Postgres

enum RelationQueries {
    /// Whether the one user mutes or ignores the other; both are columns.
    static func isKeptAway(_ user: SQL, _ other: SQL) -> SQL {
        """
        EXISTS (SELECT 1 FROM user_relations kept WHERE kept.user_id = \(user)
            AND kept.other_id = \(other) AND \(keepsAway))
        """
    }

    /// Those who mute or ignore somebody. To be asked once for all whom a statement is about.
    static func keepingAway(_ other: SQL) -> SQL {
        """
        SELECT kept.user_id FROM user_relations kept
        WHERE kept.other_id = \(other) AND \(keepsAway)
        """
    }

    /// Holds for a row `kept` that mutes or ignores somebody now.
    private static let keepsAway: SQL = """
        kept.kind IN ('muted', 'ignored') AND (kept.expires_at IS NULL OR kept.expires_at > now())
        """

    static func users(_ keys: [String]) -> SQL {
        """
        SELECT \(UserQueries.columns) FROM \(UserQueries.tables)
        WHERE u.username_lower = ANY(\(keys)::text[]) AND NOT u.staged
        """
    }

    static func clear(_ user: UserID, by principal: Principal) -> SQL {
        """
        DELETE FROM user_relations WHERE user_id = \(principal.id) AND other_id = \(user)
            AND kind IN ('muted', 'ignored')
        """
    }

    static func set(
        _ user: Permitted<RelatingToUser, User>,
        _ relation: UserRelation,
        until end: Timestamp?,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO user_relations (user_id, other_id, kind, expires_at, created_at)
        VALUES (\(user.principal.id), \(user.resource.id), \(relation.rawValue), \(end), \(now))
        ON CONFLICT (user_id, kind, other_id) DO UPDATE SET expires_at = excluded.expires_at
        """
    }

    /// The whole list of one kind.
    static func replace(
        _ owner: Permitted<ChangingProfile, User>,
        _ relation: UserRelation,
        with others: [Int64],
        at now: Timestamp
    ) -> [SQL] {
        let id = owner.resource.id
        return [
            """
            DELETE FROM user_relations WHERE user_id = \(id) AND kind = \(relation.rawValue)
                AND other_id <> ALL(\(others)::bigint[])
            """,
            """
            INSERT INTO user_relations (user_id, other_id, kind, created_at)
            SELECT \(id), u.id, \(relation.rawValue), \(now) FROM users u
            WHERE u.id = ANY(\(others)::bigint[]) AND u.id <> \(id)
            ON CONFLICT DO NOTHING
            """,
        ]
    }
}
