import Postgres

enum MailQueueQueries {
    typealias Administrator = Permitted<AdministerSite, WholeSite>

    private static let columns: SQL = """
        SELECT o.id, o.email_type, u.username, o.to_address,
            CASE WHEN o.state <> 'queued' THEN o.state WHEN o.held_at IS NOT NULL THEN 'held'
                WHEN o.leased_until > now() THEN 'sending' ELSE 'queued' END,
            o.attempts, o.created_at, o.next_attempt_at, o.expires_at, o.finished_at, o.message_id,
            o.response, t.title, '/t/' || t.slug || '/' || t.id || '/' || p.post_number
        FROM outgoing_emails o LEFT JOIN users u ON u.id = o.user_id
            LEFT JOIN posts p ON p.id = o.post_id LEFT JOIN topics t ON t.id = p.topic_id
        """

    static func list(_ state: String?, limit: Int, _ permitted: Administrator) -> SQL {
        guard let state else {
            return columns
                + " WHERE o.state = 'queued' ORDER BY o.next_attempt_at, o.id LIMIT \(limit)"
        }
        return columns + " WHERE o.state = \(state) ORDER BY o.id DESC LIMIT \(limit)"
    }

    static func find(_ id: OutgoingEmailID, _ permitted: Administrator) -> SQL {
        columns + " WHERE o.id = \(id)"
    }

    static func act(
        _ action: QueueAction,
        on selection: QueueSelection,
        _ permitted: Administrator
    ) -> SQL {
        let change: SQL =
            switch action {
            case .retry:
                """
                state = 'queued', held_at = NULL, finished_at = NULL, next_attempt_at = now(),
                    expires_at = now() + interval '5 days'
                """
            case .hold: "held_at = now()"
            case .discard:
                """
                state = 'skipped', held_at = NULL, finished_at = now(),
                    response = 'discarded by an administrator'
                """
            }
        // What was given up is tried again only by its number.
        let states: SQL =
            switch (action, selection) {
            case (.retry, .ids): "state IN ('queued', 'failed')"
            default: "state = 'queued'"
            }
        return """
            UPDATE outgoing_emails SET \(change)
            WHERE \(states) AND (leased_until IS NULL OR leased_until < now())
                AND to_address <> '' AND \(condition(selection))
            RETURNING id
            """
    }

    private static func condition(_ selection: QueueSelection) -> SQL {
        switch selection {
        case .ids(let ids): "id = ANY(\(ids.map(\.value))::bigint[])"
        case .all: "TRUE"
        case .destination(let text):
            text.contains("@")
                ? "lower(to_address) = \(text.lowercased())"
                : "split_part(lower(to_address), '@', 2) = \(text.lowercased())"
        }
    }
}
