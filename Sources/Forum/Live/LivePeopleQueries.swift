import Postgres

/// Whom a message about the topic `t` is for. Muting and following are told to those who were here
/// lately, as Discourse does.
enum LivePeopleQueries {
    /// Those who follow the topic, whatever made them.
    static func following(butNot author: UserID?) -> SQL {
        """
        SELECT tu.user_id FROM topic_users tu
        WHERE tu.topic_id = t.id AND tu.notification_level >= 2
            AND tu.user_id IS DISTINCT FROM \(author)::bigint
        """
    }

    static let muting: SQL = """
        SELECT u.id FROM topic_users tu JOIN users u ON u.id = tu.user_id
        WHERE tu.topic_id = t.id AND tu.notification_level = 0 AND \(wasHere(days: 7))
        ORDER BY u.last_seen_at DESC LIMIT \(TopicQueries.literal(Limits.toldOfMuting))
        """

    /// Those who follow the topic and muted its category or one of its tags.
    static let followingDespiteMute: SQL = """
        SELECT u.id FROM topic_users tu JOIN users u ON u.id = tu.user_id
        WHERE tu.topic_id = t.id AND tu.notification_level >= 2 AND \(wasHere(days: 7))
            AND (EXISTS (SELECT 1 FROM category_users cu WHERE cu.category_id = t.category_id
                    AND cu.user_id = u.id AND cu.notification_level = 0)
                OR EXISTS (SELECT 1 FROM tag_users gu JOIN topic_tags tt ON tt.tag_id = gu.tag_id
                    WHERE tt.topic_id = t.id AND gu.user_id = u.id AND gu.notification_level = 0))
        ORDER BY u.last_seen_at DESC LIMIT \(TopicQueries.literal(Limits.toldOfMuting))
        """

    private static func wasHere(days: Int) -> SQL {
        "u.last_seen_at > now() - make_interval(days => \(days)::int)"
    }

    /// Holds for a row `u` of `users` who was here within the hours for which people are told live.
    static let isHere: SQL = """
        (u.last_seen_at > now() - make_interval(hours => \(Limits.liveHours)::int)
            OR EXISTS (SELECT 1 FROM sessions s WHERE s.user_id = u.id
                AND s.last_used_at > now() - make_interval(hours => \(Limits.liveHours)::int))
            OR EXISTS (SELECT 1 FROM api_keys k WHERE k.user_id = u.id
                AND k.last_used_at > now() - make_interval(hours => \(Limits.liveHours)::int))
            OR EXISTS (SELECT 1 FROM user_api_keys k WHERE k.user_id = u.id
                AND k.last_used_at > now() - make_interval(hours => \(Limits.liveHours)::int)))
        """
}
