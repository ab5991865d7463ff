import Postgres

enum BulkQueries {
    static func unread(in category: CategoryID?, for principal: Principal) -> SQL {
        """
        SELECT t.id FROM topic_users tu JOIN topics t ON t.id = tu.topic_id
        WHERE tu.user_id = \(principal.id) AND tu.notification_level >= 2
            AND tu.last_read_post_number > 0
            AND tu.last_read_post_number < t.highest_post_number
            AND (\(category)::bigint IS NULL OR t.category_id = \(category)::bigint)
            AND \(Visibility.topic(.member(principal)))
        ORDER BY t.bumped_at DESC LIMIT \(TopicQueries.literal(Limits.topicsChangedAtOnce))
        """
    }
}
