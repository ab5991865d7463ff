import Postgres

/// What each demand on a list's topics is in SQL. Aliases as in `TopicListQueries`.
///
/// What the viewer may not know of (categories, hidden tags, groups) is, in a demand, as good as
/// nothing.
struct TopicConditionQueries {
    let viewer: Viewer
    let newSince: Timestamp

    func sql(_ condition: TopicCondition) -> SQL {
        switch condition {
        case .places(let places, let isExcluded): return self.places(places, isExcluded)
        case .notInCategories(let ids):
            return Self.isNot(in: "\(ids.map(\.value))::bigint[]")
        case .tags(let names, let all, let isExcluded):
            return tags(names, all: all, isExcluded: isExcluded)
        case .tagged:
            return """
                EXISTS (SELECT 1 FROM topic_tags tt JOIN tags g ON g.id = tt.tag_id
                    WHERE tt.topic_id = t.id AND \(Visibility.tag(viewer)))
                """
        case .untagged:
            return """
                NOT EXISTS (SELECT 1 FROM topic_tags tt JOIN tags g ON g.id = tt.tag_id
                    WHERE tt.topic_id = t.id AND \(Visibility.tag(viewer)))
                """
        case .tagGroup(let name, let isExcluded): return tagGroup(name, isExcluded)
        case .writers(let names, let all): return writers(names, all: all)
        case .groups(let names, let all): return groups(names, all: all)
        case .creators(let names):
            return """
                t.user_id = ANY(ARRAY(SELECT u.id FROM users u
                    WHERE u.username_lower = ANY(\(names)::text[])))
                """
        case .status(let status): return self.status(status)
        case .relations(let relations):
            let parts = relations.map { relation($0) }
            return parts.isEmpty ? "FALSE" : "(\(SQL.joined(parts, separator: " OR ")))"
        case .number(let metric, let isMinimum, let number):
            return bound(Self.value(of: metric), isMinimum, number)
        case .time(let moment, let isAfter, let time):
            return bound(Self.column(of: moment), isAfter: isAfter, time)
        case .words(let text): return found(text, inTitle: false)
        case .titleWords(let text): return found(text, inTitle: true)
        case .ids(let ids): return "t.id = ANY(\(ids.map(\.value))::bigint[])"
        case .nothing: return "FALSE"
        }
    }

    private func bound(_ value: SQL, _ isMinimum: Bool, _ number: Int) -> SQL {
        isMinimum ? "\(value) >= \(number)::int" : "\(value) <= \(number)::int"
    }

    private func bound(_ column: SQL, isAfter: Bool, _ time: Timestamp) -> SQL {
        isAfter ? "\(column) >= \(time)" : "\(column) < \(time)"
    }

    // MARK: Places and tags

    private func places(_ places: [TopicCondition.Place], _ isExcluded: Bool) -> SQL {
        guard !places.isEmpty else { return isExcluded ? "TRUE" : "FALSE" }
        let parts = places.prefix(Limits.tagConditionsMax).map { ids(of: $0) }
        // An array is made once; see Visibility.
        let all: SQL = "ARRAY(\(SQL.joined(parts, separator: " UNION ALL ")))"
        return isExcluded ? Self.isNot(in: all) : "t.category_id = ANY(\(all))"
    }

    /// In a coalesce, so that the planner does not take an array it does not know for most of all
    /// categories, and sort what it could walk along an index.
    private static func isNot(in categories: SQL) -> SQL {
        "coalesce(t.category_id <> ALL(\(categories)), TRUE)"
    }

    private func ids(of place: TopicCondition.Place) -> SQL {
        let visible = Visibility.category(viewer)
        if let number = Int64(place.slug) {
            let below: SQL =
                place.includesSubcategories
                ? " OR c.parent_category_id = \(number)::bigint" : ""
            return
                "SELECT c.id FROM categories c WHERE (c.id = \(number)::bigint\(below)) AND \(visible)"
        }
        let parts = place.slug.split(separator: ":", maxSplits: 1)
        let slug = String(parts.last ?? "")
        let parent = parts.count == 2 ? String(parts[0]) : nil
        let below: SQL =
            place.includesSubcategories && parent == nil ? " OR above.slug = \(slug)" : ""
        return """
            SELECT c.id FROM categories c LEFT JOIN categories above ON above.id = c.parent_category_id
            WHERE ((c.slug = \(slug) AND (\(parent)::text IS NULL OR above.slug = \(parent)::text))\(below))
                AND \(visible)
            """
    }

