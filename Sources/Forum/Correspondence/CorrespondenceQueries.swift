import Postgres

enum CorrespondenceQueries {
    static func keep(_ key: ReplyKey, user: UserID, post: PostID) -> SQL {
        """
        INSERT INTO post_reply_keys (key_hash, user_id, post_id)
        VALUES (\(key.hash)::bytea, \(user), \(post))
        ON CONFLICT (user_id, post_id) DO UPDATE SET key_hash = excluded.key_hash
        """
    }

    static func keep(_ key: UnsubscribeKey, user: UserID, scope: UnsubscribeScope) -> SQL {
        """
        INSERT INTO unsubscribe_keys (key_hash, user_id, scope, topic_id, category_id, tag_id)
        VALUES (\(key.hash)::bytea, \(user), \(scope.name), \(scope.topicID)::bigint,
            \(scope.categoryID)::bigint, \(scope.tagID)::bigint)
        ON CONFLICT DO NOTHING
        """
    }

    static func replyTarget(_ key: ReplyKey) -> SQL {
        """
        SELECT k.user_id, p.id, p.topic_id, p.post_number, p.deleted_at IS NOT NULL,
            t.deleted_at IS NOT NULL, t.category_id
        FROM post_reply_keys k JOIN posts p ON p.id = k.post_id JOIN topics t ON t.id = p.topic_id
        WHERE k.key_hash = \(key.hash)::bytea
        """
    }

    static func locale(of user: UserID) -> SQL { "SELECT locale FROM users WHERE id = \(user)" }

    /// Which of the user's addresses are proved to be theirs.
    static func verifiedAddresses(_ user: UserID) -> SQL {
        """
        SELECT email_lower FROM user_emails
        WHERE user_id = \(user) AND verified_at IS NOT NULL
        """
    }

    static func expireReplyKeys(days: Int) -> SQL {
        """
        DELETE FROM post_reply_keys
        WHERE \(days) > 0 AND created_at < now() - make_interval(days => \(days))
        """
    }

    static func unsubscribe(_ key: UnsubscribeKey) -> SQL {
        """
        SELECT k.user_id, k.scope, k.topic_id, k.category_id, k.tag_id FROM unsubscribe_keys k
        WHERE k.key_hash = \(key.hash)::bytea
        """
    }

    static func title(_ topic: TopicID, for viewer: Viewer) -> SQL {
        "SELECT t.title FROM topics t WHERE t.id = \(topic) AND \(Visibility.topic(viewer))"
    }

    /// What the category or tag of a digest is called, for whoever may still know of it.
    static func name(_ place: DigestPlace, for viewer: Viewer) -> SQL {
        switch place {
        case .category(let id):
            "SELECT c.name FROM categories c WHERE c.id = \(id) AND \(Visibility.category(viewer))"
        case .tag(let id):
            "SELECT g.name FROM tags g WHERE g.id = \(id) AND \(Visibility.tag(viewer))"
        }
    }

    static func stopTopicMail(user: UserID, topic: TopicID) -> SQL {
        """
        INSERT INTO topic_users (topic_id, user_id, notification_level, notifications_reason_id)
        VALUES (\(topic), \(user), 0, 2)
        ON CONFLICT (user_id, topic_id) DO UPDATE
        SET notification_level = 0, notifications_reason_id = 2
        """
    }

    static func stopAllMail(user: UserID) -> SQL {
        "UPDATE users SET email_level = 2 WHERE id = \(user)"
    }

    static func takeBackMail(user: UserID, topic: TopicID?) -> SQL {
        """
        UPDATE outgoing_emails o SET state = 'skipped', response = 'unsubscribed', finished_at = now()
        WHERE o.user_id = \(user) AND o.state = 'queued' AND (\(topic)::bigint IS NULL
            OR o.post_id IN (SELECT id FROM posts WHERE topic_id = \(topic)::bigint))
        """
    }

    /// No mails of any kind but about the account, and none of those that wait.
    static func stopEverything(for user: UserID) -> [SQL] {
        [
            """
            UPDATE users SET email_level = 2,
                options = options || '{"mailing_list_mode": false, "email_digests": false}'::jsonb
            WHERE id = \(user)
            """,
            takeBackMail(user: user, topic: nil),
        ]
    }

    static func category(emailIn address: String) -> SQL {
        """
        SELECT c.id, c.email_in_allow_strangers, c.mailinglist_mirror FROM categories c
        WHERE \(address) = ANY(string_to_array(lower(c.email_in), '|')) ORDER BY c.id LIMIT 1
        """
    }

    static func group(emailIn address: String) -> SQL {
        """
        SELECT g.id, g.name FROM groups g
        WHERE \(address) = ANY(string_to_array(lower(g.incoming_email), '|')) ORDER BY g.id LIMIT 1
        """
    }
}
