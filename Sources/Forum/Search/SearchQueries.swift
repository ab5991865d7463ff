import Postgres

/// The statements of a search. Aliases: `d` search data, `p` posts, `t` topics.
struct SearchQueries {
    let query: SearchQuery
    let viewer: Viewer
    /// From 1.
    let page: Int

    /// Makes the server plan the next statement for the very words: how common they are decides
    /// whether the index of words or the newest posts are gone through.
    static let planForTheWords: SQL =
        "SELECT set_config('plan_cache_mode', 'force_custom_plan', true)"

    var perPage = Limits.searchResultsPerPage
    var newSince = Timestamp.now()

    private var offset: Int { (page - 1) * perPage }

    /// The best post of each topic, as `SearchRow` reads it: one more than the page holds.
    ///
    /// At most the newest 2,000 matches are ranked, so that common words stay fast.
    var posts: SQL {
        let cap = TopicQueries.literal(Limits.rankedMatchesMax)
        let perPage = TopicQueries.literal(self.perPage + 1)
        let distinct: SQL =
            query.topicID == nil
            ? """
            SELECT DISTINCT ON (hits.topic_id) hits.* FROM hits
            ORDER BY hits.topic_id, \(order("hits"))
            """
            : "SELECT hits.* FROM hits"
        return """
            WITH hits AS MATERIALIZED (
                SELECT p.id, p.topic_id, p.like_count, t.views, t.created_at AS topic_at, \(rank) AS rank
                FROM \(source) WHERE \(conditions)
                ORDER BY p.id DESC LIMIT \(cap)
            ), best AS (\(distinct)),
            shown AS (
                SELECT best.*, row_number() OVER (ORDER BY \(order("best"))) AS place FROM best
                ORDER BY place LIMIT \(perPage) OFFSET \(offset)::int
            )
            SELECT p.id, p.topic_id, p.post_number, p.like_count, p.created_at, left(p.raw, 20000),
                \(TopicQueries.userCardColumns)
            FROM shown JOIN posts p ON p.id = shown.id JOIN users u ON u.id = p.user_id
            ORDER BY shown.place
            """
    }

    private func order(_ alias: SQL) -> SQL {
        switch query.order {
        case .relevance: "\(alias).rank DESC, \(alias).id DESC"
        case .latest: "\(alias).id DESC"
        case .oldest: "\(alias).id"
        case .likes: "\(alias).like_count DESC, \(alias).id DESC"
        case .latestTopic: "\(alias).topic_at DESC, \(alias).id DESC"
        case .oldestTopic: "\(alias).topic_at, \(alias).id"
        case .views: "\(alias).views DESC, \(alias).id DESC"
        }
    }

    private var words: SQL { "websearch_to_tsquery('english', \(query.websearch))" }

    private var hasWords: Bool { !query.terms.isEmpty }

    private var source: SQL {
        let posts: SQL =
            hasWords
            ? """
            post_search_data d JOIN posts p ON p.id = d.post_id JOIN topics t ON t.id = p.topic_id
            """
            : "posts p JOIN topics t ON t.id = p.topic_id"
        return needsState ? "\(posts) \(TopicQueries.viewerStateRowByRow(viewer))" : posts
    }

    /// Whether something is asked of the viewer's place in the topic.
    private var needsState: Bool {
        query.conditions.contains(where: \.needsViewer)
            || query.postDemands.contains(.seen) || query.postDemands.contains(.unseen)
    }

    private var rank: SQL {
        hasWords ? "ts_rank(d.search_data, \(words)) * \(Self.weight)" : "0::real"
    }

    /// Discourse's weights of the search priority of a category.
    private static let weight: SQL = """
        coalesce((SELECT CASE wc.search_priority WHEN 2 THEN 0.6 WHEN 3 THEN 0.8 WHEN 4 THEN 1.2
            WHEN 5 THEN 1.4 ELSE 1 END::real FROM categories wc WHERE wc.id = t.category_id), 1)
        """

    /// Leaves out categories that searches ignore, unless one is searched in.
    private var isConsidered: SQL {
        let isPlaced = query.conditions.contains { condition in
            if case .places = condition { return true }
            return false
        }
        guard query.categories.isEmpty, !isPlaced, query.topicID == nil else { return "TRUE" }
        // A subquery by row: the planner would take a list of unknown length for most of all topics.
        return """
            coalesce((SELECT ic.search_priority FROM categories ic WHERE ic.id = t.category_id), 0) <> 1
            """
    }

