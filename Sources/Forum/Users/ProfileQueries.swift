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

    /// The new value, NULL for an empty one, the old one for none.
    private static func changed(_ column: SQL, to value: String?) -> SQL {
        guard let value else { return column }
        return "nullif(\(value)::text, '')"
    }
}
