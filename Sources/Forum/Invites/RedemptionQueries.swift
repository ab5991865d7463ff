import Postgres

enum RedemptionQueries {
    /// Counts the use of an invitation and gives what it promised. More uses than allowed break a
    /// check of the table, whoever comes at the same time.
    static func redeem(
        _ invite: Invite,
        by user: UserID,
        _ inviter: Principal,
        at now: Timestamp
    ) -> [SQL] {
        var statements: [SQL] = [
            """
            UPDATE invites SET redemption_count = redemption_count + 1, email_token_hash = NULL
            WHERE id = \(invite.id)
            """,
            """
            INSERT INTO invited_users (invite_id, user_id, redeemed_at)
            VALUES (\(invite.id), \(user), \(now))
            """,
            """
            UPDATE users SET invited_by_id = coalesce(invited_by_id, \(invite.inviterID))
            WHERE id = \(user) AND id <> \(invite.inviterID)
            """,
            """
            INSERT INTO group_users (group_id, user_id)
            SELECT g.id, \(user) FROM groups g
            WHERE g.id = ANY(\(invite.groupIDs)::bigint[]) AND NOT g.automatic
            ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO notifications (user_id, notification_type, data, created_at)
            SELECT \(invite.inviterID), 8, jsonb_build_object('display_username', u.username),
                \(now) FROM users u WHERE u.id = \(user)
            """,
        ]
        if let topic = invite.topicID { statements += join(topic, user, inviter, at: now) }
        return statements
    }

    /// As far as the inviter may still see the topic.
    private static func join(
        _ topic: TopicID,
        _ user: UserID,
        _ inviter: Principal,
        at now: Timestamp
    ) -> [SQL] {
        let isSeen = Visibility.topic(.member(inviter))
        return [
            """
            INSERT INTO topic_allowed_users (topic_id, user_id)
            SELECT t.id, \(user) FROM topics t
            WHERE t.id = \(topic) AND t.archetype = 'private_message' AND \(isSeen)
            ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO notifications (user_id, notification_type, topic_id, post_id, post_number,
                data, created_at)
            SELECT \(user), CASE WHEN t.archetype = 'private_message' THEN 7 ELSE 13 END, t.id, p.id,
                1, jsonb_build_object('topic_title', t.title, 'display_username',
                    \(inviter.username)::text), \(now)
            FROM topics t JOIN posts p ON p.topic_id = t.id AND p.post_number = 1
            WHERE t.id = \(topic) AND \(isSeen)
            ON CONFLICT DO NOTHING
            """,
        ]
    }
}