    private var conditions: SQL {
        var parts: [SQL] = [
            Visibility.topic(viewer), Visibility.post(viewer), "p.post_type <= 2", isConsidered,
        ]
        if hasWords { parts.append("d.search_data @@ \(words)") }
        if query.isTitleOnly, hasWords {
            parts.append("p.post_number = 1 AND ts_filter(d.search_data, '{a}') @@ \(words)")
        }
        parts += query.isMessagesOnly ? messages : [listed]
        let topics = TopicConditionQueries(viewer: viewer, newSince: newSince)
        parts += query.conditions.map { topics.sql($0) }
        parts += query.postDemands.map { SearchDemandQueries(viewer: viewer).sql($0) }
        parts += flags + people + places + bounds
        return SQL.joined(parts, separator: " AND ")
    }

    private var listed: SQL {
        query.topicID == nil ? "t.archetype = 'regular' AND t.visible" : "TRUE"
    }

    /// Messages: the viewer's own, unless an administrator asks for all, or those to a group.
    private var messages: [SQL] {
        guard let principal = viewer.principal else { return ["FALSE"] }
        var parts: [SQL] = ["t.archetype = 'private_message'"]
        if let group = query.groupMessages {
            parts.append(
                """
                EXISTS (SELECT 1 FROM topic_allowed_groups ta JOIN groups g ON g.id = ta.group_id
                    WHERE ta.topic_id = t.id AND g.name_lower = \(group))
                """
            )
        } else if !query.isAllMessages || !principal.isAdmin, query.topicID == nil {
            parts.append(
                """
                (EXISTS (SELECT 1 FROM topic_allowed_users ta
                        WHERE ta.topic_id = t.id AND ta.user_id = \(principal.id))
                    OR EXISTS (SELECT 1 FROM topic_allowed_groups ta WHERE ta.topic_id = t.id
                        AND ta.group_id = ANY(\(principal.groupIDs)::bigint[])))
                """
            )
        }
        if query.isDirectOnly {
            parts.append(
                """
                (SELECT count(*) FROM topic_allowed_users ta WHERE ta.topic_id = t.id) = 2
                AND NOT EXISTS (SELECT 1 FROM topic_allowed_groups ta WHERE ta.topic_id = t.id)
                """
            )
        }
        return parts
    }

    private var flags: [SQL] {
        var parts: [SQL] = []
        if query.isFirstPostOnly { parts.append("p.post_number = 1") }
        if query.isPinnedOnly { parts.append("t.pinned_at IS NOT NULL") }
        if query.isWikiOnly { parts.append("p.wiki") }
        for status in query.statuses.prefix(Limits.searchFiltersMax) {
            switch status {
            case .open: parts.append("NOT t.closed AND NOT t.archived")
            case .closed: parts.append("t.closed")
            case .archived: parts.append("t.archived")
            case .noReplies: parts.append(TopicConditionQueries.hasNoReplies)
            }
        }
        return parts
    }

    private var people: [SQL] {
        var parts: [SQL] = query.usernames.prefix(Limits.searchFiltersMax).map { name in
            "p.user_id = (SELECT by.id FROM users by WHERE by.username_lower = \(name))"
        }
        if query.isLikedOnly || query.isPostedOnly {
            guard let principal = viewer.principal else { return ["FALSE"] }
            if query.isPostedOnly { parts.append("p.user_id = \(principal.id)") }
            if query.isLikedOnly {
                parts.append(
                    """
                    EXISTS (SELECT 1 FROM post_actions mine WHERE mine.post_id = p.id
                        AND mine.user_id = \(principal.id) AND mine.post_action_type_id = 2)
                    """
                )
            }
        }
        return parts
    }

    private var places: [SQL] {
        var parts = query.categories.map { category($0) }
        for names in query.tagDemands.prefix(Limits.searchFiltersMax) {
            parts.append("t.id IN (\(tagged(names)))")
        }
        if !query.excludedTags.isEmpty {
            parts.append("t.id NOT IN (\(tagged(query.excludedTags)))")
        }
        if let topic = query.topicID { parts.append("p.topic_id = \(topic)") }
        return parts
    }

    private func tagged(_ names: [String]) -> SQL {
        """
        SELECT tt.topic_id FROM topic_tags tt
            JOIN tags g ON coalesce(g.target_tag_id, g.id) = tt.tag_id
            WHERE g.name_lower = ANY(\(names)::text[]) AND \(Visibility.tag(viewer))
        """
    }

    /// A category by slug with its subcategories; `#name` finds a tag of that name as well. Whether
    /// a hidden category has that slug makes no difference.
    private func category(_ term: SearchQuery.CategoryTerm) -> SQL {
        let parts = term.slug.split(separator: ":", maxSplits: 1)
        let slug = String(parts.last ?? "")
        let parent = parts.count == 2 ? String(parts[0]) : nil
        let children: SQL =
            term.isExact
            ? "" : " OR (above.slug = \(slug) AND \(parent)::text IS NULL)"
        let categories: SQL = """
            SELECT c.id FROM categories c
                LEFT JOIN categories above ON above.id = c.parent_category_id
            WHERE (c.slug = \(slug) AND (\(parent)::text IS NULL OR above.slug = \(parent)::text))
                \(children)
            """
        guard term.mayBeTag, parent == nil else { return "t.category_id IN (\(categories))" }
        return "(t.category_id IN (\(categories)) OR t.id IN (\(tagged([slug]))))"
    }

