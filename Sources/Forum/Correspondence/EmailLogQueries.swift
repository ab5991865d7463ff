import Postgres

enum EmailLogQueries {
    typealias Administrator = Permitted<AdministerSite, WholeSite>

    static func sent(
        _ list: SentEmailList,
        _ filter: EmailLogFilter,
        _ permitted: Administrator
    ) -> SQL {
        let isListed: SQL =
            switch list {
            case .sent: "o.state = 'sent'"
            case .skipped: "o.state = 'skipped'"
            case .bounced: "(o.state = 'failed' OR o.bounced_at IS NOT NULL)"
            }
        return """
            SELECT o.id, o.email_type, o.to_address, o.state, o.response,
                coalesce(o.finished_at, o.created_at), u.id, u.username, u.name,
                '/t/' || t.slug || '/' || t.id || '/' || p.post_number, t.title,
                o.bounced_at, o.bounce_error_code
            FROM outgoing_emails o LEFT JOIN users u ON u.id = o.user_id
                LEFT JOIN posts p ON p.id = o.post_id LEFT JOIN topics t ON t.id = p.topic_id
            WHERE \(isListed) AND \(contains("u.username_lower", filter.user))
                AND \(contains("lower(o.to_address)", filter.address))
                AND \(contains("o.email_type", filter.type))
            ORDER BY o.id DESC OFFSET \(filter.offset) LIMIT \(filter.limit)
            """
    }

    private static let incomingColumns: SQL = """
        SELECT i.id, i.recipient, i.from_address, i.subject, i.error, i.rejection_message,
            i.received_at, u.id, u.username, u.name,
            '/t/' || t.slug || '/' || t.id || '/' || p.post_number,
            i.sender_verdict, i.sender_evidence, i.is_bounce, i.message_id, i.created_via, i.state
        FROM incoming_emails i LEFT JOIN users u ON u.id = i.user_id
            LEFT JOIN posts p ON p.id = i.post_id LEFT JOIN topics t ON t.id = p.topic_id
        """

    static func incoming(
        rejected: Bool?,
        _ filter: EmailLogFilter,
        _ permitted: Administrator
    ) -> SQL {
        let state: SQL =
            switch (rejected, filter.state) {
            case (true?, _): "i.state = 'rejected'"
            case (false?, _): "i.state <> 'rejected'"
            case (nil, let state?): "i.state = \(state.rawValue)"
            case (nil, nil): "TRUE"
            }
        return incomingColumns
            + """
             WHERE \(state) AND \(contains("lower(i.from_address)", filter.address))
                AND \(contains("i.recipient", filter.recipient))
                AND \(contains("lower(i.subject)", filter.subject))
                AND \(contains("lower(i.error)", filter.error))
            ORDER BY i.id DESC OFFSET \(filter.offset) LIMIT \(filter.limit)
            """
    }

    static func incoming(_ id: IncomingEmailID, _ permitted: Administrator) -> SQL {
        incomingColumns + " WHERE i.id = \(id)"
    }

    static func raw(of id: IncomingEmailID, _ permitted: Administrator) -> SQL {
        "SELECT substring(raw FROM 1 FOR 100000) FROM incoming_emails WHERE id = \(id)"
    }

    private static func contains(_ column: SQL, _ part: String?) -> SQL {
        guard let part, !part.isEmpty else { return "TRUE" }
        return "strpos(\(column), \(part.cleanedOfNUL.lowercased())) > 0"
    }
}
