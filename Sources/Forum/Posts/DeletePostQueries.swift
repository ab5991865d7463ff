import Postgres

/// Soft deletion: the rows stay, nobody sees them, counters go by what can be seen, and numbers are
/// never used again.
enum DeletePostQueries {
    static func delete(
        _ permitted: Permitted<DeletingPost, PostAccess>,
        now: Timestamp
    ) -> [SQL] {
        let post = permitted.resource
        let principal = permitted.principal
        let isOwn = post.authorID == principal.id
        return [
            lock(post.topic.id),
            """
            WITH gone AS (
                UPDATE posts SET deleted_at = \(now), deleted_by_id = \(principal.id),
                    user_deleted = \(isOwn)
                WHERE id = \(post.id) AND deleted_at IS NULL
                RETURNING \(returned)
            ),
            \(counts(sign: "-1", event: .postDeleted, by: principal))
            SELECT count(*) FROM gone
            """,
            refreshActivity(of: post.topic.id),
            skipDeletedEnd(of: post.topic.id),
        ]
    }

    static func recover(_ permitted: Permitted<RecoveringPost, PostAccess>) -> [SQL] {
        let post = permitted.resource
        return [
            lock(post.topic.id),
            """
            WITH gone AS (
                UPDATE posts SET deleted_at = NULL, deleted_by_id = NULL, user_deleted = FALSE
                WHERE id = \(post.id) AND deleted_at IS NOT NULL
                RETURNING \(returned)
            ),
            \(counts(sign: "1", event: .postRecovered, by: permitted.principal))
            SELECT count(*) FROM gone
            """,
            refreshActivity(of: post.topic.id),
        ]
    }

    static func deleteTopic(
        _ permitted: Permitted<DeletingTopic, TopicAccess>,
        now: Timestamp
    ) -> SQL {
        let principal = permitted.principal
        return """
            WITH gone AS (
                UPDATE topics SET deleted_at = \(now), deleted_by_id = \(principal.id)
                WHERE id = \(permitted.resource.id) AND deleted_at IS NULL
                RETURNING id, user_id, category_id, archetype, posts_count
            ),
            \(topicCounts(sign: "-1", event: .topicDeleted, by: principal))
            SELECT count(*) FROM gone
            """
    }

    static func recoverTopic(_ permitted: Permitted<RecoveringTopic, TopicAccess>) -> SQL {
        """
        WITH gone AS (
            UPDATE topics SET deleted_at = NULL, deleted_by_id = NULL
            WHERE id = \(permitted.resource.id) AND deleted_at IS NOT NULL
            RETURNING id, user_id, category_id, archetype, posts_count
        ),
        \(topicCounts(sign: "1", event: .topicRecovered, by: permitted.principal))
        SELECT count(*) FROM gone
        """
    }

    /// Every writer of a topic takes its row first.
    private static func lock(_ topic: TopicID) -> SQL {
        "SELECT 1 FROM topics WHERE id = \(topic) FOR UPDATE"
    }

    private static let returned: SQL =
        "id, topic_id, user_id, post_type, reply_to_post_number, like_count, word_count"

    private static func counts(sign: SQL, event: Event, by principal: Principal) -> SQL {
        """
        counted AS (
            UPDATE topics SET posts_count = posts_count + CASE WHEN gone.post_type = 3
                    AND archetype = 'private_message' THEN 0 ELSE (\(sign)) END,
                reply_count = reply_count
                    + CASE WHEN gone.reply_to_post_number IS NULL THEN 0 ELSE (\(sign)) END,
                like_count = topics.like_count + (\(sign)) * gone.like_count,
                word_count = topics.word_count + (\(sign)) * gone.word_count
            FROM gone WHERE topics.id = gone.topic_id
            RETURNING topics.id, topics.category_id, topics.archetype
        ),
        parent AS (
            UPDATE posts SET reply_count = greatest(0, posts.reply_count + (\(sign)))
            FROM gone WHERE posts.topic_id = gone.topic_id
                AND posts.post_number = gone.reply_to_post_number
        ),
        statistics AS (
            UPDATE user_stats SET post_count = greatest(0, post_count + (\(sign)))
            FROM gone JOIN counted ON counted.id = gone.topic_id
            WHERE user_stats.user_id = gone.user_id AND counted.archetype = 'regular'
        ),
        category AS (
            UPDATE categories SET post_count = post_count + (\(sign)) FROM counted
            WHERE categories.id = counted.category_id
        ),
        event AS (
            INSERT INTO outbox (event, topic_id, post_id, user_id)
            SELECT \(event.rawValue), topic_id, id, \(principal.id) FROM gone
        )
        """
    }

