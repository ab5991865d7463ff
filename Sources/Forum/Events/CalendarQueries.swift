import Postgres

enum CalendarQueries {
    static func events(_ query: CalendarQuery, at now: Timestamp, for viewer: Viewer) -> SQL {
        let order: SQL = query.isDescending ? "DESC" : "ASC"
        // Whoever names a time or a post wants what is there.
        let isWide =
            query.includesExpired || query.postID != nil || query.after != nil
            || query.before != nil
        let limit = min(max(query.limit ?? Limits.eventsMax, 1), Limits.eventsMax)
        return """
            SELECT e.post_id, e.name, e.status, e.starts_at, e.ends_at, e.timezone, e.all_day,
                e.location, e.url, e.created_at, p.post_number, t.id, t.title, t.slug, t.closed,
                c.id, c.slug, coalesce((SELECT array_agg(g.name ORDER BY g.name) FROM topic_tags tt
                    JOIN tags g ON g.id = tt.tag_id
                    WHERE tt.topic_id = t.id AND \(Visibility.tag(viewer))), '{}'),
                u.id, u.username, u.name, u.admin, u.moderator, u.trust_level
            FROM post_events e JOIN posts p ON p.id = e.post_id JOIN topics t ON t.id = p.topic_id
                LEFT JOIN categories c ON c.id = t.category_id JOIN users u ON u.id = p.user_id
            WHERE \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
                AND (\(query.postID)::bigint IS NULL OR e.post_id = \(query.postID)::bigint)
                AND (\(query.categoryID)::bigint IS NULL OR t.category_id = \(query.categoryID)::bigint
                    OR (\(query.includesSubcategories)
                        AND c.parent_category_id = \(query.categoryID)::bigint))
                AND (\(query.before)::timestamptz IS NULL OR e.starts_at < \(query.before)::timestamptz)
                AND (\(query.after)::timestamptz IS NULL OR e.starts_at > \(query.after)::timestamptz)
                AND (\(isWide) OR coalesce(e.ends_at, e.starts_at + interval '1 hour')
                    > \(now)::timestamptz)
            ORDER BY e.starts_at \(order), e.post_id \(order) LIMIT \(limit)
            """
    }
}