    private var bounds: [SQL] {
        var parts: [SQL] = []
        if let before = query.before { parts.append("p.created_at < \(before)") }
        if let after = query.after { parts.append("p.created_at > \(after)") }
        if let number = query.minPosts { parts.append("t.posts_count >= \(number)::int") }
        if let number = query.maxPosts { parts.append("t.posts_count <= \(number)::int") }
        if let number = query.minViews { parts.append("t.views >= \(number)::int") }
        if let number = query.maxViews { parts.append("t.views <= \(number)::int") }
        return parts
    }

    // MARK: Beside posts

    func topics(_ ids: [TopicID], newSince: Timestamp) -> SQL {
        """
        SELECT \(TopicQueries.columns), lp.username, \(TopicQueries.viewerStateColumns)
        FROM topics t JOIN users lp ON lp.id = t.last_post_user_id
            \(TopicQueries.viewerState(viewer))
        WHERE t.id = ANY(\(ids.map(\.value))::bigint[]) AND \(Visibility.topic(viewer))
        """
    }

    static func users(named start: String) -> SQL {
        """
        SELECT \(TopicQueries.userCardColumns) FROM users u
        WHERE u.username_lower >= \(start) AND u.username_lower < \(start) || U&'\\+10FFFF'
            AND u.active AND NOT u.staged AND u.id > 0
        ORDER BY u.username_lower LIMIT \(TopicQueries.literal(Limits.namesFoundMax + 1))
        """
    }

    static func categories(named part: String, for viewer: Viewer) -> SQL {
        """
        SELECT c.id, c.name, c.slug, c.color, c.text_color, c.parent_category_id, c.read_restricted
        FROM categories c
        WHERE strpos(lower(c.name), \(part)) > 0 AND \(Visibility.category(viewer))
        ORDER BY c.name LIMIT \(TopicQueries.literal(Limits.namesFoundMax + 1))
        """
    }

    /// Tags that stand on a topic which the viewer may see.
    static func tags(named part: String, for viewer: Viewer) -> SQL {
        """
        SELECT g.id, g.name, g.slug FROM tags g
        WHERE strpos(g.name_lower, \(part)) > 0 AND \(Visibility.tag(viewer)) AND EXISTS (SELECT 1 FROM topic_tags tt
            JOIN topics t ON t.id = tt.topic_id WHERE tt.tag_id = g.id
            AND t.archetype = 'regular' AND \(Visibility.topic(viewer)))
        ORDER BY g.name LIMIT \(TopicQueries.literal(Limits.namesFoundMax + 1))
        """
    }

    /// Groups that the viewer may know of.
    static func groups(named part: String, for viewer: Viewer) -> SQL {
        let level = viewer.isStaff ? 3 : viewer.principal == nil ? 0 : 1
        let isVisible: SQL =
            viewer.isAdmin
            ? "TRUE"
            : """
            (g.visibility_level <= \(level)::int
                OR (g.visibility_level <= 2 AND g.id = ANY(\(viewer.groupIDs)::bigint[])))
            """
        return """
            SELECT g.id, g.name FROM groups g
            WHERE strpos(g.name_lower, \(part)) > 0 AND g.id <> 0 AND \(isVisible)
            ORDER BY g.name_lower LIMIT \(TopicQueries.literal(Limits.namesFoundMax + 1))
            """
    }
}

/// A found post before its blurb is cut.
struct SearchRow: RowDecodable {
    let id: PostID
    let topicID: TopicID
    let number: Int
    let likeCount: Int
    let createdAt: Timestamp
    let raw: String
    let author: UserCard

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        topicID = try row.next()
        number = try row.next()
        likeCount = try row.next()
        createdAt = try row.next()
        raw = try row.next()
        author = try UserCard(from: &row)
    }
}

struct SearchCategoryRow: RowDecodable {
    let category: SearchCategory

    init(from row: inout RowReader) throws(PostgresError) {
        category = SearchCategory(
            id: try row.next(),
            name: try row.next(),
            slug: try row.next(),
            color: try row.next(),
            textColor: try row.next(),
            parentID: try row.next(),
            isReadRestricted: try row.next()
        )
    }
}

struct TagCardRow: RowDecodable {
    let tag: TagCard

    init(from row: inout RowReader) throws(PostgresError) {
        tag = TagCard(id: try row.next(), name: try row.next(), slug: try row.next())
    }
}
