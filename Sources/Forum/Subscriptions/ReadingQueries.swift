import Postgres

/// What somebody has read of a topic.
enum ReadingQueries {
    /// The read position only rises, and never past what the topic has; posts count as read once.
    /// Who has read long enough tracks the topic, unless something else decided on it already.
    ///
    /// The first statement answers whether they have read on.
    ///
    /// - Parameter tracksAfter: Milliseconds, for those who did not choose; negative is never.
    static func recordTimings(
        _ topic: Permitted<Subscribe, VisibleTopic>,
        postNumbers: [Int],
        milliseconds: Int,
        tracksAfter: Int
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
            ), patience AS (
                SELECT coalesce((u.options ->> 'auto_track_topics_after_msecs')::bigint,
                    \(tracksAfter)::bigint) AS milliseconds
                FROM users u JOIN topics t ON t.id = \(id) AND t.archetype = 'regular'
                WHERE u.id = \(user)
            )
            INSERT INTO topic_users AS tu (topic_id, user_id, notification_level,
                notifications_reason_id, last_read_post_number, total_msecs_viewed,
                first_visited_at, last_visited_at)
            SELECT \(id), \(user), coalesce(followed.level,
                    CASE WHEN patience.milliseconds BETWEEN 0 AND \(milliseconds) THEN 2 ELSE 1 END),
                followed.reason, seen.last, \(milliseconds), now(), now()
            FROM seen LEFT JOIN patience ON TRUE
                LEFT JOIN (\(SubscriptionQueries.inherited("\(id)", by: "\(user)"))) followed ON TRUE
            ON CONFLICT (user_id, topic_id) DO UPDATE
            SET last_read_post_number =
                    greatest(tu.last_read_post_number, excluded.last_read_post_number),
                notification_level = CASE WHEN tu.notifications_reason_id IS NULL
                        AND tu.notification_level = 1 AND (SELECT patience.milliseconds FROM patience)
                            BETWEEN 0 AND tu.total_msecs_viewed + excluded.total_msecs_viewed
                    THEN 2 ELSE tu.notification_level END,
                total_msecs_viewed = least(tu.total_msecs_viewed + excluded.total_msecs_viewed,
                    \(Limits.readingMillisecondsMax)::bigint),
                first_visited_at = coalesce(tu.first_visited_at, now()),
                last_visited_at = now()
            RETURNING tu.last_read_post_number > coalesce((SELECT last FROM before), 0)
            """,
            """
            UPDATE notifications SET read = true
            WHERE user_id = \(user) AND topic_id = \(id) AND NOT read
                AND post_number = ANY(\(postNumbers)::int[])
            """,
        ]
    }

    /// Tells the reader's other programs how far they have read.
    static func tellRead(_ topic: Permitted<Subscribe, VisibleTopic>) -> SQL {
        LiveQueries.publish(
            on: .unread,
            toEach: """
                SELECT tu.user_id, jsonb_build_object('topic_id', t.id, 'message_type', 'read',
                    'payload', jsonb_build_object('topic_id', t.id,
                        'last_read_post_number', tu.last_read_post_number,
                        'highest_post_number', t.highest_post_number,
                        'notification_level', tu.notification_level)) AS data
                FROM topic_users tu JOIN topics t ON t.id = tu.topic_id
                WHERE tu.topic_id = \(topic.resource.id) AND tu.user_id = \(topic.principal.id)
                """
        )
    }

    static func forgetReading(
        _ topic: Permitted<Subscribe, VisibleTopic>,
        onlyLast: Bool
    ) -> SQL {
        """
        WITH undismissed AS (
            DELETE FROM dismissed_topics gone WHERE NOT \(onlyLast)
                AND gone.topic_id = \(topic.resource.id) AND gone.user_id = \(topic.principal.id)
        )
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
}

extension Limits {
    /// Reading time of one topic that is kept: a day.
    static let readingMillisecondsMax = 86_400_000
}
