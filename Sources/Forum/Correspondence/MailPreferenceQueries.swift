import Postgres

enum MailPreferenceQueries {
    static func preferences(of user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT u.username, u.name, u.locale, u.email_level, u.options::text, u.last_seen_at,
            u.do_not_disturb_until, s.enabled, s.starts, s.ends, u.bounce_score::float8,
            (SELECT count(*) FROM outgoing_emails o WHERE o.user_id = u.id
                AND o.post_id IS NOT NULL AND o.state = 'sent'
                AND o.finished_at > \(now - 86_400))
            + (SELECT count(*) FROM outgoing_emails o WHERE o.user_id = u.id AND o.state = 'sent'
                AND o.email_type IN ('digest', 'subscription_digest')
                AND o.finished_at > \(now - 86_400))
        FROM users u LEFT JOIN user_notification_schedules s ON s.user_id = u.id
        WHERE u.id = \(user)
        """
    }

    /// Earlier posts of the topic of `post`, newest first.
    static func earlier(than post: PostID, for reader: Viewer, limit: Int) -> SQL {
        """
        SELECT a.username, p.cooked FROM posts here
            JOIN posts p ON p.topic_id = here.topic_id AND p.post_number < here.post_number
                AND p.post_type IN (1, 2)
            JOIN users a ON a.id = p.user_id
        WHERE here.id = \(post) AND \(Visibility.post(reader))
        ORDER BY p.post_number DESC LIMIT \(limit)
        """
    }

    /// The post that `post` answers.
    static func answered(by post: PostID, for reader: Viewer) -> SQL {
        """
        SELECT a.username, p.cooked FROM posts here
            JOIN posts p ON p.topic_id = here.topic_id
                AND p.post_number = here.reply_to_post_number
            JOIN users a ON a.id = p.user_id
        WHERE here.id = \(post) AND \(Visibility.post(reader))
        """
    }

    /// Whether somebody had a mail about the topic of `post` before.
    static func hadMail(_ user: UserID, beforeOf post: PostID) -> SQL {
        """
        SELECT EXISTS (SELECT 1 FROM outgoing_emails o JOIN posts p ON p.id = o.post_id
            JOIN posts here ON here.topic_id = p.topic_id
            WHERE here.id = \(post) AND o.user_id = \(user) AND o.post_id <> here.id
                AND o.state = 'sent')
        """
    }
}
