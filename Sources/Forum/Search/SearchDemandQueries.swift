import Postgres

/// What a search demands of a post `p`. Aliases as in `SearchQueries`.
struct SearchDemandQueries {
    let viewer: Viewer

    func sql(_ demand: SearchQuery.PostDemand) -> SQL {
        switch demand {
        case .bookmarked: bookmarked
        case .seen: "coalesce(tu.last_read_post_number, 0) >= p.post_number"
        case .unseen:
            viewer.principal == nil
                ? "FALSE" : "coalesce(tu.last_read_post_number, 0) < p.post_number"
        case .hasImages:
            // Emoji are pictures of their own kind.
            #"p.cooked ~ '<img (?![^>]*class="[^"]*emoji)'"#
        case .group(let name): inGroup(name)
        case .badge(let name):
            """
            EXISTS (SELECT 1 FROM user_badges ub JOIN badges b ON b.id = ub.badge_id
                WHERE ub.user_id = p.user_id AND b.enabled
                    AND (lower(b.name) = \(name) OR b.id::text = \(name)))
            """
        case .fileTypes(let types):
            types.isEmpty
                ? "FALSE"
                : #"""
                p.cooked ~* ('\.(' || \#(types.joined(separator: "|")) || ')(\?[^"]*)?"')
                """#
        }
    }

    private var bookmarked: SQL {
        guard let principal = viewer.principal else { return "FALSE" }
        return """
            (EXISTS (SELECT 1 FROM bookmarks b
                    WHERE b.user_id = \(principal.id) AND b.post_id = p.id)
                OR (p.post_number = 1 AND EXISTS (SELECT 1 FROM bookmarks b
                    WHERE b.user_id = \(principal.id) AND b.topic_id = p.topic_id)))
            """
    }

    private func inGroup(_ name: String) -> SQL {
        let level = viewer.isStaff ? 3 : viewer.principal == nil ? 0 : 1
        let isVisible: SQL =
            viewer.isAdmin
            ? "TRUE"
            : """
            (greatest(g.visibility_level, g.members_visibility_level) <= \(level)::int
                OR (greatest(g.visibility_level, g.members_visibility_level) <= 2
                    AND g.id = ANY(\(viewer.groupIDs)::bigint[])))
            """
        return """
            EXISTS (SELECT 1 FROM group_users m JOIN groups g ON g.id = m.group_id
                WHERE m.user_id = p.user_id AND g.name_lower = \(name) AND \(isVisible))
            """
    }
}
