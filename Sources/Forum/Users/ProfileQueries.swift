import Postgres

enum ProfileQueries {
    static func change(
        _ user: Permitted<ChangingProfile, User>,
        _ changes: ProfileChanges,
        bioCooked: String?,
        at now: Timestamp
    ) -> SQL {
        """
        WITH u AS (
            UPDATE users SET name = \(changed("name", to: changes.name)),
                bio_raw = \(changed("bio_raw", to: changes.bioRaw)),
                bio_cooked = \(changed("bio_cooked", to: bioCooked)),
                location = \(changed("location", to: changes.location)),
                website = \(changed("website", to: changes.website)),
                title = \(changed("title", to: changes.title)),
                email_level = coalesce(\(changes.emailLevel)::smallint, email_level),
                updated_at = \(now)
            WHERE id = \(user.resource.id) RETURNING *
        )
        SELECT \(UserQueries.columns) FROM u JOIN user_stats us ON us.user_id = u.id
        """
    }

    /// When somebody last wrote something that the viewer may read. Only the newest posts are looked at: a
    /// bound on the work for those who write in secret alone.
    static func lastPosted(by user: UserID, for viewer: Viewer) -> SQL {
        """
        SELECT p.created_at FROM (SELECT * FROM posts newest WHERE newest.user_id = \(user)
                ORDER BY newest.created_at DESC LIMIT 1000) p
            JOIN topics t ON t.id = p.topic_id
        WHERE t.archetype = 'regular' AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
        ORDER BY p.created_at DESC LIMIT 1
        """
    }

    /// The new value, NULL for an empty one, the old one for none.
    private static func changed(_ column: SQL, to value: String?) -> SQL {
        guard let value else { return column }
        return "nullif(\(value)::text, '')"
    }
}
