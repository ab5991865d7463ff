import Postgres

enum ArrangeTopicQueries {
    static func changeTimestamp(
        _ permitted: Permitted<ArrangingTopic, TopicAccess>,
        to time: Timestamp,
        now: Timestamp
    ) -> [SQL] {
        let topic = permitted.resource
        let shift: SQL = "(\(time)::timestamptz - \(topic.createdAt)::timestamptz)"
        return [
            EditTopicQueries.lock(topic.id),
            """
            UPDATE posts SET created_at = CASE WHEN post_number = 1 THEN \(time)::timestamptz
                    ELSE least(created_at + \(shift), \(now)::timestamptz) END,
                updated_at = least(updated_at + \(shift), \(now)::timestamptz)
            WHERE topic_id = \(topic.id)
            """,
            """
            UPDATE topics SET created_at = \(time), updated_at = \(now),
                last_posted_at = latest.created_at, bumped_at = latest.created_at
            FROM (SELECT max(p.created_at) AS created_at FROM posts p
                WHERE p.topic_id = \(topic.id) AND p.deleted_at IS NULL AND p.post_type <= 2) latest
            WHERE id = \(topic.id)
            """,
            edited(topic.id, by: permitted.principal),
        ]
    }

    static func resetBump(_ permitted: Permitted<ArrangingTopic, TopicAccess>) -> [SQL] {
        let topic = permitted.resource
        return [
            """
            UPDATE topics SET bumped_at = coalesce((SELECT max(p.created_at) FROM posts p
                WHERE p.topic_id = topics.id AND p.deleted_at IS NULL AND p.post_type = 1
                    AND NOT p.hidden), created_at)
            WHERE id = \(topic.id)
            """,
            edited(topic.id, by: permitted.principal),
        ]
    }

    static func bump(
        _ permitted: Permitted<ChangingTopicStatus, TopicAccess>,
        now: Timestamp
    ) -> [SQL] {
        [
            "UPDATE topics SET bumped_at = \(now) WHERE id = \(permitted.resource.id)",
            edited(permitted.resource.id, by: permitted.principal),
        ]
    }

    static func setSlowMode(
        _ permitted: Permitted<ChangingTopicStatus, TopicAccess>,
        seconds: Int,
        until: Timestamp?,
        now: Timestamp
    ) -> [SQL] {
        [
            """
            UPDATE topics SET slow_mode_seconds = \(seconds)::int,
                slow_mode_until = \(seconds == 0 ? nil : until)::timestamptz, updated_at = \(now)
            WHERE id = \(permitted.resource.id)
            """,
            edited(permitted.resource.id, by: permitted.principal),
        ]
    }

    /// How many seconds the slow mode of a topic lets somebody wait; no row when they need not.
    static func slowModeWait(_ topic: TopicID, for author: UserID, now: Timestamp) -> SQL {
        """
        SELECT ceil(extract(epoch FROM max(p.created_at)
            + make_interval(secs => t.slow_mode_seconds) - \(now)::timestamptz))::int
        FROM topics t JOIN posts p ON p.topic_id = t.id AND p.user_id = \(author)
        WHERE t.id = \(topic) AND t.slow_mode_seconds > 0
            AND (t.slow_mode_until IS NULL OR t.slow_mode_until > \(now))
            AND p.created_at > \(now)::timestamptz - make_interval(secs => t.slow_mode_seconds)
        GROUP BY t.slow_mode_seconds
        """
    }

    static func clearPin(
        _ permitted: Permitted<ClearingPin, TopicAccess>,
        _ isCleared: Bool,
        now: Timestamp
    ) -> SQL {
        let topic = permitted.resource.id
        let user = permitted.principal.id
        return """
            INSERT INTO topic_users (topic_id, user_id, notification_level,
                notifications_reason_id, cleared_pinned_at)
            SELECT \(topic), \(user), coalesce(followed.level, 1), followed.reason,
                \(isCleared ? now : nil)::timestamptz
            FROM (SELECT 1) one
                LEFT JOIN (\(SubscriptionQueries.inherited("\(topic)", by: "\(user)"))) followed ON TRUE
            ON CONFLICT (user_id, topic_id) DO UPDATE
            SET cleared_pinned_at = EXCLUDED.cleared_pinned_at
            """
    }

    static func endPins(now: Timestamp) -> SQL {
        """
        UPDATE topics SET pinned_at = NULL, pinned_until = NULL, pinned_globally = FALSE
        WHERE pinned_until <= \(now) RETURNING id
        """
    }

    /// Tells of it with the topic's first post.
    static func edited(_ topic: TopicID, by principal: Principal) -> SQL {
        """
        INSERT INTO outbox (event, topic_id, post_id, user_id)
        SELECT \(Event.topicEdited.rawValue), \(topic)::bigint,
            (SELECT id FROM posts WHERE topic_id = \(topic) AND post_number = 1),
            \(principal.id)::bigint
        """
    }
}
