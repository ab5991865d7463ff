import Postgres

enum SubscriptionQueries {
    static func visibleTopic(_ id: TopicID, for viewer: Viewer) -> SQL {
        "SELECT t.id FROM topics t WHERE t.id = \(id) AND \(Visibility.topic(viewer))"
    }

    static func visibleCategory(_ id: CategoryID, for viewer: Viewer) -> SQL {
        "SELECT c.id FROM categories c WHERE c.id = \(id) AND \(Visibility.category(viewer))"
    }

    /// A tag exists for those who can see a topic that bears it; staff sees all.
    static func visibleTag(_ name: String, for viewer: Viewer) -> SQL {
        let anywhere: SQL =
            viewer.isStaff
            ? "TRUE"
            : """
            EXISTS (SELECT 1 FROM topic_tags tt JOIN topics t ON t.id = tt.topic_id
                WHERE tt.tag_id = coalesce(g.target_tag_id, g.id) AND \(Visibility.topic(viewer)))
            """
        return """
            SELECT coalesce(g.target_tag_id, g.id) FROM tags g
            WHERE g.name_lower = lower(\(name)) AND \(Visibility.tag(viewer)) AND \(anywhere)
            """
    }

    static func setLevel(
        _ level: NotificationLevel,
        _ topic: Permitted<Subscribe, VisibleTopic>
    ) -> SQL {
        """
        INSERT INTO topic_users (topic_id, user_id, notification_level, notifications_reason_id)
        VALUES (\(topic.resource.id), \(topic.principal.id), \(level.rawValue),
            \(NotificationReason.userChanged.rawValue))
        ON CONFLICT (user_id, topic_id) DO UPDATE
        SET notification_level = excluded.notification_level,
            notifications_reason_id = excluded.notifications_reason_id
        """
    }

    static func setLevel(
        _ level: NotificationLevel,
        _ category: Permitted<Subscribe, VisibleCategory>
    ) -> SQL {
        """
        INSERT INTO category_users (category_id, user_id, notification_level)
        VALUES (\(category.resource.id), \(category.principal.id), \(level.rawValue))
        ON CONFLICT (user_id, category_id) DO UPDATE
        SET notification_level = excluded.notification_level
        """
    }

    static func setLevel(
        _ level: NotificationLevel,
        _ tag: Permitted<Subscribe, VisibleTag>
    ) -> SQL {
        """
        INSERT INTO tag_users (tag_id, user_id, notification_level)
        VALUES (\(tag.resource.id), \(tag.principal.id), \(level.rawValue))
        ON CONFLICT (user_id, tag_id) DO UPDATE
        SET notification_level = excluded.notification_level
        """
    }

    /// What a category's new level does to the topics in it that the user has a row of already.
    static func followTopics(
        of category: Permitted<Subscribe, VisibleCategory>,
        at level: NotificationLevel
    ) -> SQL {
        follow(
            "t.category_id = \(category.resource.id)",
            by: category.principal.id,
            at: level,
            watching: .autoWatchCategory,
            tracking: .autoTrackCategory
        )
    }

    /// What a tag's new level does to the topics that bear it and that the user has a row of already.
    static func followTopics(
        of tag: Permitted<Subscribe, VisibleTag>,
        at level: NotificationLevel
    ) -> SQL {
        follow(
            "t.id IN (SELECT tt.topic_id FROM topic_tags tt WHERE tt.tag_id = \(tag.resource.id))",
            by: tag.principal.id,
            at: level,
            watching: .autoWatchTag,
            tracking: .autoTrackTag
        )
    }

    /// Starting to watch or track raises rows that automation, not the user, set lower; to watch no
    /// more makes the rows that the watching raised tracked ones (Discourse does the same).
    private static func follow(
        _ topics: SQL,
        by user: UserID,
        at level: NotificationLevel,
        watching: NotificationReason,
        tracking: NotificationReason
    ) -> SQL {
        let reason = level == .watching ? watching : tracking
        let raises = level == .watching || level == .tracking
        return """
            UPDATE topic_users tu
            SET notification_level = CASE WHEN tu.notification_level = 3 THEN 2
                    ELSE \(level.rawValue)::smallint END,
                notifications_reason_id = CASE WHEN tu.notification_level = 3 THEN NULL
                    ELSE \(reason.rawValue)::smallint END
            FROM topics t
            WHERE t.id = tu.topic_id AND tu.user_id = \(user) AND \(topics) AND (
                (\(raises) AND tu.notification_level BETWEEN 1 AND \(level.rawValue)::int - 1
                    AND tu.notifications_reason_id
                        IS DISTINCT FROM \(NotificationReason.userChanged.rawValue)::smallint)
                OR (\(level != .watching) AND tu.notification_level = 3
                    AND tu.notifications_reason_id = \(watching.rawValue)::smallint))
            """
    }

