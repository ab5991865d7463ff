import Postgres

enum StaffLogQueries {
    /// Adds a line; goes into the transaction of what it tells of.
    static func record(_ action: StaffAction, by principal: Principal, at now: Timestamp) -> SQL {
        """
        INSERT INTO staff_action_logs (action, acting_user_id, target_user_id, subject, details,
            context, previous_value, new_value, email, ip_address, topic_id, post_id, category_id,
            created_at)
        VALUES (\(action.kind.rawValue), \(principal.id), \(action.targetID),
            left(\(action.subject), 1000), left(\(action.details), 10000),
            left(\(action.context), 1000), left(\(action.previousValue), 10000),
            left(\(action.newValue), 10000), \(action.email),
            \(RequestOrigin.clientIP.flatMap { ClientNetwork.isAddress($0) ? $0 : nil })::inet,
            \(action.topicID), \(action.postID), \(action.categoryID), \(now))
        """
    }

    /// Newest first. A moderator reads no line that shows an address, a setting, a key or a backup, what
    /// is gone of what they may not have seen, or something of a topic or category that they may not see.
    static func list(
        _ filter: StaffLogFilter,
        for principal: Principal,
        seesAddresses: Bool,
        limit: Int
    ) -> SQL {
        let viewer = Viewer.member(principal)
        let isVisible: SQL =
            principal.isAdmin
            ? "TRUE"
            : """
            (l.action NOT IN ('check_email', 'change_site_setting', 'change_screening', 'api_key_create',
                    'api_key_update', 'api_key_destroy', 'backup_create', 'backup_download',
                    'backup_destroy', 'change_password', 'delete_category', 'delete_group',
                    'import_publish', 'import_discard', 'custom_staff')
                AND (l.topic_id IS NULL OR EXISTS (SELECT 1 FROM topics t
                    WHERE t.id = l.topic_id AND \(Visibility.topicOrDeletedForStaff(viewer))))
                AND (l.category_id IS NULL OR EXISTS (SELECT 1 FROM categories c
                    WHERE c.id = l.category_id AND \(Visibility.category(viewer))))
                AND l.action NOT LIKE 'web_hook_%')
            """
        return """
            SELECT l.id, l.action, l.subject, l.details, l.context, l.previous_value, l.new_value,
                CASE WHEN \(seesAddresses) THEN l.email END,
                CASE WHEN \(seesAddresses) THEN host(l.ip_address) END, l.topic_id, l.post_id,
                l.category_id, l.created_at, au.id, au.username, au.name, tu.id, tu.username,
                tu.name
            FROM staff_action_logs l
                LEFT JOIN users au ON au.id = l.acting_user_id
                LEFT JOIN users tu ON tu.id = l.target_user_id
            WHERE \(isVisible)
                AND (\(filter.action)::text IS NULL OR l.action = \(filter.action)::text)
                AND (\(filter.actorKey)::text IS NULL
                    OR au.username_lower = \(filter.actorKey)::text)
                AND (\(filter.targetKey)::text IS NULL
                    OR tu.username_lower = \(filter.targetKey)::text)
                AND (\(filter.subject)::text IS NULL OR l.subject = \(filter.subject)::text)
                AND (\(filter.start)::timestamptz IS NULL
                    OR l.created_at >= \(filter.start)::timestamptz)
                AND (\(filter.end)::timestamptz IS NULL
                    OR l.created_at <= \(filter.end)::timestamptz)
            ORDER BY l.id DESC OFFSET \(filter.page * limit) LIMIT \(limit)
            """
    }
}
