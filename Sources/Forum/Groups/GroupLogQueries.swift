import Postgres

enum GroupLogQueries {
    /// One more than a page holds.
    static func list(_ group: Permitted<EditingGroup, Group>, _ query: GroupLogQuery) -> SQL {
        let page = min(max(query.page, 0), 10_000)
        let actor = query.actor.map { UsernameRules.fold($0.cleanedOfNUL) }
        let target = query.target.map { UsernameRules.fold($0.cleanedOfNUL) }
        return """
            SELECT h.action, h.subject, h.prev_value, h.new_value, h.created_at, a.username,
                t.username
            FROM group_histories h LEFT JOIN users a ON a.id = h.acting_user_id
                LEFT JOIN users t ON t.id = h.target_user_id
            WHERE h.group_id = \(group.resource.id)
                AND (\(query.action?.rawValue)::int IS NULL OR h.action = \(query.action?.rawValue)::int)
                AND (\(actor)::text IS NULL OR a.username_lower = \(actor)::text)
                AND (\(target)::text IS NULL OR t.username_lower = \(target)::text)
                AND (\(query.subject)::text IS NULL OR h.subject = \(query.subject)::text)
            ORDER BY h.id DESC
            LIMIT \(Limits.groupLogsPerPage + 1) OFFSET \(page * Limits.groupLogsPerPage)
            """
    }
}