    /// Holds for a topic `t` that bears one of the tags, or what they are synonyms of.
    static func bears(_ names: [String], _ viewer: Viewer) -> SQL {
        """
        EXISTS (SELECT 1 FROM topic_tags tt WHERE tt.topic_id = t.id
            AND tt.tag_id = ANY(ARRAY(SELECT coalesce(g.target_tag_id, g.id) FROM tags g
                WHERE g.name_lower = ANY(\(names.map { $0.cleanedOfNUL.lowercased() })::text[])
                    AND \(Visibility.tag(viewer)))))
        """
    }

    private func tags(_ names: [String], all: Bool, isExcluded: Bool) -> SQL {
        guard !names.isEmpty else { return isExcluded ? "TRUE" : "FALSE" }
        let names = Array(names.prefix(Limits.tagConditionsMax))
        let holds: SQL =
            all
            ? "(\(SQL.joined(names.map { Self.bears([$0], viewer) }, separator: " AND ")))"
            : Self.bears(names, viewer)
        return isExcluded ? "NOT \(holds)" : holds
    }

    private func tagGroup(_ name: String, _ isExcluded: Bool) -> SQL {
        let holds: SQL = """
            EXISTS (SELECT 1 FROM topic_tags tt JOIN tags g ON g.id = tt.tag_id
                JOIN tag_group_memberships m ON m.tag_id = g.id
                JOIN tag_groups tg ON tg.id = m.tag_group_id
                WHERE tt.topic_id = t.id AND lower(tg.name) = \(name) AND \(Visibility.tag(viewer)))
            """
        return isExcluded ? "NOT \(holds)" : holds
    }

    // MARK: People

    private func writers(_ names: [String], all: Bool) -> SQL {
        guard all else { return wrote(names) }
        let parts = names.prefix(Limits.tagConditionsMax).map { wrote([$0]) }
        return parts.isEmpty ? "FALSE" : SQL.joined(parts, separator: " AND ")
    }

    private func wrote(_ names: [String]) -> SQL {
        """
        EXISTS (SELECT 1 FROM posts p JOIN users u ON u.id = p.user_id
            WHERE p.topic_id = t.id AND \(Visibility.post(viewer))
                AND u.username_lower = ANY(\(names)::text[]))
        """
    }

    private func groups(_ names: [String], all: Bool) -> SQL {
        let lists = all ? names.prefix(Limits.tagConditionsMax).map { [$0] } : [names]
        let parts = lists.map { names -> SQL in
            """
            EXISTS (SELECT 1 FROM posts p JOIN group_users m ON m.user_id = p.user_id
                JOIN groups g ON g.id = m.group_id
                WHERE p.topic_id = t.id AND \(Visibility.post(viewer))
                    AND g.name_lower = ANY(\(names)::text[]) AND \(showsMembers))
            """
        }
        return parts.isEmpty ? "FALSE" : SQL.joined(parts, separator: " AND ")
    }

    /// Holds for a group `g` whose members the viewer may know.
    private var showsMembers: SQL {
        if viewer.isAdmin { return "TRUE" }
        let level = viewer.isStaff ? 3 : viewer.principal == nil ? 0 : 1
        return """
            (greatest(g.visibility_level, g.members_visibility_level) <= \(level)::int
                OR (greatest(g.visibility_level, g.members_visibility_level) <= 2
                    AND g.id = ANY(\(viewer.groupIDs)::bigint[])))
            """
    }

    // MARK: The topic itself

    private func status(_ status: TopicCondition.Status) -> SQL {
        switch status {
        case .open: "NOT t.closed AND NOT t.archived"
        case .closed: "t.closed"
        case .archived: "t.archived"
        case .listed: "t.visible"
        // Which of the hidden ones are listed is the list's own matter.
        case .unlisted, .deleted: "TRUE"
        case .public:
            """
            t.category_id = ANY(ARRAY(SELECT cg.category_id FROM category_groups cg
                WHERE cg.group_id = 0))
            """
        case .noReplies: Self.hasNoReplies
        case .singleUser: "t.participant_count = 1"
        }
    }

    static let firstPostLikes: SQL =
        "(SELECT op.like_count FROM posts op WHERE op.topic_id = t.id AND op.post_number = 1)"

    private static func value(of metric: TopicCondition.Metric) -> SQL {
        switch metric {
        case .likes: "t.like_count"
        case .firstPostLikes: "coalesce(\(firstPostLikes), 0)"
        case .posts: "t.posts_count"
        case .posters: "t.participant_count"
        case .views: "t.views"
        }
    }

