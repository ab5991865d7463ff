import Postgres

enum OutgoingEmailQueries {
    /// How soon the mails about a post go out.
    struct Pace: Sendable {
        let isMessage: Bool
        /// Minutes since when somebody counts as away.
        let awayMinutes: Int
        /// Seconds that those who are here have to read a message before it is mailed.
        let messageSeconds: Int
        /// `email_messages_level` of those who did not choose.
        let messagesLevel: Int

        /// - Returns: `nil` while no mail is sent.
        init?(_ settings: SiteSettings, isMessage: Bool) {
            guard settings.disableEmails != "yes" else { return nil }
            self.isMessage = isMessage
            awayMinutes = settings.emailTimeWindowMins
            messageSeconds = settings.personalEmailTimeWindowSeconds
            messagesLevel = settings.defaultEmailMessagesLevel
        }

        /// What decides on the mail of a user `u`: columns of those who are told.
        var wish: SQL {
            let level: SQL =
                isMessage
                ? "coalesce((u.options ->> 'email_messages_level')::int, \(messagesLevel)::int)"
                : "u.email_level"
            return "\(level) AS level, u.last_seen_at, u.staged"
        }

        /// What passes for those who are on the site and want every mail.
        fileprivate var readingSeconds: SQL {
            let seconds = isMessage ? messageSeconds : 0
            return """
                CASE WHEN n.last_seen_at > now() - make_interval(mins => \(awayMinutes)::int)
                    THEN make_interval(secs => \(seconds)::int) ELSE '0'::interval END
                """
        }
    }

    /// One mail for each person among `notified` who takes mail; those who were on the site not long
    /// ago and want mail only when away get it later, if at all.
    ///
    /// A part of the statement that makes the notices.
    static func queueNotices(_ pace: Pace) -> SQL {
        let wishes: SQL = """
            (SELECT told.*, \(pace.wish) FROM notified told JOIN users u ON u.id = told.user_id)
            """
        return queueNotices(pace, among: wishes)
    }

    /// The same for `readers` whose wishes were looked up with them.
    static func queueNotices(_ pace: Pace, among readers: SQL) -> SQL {
        """
        INSERT INTO outgoing_emails (email_type, user_id, post_id, to_address, data, next_attempt_at)
        SELECT 'user_notification', n.user_id, n.post_id, e.email,
            jsonb_build_object('notification_type', n.notification_type),
            CASE WHEN n.level = 0 THEN now() + \(pace.readingSeconds)
                ELSE greatest(now(),
                    n.last_seen_at + make_interval(mins => \(pace.awayMinutes)::int)) END
        FROM \(readers) n JOIN user_emails e ON e.user_id = n.user_id AND e.is_primary
            AND (e.verified_at IS NOT NULL OR n.staged)
        WHERE n.level < 2 AND n.notification_type = ANY(\(mailedKinds)::smallint[])
            AND e.email_lower NOT LIKE '%.invalid'
        ON CONFLICT (user_id, post_id, email_type) WHERE post_id IS NOT NULL DO NOTHING
        """
    }

    private static var mailedKinds: [Int] {
        NotificationKind.allCases.filter(\.isMailed).map(\.rawValue)
    }

    /// Takes mails that are due; a sender that dies gives them back when the lease is over. Notices
    /// of posts go where the user has their mail sent now; others are for one address.
    ///
    /// - Parameter busy: Domains that get enough mail at this moment.
    static func claim(limit: Int, leaseSeconds: Int, except busy: [String]) -> SQL {
        """
        WITH due AS MATERIALIZED (
            SELECT id FROM outgoing_emails
            WHERE state = 'queued' AND held_at IS NULL AND next_attempt_at <= now()
                AND (leased_until IS NULL OR leased_until < now())
                AND split_part(lower(to_address), '@', 2) <> ALL(\(busy)::text[])
            ORDER BY next_attempt_at, id LIMIT \(limit) FOR UPDATE SKIP LOCKED
        ), taken AS (
            UPDATE outgoing_emails o
            SET leased_until = now() + make_interval(secs => \(leaseSeconds)),
                to_address = coalesce((SELECT e.email FROM user_emails e WHERE e.user_id = o.user_id
                    AND o.post_id IS NOT NULL AND e.is_primary
                    AND e.verified_at IS NOT NULL), o.to_address)
            FROM due WHERE o.id = due.id
            RETURNING o.id, o.email_type, o.user_id, o.post_id, o.to_address, o.data, o.attempts,
                o.created_at, o.expires_at, \(SuppressionQueries.reason) AS suppression
        )
        SELECT * FROM taken ORDER BY id
        """
    }

    static func finish(
        _ id: OutgoingEmailID,
        state: String,
        messageID: String?,
        response: String
    ) -> SQL {
        """
        UPDATE outgoing_emails SET state = \(state), message_id = \(messageID),
            response = left(\(response), 1000), finished_at = now(), leased_until = NULL
        WHERE id = \(id)
        """
    }

    /// - Parameter isFailure: Whether it counts among the attempts.
    static func putOff(
        _ id: OutgoingEmailID,
        seconds: Double,
        response: String,
        isFailure: Bool
    ) -> SQL {
        """
        UPDATE outgoing_emails SET attempts = attempts + \(isFailure ? 1 : 0)::smallint,
            response = left(\(response), 1000), leased_until = NULL,
            next_attempt_at = now() + make_interval(secs => \(seconds)::float8)
        WHERE id = \(id) AND state = 'queued'
        """
    }

