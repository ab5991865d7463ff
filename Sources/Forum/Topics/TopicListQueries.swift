import Postgres

/// The statements of topic lists. Aliases: `t` topics, `tu` the viewer's row, `lp` the last poster.
struct TopicListQueries {
    let query: TopicListQuery
    let viewer: Viewer
    let newSince: Timestamp

    /// How many rows are asked for: one more than the page, rounded so that few texts are prepared.
    private var limit: SQL {
        let wanted = query.perPage + 1
        let limit = [31, 61].first { $0 >= wanted } ?? 101
        return TopicQueries.literal(limit)
    }

    private var offset: Int { query.before == nil ? query.page * query.perPage : 0 }

    /// Whether pinned topics stand first here: in Discourse's default order of latest and categories.
    var hasPinned: Bool {
        query.filter == .latest && query.order == .default && !query.isAscending
            && query.before == nil
    }

    /// The page without pinned topics.
    var topics: SQL {
        switch ordering {
        case .activity: byActivity
        case .sorted(let order): sorted(by: order)
        }
    }

    private enum Ordering {
        case activity
        case sorted(SQL)
    }

    private var ordering: Ordering {
        guard query.orders.isEmpty else {
            let terms = query.orders.map { term(of: $0.order, isAscending: $0.isAscending) }
            return .sorted("\(SQL.joined(terms, separator: ", ")), t.id DESC")
        }
        let isAscending = query.isAscending
        switch query.order {
        case .activity, .default:
            if case .top(_) = query.filter { return .sorted(score(isAscending)) }
            if case .hot = query.filter {
                return .sorted("\(Self.hotness) DESC, t.bumped_at DESC, t.id DESC")
            }
            return .activity
        default:
            let id: SQL = isAscending ? "t.id" : "t.id DESC"
            return .sorted("\(term(of: query.order, isAscending: isAscending)), \(id)")
        }
    }

    private func term(of order: TopicListQuery.Order, isAscending: Bool) -> SQL {
        let value: SQL =
            switch order {
            case .activity, .default: "t.bumped_at"
            case .created: "t.created_at"
            case .views: "t.views"
            case .posts: "t.posts_count"
            case .likes: "t.like_count"
            case .title: "lower(t.title)"
            case .category:
                "coalesce((SELECT lower(oc.name) FROM categories oc WHERE oc.id = t.category_id), '')"
            case .firstPostLikes: "coalesce(\(TopicConditionQueries.firstPostLikes), 0)"
            case .posters: "t.participant_count"
            case .latestPost: "coalesce(t.last_posted_at, t.created_at)"
            case .hot: Self.hotness
            case .read: "coalesce(tu.last_visited_at, '-infinity')"
            }
        return isAscending ? value : "\(value) DESC"
    }

    private func score(_ isAscending: Bool) -> SQL {
        let score: SQL = "ln(1 + t.views) + 2 * t.like_count + ln(1 + t.posts_count) * 3"
        return isAscending ? "\(score), t.id" : "\(score) DESC, t.id DESC"
    }

    /// The score that the upkeep made; for what is younger, the same from the topic alone.
    private static let hotness: SQL = """
        coalesce((SELECT hs.score FROM topic_hot_scores hs WHERE hs.topic_id = t.id),
            \(HotTopicQueries.provisional))
        """

    private var columns: SQL {
        "\(TopicQueries.columns), lp.username, \(TopicQueries.viewerStateColumns)"
    }

    private var joins: SQL {
        "JOIN users lp ON lp.id = t.last_post_user_id \(viewerState)"
    }

    /// The viewer's rows lead to the topics where the list is made of them; elsewhere the topics
    /// lead to the rows.
    private var viewerState: SQL {
        switch query.filter {
        case .unread, .posted, .messages: TopicQueries.viewerState(viewer)
        default: TopicQueries.viewerStateRowByRow(viewer)
        }
    }

    private var byActivity: SQL {
        let order: SQL =
            query.isAscending ? "t.bumped_at, t.id" : "t.bumped_at DESC, t.id DESC"
        let skipped: SQL =
            offset == 0
            ? ""
            : hasPinned
                ? "OFFSET greatest(0, \(offset)::bigint - (\(pinnedCount)))"
                : "OFFSET \(offset)::bigint"
        let unpinned: SQL = hasPinned ? " AND NOT \(isPinnedHere)" : ""
        return """
            SELECT \(columns) FROM topics t \(joins)
            WHERE \(conditions)\(unpinned)\(keyset)
            ORDER BY \(order) LIMIT \(limit) \(skipped)
            """
    }

    private var keyset: SQL {
        guard let before = query.before else { return "" }
        return query.isAscending
            ? " AND (t.bumped_at, t.id) > (\(before.bumpedAt), \(before.id))"
            : " AND (t.bumped_at, t.id) < (\(before.bumpedAt), \(before.id))"
    }

