import Postgres

/// How the posts of categories and tags come: columns beside the level.
enum DeliveryQueries {
    /// `delivery, digest_since, digest_due_at` of somebody who chooses `delivery` now.
    static func values(_ delivery: Delivery, at now: Timestamp) -> SQL {
        let due = delivery.intervalSeconds.map { now + $0 }
        return """
            \(delivery.rawValue)::text, \(due.map { _ in now })::timestamptz, \(due)::timestamptz
            """
    }

    /// What becomes of a row, named `row`, that is there already: between daily and weekly nothing is
    /// lost, and choosing the same again does not put the next digest off.
    static func change(_ row: SQL) -> SQL {
        """
        delivery = excluded.delivery,
        digest_since = CASE WHEN excluded.digest_since IS NOT NULL
            THEN coalesce(\(row).digest_since, excluded.digest_since) END,
        digest_due_at = CASE WHEN \(row).delivery = excluded.delivery THEN \(row).digest_due_at
            ELSE excluded.digest_due_at END
        """
    }

    /// What somebody chose for several categories and tags; what they may not see is left out.
    static func setDeliveries(
        of user: UserID,
        _ categories: [Int64: Delivery],
        _ tags: [String: Delivery],
        for viewer: Viewer,
        at now: Timestamp
    ) -> [SQL] {
        Delivery.allCases.flatMap { delivery -> [SQL] in
            let ids = categories.filter { $0.value == delivery }.map(\.key)
            let names = tags.filter { $0.value == delivery }.map { $0.key.lowercased() }
            var statements: [SQL] = []
            if !ids.isEmpty {
                statements.append(
                    """
                    INSERT INTO category_users AS cu (category_id, user_id, notification_level,
                        delivery, digest_since, digest_due_at)
                    SELECT c.id, \(user), 1, \(values(delivery, at: now)) FROM categories c
                    WHERE c.id = ANY(\(ids)::bigint[]) AND \(Visibility.category(viewer))
                    ON CONFLICT (user_id, category_id) DO UPDATE SET \(change("cu"))
                    """
                )
            }
            if !names.isEmpty {
                statements.append(
                    """
                    INSERT INTO tag_users AS gu (tag_id, user_id, notification_level,
                        delivery, digest_since, digest_due_at)
                    SELECT g.id, \(user), 1, \(values(delivery, at: now)) FROM tags g
                    WHERE g.name_lower = ANY(\(names)::text[]) AND \(Visibility.tag(viewer))
                    ON CONFLICT (user_id, tag_id) DO UPDATE SET \(change("gu"))
                    """
                )
            }
            return statements
        }
    }
}
