package import Postgres

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

    /// How much somebody wrote that the viewer may read, counted post by post: the counters beside the
    /// user count what is secret as well.
    static func activity(of user: UserID, for viewer: Viewer) -> SQL {
        """
        SELECT max(p.created_at), count(*) FILTER (WHERE p.post_number > 1),
            count(*) FILTER (WHERE p.post_number = 1)
        FROM posts p JOIN topics t ON t.id = p.topic_id
        WHERE p.user_id = \(user) AND t.archetype = 'regular' AND \(Visibility.topic(viewer))
            AND \(Visibility.post(viewer))
        """
    }

    /// The new value, NULL for an empty one, the old one for none.
    private static func changed(_ column: SQL, to value: String?) -> SQL {
        guard let value else { return column }
        return "nullif(\(value)::text, '')"
    }
}

extension VisibleActivity: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        lastPostedAt = try row.next()
        postCount = try row.next()
        topicCount = try row.next()
    }
}