    static func expire(days: Int) -> SQL {
        """
        DELETE FROM outgoing_emails
        WHERE state <> 'queued' AND finished_at < now() - make_interval(days => \(days))
        """
    }

    static func nextDue() -> SQL {
        """
        SELECT extract(epoch FROM min(greatest(next_attempt_at, coalesce(leased_until, '-infinity')))
            - now())::float8
        FROM outgoing_emails WHERE state = 'queued' AND held_at IS NULL
        """
    }

    /// Whether the reader `r` has the mail about the topic `t` at once: what is told for a category or
    /// tag comes as they want that one to come, whatever they wanted when it was queued.
    private static func isWantedAtOnce(_ kind: Int) -> SQL {
        """
        (CASE \(kind)::int
            WHEN 9 THEN NOT EXISTS (SELECT 1 FROM topic_users tu WHERE tu.user_id = r.id
                AND tu.topic_id = t.id AND tu.notifications_reason_id IN (6, 10))
            ELSE \(kind)::int NOT IN (17, 36) END
        OR EXISTS (SELECT 1 FROM category_users cu WHERE cu.user_id = r.id
            AND cu.category_id = t.category_id AND cu.delivery = 'each'
            AND cu.notification_level IN (3, 4))
        OR EXISTS (SELECT 1 FROM tag_users gu JOIN topic_tags tt ON tt.tag_id = gu.tag_id
            WHERE gu.user_id = r.id AND tt.topic_id = t.id AND gu.delivery = 'each'
                AND gu.notification_level IN (3, 4)))
        """
    }

    /// Whether the reader `r` has come past the post `p`. Writing brings somebody to their own post; whoever
    /// answers by mail has not seen those before it for that.
    private static let hasRead: SQL = """
        EXISTS (SELECT 1 FROM topic_users tu WHERE tu.user_id = r.id AND tu.topic_id = p.topic_id
            AND tu.last_read_post_number >= p.post_number AND p.user_id <> r.id
            AND NOT EXISTS (SELECT 1 FROM posts own WHERE own.topic_id = p.topic_id
                AND own.user_id = r.id
                AND own.post_number BETWEEN p.post_number AND tu.last_read_post_number))
        """

    /// What the mail about `post` says to `recipient`, if they may see it now.
    static func compose(_ post: PostID, for recipient: Viewer, kind: Int) -> SQL {
        let groups = recipient.groupIDs
        let isStaff = recipient.isStaff
        return """
            SELECT r.id, r.username, r.name, a.username, a.name,
                p.id, p.post_number, p.cooked, p.created_at, own.message_id,
                t.id, t.title, t.slug, t.archetype = 'private_message', t.closed,
                c.name, c.slug, pc.name, pc.slug, c.list_id, c.email_in,
                coalesce((SELECT array_agg(g.name ORDER BY g.name) FROM topic_tags tt
                    JOIN tags g ON g.id = tt.tag_id
                    WHERE tt.topic_id = t.id AND \(Visibility.tag(recipient))), '{}'),
                first.id, fm.message_id, parent.id, parentm.message_id,
                (t.closed OR t.archived) IS FALSE AND (\(isStaff) OR t.category_id IS NULL
                    OR EXISTS (SELECT 1 FROM category_groups cg WHERE cg.category_id = t.category_id
                        AND cg.permission_type <= 2 AND cg.group_id = ANY(\(groups)::bigint[]))),
                \(kind)::int,
                coalesce((SELECT bool_and(n.read) FROM notifications n
                    WHERE n.user_id = r.id AND n.topic_id = t.id AND n.post_number <= p.post_number
                        AND (n.post_id = p.id OR (n.notification_type IN (2, 6, 9, 36)
                            AND (n.data ->> 'original_post_id')::bigint >= p.id))), false)
                    OR \(hasRead),
                EXISTS (SELECT 1 FROM topic_users tu WHERE tu.user_id = r.id
                    AND tu.topic_id = t.id AND tu.notification_level = 0),
                \(isWantedAtOnce(kind))
            FROM posts p
                JOIN topics t ON t.id = p.topic_id
                JOIN users a ON a.id = p.user_id
                JOIN users r ON r.id = \(recipient.principal?.id)
                JOIN user_emails re ON re.user_id = r.id AND re.is_primary
                    AND (re.verified_at IS NOT NULL OR r.staged)
                LEFT JOIN categories c ON c.id = t.category_id
                LEFT JOIN categories pc ON pc.id = c.parent_category_id
                LEFT JOIN LATERAL (SELECT message_id FROM post_message_ids pm
                    WHERE pm.post_id = p.id LIMIT 1) own ON true
                LEFT JOIN posts first ON first.topic_id = t.id AND first.post_number = 1
                LEFT JOIN LATERAL (SELECT message_id FROM post_message_ids pm
                    WHERE pm.post_id = first.id LIMIT 1) fm ON true
                LEFT JOIN posts parent ON parent.topic_id = t.id
                    AND parent.post_number = p.reply_to_post_number
                LEFT JOIN LATERAL (SELECT message_id FROM post_message_ids pm
                    WHERE pm.post_id = parent.id LIMIT 1) parentm ON true
            WHERE p.id = \(post) AND \(Visibility.topic(recipient)) AND \(Visibility.post(recipient))
            """
    }
}
