import Postgres

enum TopicTimerQueries {
    /// What `TopicTimer.init(from:)` reads.
    static let columns: SQL = """
        tm.id, tm.topic_id, tm.user_id, tm.status_type, tm.execute_at, tm.duration_minutes,
        tm.based_on_last_post, tm.category_id
        """

    /// Replaces the topic's timer of that kind.
    static func set(
        _ permitted: Permitted<SettingTimer, TopicAccess>,
        _ timer: PlannedTimer,
        at time: Timestamp,
        now: Timestamp
    ) -> SQL {
        let topic = permitted.resource.id
        let user = permitted.principal.id
        return """
            INSERT INTO topic_timers AS tm (topic_id, user_id, status_type, execute_at,
                duration_minutes, based_on_last_post, category_id, created_at)
            VALUES (\(topic), \(user), \(timer.kind.rawValue), \(time),
                \(timer.durationMinutes)::int, \(timer.isBasedOnLastPost),
                \(timer.categoryID)::bigint, \(now))
            ON CONFLICT (topic_id, status_type,
                (CASE WHEN status_type = 'reminder' THEN user_id ELSE 0 END))
            DO UPDATE SET user_id = EXCLUDED.user_id, execute_at = EXCLUDED.execute_at,
                duration_minutes = EXCLUDED.duration_minutes,
                based_on_last_post = EXCLUDED.based_on_last_post,
                category_id = EXCLUDED.category_id, created_at = EXCLUDED.created_at
            RETURNING \(columns)
            """
    }

    /// Closing and opening again exclude one another.
    static func removeOthers(
        _ permitted: Permitted<SettingTimer, TopicAccess>,
        than kind: TopicTimer.Kind
    ) -> SQL {
        """
        DELETE FROM topic_timers WHERE topic_id = \(permitted.resource.id)
            AND status_type NOT IN ('reminder', 'bump', 'delete_replies', \(kind.rawValue))
            AND \(kind != .reminder && kind != .bump && kind != .deleteReplies)
        """
    }

    static func remove(
        _ permitted: Permitted<SettingTimer, TopicAccess>,
        _ kind: TopicTimer.Kind
    ) -> SQL {
        """
        DELETE FROM topic_timers WHERE topic_id = \(permitted.resource.id)
            AND status_type = \(kind.rawValue)
            AND (status_type <> 'reminder' OR user_id = \(permitted.principal.id))
        """
    }

    /// The timer that readers are shown: the next of those that are everybody's.
    static func shown(of topic: TopicID) -> SQL {
        """
        SELECT \(columns) FROM topic_timers tm
        WHERE tm.topic_id = \(topic) AND tm.status_type <> 'reminder'
        ORDER BY tm.execute_at, tm.id LIMIT 1
        """
    }

    static func lastPostedAt(_ topic: TopicID) -> SQL {
        "SELECT coalesce(last_posted_at, created_at) FROM topics WHERE id = \(topic)"
    }

    /// Timers that count from the newest post are put off while people still write.
    static func putOffBusy(now: Timestamp) -> SQL {
        """
        UPDATE topic_timers tm
        SET execute_at = t.last_posted_at + make_interval(mins => tm.duration_minutes)
        FROM topics t WHERE t.id = tm.topic_id AND tm.execute_at <= \(now)
            AND tm.based_on_last_post AND tm.duration_minutes IS NOT NULL
            AND t.last_posted_at + make_interval(mins => tm.duration_minutes) > \(now)
        """
    }

    /// The ids of timers whose time has come.
    static func due(now: Timestamp) -> SQL {
        """
        SELECT tm.id FROM topic_timers tm WHERE tm.execute_at <= \(now)
        ORDER BY tm.execute_at, tm.id LIMIT \(Limits.timersAtOnce)
        """
    }

    static func timer(_ id: TopicTimerID, dueBy now: Timestamp) -> SQL {
        """
        SELECT \(columns) FROM topic_timers tm WHERE tm.id = \(id) AND tm.execute_at <= \(now)
        """
    }

    /// Not when it was set anew meanwhile.
    static func finish(_ timer: TopicTimer) -> SQL {
        "DELETE FROM topic_timers WHERE id = \(timer.id) AND execute_at = \(timer.executeAt)"
    }

    /// Posts whose time is over, and when the next one's will be.
    static func expiredReplies(
        in topic: TopicID,
        olderThan time: Timestamp,
        limit: Int
    ) -> SQL {
        """
        SELECT p.id FROM posts p WHERE p.topic_id = \(topic) AND p.post_number > 1
            AND p.deleted_at IS NULL AND p.post_type = 1 AND p.created_at <= \(time)
            AND p.like_count < \(Limits.likesThatKeepReplies)
        ORDER BY p.post_number LIMIT \(limit)
        """
    }

    static func again(_ id: TopicTimerID, minutes: Int, now: Timestamp) -> SQL {
        """
        UPDATE topic_timers tm SET execute_at = greatest(\(now)::timestamptz + interval '1 minute',
            coalesce((SELECT min(p.created_at) FROM posts p WHERE p.topic_id = tm.topic_id
                AND p.post_number > 1 AND p.deleted_at IS NULL AND p.post_type = 1
                AND p.like_count < \(Limits.likesThatKeepReplies)), \(now)::timestamptz)
            + make_interval(mins => \(minutes)::int))
        WHERE tm.id = \(id)
        """
    }

    /// Tells whoever set it and removes the timer, in one statement: nobody is told twice.
    static func remind(_ timer: TopicTimer, now: Timestamp) -> SQL {
        """
        WITH due AS (
            DELETE FROM topic_timers tm
            WHERE tm.id = \(timer.id) AND tm.execute_at = \(timer.executeAt)
            RETURNING tm.user_id, tm.topic_id
        )
        INSERT INTO notifications (user_id, notification_type, topic_id, post_number, data,
            created_at)
        SELECT u.id, 18, t.id, 1, jsonb_build_object('topic_title', t.title,
            'display_username', u.username), \(now)
        FROM due JOIN topics t ON t.id = due.topic_id JOIN users u ON u.id = due.user_id
        """
    }
}
