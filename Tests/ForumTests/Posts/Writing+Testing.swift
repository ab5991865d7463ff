import Forum
import Postgres
import TestSupport

extension TestCommunity {
    /// Settings under which a test may write as fast as it likes.
    static let unhurried = [
        "rate_limit_create_post": "0", "rate_limit_create_topic": "0",
        "rate_limit_new_user_create_post": "0", "rate_limit_new_user_create_topic": "0",
        "unique_posts_mins": "0",
    ]

    /// A topic with one post.
    @discardableResult
    func topic(
        _ title: String = "A topic to write replies in",
        raw: String = "The first post of a topic that tests write in.",
        in category: CategoryID? = nil,
        tags: [String] = [],
        by author: Principal,
        createdAt: Timestamp? = nil
    ) async throws -> CreatedPost {
        try await community.createTopic(
            NewTopic(
                title: title,
                raw: raw,
                categoryID: category,
                tags: tags,
                createdAt: createdAt
            ),
            by: author
        )
    }

    @discardableResult
    func reply(
        to topic: CreatedPost,
        _ raw: String = "A reply that is long enough to be one.",
        number: Int? = nil,
        by author: Principal
    ) async throws -> CreatedPost {
        try await community.createPost(
            NewPost(topicID: topic.topicID, raw: raw, replyToPostNumber: number),
            by: author
        )
    }

    func number(_ sql: SQL) async throws -> Int {
        try await database.pool.value(sql, as: Int.self) ?? -1
    }

    /// Every counter that disagrees with the rows it counts, by name.
    func wrongCounters() async throws -> [String] {
        // Small actions in messages do not.
        let counts: SQL = "(t.archetype <> 'private_message' OR p.post_type <> 3)"
        return try await database.pool.values(
            """
            SELECT 'posts_count of topic ' || t.id FROM topics t WHERE t.posts_count <>
                (SELECT count(*) FROM posts p WHERE p.topic_id = t.id AND p.deleted_at IS NULL
                    AND \(counts))
            UNION ALL SELECT 'highest of topic ' || t.id FROM topics t
                WHERE (t.highest_post_number, t.highest_post_number + t.trailing_actions) <>
                    (SELECT max(p.post_number) FILTER (WHERE \(counts)), max(p.post_number)
                    FROM posts p WHERE p.topic_id = t.id)
            UNION ALL SELECT 'reply_count of topic ' || t.id FROM topics t WHERE t.reply_count <>
                (SELECT count(p.reply_to_post_number) FROM posts p
                    WHERE p.topic_id = t.id AND p.deleted_at IS NULL)
            UNION ALL SELECT 'word_count of topic ' || t.id FROM topics t WHERE t.word_count <>
                (SELECT coalesce(sum(p.word_count), 0) FROM posts p
                    WHERE p.topic_id = t.id AND p.deleted_at IS NULL)
            UNION ALL SELECT 'like_count of topic ' || t.id FROM topics t WHERE t.like_count <>
                (SELECT coalesce(sum(p.like_count), 0) FROM posts p
                    WHERE p.topic_id = t.id AND p.deleted_at IS NULL)
            UNION ALL SELECT 'like_count of post ' || p.id FROM posts p WHERE p.like_count <>
                (SELECT count(*) FROM post_actions pa WHERE pa.post_id = p.id)
            UNION ALL SELECT 'reply_count of post ' || p.id FROM posts p WHERE p.reply_count <>
                (SELECT count(*) FROM posts r WHERE r.topic_id = p.topic_id
                    AND r.reply_to_post_number = p.post_number AND r.deleted_at IS NULL)
            UNION ALL SELECT 'last poster of topic ' || t.id FROM topics t WHERE t.last_post_user_id <>
                (SELECT p.user_id FROM posts p WHERE p.topic_id = t.id AND p.deleted_at IS NULL
                    AND \(counts) ORDER BY p.post_number DESC LIMIT 1)
            UNION ALL SELECT 'counts of category ' || c.id FROM categories c
                WHERE (c.topic_count, c.post_count) <> (
                    SELECT count(*), coalesce(sum(t.posts_count), 0) FROM topics t
                    WHERE t.category_id = c.id AND t.deleted_at IS NULL AND t.import_id IS NULL)
            UNION ALL SELECT 'counts of user ' || s.user_id FROM user_stats s
                WHERE (s.topic_count, s.post_count, s.likes_given, s.likes_received) <> (
                    (SELECT count(*) FROM topics t WHERE t.user_id = s.user_id
                        AND t.deleted_at IS NULL AND t.archetype = 'regular'
                        AND t.import_id IS NULL),
                    (SELECT count(*) FROM posts p JOIN topics t ON t.id = p.topic_id
                        WHERE p.user_id = s.user_id AND p.deleted_at IS NULL AND p.post_number > 1
                        AND t.deleted_at IS NULL AND t.archetype = 'regular'
                        AND t.import_id IS NULL),
                    (SELECT count(*) FROM post_actions pa WHERE pa.user_id = s.user_id),
                    (SELECT count(*) FROM post_actions pa JOIN posts p ON p.id = pa.post_id
                        WHERE p.user_id = s.user_id))
            UNION ALL SELECT 'search data of post ' || p.id FROM posts p
                LEFT JOIN post_search_data d ON d.post_id = p.id WHERE d.post_id IS NULL
            """
        )
    }
}

/// Runs `body` and gives back the refusal it ended in.
func refusal(_ body: () async throws -> Void) async throws -> ForumError? {
    do {
        try await body()
        return nil
    } catch let error as ForumError {
        return error
    }
}