    /// Another order than by activity is one of the most recently active: a bound on the work.
    private func sorted(by order: SQL) -> SQL {
        let skipped: SQL = offset == 0 ? "" : "OFFSET \(offset)::bigint"
        if query.orders.isEmpty, query.order == .created {
            // There is an index of this order.
            return """
                SELECT \(columns) FROM topics t \(joins) WHERE \(conditions)
                ORDER BY \(order) LIMIT \(limit) \(skipped)
                """
        }
        return """
            SELECT \(columns) FROM (
                SELECT t.* FROM topics t \(viewerState)
                WHERE \(conditions) ORDER BY t.bumped_at DESC, t.id DESC
                LIMIT \(TopicQueries.literal(Limits.sortedTopicsMax))
            ) t \(joins) ORDER BY \(order) LIMIT \(limit) \(skipped)
            """
    }

    /// The pinned topics that belong on this page.
    var pinned: SQL {
        let skipped: SQL = offset == 0 ? "" : "OFFSET \(offset)::bigint"
        return """
            SELECT \(columns) FROM topics t \(joins)
            WHERE t.pinned_at IS NOT NULL AND \(conditions) AND \(isPinnedHere)
            ORDER BY t.pinned_at DESC, t.id DESC LIMIT \(limit) \(skipped)
            """
    }

    /// The latest of each category, as many as it features.
    func featured(in categories: [CategoryID]) -> SQL {
        """
        SELECT \(columns) FROM categories c CROSS JOIN LATERAL (
            SELECT t.* FROM topics t \(viewerState)
            WHERE t.category_id = c.id AND \(conditions)
            ORDER BY t.bumped_at DESC, t.id DESC LIMIT least(c.num_featured_topics, 10)) t \(joins)
        WHERE c.id = ANY(\(categories.map(\.value))::bigint[])
        ORDER BY c.position, c.id, t.bumped_at DESC, t.id DESC LIMIT 2000
        """
    }

    private var pinnedCount: SQL {
        """
        SELECT count(*) FROM topics t \(viewerState)
        WHERE t.pinned_at IS NOT NULL AND \(conditions) AND \(isPinnedHere)
        """
    }

    /// Pinned, not run out, and not yet read by this viewer.
    private var isPinnedHere: SQL {
        let place: SQL = query.categoryID == nil ? " AND t.pinned_globally" : ""
        let unread: SQL =
            viewer.principal == nil
            ? ""
            : """
             AND NOT coalesce(tu.last_read_post_number > 0 AND tu.last_visited_at > t.pinned_at, FALSE)
            """
        return """
            (t.pinned_at IS NOT NULL
                AND (t.pinned_until IS NULL OR t.pinned_until > now())\(place)\(unread))
            """
    }

    // MARK: Conditions

    private var conditions: SQL {
        let visible: SQL =
            listing == .deleted
            ? Visibility.topicOrDeletedForStaff(viewer) : Visibility.topic(viewer)
        var parts: [SQL] = [visible, filter]
        if let category = query.categoryID { parts.append(inCategory(category)) }
        let tags = query.tags.prefix(Limits.tagConditionsMax)
        if query.matchesAnyTag, !tags.isEmpty {
            parts.append(TopicConditionQueries.bears(Array(tags), viewer))
        } else {
            parts += tags.map { TopicConditionQueries.bears([$0], viewer) }
        }
        let demands = TopicConditionQueries(viewer: viewer, newSince: newSince)
        parts += query.conditions.map { demands.sql($0) }
        return SQL.joined(parts, separator: " AND ")
    }

    /// The same for those who count or name topics instead of listing them.
    var trackedCondition: SQL { conditions }

    private var listing: TopicCondition.Status? {
        query.conditions.lazy.compactMap(\.listing).first
    }

    private func inCategory(_ category: CategoryID) -> SQL {
        guard query.includesSubcategories else { return "t.category_id = \(category)" }
        return """
            (t.category_id = \(category) OR t.category_id IN
                (SELECT sub.id FROM categories sub WHERE sub.parent_category_id = \(category)))
            """
    }

    private static let isRegular: SQL =
        "t.deleted_at IS NULL AND t.archetype = 'regular'"

    private var listed: SQL {
        switch listing {
        case .unlisted: "\(Self.isRegular) AND NOT t.visible"
        case .deleted:
            viewer.isStaff
                ? "t.deleted_at IS NOT NULL AND t.archetype = 'regular'" : "FALSE"
        default: "\(Self.isRegular) AND t.visible"
        }
    }

