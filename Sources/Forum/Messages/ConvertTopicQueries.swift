import Postgres

/// Topics become messages and messages topics; everything that counts them follows.
enum ConvertTopicQueries {
    typealias Converting = Permitted<ConvertingTopic, TopicAccess>

    static func toMessage(_ topic: Converting, at now: Timestamp) -> SQL {
        """
        WITH old AS (
            SELECT id, category_id, posts_count FROM topics
            WHERE id = \(topic.resource.id) AND archetype = 'regular' AND deleted_at IS NULL
            FOR UPDATE
        ), topic AS (
            UPDATE topics t SET archetype = 'private_message', category_id = NULL, pinned_at = NULL,
                pinned_until = NULL, pinned_globally = false, visible = true,
                posts_count = spoken.posts, highest_post_number = spoken.highest,
                trailing_actions = t.highest_post_number + t.trailing_actions - spoken.highest,
                last_post_user_id = spoken.last_writer, updated_at = \(now)::timestamptz
            FROM old CROSS JOIN LATERAL (SELECT max(p.post_number) AS highest,
                    (count(*) FILTER (WHERE p.deleted_at IS NULL))::int AS posts,
                    (array_agg(p.user_id ORDER BY p.post_number DESC)
                        FILTER (WHERE p.deleted_at IS NULL))[1] AS last_writer
                FROM posts p WHERE p.topic_id = old.id AND p.post_type <> 3) spoken
            WHERE t.id = old.id
            RETURNING t.id, old.category_id, old.posts_count, t.user_id
        ), category AS (
            UPDATE categories c SET topic_count = greatest(0, c.topic_count - 1),
                post_count = greatest(0, c.post_count - topic.posts_count)
            FROM topic WHERE c.id = topic.category_id
        ), readers AS (
            INSERT INTO topic_allowed_users (topic_id, user_id)
            SELECT DISTINCT topic.id, p.user_id FROM topic JOIN posts p ON p.topic_id = topic.id
            WHERE p.deleted_at IS NULL AND p.user_id > 0 AND p.post_type IN (1, 2)
            UNION SELECT topic.id, \(topic.principal.id)::bigint FROM topic
            WHERE \(topic.principal.id)::bigint > 0
            ON CONFLICT DO NOTHING
        ), \(written), statistics AS (
            UPDATE user_stats s SET post_count = greatest(0, s.post_count - w.replies),
                topic_count = greatest(0, s.topic_count - w.topics)
            FROM written w WHERE s.user_id = w.user_id
        ), \(event(topic))
        SELECT count(*) FROM topic
        """
    }

    static func toTopic(_ topic: Converting, in category: CategoryID, at now: Timestamp) -> SQL {
        """
        WITH topic AS (
            UPDATE topics t SET archetype = 'regular', category_id = \(category),
                posts_count = (SELECT count(*) FROM posts p
                    WHERE p.topic_id = t.id AND p.deleted_at IS NULL),
                highest_post_number = t.highest_post_number + t.trailing_actions,
                trailing_actions = 0, updated_at = \(now)::timestamptz,
                last_post_user_id = (SELECT p.user_id FROM posts p WHERE p.topic_id = t.id
                    AND p.deleted_at IS NULL ORDER BY p.post_number DESC LIMIT 1)
            WHERE t.id = \(topic.resource.id) AND t.archetype = 'private_message'
                AND t.deleted_at IS NULL
            RETURNING t.id, t.category_id, t.posts_count, t.user_id
        ), category AS (
            UPDATE categories c SET topic_count = c.topic_count + 1,
                post_count = c.post_count + topic.posts_count
            FROM topic WHERE c.id = topic.category_id
        ), users_gone AS (
            DELETE FROM topic_allowed_users a USING topic WHERE a.topic_id = topic.id
        ), groups_gone AS (
            DELETE FROM topic_allowed_groups a USING topic WHERE a.topic_id = topic.id
        ), \(written), statistics AS (
            UPDATE user_stats s SET post_count = s.post_count + w.replies,
                topic_count = s.topic_count + w.topics
            FROM written w WHERE s.user_id = w.user_id
        ), \(event(topic))
        SELECT count(*) FROM topic
        """
    }

    /// How much each of its writers wrote in the topic.
    private static let written: SQL = """
        written AS (
            SELECT p.user_id, count(*) FILTER (WHERE p.post_number > 1) AS replies,
                count(*) FILTER (WHERE p.post_number = 1) AS topics
            FROM topic JOIN posts p ON p.topic_id = topic.id
            WHERE p.deleted_at IS NULL GROUP BY p.user_id
        )
        """

    private static func event(_ topic: Converting) -> SQL {
        """
        event AS (
            INSERT INTO outbox (event, topic_id, post_id, user_id)
            SELECT \(Event.topicEdited.rawValue)::text, topic.id, p.id, \(topic.principal.id)
            FROM topic JOIN posts p ON p.topic_id = topic.id AND p.post_number = 1
        )
        """
    }
}
