import Postgres

enum SolutionQueries {
    /// One answer a topic: the primary key sees to it, whoever else accepts one at the moment.
    static func accept(
        _ permitted: Permitted<AcceptingAnswer, PostAccess>,
        now: Timestamp
    ) -> SQL {
        let post = permitted.resource
        return """
            WITH accepted AS (
                INSERT INTO solutions AS s (topic_id, post_id, accepter_id, created_at)
                SELECT p.topic_id, p.id, \(permitted.principal.id), \(now) FROM posts p
                WHERE p.id = \(post.id) AND p.topic_id = \(post.topic.id) AND p.deleted_at IS NULL
                ON CONFLICT (topic_id) DO UPDATE SET post_id = EXCLUDED.post_id,
                    accepter_id = EXCLUDED.accepter_id, created_at = EXCLUDED.created_at
                    WHERE s.post_id <> EXCLUDED.post_id
                RETURNING topic_id, post_id
            )
            INSERT INTO outbox (event, topic_id, post_id, user_id)
            SELECT \(Event.solutionAccepted.rawValue), topic_id, post_id,
                \(permitted.principal.id)::bigint FROM accepted
            """
    }

    static func withdraw(_ permitted: Permitted<AcceptingAnswer, PostAccess>) -> SQL {
        """
        WITH gone AS (
            DELETE FROM solutions WHERE post_id = \(permitted.resource.id)
            RETURNING topic_id, post_id
        ), withdrawn AS (
            DELETE FROM notifications n USING gone WHERE n.post_id = gone.post_id
                AND n.notification_type = 14 AND NOT n.read
        )
        INSERT INTO outbox (event, topic_id, post_id, user_id)
        SELECT \(Event.solutionWithdrawn.rawValue), topic_id, post_id,
            \(permitted.principal.id)::bigint FROM gone
        """
    }

    /// The answer of a topic that the viewer may see; what `TopicSolution.init(from:)` reads.
    static func solution(of topic: TopicID, for viewer: Viewer) -> SQL {
        """
        SELECT p.post_number, p.cooked, \(TopicQueries.userCardColumns),
            au.id, au.username, au.name, au.title, au.trust_level, au.admin, au.moderator
        FROM solutions s JOIN posts p ON p.id = s.post_id JOIN users u ON u.id = p.user_id
            JOIN users au ON au.id = s.accepter_id
        WHERE s.topic_id = \(topic) AND \(Visibility.post(viewer))
        """
    }

    /// Tells the author, unless they accepted it themselves or mute the topic.
    static func notify(_ post: PostID?, by user: UserID?) -> SQL {
        """
        INSERT INTO notifications
            (user_id, notification_type, topic_id, post_id, post_number, data)
        SELECT p.user_id, 14, p.topic_id, p.id, p.post_number, jsonb_build_object(
            'message', 'solved.accepted_notification', 'display_username', accepter.username,
            'topic_title', t.title, 'title', 'solved.notification.title')
        FROM solutions s JOIN posts p ON p.id = s.post_id
            JOIN topics t ON t.id = p.topic_id AND t.deleted_at IS NULL
            JOIN users accepter ON accepter.id = s.accepter_id
        WHERE s.post_id = \(post)::bigint AND p.user_id <> accepter.id AND p.user_id > 0
            AND p.deleted_at IS NULL AND accepter.id = \(user)::bigint
            AND NOT EXISTS (SELECT 1 FROM topic_users tu WHERE tu.user_id = p.user_id
                AND tu.topic_id = t.id AND tu.notification_level = 0)
        ON CONFLICT (user_id, notification_type, post_id) DO NOTHING
        """
    }
}
