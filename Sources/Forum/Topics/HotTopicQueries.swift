import Postgres

/// How hot topics are: likes and writers of the last week, and what they had before, weaker with
/// each hour (the shape of Discourse's score).
enum HotTopicQueries {
    static let gravity: SQL = "1.2"

    /// From what stands in the topic `t` alone.
    static let provisional: SQL = """
        ((t.like_count + t.participant_count * 0.75 - 0.75)
            / power(extract(epoch FROM now() - t.created_at) / 3600.0 + 2, \(gravity)))::float8
        """

    /// Measures the topics that were active lately, and forgets the others.
    static let measure: [SQL] = [
        """
        WITH active AS (
            SELECT t.id, t.like_count, t.posts_count, t.created_at, t.bumped_at FROM topics t
            WHERE t.deleted_at IS NULL AND t.archetype = 'regular'
                AND t.bumped_at > now() - interval '30 days'
            ORDER BY t.bumped_at DESC, t.id DESC
            LIMIT \(TopicQueries.literal(Limits.hotTopicsMax))
        ), likes AS (
            SELECT p.topic_id, count(*) AS n FROM post_actions a JOIN posts p ON p.id = a.post_id
            WHERE a.post_action_type_id = 2 AND a.created_at > now() - interval '7 days'
            GROUP BY p.topic_id
        ), writers AS (
            SELECT p.topic_id, count(DISTINCT p.user_id) AS n, min(p.created_at) AS since
            FROM posts p JOIN active ON active.id = p.topic_id
            WHERE p.created_at > now() - interval '7 days' AND p.deleted_at IS NULL
                AND p.post_type = 1
            GROUP BY p.topic_id
        )
        INSERT INTO topic_hot_scores AS hs (topic_id, score, recent_likes, recent_posters, updated_at)
        SELECT active.id,
            (CASE WHEN active.created_at > now() - interval '7 days' THEN 0
                    ELSE greatest(active.like_count - coalesce(likes.n, 0), 0)
                        + greatest(ln(active.posts_count + 1), 0) END)
                / power(extract(epoch FROM now() - active.created_at) / 3600.0 + 2, \(gravity))
            + greatest(coalesce(likes.n, 0) + coalesce(writers.n, 0) * 0.75 - 0.75, 0)
                / power(extract(epoch FROM now() - greatest(active.created_at,
                    coalesce(writers.since, active.bumped_at))) / 3600.0 + 2, \(gravity)),
            coalesce(likes.n, 0), coalesce(writers.n, 0), now()
        FROM active LEFT JOIN likes ON likes.topic_id = active.id
            LEFT JOIN writers ON writers.topic_id = active.id
        ON CONFLICT (topic_id) DO UPDATE SET score = excluded.score,
            recent_likes = excluded.recent_likes, recent_posters = excluded.recent_posters,
            updated_at = excluded.updated_at
        """,
        "DELETE FROM topic_hot_scores WHERE updated_at < now() - interval '1 hour'",
    ]
}