    private var filter: SQL {
        switch query.filter {
        case .all: return listed
        case .latest: return "\(listed)\(unmuted)"
        case .hot: return "\(listed)\(unmuted) AND t.bumped_at > now() - interval '30 days'"
        case .top(let period):
            guard let days = period.days else { return "\(listed)\(unmuted)" }
            return
                "\(listed)\(unmuted) AND t.bumped_at > now() - make_interval(days => \(days)::int)"
        case .new:
            return """
                \(listed)\(unmuted) AND t.created_at > \(newSince)
                AND coalesce(tu.last_read_post_number, 0) = 0\(undismissed)
                """
        case .unseen:
            return """
                \(listed)\(unmuted)
                AND \(TopicConditionQueries(viewer: viewer, newSince: newSince).unseen)
                """
        case .posted: return "\(listed) AND tu.posted"
        case .bookmarked:
            return "\(listed) AND \(TopicConditionQueries.isBookmarked(by: viewer))"
        case .unread:
            return """
                \(listed) AND tu.notification_level >= 2 AND tu.last_read_post_number > 0
                AND tu.last_read_post_number < t.highest_post_number
                """
        case .createdBy(let user): return "\(Self.isRegular) AND t.user_id = \(user)"
        case .messages(let box, let user): return messages(box, of: user)
        case .byGroup(let group):
            return """
                \(listed) AND t.user_id IN
                    (SELECT gu.user_id FROM group_users gu WHERE gu.group_id = \(group))
                """
        case .ids(let ids): return "t.id = ANY(\(ids.map(\.value))::bigint[])"
        }
    }

    private func messages(_ box: TopicListQuery.MessageBox, of user: UserID) -> SQL {
        let isMessage: SQL = "t.archetype = 'private_message'"
        let received: SQL = """
            \(isMessage) AND t.id IN
                (SELECT mine.topic_id FROM topic_allowed_users mine WHERE mine.user_id = \(user))
            """
        let unread: SQL = "tu.last_read_post_number BETWEEN 1 AND t.highest_post_number - 1"
        let new: SQL = "coalesce(tu.last_read_post_number, 0) = 0"
        switch box {
        case .inbox: return "\(received) AND NOT \(isPutAway(by: user))"
        case .sent: return "\(isMessage) AND t.user_id = \(user) AND NOT \(isPutAway(by: user))"
        case .unread: return "\(received) AND \(unread)"
        case .new: return "\(received) AND \(new)"
        case .archive: return "\(received) AND \(isPutAway(by: user))"
        case .group(let group): return "\(sent(to: group)) AND NOT \(isPutAway(by: group))"
        case .groupUnread(let group): return "\(sent(to: group)) AND \(unread)"
        case .groupNew(let group): return "\(sent(to: group)) AND \(new)"
        case .groupArchive(let group): return "\(sent(to: group)) AND \(isPutAway(by: group))"
        }
    }

    private func sent(to group: GroupID) -> SQL {
        """
        t.archetype = 'private_message' AND t.id IN
            (SELECT ours.topic_id FROM topic_allowed_groups ours WHERE ours.group_id = \(group))
        """
    }

    /// What was put away comes back with the next post.
    private func isPutAway(by user: UserID) -> SQL {
        """
        EXISTS (SELECT 1 FROM user_archived_messages away WHERE away.topic_id = t.id
            AND away.user_id = \(user) AND away.archived_at >= t.last_posted_at)
        """
    }

    private func isPutAway(by group: GroupID) -> SQL {
        """
        EXISTS (SELECT 1 FROM group_archived_messages away WHERE away.topic_id = t.id
            AND away.group_id = \(group) AND away.archived_at >= t.last_posted_at)
        """
    }

    private var undismissed: SQL {
        guard let principal = viewer.principal else { return "" }
        return " AND \(TopicConditionQueries.isUndismissed(by: principal))"
    }

    /// Leaves out what the viewer muted: the topic, and its category or one of its tags unless they
    /// follow the topic itself. Whoever asks for a category or tag by name gets it.
    private var unmuted: SQL {
        guard let principal = viewer.principal else { return "" }
        let muted: SQL = " AND coalesce(tu.notification_level, 1) <> 0"
        guard query.categoryID == nil, query.tags.isEmpty else { return muted }
        return """
            \(muted) AND (coalesce(tu.notification_level, 1) >= 2 OR (
                t.category_id NOT IN (SELECT cu.category_id FROM category_users cu
                    WHERE cu.user_id = \(principal.id) AND cu.notification_level = 0)
                AND NOT EXISTS (SELECT 1 FROM tag_users gu
                    JOIN topic_tags tt ON tt.tag_id = gu.tag_id
                    WHERE gu.user_id = \(principal.id) AND gu.notification_level = 0
                        AND tt.topic_id = t.id)))
            """
    }
}

extension TopicListQuery.TopPeriod {
    fileprivate var days: Int? {
        switch self {
        case .all: nil
        case .yearly: 365
        case .quarterly: 91
        case .monthly: 30
        case .weekly: 7
        case .daily: 1
        }
    }
}

extension Rows {
    func topicSummaries(
        for viewer: Viewer,
        newSince: Timestamp
    ) throws(PostgresError) -> [TopicSummary] {
        var summaries: [TopicSummary] = []
        summaries.reserveCapacity(count)
        for row in self {
            var reader = row.reader()
            let topic = try Topic(from: &reader)
            let username: String = try reader.next()
            summaries.append(
                TopicSummary(
                    topic: topic,
                    lastPosterUsername: username,
                    viewerState: try TopicViewerState.read(from: &reader),
                    hasViewer: viewer.principal != nil,
                    newSince: newSince
                )
            )
        }
        return summaries
    }
}
