import Postgres

enum NotificationQueries {
    /// Makes the notices of one new post and queues their mails: one statement, whoever many watch.
    ///
    /// The first reason that fits a person wins, in Discourse's order: mentioned, replied, quoted,
    /// then those who watch the topic, category or tag. Nobody hears of their own post, of what they
    /// cannot see, or of a topic they muted; a muted category or tag silences watching, not being
    /// addressed. Returns how many notices there are.
    ///
    /// - Parameter awayMinutes: `nil` queues no mail.
    static func notifyOfPost(
        _ id: PostID,
        mentioned: [String],
        mentionedGroups: [String],
        quoted: [String],
        isMessage: Bool,
        awayMinutes: Int?
    ) -> SQL {
        let mailed: SQL =
            awayMinutes.map {
                ", mailed AS (\(OutgoingEmailQueries.queueNotices(awayMinutes: $0)))"
            }
            ?? ""
        return """
            WITH post AS MATERIALIZED (
                SELECT p.id, p.topic_id, p.post_number, p.post_type, p.user_id, p.reply_to_post_number,
                    t.category_id, t.archetype, t.title, t.visible, t.user_id AS owner_id, u.username,
                    EXISTS (SELECT 1 FROM category_groups cg
                        WHERE cg.category_id = t.category_id AND cg.group_id = 0) AS is_open
                FROM posts p JOIN topics t ON t.id = p.topic_id JOIN users u ON u.id = p.user_id
                WHERE p.id = \(id) AND p.deleted_at IS NULL AND NOT p.hidden
                    AND t.deleted_at IS NULL AND p.post_type IN (1, 2)
            ), candidates (user_id, kind, rank) AS (
                SELECT u.id, 1, 1 FROM users u WHERE u.username_lower = ANY(\(mentioned)::text[])
                \(groupMembers(mentionedGroups))
                UNION ALL
                SELECT parent.user_id, 2, 2 FROM post
                    JOIN posts parent ON parent.topic_id = post.topic_id
                        AND parent.post_number = post.reply_to_post_number
                UNION ALL
                SELECT u.id, 3, 3 FROM users u WHERE u.username_lower = ANY(\(quoted)::text[])
                \(isMessage ? messageReaders : watchers)
            ), chosen AS (
                SELECT c.user_id, min(c.rank * 100 + c.kind) % 100 AS kind
                FROM candidates c GROUP BY c.user_id
            ), notified AS (
                INSERT INTO notifications
                    (user_id, notification_type, topic_id, post_id, post_number, high_priority, data)
                SELECT chosen.user_id, chosen.kind, post.topic_id, post.id, post.post_number,
                    chosen.kind = 6, jsonb_build_object('topic_title', post.title,
                        'original_post_id', post.id, 'original_post_type', post.post_type,
                        'original_username', post.username, 'revision_number', NULL,
                        'display_username', post.username) || \(groupData(mentionedGroups))
                FROM post CROSS JOIN chosen JOIN users u ON u.id = chosen.user_id
                WHERE u.id <> post.user_id AND (\(isReachable) OR \(isStagedReader))
                    AND NOT EXISTS (SELECT 1 FROM topic_users tu WHERE tu.user_id = u.id
                        AND tu.topic_id = post.topic_id AND tu.notification_level = 0)
                    AND NOT \(RelationQueries.isKeptAway("u.id", "post.user_id"))
                    AND \(maySee)
                ON CONFLICT (user_id, notification_type, post_id) DO NOTHING
                RETURNING user_id, notification_type, post_id
            )\(mailed)
            SELECT count(*) FROM notified
            """
    }

