import Postgres

/// Likes, Discourse's post action 2.
enum LikeQueries {
    /// Counts a like once, whoever else asks at the same time; returns a row when it was new.
    static func like(
        _ permitted: Permitted<LikingPost, PostAccess>,
        perDay: Int,
        now: Timestamp
    ) -> SQL {
        let post = permitted.resource
        let liker = permitted.principal
        return """
            WITH made AS (
                INSERT INTO post_actions (post_id, user_id, post_action_type_id, created_at)
                SELECT p.id, \(liker.id), 2, \(now) FROM posts p
                WHERE p.id = \(post.id) AND p.deleted_at IS NULL
                    AND (SELECT count(*) FROM post_actions mine WHERE mine.user_id = \(liker.id)
                        AND mine.post_action_type_id = 2
                        AND mine.created_at > \(now)::timestamptz - interval '1 day')
                        < \(perDay)::int
                ON CONFLICT DO NOTHING RETURNING post_id
            ),
            \(counts(post, liker, step: "1", event: .postLiked))
            SELECT post_id FROM made
            """
    }

    static func unlike(_ permitted: Permitted<UnlikingPost, PostAccess>) -> SQL {
        let post = permitted.resource
        let liker = permitted.principal
        return """
            WITH made AS (
                DELETE FROM post_actions WHERE post_id = \(post.id) AND user_id = \(liker.id)
                    AND post_action_type_id = 2 RETURNING post_id
            ),
            \(counts(post, liker, step: "-1", event: .postUnliked))
            SELECT post_id FROM made
            """
    }

    private static func counts(
        _ post: PostAccess,
        _ liker: Principal,
        step: SQL,
        event: Event
    ) -> SQL {
        """
        topic AS (
            UPDATE topics SET like_count = like_count + (\(step)) FROM made
            WHERE topics.id = \(post.topic.id)
        ),
        post AS (
            UPDATE posts SET like_count = like_count + (\(step)) FROM made
            WHERE posts.id = made.post_id
        ),
        statistics AS (
            UPDATE user_stats SET
                likes_given = likes_given
                    + CASE WHEN user_id = \(liker.id) THEN (\(step)) ELSE 0 END,
                likes_received = likes_received
                    + CASE WHEN user_id = \(post.authorID) THEN (\(step)) ELSE 0 END
            FROM made WHERE user_id IN (\(liker.id), \(post.authorID))
        ),
        event AS (
            INSERT INTO outbox (event, topic_id, post_id, user_id)
            SELECT \(event.rawValue), \(post.topic.id)::bigint, made.post_id, \(liker.id)::bigint
            FROM made
        )
        """
    }

    static func actorCount(on post: PostID, action: Int) -> SQL {
        """
        SELECT count(*) FROM post_actions
        WHERE post_id = \(post) AND post_action_type_id = \(action)::smallint
        """
    }

    /// Those who like a post, oldest like first.
    static func likers(of post: PostID, offset: Int, limit: Int, for viewer: Viewer) -> SQL {
        actors(on: post, action: 2, offset: offset, limit: limit, for: viewer)
    }

    static func actors(
        on post: PostID,
        action: Int,
        offset: Int,
        limit: Int,
        for viewer: Viewer
    ) -> SQL {
        """
        SELECT \(TopicQueries.userCardColumns)
        FROM post_actions pa JOIN users u ON u.id = pa.user_id
            JOIN posts p ON p.id = pa.post_id JOIN topics t ON t.id = p.topic_id
        WHERE pa.post_id = \(post) AND pa.post_action_type_id = \(action)::smallint
            AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
        ORDER BY pa.id OFFSET \(offset) LIMIT \(limit)
        """
    }

    /// How many likes somebody gave in a day, and when the oldest of them.
    static func oldestToday(by user: UserID, now: Timestamp) -> SQL {
        """
        SELECT count(*), min(created_at) FROM post_actions
        WHERE user_id = \(user) AND post_action_type_id = 2
            AND created_at > \(now)::timestamptz - interval '1 day'
        """
    }
}
