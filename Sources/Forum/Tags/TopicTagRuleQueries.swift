import Postgres

/// What the tags of one topic break, asked in one statement.
enum TopicTagRuleQueries {
    /// Tags that come along with those of `ids`: of each tag whose groups have parents, one parent
    /// when none of them is there.
    static func missingParents(of ids: [Int64]) -> SQL {
        """
        SELECT parent.name_lower, parent.id, parent.name, parent.slug FROM (
            SELECT m.tag_id, min(tg.parent_tag_id) AS parent_id FROM tag_group_memberships m
                JOIN tag_groups tg ON tg.id = m.tag_group_id AND tg.parent_tag_id IS NOT NULL
                    AND tg.parent_tag_id <> m.tag_id
            WHERE m.tag_id = ANY(\(ids)::bigint[])
            GROUP BY m.tag_id HAVING NOT bool_or(tg.parent_tag_id = ANY(\(ids)::bigint[]))
        ) missing JOIN tags parent ON parent.id = missing.parent_id
        GROUP BY parent.id
        """
    }

    /// `kind, names, count`, the first problem first: see `TopicTagProblem`.
    static func problems(
        of ids: [Int64],
        added: [Int64],
        in category: CategoryID?,
        by principal: Principal
    ) -> SQL {
        var parts: [SQL] = [
            """
            SELECT 1 AS kind, string_agg(g.name, ', ' ORDER BY g.name) AS names, count(*) AS n
            FROM tag_group_memberships m
                JOIN tag_groups tg ON tg.id = m.tag_group_id AND tg.one_per_topic
                JOIN tags g ON g.id = m.tag_id
            WHERE m.tag_id = ANY(\(ids)::bigint[]) GROUP BY tg.id HAVING count(*) > 1
            """
        ]
        if !principal.isStaff {
            parts.append(
                """
                SELECT 2, g.name, 1 FROM tags g WHERE g.id = ANY(\(added)::bigint[])
                    AND EXISTS (SELECT 1 FROM tag_group_memberships m WHERE m.tag_id = g.id)
                    AND NOT EXISTS (SELECT 1 FROM tag_group_memberships m
                        JOIN tag_group_permissions p ON p.tag_group_id = m.tag_group_id
                        WHERE m.tag_id = g.id AND p.permission_type = 1
                            AND p.group_id = ANY(\(principal.groupIDs)::bigint[]))
                """
            )
        }
        if let category {
            parts.append(
                """
                SELECT 3, g.name, 1 FROM tags g WHERE g.id = ANY(\(added)::bigint[])
                    AND NOT \(TagQueries.isAllowed(in: category))
                """
            )
            if !principal.isStaff { parts.append(required(ids, in: category)) }
        }
        return """
            SELECT kind, names, n FROM (\(SQL.joined(parts, separator: " UNION ALL "))) problems
            ORDER BY kind, names LIMIT 1
            """
    }

    private static func required(_ ids: [Int64], in category: CategoryID) -> SQL {
        """
        SELECT 4, tg.name, r.min_count FROM category_required_tag_groups r
            JOIN tag_groups tg ON tg.id = r.tag_group_id
        WHERE r.category_id = \(category) AND r.min_count > (SELECT count(*)
            FROM tag_group_memberships m
            WHERE m.tag_group_id = r.tag_group_id AND m.tag_id = ANY(\(ids)::bigint[]))
        """
    }
}

/// A row of `TopicTagRuleQueries.problems`.
struct TopicTagProblem: RowDecodable {
    let kind: Int
    let names: String
    let count: Int

    init(from row: inout RowReader) throws(PostgresError) {
        kind = try row.next()
        names = try row.next()
        count = try row.next()
    }

    /// In Discourse's words.
    var error: ForumError {
        let message =
            switch kind {
            case 1:
                "The tags \(names) cannot be used simultaneously. Please include only one of them."
            case 2: "The tag \"\(names)\" may only be applied by staff."
            case 3:
                "The following tags cannot be used in this category: \(names). Please remove them."
            default:
                "You must include at least \(count) \(names) \(count == 1 ? "tag" : "tags")."
            }
        return ForumError(.invalid, message, field: "tags")
    }
}