    /// Queues one new post for those who want every post by mail (Discourse's mailing list mode; 2
    /// leaves out one's own), unless they muted its topic, its category or its author.
    static func mailToAll(_ id: PostID) -> SQL {
        """
        WITH post AS MATERIALIZED (
            SELECT p.id, p.topic_id, p.user_id, t.category_id, t.archetype, t.visible,
                t.user_id AS owner_id, EXISTS (SELECT 1 FROM category_groups cg
                    WHERE cg.category_id = t.category_id AND cg.group_id = 0) AS is_open
            FROM posts p JOIN topics t ON t.id = p.topic_id
            WHERE p.id = \(id) AND p.deleted_at IS NULL AND NOT p.hidden
                AND t.deleted_at IS NULL AND p.post_type = 1 AND t.archetype = 'regular'
        )
        INSERT INTO outgoing_emails (email_type, user_id, post_id, to_address, data)
        SELECT 'user_notification', u.id, post.id, e.email,
            jsonb_build_object('notification_type', 0)
        FROM post CROSS JOIN users u
            JOIN user_emails e ON e.user_id = u.id AND e.is_primary AND e.verified_at IS NOT NULL
        WHERE (u.options ->> 'mailing_list_mode') = 'true' AND \(isReachable) AND \(maySee)
            AND (u.id <> post.user_id
                OR coalesce(u.options ->> 'mailing_list_mode_frequency', '1') = '1')
            AND NOT EXISTS (SELECT 1 FROM topic_users tu WHERE tu.user_id = u.id
                AND tu.topic_id = post.topic_id AND tu.notification_level = 0)
            AND NOT EXISTS (SELECT 1 FROM category_users cu WHERE cu.user_id = u.id
                AND cu.category_id = post.category_id AND cu.notification_level = 0)
            AND NOT \(RelationQueries.isKeptAway("u.id", "post.user_id"))
            AND e.email_lower NOT LIKE '%.invalid'
        ON CONFLICT (user_id, post_id, email_type) WHERE post_id IS NOT NULL DO NOTHING
        """
    }

    /// Holds for a user `u` to whom a notice is of use.
    private static let isReachable: SQL = """
        (u.id > 0 AND u.active AND u.approved AND NOT u.staged
            AND (u.suspended_till IS NULL OR u.suspended_till < now()))
        """

    /// Holds for a stranger known by address, whom a message was sent to.
    private static let isStagedReader: SQL = """
        (u.staged AND post.archetype = 'private_message'
            AND (u.suspended_till IS NULL OR u.suspended_till < now())
            AND EXISTS (SELECT 1 FROM topic_allowed_users ta
                WHERE ta.topic_id = post.topic_id AND ta.user_id = u.id))
        """

    /// The groups that the author of `post` may mention, by Discourse's levels: 1 administrators,
    /// 2 staff, 3 and members, 4 staff and owners, 99 everybody.
    private static func mentioned(_ groups: [String]) -> SQL {
        """
        SELECT g.id, g.name FROM post JOIN users author ON author.id = post.user_id
            JOIN groups g ON g.name_lower = ANY(\(groups)::text[]) AND g.id > 0
            LEFT JOIN group_users ag ON ag.group_id = g.id AND ag.user_id = author.id
        WHERE g.mentionable_level = 99
            OR (g.mentionable_level BETWEEN 1 AND 4 AND author.admin)
            OR (g.mentionable_level BETWEEN 2 AND 4 AND author.moderator)
            OR (g.mentionable_level = 3 AND ag.user_id IS NOT NULL)
            OR (g.mentionable_level = 4 AND ag.owner)
        """
    }

    private static func groupMembers(_ groups: [String]) -> SQL {
        guard !groups.isEmpty else { return "" }
        return """
            UNION ALL
            SELECT gu.user_id, 15, 1 FROM (\(mentioned(groups))) m
                JOIN group_users gu ON gu.group_id = m.id AND gu.notification_level > 0
            """
    }

    private static func groupData(_ groups: [String]) -> SQL {
        guard !groups.isEmpty else { return "'{}'::jsonb" }
        return """
            CASE WHEN chosen.kind = 15 THEN coalesce((SELECT jsonb_build_object('group_id', m.id,
                'group_name', m.name) FROM (\(mentioned(groups))) m
                JOIN group_users gu ON gu.group_id = m.id AND gu.user_id = chosen.user_id
                ORDER BY m.id LIMIT 1), '{}'::jsonb) ELSE '{}'::jsonb END
            """
    }

    /// Keeps which groups a post addresses, for their lists of mentions.
    static func recordGroupMentions(_ id: PostID, _ groups: [String]) -> SQL {
        """
        INSERT INTO group_mentions (group_id, post_id)
        SELECT g.id, p.id FROM groups g JOIN posts p ON p.id = \(id)
        WHERE g.name_lower = ANY(\(groups)::text[]) AND g.id > 0
        ON CONFLICT DO NOTHING
        """
    }

    /// `Visibility.topic`, turned round: which of many users `u` may see the one topic of `post`.
    private static let maySee: SQL = """
        ((post.archetype = 'regular'
            AND (post.visible OR u.admin OR u.moderator OR post.owner_id = u.id)
            AND (post.is_open OR u.admin OR EXISTS (SELECT 1 FROM category_groups cg
                JOIN group_users gu ON gu.group_id = cg.group_id
                WHERE cg.category_id = post.category_id AND gu.user_id = u.id)))
        OR (post.archetype = 'private_message' AND (u.admin
            OR EXISTS (SELECT 1 FROM topic_allowed_users ta
                WHERE ta.topic_id = post.topic_id AND ta.user_id = u.id)
            OR EXISTS (SELECT 1 FROM topic_allowed_groups ta
                JOIN group_users gu ON gu.group_id = ta.group_id
                WHERE ta.topic_id = post.topic_id AND gu.user_id = u.id))))
        """