    private static func topicCounts(sign: SQL, event: Event, by principal: Principal) -> SQL {
        """
        opened AS (
            UPDATE user_stats SET topic_count = greatest(0, topic_count + (\(sign))),
                post_count = greatest(0, post_count + (\(sign)) * coalesce(mine.replies, 0))
            FROM gone LEFT JOIN LATERAL (SELECT count(*)::int AS replies FROM posts p
                WHERE p.topic_id = gone.id AND p.user_id = gone.user_id AND p.post_number > 1
                    AND p.deleted_at IS NULL) mine ON TRUE
            WHERE user_stats.user_id = gone.user_id AND gone.archetype = 'regular'
        ),
        replied AS (
            UPDATE user_stats SET post_count = greatest(0, post_count + (\(sign)) * other.replies)
            FROM (SELECT p.user_id, count(*)::int AS replies FROM posts p
                JOIN gone ON gone.id = p.topic_id AND gone.archetype = 'regular'
                WHERE p.user_id <> gone.user_id AND p.deleted_at IS NULL GROUP BY p.user_id) other
            WHERE user_stats.user_id = other.user_id
        ),
        category AS (
            UPDATE categories SET topic_count = topic_count + (\(sign)),
                post_count = post_count + (\(sign)) * gone.posts_count
            FROM gone WHERE categories.id = gone.category_id
        ),
        event AS (
            INSERT INTO outbox (event, topic_id, post_id, user_id)
            SELECT \(event.rawValue), gone.id,
                (SELECT p.id FROM posts p WHERE p.topic_id = gone.id AND p.post_number = 1),
                \(principal.id) FROM gone
        )
        """
    }

    /// The newest post that is left says when the topic was last active, and by whom.
    static func refreshActivity(of topic: TopicID) -> SQL {
        """
        UPDATE topics SET last_posted_at = coalesce(spoken.latest, latest.created_at),
            bumped_at = coalesce(spoken.latest, latest.created_at),
            last_post_user_id = latest.user_id, featured_user_ids = recent.ids
        FROM (SELECT created_at, user_id FROM posts
                WHERE topic_id = \(topic) AND deleted_at IS NULL AND post_type <> 4
                    AND (post_type <> 3 OR NOT EXISTS (SELECT 1 FROM topics m
                        WHERE m.id = \(topic) AND m.archetype = 'private_message'))
                ORDER BY post_number DESC LIMIT 1) latest,
            (SELECT (SELECT created_at FROM posts WHERE topic_id = \(topic)
                AND deleted_at IS NULL AND post_type <= 2
                ORDER BY post_number DESC LIMIT 1) AS latest) spoken,
            (SELECT coalesce((array_agg(user_id ORDER BY newest DESC))[1:4], '{}') AS ids
                FROM (SELECT window_posts.user_id, max(window_posts.post_number) AS newest
                    FROM (SELECT user_id, post_number FROM posts
                        WHERE topic_id = \(topic) AND deleted_at IS NULL AND post_type <> 4
                            AND post_number > 1
                        ORDER BY post_number DESC LIMIT 100) window_posts
                    WHERE window_posts.user_id <>
                        (SELECT user_id FROM topics WHERE id = \(topic))
                    GROUP BY window_posts.user_id) posters) recent
        WHERE id = \(topic)
        """
    }

    /// Whoever had read all that is left has read all there is.
    private static func skipDeletedEnd(of topic: TopicID) -> SQL {
        """
        UPDATE topic_users tu SET last_read_post_number = t.highest_post_number
        FROM topics t WHERE t.id = \(topic) AND tu.topic_id = t.id
            AND tu.last_read_post_number < t.highest_post_number
            AND tu.last_read_post_number >= (SELECT max(p.post_number) FROM posts p
                WHERE p.topic_id = t.id AND p.deleted_at IS NULL)
        """
    }
}
