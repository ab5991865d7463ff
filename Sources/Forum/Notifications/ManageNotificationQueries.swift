import Postgres

enum ManageNotificationQueries {
    typealias Administered = Permitted<AdministerSite, WholeSite>

    static func insert(_ new: NotificationDraft, _ permitted: Administered) -> SQL {
        """
        INSERT INTO notifications (user_id, notification_type, topic_id, post_number, data,
            high_priority)
        SELECT u.id, \(new.kind)::smallint, \(new.topicID)::bigint, \(new.postNumber)::int,
            \(new.data)::jsonb, \(new.kind)::int IN (6, 24)
        FROM users u WHERE u.id = \(new.userID) RETURNING id
        """
    }

    static func setRead(_ id: NotificationID, _ isRead: Bool, _ permitted: Administered) -> SQL {
        "UPDATE notifications SET read = \(isRead) WHERE id = \(id)"
    }

    static func delete(_ id: NotificationID, _ permitted: Administered) -> SQL {
        "DELETE FROM notifications WHERE id = \(id)"
    }

    static func notification(_ id: NotificationID, _ permitted: Administered) -> SQL {
        """
        SELECT n.id, n.user_id, n.notification_type, n.read, n.high_priority, n.created_at,
            n.topic_id, n.post_number, t.fancy_title, t.slug, n.data
        FROM notifications n LEFT JOIN topics t ON t.id = n.topic_id WHERE n.id = \(id)
        """
    }
}
