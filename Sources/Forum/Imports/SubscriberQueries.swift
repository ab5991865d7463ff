import Postgres

enum SubscriberQueries {
    /// A row when the user did not follow the category in any way before.
    static func follow(
        _ category: CategoryID,
        as user: UserID,
        level: NotificationLevel,
        _ delivery: Delivery,
        _ permitted: Permitted<AdministerSite, WholeSite>,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO category_users (category_id, user_id, notification_level, delivery,
            digest_since, digest_due_at)
        VALUES (\(category), \(user), \(level.rawValue), \(DeliveryQueries.values(delivery, at: now)))
        ON CONFLICT (user_id, category_id) DO NOTHING RETURNING user_id
        """
    }

    static func isNoted(_ action: StaffAction) -> SQL {
        """
        SELECT EXISTS (SELECT 1 FROM staff_action_logs l WHERE l.action = \(action.kind.rawValue)
            AND l.subject = \(action.subject) AND l.email = \(action.email)
            AND l.category_id = \(action.categoryID))
        """
    }
}
