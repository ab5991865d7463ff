import Postgres

/// Taking from the database what tells who somebody was. What they wrote stays.
enum ErasureQueries {
    /// - Parameter username: The name that says nothing.
    static func erase(_ user: User, as username: String, at now: Timestamp) -> [SQL] {
        // The addresses are looked at before they go.
        mails(of: user.id, username) + [
            """
            UPDATE users SET username = \(username), username_lower = \(username), name = NULL,
                title = NULL, bio_raw = NULL, bio_cooked = NULL, location = NULL, website = NULL,
                password_hash = NULL, email_level = 2, registration_ip = NULL, options = '{}',
                do_not_disturb_until = NULL, updated_at = \(now)
            WHERE id = \(user.id)
            """,
            "DELETE FROM user_emails WHERE user_id = \(user.id) AND NOT is_primary",
            """
            UPDATE user_emails SET email = \(username) || '@anonymized.invalid',
                email_lower = \(username) || '@anonymized.invalid', verified_at = NULL
            WHERE user_id = \(user.id)
            """,
            "SELECT forget_identity(\(user.id))",
            "DELETE FROM reserved_usernames WHERE user_id = \(user.id)",
            "SELECT note_new_name(\(user.id), \(user.username), \(username))",
            renameInNotifications(from: user.username, to: username),
            forgetLiveMessages(of: user),
        ] + personalRows(of: user.id)
    }

    /// The mails that somebody sent, and those that were sent to them.
    static func mails(of id: UserID, _ username: String) -> [SQL] {
        let addresses: SQL = "SELECT e.email_lower FROM user_emails e WHERE e.user_id = \(id)"
        return [
            """
            DELETE FROM incoming_emails WHERE user_id = \(id)
                OR lower(from_address) IN (\(addresses)) OR lower(mail_from) IN (\(addresses))
            """,
            """
            DELETE FROM outgoing_emails WHERE state = 'queued'
                AND (user_id = \(id) OR lower(to_address) IN (\(addresses)))
            """,
            """
            UPDATE outgoing_emails SET to_address = '', response = NULL, data = '{}'
            WHERE user_id = \(id) OR lower(to_address) IN (\(addresses))
            """,
            "DELETE FROM invites WHERE invited_by_id = \(id) AND redemption_count = 0",
            """
            UPDATE invites SET email = \(username) || '@anonymized.invalid'
            WHERE lower(email) IN (\(addresses))
            """,
        ]
    }

    private static func renameInNotifications(from old: String, to username: String) -> SQL {
        """
        UPDATE notifications SET data = data
            || CASE WHEN data ->> 'display_username' = \(old)
                THEN jsonb_build_object('display_username', \(username)::text) ELSE '{}' END
            || CASE WHEN data ->> 'original_username' = \(old)
                THEN jsonb_build_object('original_username', \(username)::text) ELSE '{}' END
        WHERE data ->> 'display_username' = \(old) OR data ->> 'original_username' = \(old)
        """
    }

    /// What was told to them live, and to others with their name in it; both are hints that nobody needs later.
    private static func forgetLiveMessages(of user: User) -> SQL {
        """
        DELETE FROM bus_messages WHERE user_ids = ARRAY[\(user.id)]::bigint[]
            OR (user_ids IS NOT NULL AND strpos(lower(data::text), lower(\(user.username)::text)) > 0)
        """
    }

    /// What somebody kept for themselves alone.
    private static func personalRows(of id: UserID) -> [SQL] {
        [
            "DELETE FROM drafts WHERE user_id = \(id)",
            "DELETE FROM draft_sequences WHERE user_id = \(id)",
            "DELETE FROM bookmarks WHERE user_id = \(id)",
            "DELETE FROM notifications WHERE user_id = \(id)",
            "DELETE FROM user_relations WHERE user_id = \(id)",
            "DELETE FROM group_requests WHERE user_id = \(id)",
            "DELETE FROM user_visits WHERE user_id = \(id)",
        ]
    }
}
