import Postgres

/// Notices of likes, and those of one kind by one person that become one.
enum LikeNoticeQueries {
    /// A like tells the author of the post: each time, the first time and again after a day, the first
    /// time, or never, as they chose.
    ///
    /// - Parameter frequency: Of those who did not choose.
    static func notifyOfLike(_ id: PostID, by user: UserID, frequency: Int) -> SQL {
        """
        WITH liked AS (
            SELECT p.id, p.user_id, p.topic_id, p.post_number, p.post_type, t.title,
                liker.username,
                coalesce((u.options ->> 'like_notification_frequency')::int, \(frequency)) AS often
            FROM posts p JOIN topics t ON t.id = p.topic_id
                JOIN users u ON u.id = p.user_id AND \(NotificationQueries.isReachable)
                JOIN users liker ON liker.id = \(user)
                JOIN post_actions pa ON pa.post_id = p.id AND pa.user_id = liker.id
                    AND pa.post_action_type_id = 2
            WHERE p.id = \(id) AND p.deleted_at IS NULL AND p.user_id <> liker.id
                AND NOT \(RelationQueries.isKeptAway("u.id", "liker.id"))
                AND NOT EXISTS (SELECT 1 FROM topic_users tu WHERE tu.user_id = u.id
                    AND tu.topic_id = t.id AND tu.notification_level = 0)
                AND \(Visibility.topicByReader)
        ), outdated AS (
            DELETE FROM notifications n USING liked
            WHERE n.user_id = liked.user_id AND n.notification_type = 5 AND n.post_id = liked.id
                AND (liked.often = 0
                    OR (liked.often = 1 AND n.created_at < now() - interval '1 day'))
            RETURNING n.user_id
        ), others AS (
            SELECT u.username, row_number() OVER (ORDER BY pa.created_at DESC, pa.id DESC) AS place,
                count(*) OVER () AS people
            FROM liked JOIN post_actions pa ON pa.post_id = liked.id AND pa.post_action_type_id = 2
                    AND pa.user_id <> \(user)
                JOIN users u ON u.id = pa.user_id
        )
        INSERT INTO notifications
            (user_id, notification_type, topic_id, post_id, post_number, data)
        SELECT liked.user_id, 5, liked.topic_id, liked.id, liked.post_number, jsonb_build_object(
            'topic_title', liked.title, 'original_post_id', liked.id,
            'original_post_type', liked.post_type, 'original_username', liked.username,
            'display_username', liked.username, 'username2', others.username,
            'count', coalesce(others.people, 0) + 1)
        FROM liked CROSS JOIN (SELECT count(*) FROM outdated) renewed
            LEFT JOIN others ON others.place = 1
        WHERE liked.often < 3
        ON CONFLICT (user_id, notification_type, post_id) DO NOTHING
        """
    }

    /// When somebody causes more than `threshold` notices of one kind to one person within a while,
    /// they become one that counts them.
    ///
    /// - Parameter post: A post that just caused some.
    static func consolidate(
        _ kind: NotificationKind,
        into merged: NotificationKind,
        causedBy user: UserID?,
        about post: PostID,
        threshold: Int,
        minutes: Int
    ) -> SQL {
        """
        WITH recent AS MATERIALIZED (
            SELECT n.id, n.user_id, n.notification_type, cause.username,
                CASE WHEN n.notification_type = \(kind.rawValue)::smallint THEN 1
                    ELSE (n.data ->> 'count')::int END AS number
            FROM users cause JOIN notifications n ON n.data ->> 'display_username' = cause.username
            WHERE cause.id = \(user)::bigint AND n.created_at > now() - make_interval(mins => \(minutes)::int)
                AND n.user_id IN (SELECT m.user_id FROM notifications m WHERE m.post_id = \(post)
                    AND m.notification_type = \(kind.rawValue)::smallint
                    AND m.created_at > now() - interval '1 minute')
                AND n.notification_type IN (\(kind.rawValue)::smallint, \(merged.rawValue)::smallint)
        ), people AS (
            SELECT r.user_id, r.username, sum(r.number) AS number FROM recent r
            GROUP BY r.user_id, r.username
            HAVING bool_or(r.notification_type = \(merged.rawValue)::smallint)
                OR count(*) > \(threshold)::int
        ), gone AS (
            DELETE FROM notifications n USING recent r, people
            WHERE n.id = r.id AND r.user_id = people.user_id
        )
        INSERT INTO notifications (user_id, notification_type, data)
        SELECT people.user_id, \(merged.rawValue)::smallint, jsonb_build_object(
            'username', people.username, 'display_username', people.username,
            'consolidated', true, 'count', people.number)
        FROM people
        """
    }
}