    private static let messageReaders: SQL = """
        UNION ALL
        SELECT readers.user_id, 6, 4 FROM post CROSS JOIN LATERAL (
                SELECT ta.user_id FROM topic_allowed_users ta WHERE ta.topic_id = post.topic_id
                UNION ALL
                SELECT gu.user_id FROM topic_allowed_groups tg
                    JOIN group_users gu ON gu.group_id = tg.group_id
                WHERE tg.topic_id = post.topic_id AND (gu.notification_level = 3
                    OR (gu.notification_level = 4 AND post.post_number = 1))
            ) readers
            LEFT JOIN topic_users tu ON tu.topic_id = post.topic_id AND tu.user_id = readers.user_id
        WHERE coalesce(tu.notification_level, 3) = 3
        """

    private static let watchers: SQL = """
        UNION ALL
        SELECT tu.user_id, 9, 4 FROM post
            JOIN topic_users tu ON tu.topic_id = post.topic_id AND tu.notification_level = 3
        WHERE post.post_number > 1
        UNION ALL
        SELECT followers.user_id,
            CASE WHEN followers.level = 3 THEN 36 ELSE 17 END,
            CASE WHEN followers.level = 3 THEN 5 ELSE 6 END
        FROM post CROSS JOIN LATERAL (
            SELECT cu.user_id, cu.notification_level AS level FROM category_users cu
            WHERE cu.category_id = post.category_id AND cu.notification_level IN (3, 4)
            UNION ALL
            SELECT gu.user_id, gu.notification_level FROM topic_tags tt
                JOIN tag_users gu ON gu.tag_id = tt.tag_id AND gu.notification_level IN (3, 4)
            WHERE tt.topic_id = post.topic_id
        ) followers
        LEFT JOIN topic_users tu ON tu.topic_id = post.topic_id AND tu.user_id = followers.user_id
        WHERE ((followers.level = 3 AND coalesce(tu.notification_level, 3) = 3)
                OR (followers.level = 4 AND post.post_number = 1))
            AND NOT EXISTS (SELECT 1 FROM category_users muted WHERE muted.user_id = followers.user_id
                AND muted.category_id = post.category_id AND muted.notification_level = 0)
            AND NOT EXISTS (SELECT 1 FROM tag_users muted
                JOIN topic_tags tt ON tt.tag_id = muted.tag_id
                WHERE muted.user_id = followers.user_id AND tt.topic_id = post.topic_id
                    AND muted.notification_level = 0)
        """

    /// A like tells the author of the post, once.
    static func notifyOfLike(_ id: PostID, by user: UserID) -> SQL {
        """
        INSERT INTO notifications
            (user_id, notification_type, topic_id, post_id, post_number, data)
        SELECT p.user_id, 5, p.topic_id, p.id, p.post_number, jsonb_build_object(
            'topic_title', t.title, 'original_post_id', p.id,
            'original_post_type', p.post_type, 'original_username', liker.username,
            'display_username', liker.username)
        FROM posts p JOIN topics t ON t.id = p.topic_id AND t.deleted_at IS NULL
            JOIN users u ON u.id = p.user_id AND \(isReachable)
            JOIN users liker ON liker.id = \(user)
            JOIN post_actions pa ON pa.post_id = p.id AND pa.user_id = liker.id
                AND pa.post_action_type_id = 2
        WHERE p.id = \(id) AND p.deleted_at IS NULL AND p.user_id <> liker.id
            AND coalesce(u.options ->> 'like_notification_frequency', '1') <> '3'
            AND NOT \(RelationQueries.isKeptAway("u.id", "liker.id"))
            AND NOT EXISTS (SELECT 1 FROM topic_users tu WHERE tu.user_id = u.id
                AND tu.topic_id = t.id AND tu.notification_level = 0)
        ON CONFLICT (user_id, notification_type, post_id) DO NOTHING
        RETURNING user_id, notification_type
        """
    }

    /// What has not been read of a post that is gone is taken back.
    static func withdraw(post: PostID?) -> SQL {
        "DELETE FROM notifications WHERE NOT read AND post_id = \(post)::bigint"
    }

    static func withdraw(topic: TopicID?) -> SQL {
        """
        DELETE FROM notifications WHERE NOT read
            AND post_id IN (SELECT p.id FROM posts p WHERE p.topic_id = \(topic)::bigint)
        """
    }
}
