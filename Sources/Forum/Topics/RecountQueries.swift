import Postgres

/// Counters made anew from the rows that they count, for changes that touch too much to step them.
enum RecountQueries {
    /// The statements that make a topic's own numbers true again; its row is locked already.
    static func topic(_ id: TopicID) -> [SQL] {
        [
            """
            UPDATE posts p SET reply_count = counted.replies
            FROM (SELECT parent.id, count(r.id)::int AS replies FROM posts parent
                LEFT JOIN posts r ON r.topic_id = parent.topic_id AND r.deleted_at IS NULL
                    AND r.reply_to_post_number = parent.post_number
                WHERE parent.topic_id = \(id) GROUP BY parent.id) counted
            WHERE p.id = counted.id AND p.reply_count <> counted.replies
            """,
            """
            UPDATE topics SET posts_count = c.posts, highest_post_number = c.highest,
                trailing_actions = c.last - c.highest,
                reply_count = c.replies, like_count = c.likes, word_count = c.words,
                participant_count = greatest(1, c.people)
            FROM (SELECT count(*) FILTER (WHERE p.deleted_at IS NULL AND \(counts))::int AS posts,
                    coalesce(max(p.post_number) FILTER (WHERE \(counts)), 0) AS highest,
                    coalesce(max(p.post_number), 0) AS last,
                    count(p.reply_to_post_number) FILTER (WHERE p.deleted_at IS NULL)::int AS replies,
                    coalesce(sum(p.like_count) FILTER (WHERE p.deleted_at IS NULL), 0)::int AS likes,
                    coalesce(sum(p.word_count) FILTER (WHERE p.deleted_at IS NULL), 0)::int AS words,
                    count(DISTINCT p.user_id) FILTER (WHERE p.deleted_at IS NULL)::int AS people
                FROM posts p JOIN topics t ON t.id = p.topic_id WHERE p.topic_id = \(id)) c
            WHERE topics.id = \(id)
            """,
            DeletePostQueries.refreshActivity(of: id),
            """
            UPDATE topic_users tu SET last_read_post_number = t.highest_post_number
            FROM topics t WHERE t.id = \(id) AND tu.topic_id = t.id
                AND tu.last_read_post_number > t.highest_post_number
            """,
        ]
    }

    /// Small actions in messages count for nothing: see `SmallActionQueries`.
    private static let counts: SQL =
        "(t.archetype <> 'private_message' OR p.post_type <> 3)"

    /// What people wrote and how much of it is liked.
    static func people(_ ids: [UserID]) -> SQL {
        """
        UPDATE user_stats s SET
            topic_count = (SELECT count(*) FROM topics t WHERE t.user_id = s.user_id
                AND t.deleted_at IS NULL AND t.archetype = 'regular' AND t.import_id IS NULL),
            post_count = (SELECT count(*) FROM posts p JOIN topics t ON t.id = p.topic_id
                WHERE p.user_id = s.user_id AND p.deleted_at IS NULL AND p.post_number > 1
                    AND t.deleted_at IS NULL AND t.archetype = 'regular'
                    AND t.import_id IS NULL),
            likes_given = (SELECT count(*) FROM post_actions pa
                WHERE pa.user_id = s.user_id AND pa.post_action_type_id = 2),
            likes_received = (SELECT count(*) FROM post_actions pa JOIN posts p ON p.id = pa.post_id
                WHERE p.user_id = s.user_id AND pa.post_action_type_id = 2)
        WHERE s.user_id = ANY(\(ids.map(\.value))::bigint[])
        """
    }

    /// A category's posts, by how many a topic of it has more than it had.
    static func category(of topic: TopicID, before: Int, newTopics: Int = 0) -> SQL {
        """
        UPDATE categories c SET post_count = c.post_count + t.posts_count - \(before)::int,
            topic_count = c.topic_count + \(newTopics)::int
        FROM topics t WHERE t.id = \(topic) AND c.id = t.category_id
        """
    }
}
