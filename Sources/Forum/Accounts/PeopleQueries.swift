import Postgres

enum PeopleQueries {
    static func known(_ keys: [String]) -> SQL {
        """
        SELECT username FROM users
        WHERE username_lower = ANY(\(keys)::text[]) AND id > 0 AND active AND approved AND NOT staged
        ORDER BY username_lower
        """
    }

    static func names(of ids: [Int64]) -> SQL {
        """
        SELECT username FROM users WHERE id = ANY(\(ids)::bigint[]) AND active AND approved
            AND NOT staged ORDER BY id
        """
    }

    static func search(_ query: PeopleQuery, groups: [Int64], at now: Timestamp) -> SQL {
        let term = query.term.trimmingWhitespace.lowercased()
        let start = term.escapedForLike + "%"
        let word = "% " + start
        let names = query.usernames.map { UsernameRules.fold($0) }
        return """
            SELECT \(TopicQueries.userCardColumns) FROM users u
            WHERE u.id > 0 AND u.active AND u.approved AND NOT u.staged
                AND (u.suspended_till IS NULL OR u.suspended_till <= \(now))
                AND (\(term.isEmpty) OR u.username_lower LIKE \(start)
                    OR lower(u.name) LIKE \(start) OR lower(u.name) LIKE \(word))
                AND (\(names.isEmpty) OR u.username_lower = ANY(\(names)::text[]))
                AND (\(groups.isEmpty) OR EXISTS (SELECT 1 FROM group_users gu
                    WHERE gu.user_id = u.id AND gu.group_id = ANY(\(groups)::bigint[])))
                AND (\(query.categoryID)::bigint IS NULL OR u.admin
                    OR EXISTS (SELECT 1 FROM category_groups cg
                        WHERE cg.category_id = \(query.categoryID)::bigint AND (cg.group_id = 0
                            OR EXISTS (SELECT 1 FROM group_users gu
                                WHERE gu.group_id = cg.group_id AND gu.user_id = u.id))))
            ORDER BY u.username_lower = \(term) DESC,
                EXISTS (SELECT 1 FROM posts p WHERE p.topic_id = \(query.topicID)::bigint
                    AND p.user_id = u.id AND p.deleted_at IS NULL AND NOT p.hidden
                    AND p.post_type = 1) DESC,
                u.username_lower LIKE \(start) DESC, u.last_seen_at DESC NULLS LAST, u.username_lower
            LIMIT \(min(max(query.limit, 1), Limits.usersPerRequest))
            """
    }
}

struct FoundID: RowDecodable {
    let id: Int64

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
    }
}
