import Postgres

/// What is new and unread to one member. Aliases: `t` topics, `tu` their row of `topic_users`.
enum TopicTrackingQueries {
    private static func new(_ principal: Principal, newSince: Timestamp) -> SQL {
        let query = TopicListQuery(.new)
        let lists = TopicListQueries(
            query: query,
            viewer: .member(principal),
            newSince: newSince
        )
        return lists.trackedCondition
    }

    private static func unread(_ principal: Principal) -> SQL {
        let lists = TopicListQueries(
            query: TopicListQuery(.unread),
            viewer: .member(principal),
            newSince: .now()
        )
        return lists.trackedCondition
    }

    private static let columns: SQL = """
        t.id, t.highest_post_number, tu.last_read_post_number, t.created_at, t.category_id,
        tu.notification_level
        """

    static func topics(for principal: Principal, newSince: Timestamp) -> SQL {
        let limit = TopicQueries.literal(Limits.trackedTopicsMax)
        let viewer = Viewer.member(principal)
        return """
            (SELECT \(columns), TRUE FROM topics t \(TopicQueries.viewerStateRowByRow(viewer))
                WHERE \(new(principal, newSince: newSince))
                ORDER BY t.created_at DESC, t.id DESC LIMIT \(limit))
            UNION ALL
            (SELECT \(columns), FALSE FROM topics t \(TopicQueries.viewerState(viewer))
                WHERE \(unread(principal))
                ORDER BY t.bumped_at DESC, t.id DESC LIMIT \(limit))
            """
    }

    /// How many are new and how many unread: of each category, of each tag that the principal may know
    /// of, and (without either) in all.
    static func counts(for principal: Principal, newSince: Timestamp) -> SQL {
        let viewer = Viewer.member(principal)
        return """
            WITH tracked AS MATERIALIZED (
                SELECT t.id, t.category_id, 1 AS new, 0 AS unread
                FROM topics t \(TopicQueries.viewerStateRowByRow(viewer))
                WHERE \(new(principal, newSince: newSince))
                UNION ALL
                SELECT t.id, t.category_id, 0, 1
                FROM topics t \(TopicQueries.viewerState(viewer))
                WHERE \(unread(principal))
            )
            SELECT NULL::bigint, NULL::bigint, coalesce(sum(new), 0)::bigint,
                coalesce(sum(unread), 0)::bigint FROM tracked
            UNION ALL
            SELECT category_id, NULL, sum(new)::bigint, sum(unread)::bigint FROM tracked
                GROUP BY category_id
            UNION ALL
            SELECT NULL, g.id, sum(new)::bigint, sum(unread)::bigint FROM tracked
                JOIN topic_tags tt ON tt.topic_id = tracked.id JOIN tags g ON g.id = tt.tag_id
                WHERE \(Visibility.tag(viewer)) GROUP BY g.id
            """
    }

    // MARK: Dismissing

    private static func chosen(_ dismissal: Dismissal, _ principal: Principal) -> SQL {
        var parts: [SQL] = ["TRUE"]
        if let ids = dismissal.topicIDs {
            parts.append("t.id = ANY(\(ids.map(\.value))::bigint[])")
        }
        if let category = dismissal.categoryID {
            let below: SQL =
                dismissal.includesSubcategories
                ? """
                 OR t.category_id IN (SELECT c.id FROM categories c
                    WHERE c.parent_category_id = \(category))
                """ : ""
            parts.append("(t.category_id = \(category)\(below))")
        }
        if let tag = dismissal.tag {
            parts.append(TopicConditionQueries.bears([tag], .member(principal)))
        }
        if dismissal.isTrackedOnly {
            parts.append(
                """
                (coalesce(tu.notification_level, 1) >= 2
                    OR t.category_id IN (SELECT cu.category_id FROM category_users cu
                        WHERE cu.user_id = \(principal.id) AND cu.notification_level >= 2)
                    OR EXISTS (SELECT 1 FROM tag_users gu JOIN topic_tags tt ON tt.tag_id = gu.tag_id
                        WHERE gu.user_id = \(principal.id) AND gu.notification_level >= 2
                            AND tt.topic_id = t.id))
                """
            )
        }
        return SQL.joined(parts, separator: " AND ")
    }

    static func dismissNew(
        _ dismissal: Dismissal,
        by principal: Principal,
        newSince: Timestamp
    ) -> SQL {
        """
        INSERT INTO dismissed_topics (user_id, topic_id)
        SELECT \(principal.id)::bigint, t.id
        FROM topics t \(TopicQueries.viewerStateRowByRow(.member(principal)))
        WHERE \(new(principal, newSince: newSince)) AND \(chosen(dismissal, principal))
        ORDER BY t.created_at DESC, t.id DESC
        LIMIT \(TopicQueries.literal(Limits.trackedTopicsMax))
        ON CONFLICT DO NOTHING RETURNING topic_id
        """
    }

    static func dismissUnread(_ dismissal: Dismissal, by principal: Principal) -> SQL {
        """
        UPDATE topic_users mine SET
            last_read_post_number = CASE WHEN \(dismissal.dismissesPosts)::boolean
                THEN chosen.highest ELSE mine.last_read_post_number END,
            notification_level = CASE WHEN \(dismissal.untracks)::boolean
                THEN least(mine.notification_level, 1) ELSE mine.notification_level END,
            notifications_reason_id = CASE WHEN \(dismissal.untracks)::boolean
                THEN 2 ELSE mine.notifications_reason_id END
        FROM (SELECT t.id, t.highest_post_number AS highest
            FROM topics t \(TopicQueries.viewerState(.member(principal)))
            WHERE \(unread(principal)) AND \(chosen(dismissal, principal))
            LIMIT \(TopicQueries.literal(Limits.trackedTopicsMax))) chosen
        WHERE mine.topic_id = chosen.id AND mine.user_id = \(principal.id)
        RETURNING mine.topic_id
        """
    }

    /// Of those that the principal can see, whatever they follow; answers them.
    static func readToEnd(_ topics: [TopicID], by principal: Principal) -> SQL {
        """
        WITH seen AS (
            SELECT t.id, t.highest_post_number FROM topics t
            WHERE t.id = ANY(\(topics.map(\.value))::bigint[])
                AND \(Visibility.topic(.member(principal)))
        ), read AS (
            UPDATE topic_users tu SET last_read_post_number = seen.highest_post_number FROM seen
            WHERE tu.topic_id = seen.id AND tu.user_id = \(principal.id)
                AND tu.last_read_post_number < seen.highest_post_number
        )
        SELECT id FROM seen ORDER BY id
        """
    }
}
