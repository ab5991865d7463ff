import Postgres

enum IncomingEmailQueries {
    private static let columns: SQL = """
        i.id, i.state, i.error, i.rejection_message, i.post_id, i.topic_id, i.recipient, i.mail_from,
        i.from_address, i.message_id, i.subject, i.created_via, i.received_at, i.content_hash,
        i.peer_address, i.peer_name
        """

    /// Stores a mail; when it is stored already its row, with the verdict, comes back unchanged.
    static func store(_ mail: ReceivedEmail) -> SQL {
        """
        WITH stored AS (
            INSERT INTO incoming_emails AS i
                (recipient, mail_from, message_id, content_hash, raw, created_via, peer_address,
                    peer_name, trace)
            VALUES (lower(\(mail.recipient)), \(mail.mailFrom), left(\(mail.messageID), 998),
                \(mail.contentHash)::bytea, \(mail.raw)::bytea, \(mail.createdVia),
                \(mail.origin?.peerAddress), \(mail.origin?.peerName), \(mail.origin?.trace))
            ON CONFLICT (recipient, message_id, content_hash) DO UPDATE
            SET created_via = i.created_via
            RETURNING i.*
        )
        SELECT \(columns) FROM stored i
        """
    }

    /// The mail that made a post.
    static func raw(of post: PostID, for principal: Principal) -> SQL {
        let viewer = Viewer.member(principal)
        return """
            SELECT \(shown) FROM incoming_emails i JOIN posts p ON p.id = i.post_id
                JOIN topics t ON t.id = p.topic_id
            WHERE i.post_id = \(post) AND i.state = 'posted'
                AND (\(principal.isAdmin) OR (i.user_id = \(principal.id) AND p.user_id = i.user_id))
                AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
            ORDER BY i.id LIMIT 1
            """
    }

    static func conclude(_ id: IncomingEmailID, _ conclusion: EmailConclusion) -> SQL {
        """
        UPDATE incoming_emails SET state = \(conclusion.state.rawValue), error = \(conclusion.error),
            rejection_message = \(conclusion.message), subject = left(\(conclusion.subject), 255),
            from_address = left(\(conclusion.fromAddress), 320), user_id = \(conclusion.user),
            topic_id = \(conclusion.topic), post_id = \(conclusion.post),
            sender_verdict = \(conclusion.senderVerdict),
            sender_evidence = left(\(conclusion.senderEvidence), 1000),
            is_bounce = \(conclusion.isBounce), finished_at = now()
        WHERE id = \(id) AND state = 'received'
        """
    }

    static func one(_ id: IncomingEmailID) -> SQL {
        "SELECT \(columns) FROM incoming_emails i WHERE i.id = \(id)"
    }

    /// The mail with what our server put before it.
    private static let shown: SQL = "convert_to(coalesce(i.trace, ''), 'UTF8') || i.raw"

    static func shown(_ id: IncomingEmailID) -> SQL {
        "SELECT \(shown) FROM incoming_emails i WHERE i.id = \(id)"
    }

    /// The mail as it came.
    static func raw(_ id: IncomingEmailID) -> SQL {
        "SELECT raw FROM incoming_emails WHERE id = \(id)"
    }

    /// Mails that were stored but, because the process died, never got their verdict.
    static func unfinished(olderThanSeconds seconds: Int) -> SQL {
        """
        SELECT \(columns) FROM incoming_emails i
        WHERE i.state = 'received' AND i.received_at < now() - make_interval(secs => \(seconds))
        ORDER BY i.id LIMIT 100
        """
    }

    static func expire(days: Int, rejectedDays: Int) -> SQL {
        """
        DELETE FROM incoming_emails
        WHERE state <> 'received' AND received_at < now() - make_interval(days =>
            CASE state WHEN 'rejected' THEN \(rejectedDays)::int ELSE \(days)::int END)
        """
    }

    /// The post by one of the Message-IDs, the first of the list that is known winning.
    ///
    /// - Parameter own: The post that the Message-ID at the same place names by itself, or 0.
    static func post(messageIDs: [String], own: [Int64], category: CategoryID?) -> SQL {
        """
        WITH asked AS (
            SELECT * FROM unnest(\(messageIDs)::text[], \(own)::bigint[])
                WITH ORDINALITY AS list(message_id, own_id, place)
        )
        SELECT p.id, p.topic_id, p.post_number FROM (
            SELECT own_id AS post_id, place FROM asked WHERE own_id > 0
            UNION ALL
            SELECT pm.post_id, asked.place FROM asked
                JOIN post_message_ids pm ON pm.message_id = asked.message_id
            WHERE \(category)::bigint IS NULL OR pm.category_id = \(category)::bigint
        ) known JOIN posts p ON p.id = known.post_id
        ORDER BY known.place, p.id LIMIT 1
        """
    }
}