    /// The read position only rises, and never past what the topic has; posts count as read once.
    static func recordTimings(
        _ topic: Permitted<Subscribe, VisibleTopic>,
        postNumbers: [Int],
        milliseconds: Int
    ) -> [SQL] {
        let user = topic.principal.id
        let id = topic.resource.id
        return [
            """
            WITH before AS (
                SELECT tu.last_read_post_number AS last FROM topic_users tu
                WHERE tu.topic_id = \(id) AND tu.user_id = \(user)
            ), seen AS (
                SELECT coalesce(max(p.post_number), 0) AS last,
                    count(*) FILTER (WHERE p.post_number > coalesce(before.last, 0)) AS posts
                FROM posts p LEFT JOIN before ON TRUE
                WHERE p.topic_id = \(id) AND p.post_number = ANY(\(postNumbers)::int[])
            ), stats AS (
                UPDATE user_stats us SET posts_read_count = posts_read_count + seen.posts,
                    time_read_ms = time_read_ms + \(milliseconds),
                    topics_entered = topics_entered
                        + CASE WHEN EXISTS (SELECT 1 FROM before) THEN 0 ELSE 1 END
                FROM seen WHERE us.user_id = \(user)
            )
            INSERT INTO topic_users AS tu (topic_id, user_id, notification_level,
                notifications_reason_id, last_read_post_number, total_msecs_viewed,
                first_visited_at, last_visited_at)
            SELECT \(id), \(user), coalesce(followed.level, 1), followed.reason, seen.last,
                \(milliseconds), now(), now()
            FROM seen LEFT JOIN (\(inherited(id, by: user))) followed ON TRUE
            ON CONFLICT (user_id, topic_id) DO UPDATE
            SET last_read_post_number =
                    greatest(tu.last_read_post_number, excluded.last_read_post_number),
                total_msecs_viewed = tu.total_msecs_viewed + excluded.total_msecs_viewed,
                first_visited_at = coalesce(tu.first_visited_at, now()),
                last_visited_at = now()
            """,
            """
            UPDATE notifications SET read = true
            WHERE user_id = \(user) AND topic_id = \(id) AND NOT read
                AND post_number = ANY(\(postNumbers)::int[])
            """,
        ]
    }

    static func forgetReading(
        _ topic: Permitted<Subscribe, VisibleTopic>,
        onlyLast: Bool
    ) -> SQL {
        """
        UPDATE topic_users tu SET last_read_post_number = CASE WHEN \(onlyLast)
                THEN coalesce((SELECT max(p.post_number) FROM posts p
                    WHERE p.topic_id = tu.topic_id AND p.deleted_at IS NULL
                        AND p.post_number < tu.last_read_post_number), 0) ELSE 0 END,
            first_visited_at = CASE WHEN \(onlyLast) THEN first_visited_at END,
            last_visited_at = CASE WHEN \(onlyLast) THEN last_visited_at END,
            total_msecs_viewed = CASE WHEN \(onlyLast) THEN total_msecs_viewed ELSE 0 END
        WHERE tu.topic_id = \(topic.resource.id) AND tu.user_id = \(topic.principal.id)
        """
    }

    /// The level that a topic's category and tags give its first row: the higher one, of two equal
    /// ones the category's. Without it, reading a topic once would end hearing of it.
    static func inherited(_ topic: TopicID, by user: UserID) -> SQL {
        """
        SELECT level, reason FROM (
            SELECT cu.notification_level AS level,
                CASE cu.notification_level WHEN 3 THEN 6 ELSE 8 END AS reason, 0 AS place
            FROM category_users cu JOIN topics t ON t.category_id = cu.category_id
            WHERE t.id = \(topic) AND cu.user_id = \(user)
                AND cu.notification_level IN (2, 3)
            UNION ALL
            SELECT gu.notification_level,
                CASE gu.notification_level WHEN 3 THEN 10 ELSE 12 END, 1
            FROM tag_users gu JOIN topic_tags tt ON tt.tag_id = gu.tag_id
            WHERE tt.topic_id = \(topic) AND gu.user_id = \(user)
                AND gu.notification_level IN (2, 3)
        ) levels ORDER BY level DESC, place LIMIT 1
        """
    }
}

extension SubscriptionQueries {
    static func sendDigests(to principal: Principal) -> SQL {
        """
        UPDATE users SET options = options || '{"email_digests": true}'::jsonb
        WHERE id = \(principal.id)
        """
    }
}