    private static func column(of moment: TopicCondition.Moment) -> SQL {
        switch moment {
        case .activity: "t.bumped_at"
        case .created: "t.created_at"
        case .latestPost: "t.last_posted_at"
        }
    }

    /// Words of posts that the viewer may read.
    private func found(_ words: String, inTitle: Bool) -> SQL {
        let query: SQL = "websearch_to_tsquery('english', \(words))"
        let title: SQL =
            inTitle ? " AND p.post_number = 1 AND ts_filter(d.search_data, '{a}') @@ \(query)" : ""
        return """
            t.id IN (SELECT d.topic_id FROM post_search_data d JOIN posts p ON p.id = d.post_id
                WHERE d.search_data @@ \(query)\(title) AND \(Visibility.post(viewer)))
            """
    }

    // MARK: The viewer

    private func relation(_ relation: TopicCondition.Relation) -> SQL {
        if relation == .pinned {
            return """
                (t.pinned_at IS NOT NULL AND (t.pinned_until IS NULL OR t.pinned_until > now()))
                """
        }
        guard let principal = viewer.principal else { return "FALSE" }
        switch relation {
        case .pinned: return "TRUE"
        case .bookmarked: return Self.isBookmarked(by: viewer)
        case .muted: return "tu.notification_level = 0"
        case .normal: return "coalesce(tu.notification_level, 1) = 1"
        case .tracking: return "tu.notification_level = 2"
        case .watching: return "tu.notification_level = 3"
        case .watchingFirstPost: return followsFirstPosts(principal)
        case .newTopics: return isNew(principal)
        case .unread, .newReplies: return Self.isUnread
        case .new: return "(\(isNew(principal)) OR \(Self.isUnread))"
        case .unseen: return unseen
        case .posted: return "coalesce(tu.posted, false)"
        case .created: return "t.user_id = \(principal.id)"
        }
    }

    private func followsFirstPosts(_ principal: Principal) -> SQL {
        """
        (t.category_id IN (SELECT cu.category_id FROM category_users cu
                WHERE cu.user_id = \(principal.id) AND cu.notification_level = 4)
            OR EXISTS (SELECT 1 FROM tag_users gu JOIN topic_tags tt ON tt.tag_id = gu.tag_id
                WHERE gu.user_id = \(principal.id) AND gu.notification_level = 4
                    AND tt.topic_id = t.id))
        """
    }

    private static let isUnread: SQL = """
        (tu.notification_level >= 2 AND tu.last_read_post_number > 0
            AND tu.last_read_post_number < t.highest_post_number)
        """

    private func isNew(_ principal: Principal) -> SQL {
        """
        (t.created_at > \(newSince) AND coalesce(tu.last_read_post_number, 0) = 0
            AND coalesce(tu.notification_level, 1) <> 0 AND \(Self.isUndismissed(by: principal)))
        """
    }

    /// Since the viewer has an account, and not read to the end.
    var unseen: SQL {
        guard let principal = viewer.principal else { return "FALSE" }
        return """
            (t.bumped_at >= (SELECT me.created_at FROM users me WHERE me.id = \(principal.id))
                AND coalesce(tu.last_read_post_number, 0) < t.highest_post_number)
            """
    }

    /// Nobody wrote anything after the first post; that the topic was closed, say, is no reply.
    static let hasNoReplies: SQL = """
        (t.posts_count = 1 OR (t.reply_count = 0 AND NOT EXISTS (SELECT 1 FROM posts answer
            WHERE answer.topic_id = t.id AND answer.post_number > 1 AND answer.post_type <> 3
                AND answer.deleted_at IS NULL)))
        """

    static func isUndismissed(by principal: Principal) -> SQL {
        """
        NOT EXISTS (SELECT 1 FROM dismissed_topics gone
            WHERE gone.topic_id = t.id AND gone.user_id = \(principal.id))
        """
    }

    static func isBookmarked(by viewer: Viewer) -> SQL {
        guard let principal = viewer.principal else { return "FALSE" }
        return """
            t.id IN (SELECT b.topic_id FROM bookmarks b
                WHERE b.user_id = \(principal.id) AND b.topic_id IS NOT NULL
                UNION ALL SELECT p.topic_id FROM bookmarks b JOIN posts p ON p.id = b.post_id
                WHERE b.user_id = \(principal.id))
            """
    }
}
