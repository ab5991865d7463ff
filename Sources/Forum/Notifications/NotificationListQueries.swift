import Postgres

enum NotificationListQueries {
    /// Those of a topic that can no longer be seen are left out, whenever access was lost.
    static func list(for principal: Principal, _ filter: NotificationFilter) -> SQL {
        let order: SQL =
            filter.isByImportance
            ? "(n.high_priority AND NOT n.read) DESC, n.read, n.id DESC" : "n.id DESC"
        return """
            SELECT n.id, n.user_id, n.notification_type, n.read, n.high_priority, n.created_at,
                n.topic_id, n.post_number, t.fancy_title, t.slug, n.data
            FROM notifications n LEFT JOIN topics t ON t.id = n.topic_id
            WHERE \(conditions(for: principal, filter))
            ORDER BY \(order) OFFSET \(filter.offset) LIMIT \(filter.limit)
            """
    }

    /// How many the filter lets through.
    static func total(for principal: Principal, _ filter: NotificationFilter) -> SQL {
        """
        SELECT count(*) FROM notifications n LEFT JOIN topics t ON t.id = n.topic_id
        WHERE \(conditions(for: principal, filter))
        """
    }

    /// What `UnreadCounts` reads.
    static func unread(of principal: Principal) -> SQL {
        var unread = NotificationFilter()
        unread.unreadOnly = true
        return """
            SELECT n.notification_type, count(*), count(*) FILTER (WHERE n.high_priority),
                count(*) FILTER (WHERE n.id > (SELECT me.seen_notification_id FROM users me
                    WHERE me.id = \(principal.id)))
            FROM notifications n LEFT JOIN topics t ON t.id = n.topic_id
            WHERE \(conditions(for: principal, unread)) GROUP BY 1
            """
    }

    private static func conditions(
        for principal: Principal,
        _ filter: NotificationFilter
    ) -> SQL {
        var parts: [SQL] = [
            "n.user_id = \(principal.id)",
            "(n.topic_id IS NULL OR \(Visibility.topic(.member(principal))))",
        ]
        if let unreadOnly = filter.unreadOnly {
            parts.append(unreadOnly ? "NOT n.read" : "n.read")
        }
        if let kinds = filter.kinds {
            parts.append("n.notification_type = ANY(\(kinds)::bigint[])")
        }
        return SQL.joined(parts, separator: " AND ")
    }

    static func seenID(of principal: Principal) -> SQL {
        "SELECT seen_notification_id FROM users WHERE id = \(principal.id)"
    }

    static func markSeen(by principal: Principal) -> SQL {
        """
        UPDATE users SET seen_notification_id = latest.id
        FROM (SELECT max(n.id) AS id FROM notifications n WHERE n.user_id = \(principal.id)) latest
        WHERE users.id = \(principal.id) AND latest.id > users.seen_notification_id
        """
    }

    static func markRead(
        _ id: NotificationID?,
        kinds: [Int]?,
        by principal: Principal
    ) -> SQL {
        """
        UPDATE notifications SET read = true
        WHERE user_id = \(principal.id) AND NOT read
            AND (\(id)::bigint IS NULL OR id = \(id)::bigint)
            AND (\(kinds)::bigint[] IS NULL OR notification_type = ANY(\(kinds)::bigint[]))
        """
    }

    static func markUnread(_ id: NotificationID, by principal: Principal) -> SQL {
        """
        UPDATE notifications SET read = false WHERE user_id = \(principal.id) AND id = \(id)
        """
    }

    /// Private messages with posts that the viewer has not read.
    static func unreadMessages(for principal: Principal) -> SQL {
        """
        SELECT count(*) FROM topics t
            JOIN topic_allowed_users mine ON mine.topic_id = t.id AND mine.user_id = \(principal.id)
            LEFT JOIN topic_users tu ON tu.topic_id = t.id AND tu.user_id = \(principal.id)
        WHERE t.archetype = 'private_message' AND t.deleted_at IS NULL
            AND coalesce(tu.notification_level, 3) <> 0
            AND coalesce(tu.last_read_post_number, 0) < t.highest_post_number
        """
    }

    /// `id, name, count`: messages to the viewer's groups that the viewer has not read.
    static func groupInboxes(for principal: Principal) -> SQL {
        """
        SELECT g.id, g.name, count(t.id) FROM group_users m JOIN groups g ON g.id = m.group_id
            JOIN topic_allowed_groups ta ON ta.group_id = g.id
            JOIN topics t ON t.id = ta.topic_id AND t.deleted_at IS NULL
                AND t.archetype = 'private_message'
            LEFT JOIN topic_users tu ON tu.topic_id = t.id AND tu.user_id = m.user_id
        WHERE m.user_id = \(principal.id)
            AND coalesce(tu.last_read_post_number, 0) < t.highest_post_number
        GROUP BY g.id ORDER BY g.id LIMIT 100
        """
    }
}
