import Postgres

/// What webhooks and pushed notices tell of.
enum HookSubjectQueries {
    static func notification(_ id: NotificationID) -> SQL {
        """
        SELECT n.id, n.user_id, n.notification_type, n.read, n.high_priority, n.created_at,
            n.topic_id, n.post_number, t.fancy_title, t.slug, n.data
        FROM notifications n LEFT JOIN topics t ON t.id = n.topic_id
        WHERE n.id = \(id) AND t.archetype IS DISTINCT FROM 'private_message'
        """
    }

    /// A notice for the key of a request, if its owner may see now what it tells of.
    static func push(
        _ request: OutgoingRequestID,
        _ notification: Int64,
        for principal: Principal
    ) -> SQL {
        let viewer = Viewer.member(principal)
        return """
            SELECT n.notification_type, n.post_number, t.id, t.title, t.slug, p.cooked,
                coalesce(n.data ->> 'display_username', a.username), n.data ->> 'group_name', n.read,
                k.client_id, coalesce(k.push_url, ''),
                k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
                    AND k.scopes && ARRAY['push', 'notifications'], u.last_seen_at
            FROM outgoing_requests r
                JOIN user_api_keys k ON k.id = r.user_api_key_id
                JOIN users u ON u.id = k.user_id
                JOIN notifications n ON n.id = \(notification) AND n.user_id = u.id
                LEFT JOIN topics t ON t.id = n.topic_id
                LEFT JOIN posts p ON p.id = n.post_id
                LEFT JOIN users a ON a.id = p.user_id
            WHERE r.id = \(request) AND u.id = \(principal.id)
                AND (n.topic_id IS NULL OR \(Visibility.topic(viewer)))
                AND (n.post_id IS NULL OR \(Visibility.post(viewer)))
            """
    }
}
