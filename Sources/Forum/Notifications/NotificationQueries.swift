import Postgres

enum NotificationQueries {
    /// Makes the notices of one post and queues their mails: one statement, whoever many watch.
    ///
    /// The first reason that fits a person wins, in Discourse's order. Nobody hears of their own post,
    /// of what they cannot see, or of a topic they muted; a muted category or tag silences watching,
    /// not being addressed. What somebody has not read of a topic is one notice: it points at the
    /// first of the posts and says how many there are. Returns how many notices there are.
    ///
    /// - Parameters:
    ///   - isEdit: The post was told of when it was new. Those whom it addresses only now hear of it;
    ///     those whom it addresses no more, and who have not read it, no longer do.
    ///   - mail: `nil` queues no mail.
    static func notifyOfPost(
        _ audience: PostAudience,
        isEdit: Bool = false,
        _ rules: AudienceQueries.Rules,
        mail: OutgoingEmailQueries.Pace?
    ) -> SQL {
        let withdrawn: SQL = isEdit ? takenBack : ""
        let onlyThose: SQL = isEdit ? "WHERE user_id IN (SELECT user_id FROM taken_back)" : ""
        let wish: SQL = mail.map { ", \($0.wish)" } ?? ""
        let mailed: SQL =
            mail.map {
                ", mailed AS (\(OutgoingEmailQueries.queueNotices($0, among: mailReaders)))"
            }
            ?? ""
        return """
            WITH \(post(audience.post)),
            addressed (user_id, kind, rank, is_mailed) AS MATERIALIZED (
                \(AudienceQueries.addressed(by: audience, rules))
            )\(withdrawn),
            followers (user_id, kind, rank, is_mailed) AS (
                \(AudienceQueries.followers(of: audience, rules))
            ),
            chosen AS (\(chosen(audience, among: onlyThose))),
            told AS MATERIALIZED (
                SELECT chosen.user_id, chosen.kind, chosen.is_mailed,
                    CASE WHEN chosen.kind IN \(sayingMore) THEN chosen.first END AS first\(wish)
                FROM post CROSS JOIN chosen JOIN users u ON u.id = chosen.user_id
                WHERE u.id <> post.user_id AND (\(isReachable) OR \(isStagedReader))
                    AND u.id NOT IN (\(mutersOfTopic))
                    AND u.id NOT IN (\(RelationQueries.keepingAway("(SELECT user_id FROM post)")))
                    AND \(maySee) AND (u.id, chosen.kind) NOT IN (\(toldAlready))
            ),
            \(audience.opensTopic ? first(audience.groups) : collapsed(audience.groups))\(mailed)
            SELECT count(*) FROM written
            """
    }

    /// Those of `told` who want a mail for each post, each with what decides on it.
    private static let mailReaders: SQL = """
        (SELECT told.*, told.kind AS notification_type, post.id AS post_id
            FROM post CROSS JOIN told WHERE told.is_mailed)
        """

    /// The post that is spoken of, and what its notices say; none when it is gone or hidden.
    private static func post(_ id: PostID) -> SQL {
        """
        post AS MATERIALIZED (
            SELECT p.id, p.topic_id, p.post_number, p.post_type, p.user_id, p.reply_to_post_number,
                t.category_id, t.archetype, t.title, t.visible, t.user_id AS owner_id, u.username,
                EXISTS (SELECT 1 FROM category_groups cg
                    WHERE cg.category_id = t.category_id AND cg.group_id = 0) AS is_open,
                jsonb_build_object('topic_title', t.title, 'original_post_id', p.id,
                    'original_post_type', p.post_type, 'original_username', u.username,
                    'revision_number', NULL, 'display_username', u.username) AS data
            FROM posts p JOIN topics t ON t.id = p.topic_id JOIN users u ON u.id = p.user_id
            WHERE p.id = \(id) AND p.deleted_at IS NULL AND NOT p.hidden
                AND t.deleted_at IS NULL AND p.post_type IN (1, 2)
        )
        """
    }

    /// Those whom an edit addresses no more; they may have another reason to hear of the post.
    private static let takenBack: SQL = """
        , taken_back AS (
            DELETE FROM notifications n USING post
            WHERE n.post_id = post.id AND NOT n.read AND n.notification_type IN (1, 3, 11, 15)
                AND NOT EXISTS (SELECT 1 FROM addressed a
                    WHERE a.user_id = n.user_id AND a.kind = n.notification_type)
            RETURNING n.user_id
        ), unqueued AS (
            UPDATE outgoing_emails o SET state = 'skipped', finished_at = now(),
                response = 'the post was edited'
            FROM post, taken_back WHERE o.user_id = taken_back.user_id AND o.post_id = post.id
                AND o.state = 'queued' AND o.email_type = 'user_notification'
        )
        """

    /// Who has a notice of the kind for the post keeps that one.
    private static let toldAlready: SQL = """
        SELECT had.user_id, had.notification_type FROM notifications had
        WHERE had.post_id = (SELECT id FROM post)
        """

    /// One row for each person who has a reason, with the first post of the topic of which they have an
    /// unread notice that only says that there is more to read.
    ///
    /// The notices are put below the reasons and grouped with them, not joined: the planner knows
    /// nothing of how many people there will be, and a join of thousands with thousands may go wrong.
    /// For the same reason `gone` looks people up in a hash table, which `IS TRUE` makes of its `IN`.
    private static func chosen(_ audience: PostAudience, among onlyThose: SQL) -> SQL {
        let unread: SQL =
            audience.opensTopic
            ? ""
            : """
            UNION ALL
            SELECT n.user_id, NULL, NULL, NULL, n.post_number FROM notifications n
            WHERE n.topic_id = (SELECT topic_id FROM post) AND NOT n.read
                AND n.notification_type IN \(sayingMore)
            """
        return """
            SELECT c.user_id, (min(c.rank * 100 + c.kind) % 100)::smallint AS kind,
                bool_or(c.is_mailed) AS is_mailed, min(c.post_number) AS first
            FROM (
                SELECT r.user_id, r.kind, r.rank, r.is_mailed, NULL::int AS post_number
                FROM (SELECT * FROM addressed UNION ALL SELECT * FROM followers \(onlyThose)) r
                \(unread)
            ) c
            GROUP BY c.user_id HAVING count(c.rank) > 0
            """
    }

    /// Kinds that only say that there is more to read.
    private static let sayingMore: SQL = "(2, 6, 9, 36)"

    private static let mutersOfTopic: SQL = """
        SELECT tu.user_id FROM topic_users tu
        WHERE tu.topic_id = (SELECT topic_id FROM post) AND tu.notification_level = 0
        """

    /// The notices of the post that opens a topic.
    private static func first(_ groups: [String]) -> SQL {
        """
        written AS (
            INSERT INTO notifications
                (user_id, notification_type, topic_id, post_id, post_number, high_priority, data)
            SELECT told.user_id, told.kind, post.topic_id, post.id, post.post_number, told.kind = 6,
                CASE WHEN FALSE THEN NULL \(aboutGroup(groups)) ELSE post.data END
            FROM post CROSS JOIN told
            RETURNING user_id
        )
        """
    }

    /// What the people told have unread of the topic goes, to become one notice with the new post; all
    /// of it before the first is written, because what is gone is counted then. `placed` says which of
    /// the `unread` posts is the first that somebody has not read; NULL when they had no such notice.
    private static func collapsed(_ groups: [String]) -> SQL {
        """
        gone AS (
            DELETE FROM notifications n WHERE n.topic_id = (SELECT topic_id FROM post) AND NOT n.read
                AND n.notification_type IN \(sayingMore)
                AND (n.user_id IN (SELECT told.user_id FROM told WHERE told.first IS NOT NULL)) IS TRUE
            RETURNING n.id
        ),
        unread AS (
            SELECT array_agg(p.post_number ORDER BY p.post_number) AS numbers,
                array_agg(p.id ORDER BY p.post_number) AS ids
            FROM post JOIN posts p ON p.topic_id = post.topic_id
                AND p.post_number BETWEEN (SELECT min(told.first) FROM told) AND post.post_number
                AND p.deleted_at IS NULL AND NOT p.hidden AND p.post_type IN (1, 2)
        ),
        placed AS MATERIALIZED (
            SELECT told.user_id, told.kind, CASE WHEN told.first IS NOT NULL
                THEN width_bucket(greatest(told.first - 1, (SELECT tu.last_read_post_number
                    FROM topic_users tu WHERE tu.topic_id = post.topic_id
                        AND tu.user_id = told.user_id)), unread.numbers) + 1 END AS at
            FROM post CROSS JOIN unread CROSS JOIN told
        ),
        written AS (
            INSERT INTO notifications
                (user_id, notification_type, topic_id, post_id, post_number, high_priority, data)
            SELECT told.user_id, told.kind, post.topic_id, coalesce(unread.ids[told.at], post.id),
                coalesce(unread.numbers[told.at], post.post_number), told.kind = 6, CASE
                    WHEN told.at < cardinality(unread.numbers)
                    THEN post.data || jsonb_build_object('display_username',
                        (cardinality(unread.numbers) - told.at + 1) || ' replies')
                    \(aboutGroup(groups)) ELSE post.data END
            FROM post CROSS JOIN unread CROSS JOIN (SELECT count(*) FROM gone) cleared
                CROSS JOIN placed told
            ON CONFLICT (user_id, notification_type, post_id) DO NOTHING
            RETURNING user_id
        )
        """
    }

    /// Queues one new post for those who want every post by mail (Discourse's mailing list mode; 2
    /// leaves out one's own), unless they muted its topic, its category or its author, or chose
    /// another way for its category.
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
                AND cu.category_id = post.category_id
                AND (cu.notification_level = 0 OR cu.delivery <> 'each'))
            AND NOT EXISTS (SELECT 1 FROM tag_users gu
                JOIN topic_tags tt ON tt.tag_id = gu.tag_id AND tt.topic_id = post.topic_id
                WHERE gu.user_id = u.id AND gu.notification_level = 0)
            AND NOT \(RelationQueries.isKeptAway("u.id", "post.user_id"))
            AND e.email_lower NOT LIKE '%.invalid'
        ON CONFLICT (user_id, post_id, email_type) WHERE post_id IS NOT NULL DO NOTHING
        """
    }

    /// Tells members who only track their group's messages how many there are: one notice a group.
    static func summariseGroupMessages(_ id: PostID) -> SQL {
        """
        WITH \(post(id)),
        wanted AS (
            SELECT DISTINCT gu.user_id, g.id AS group_id, g.name FROM post
                JOIN topic_allowed_groups tg ON tg.topic_id = post.topic_id
                JOIN groups g ON g.id = tg.group_id
                JOIN group_users gu ON gu.group_id = g.id AND gu.notification_level > 0
                JOIN users u ON u.id = gu.user_id AND \(isReachable) AND u.id <> post.user_id
                LEFT JOIN topic_users tu ON tu.topic_id = post.topic_id AND tu.user_id = gu.user_id
            WHERE coalesce(tu.notification_level, gu.notification_level) = 2
                AND NOT \(RelationQueries.isKeptAway("u.id", "post.user_id"))
                AND NOT EXISTS (SELECT 1 FROM notifications n
                    WHERE n.user_id = u.id AND n.topic_id = post.topic_id
                        AND (n.post_id = post.id
                            OR (n.data ->> 'original_post_id')::bigint = post.id))
                AND NOT EXISTS (SELECT 1 FROM topic_allowed_users ta
                    WHERE ta.topic_id = post.topic_id AND ta.user_id = u.id)
        ), outdated AS (
            DELETE FROM notifications n USING wanted WHERE n.user_id = wanted.user_id
                AND n.notification_type = 16 AND (n.data ->> 'group_id')::bigint = wanted.group_id
        )
        INSERT INTO notifications (user_id, notification_type, data)
        SELECT wanted.user_id, 16, jsonb_build_object('group_id', wanted.group_id,
            'group_name', wanted.name, 'inbox_count', (SELECT count(*) FROM topic_allowed_groups ta
                JOIN topics t ON t.id = ta.topic_id AND t.deleted_at IS NULL
                WHERE ta.group_id = wanted.group_id AND NOT EXISTS (
                    SELECT 1 FROM group_archived_messages away WHERE away.group_id = ta.group_id
                        AND away.topic_id = ta.topic_id AND away.archived_at >= t.last_posted_at)))
        FROM wanted
        """
    }

    /// Tells the author of a post, and of a wiki that opens a topic those who watch it, that somebody
    /// else has changed it; once, until they have read of it.
    static func notifyOfEdit(_ id: PostID, by editor: UserID) -> SQL {
        """
        WITH \(post(id)),
        wanted AS (
            SELECT post.user_id FROM post
            UNION
            SELECT tu.user_id FROM post JOIN posts p ON p.id = post.id AND p.wiki
                JOIN topic_users tu ON tu.topic_id = post.topic_id AND tu.notification_level = 3
            WHERE post.post_number = 1
        ), known AS (
            DELETE FROM notifications n USING post, wanted WHERE n.post_id = post.id
                AND n.user_id = wanted.user_id AND n.notification_type = 4 AND n.read
            RETURNING n.user_id
        )
        INSERT INTO notifications
            (user_id, notification_type, topic_id, post_id, post_number, data)
        SELECT u.id, 4, post.topic_id, post.id, post.post_number, post.data || jsonb_build_object(
            'display_username', editor.username, 'original_username', editor.username,
            'revision_number', p.version)
        FROM post JOIN posts p ON p.id = post.id JOIN users editor ON editor.id = \(editor)
            CROSS JOIN (SELECT count(*) FROM known) renewed
            CROSS JOIN wanted JOIN users u ON u.id = wanted.user_id AND \(isReachable)
        WHERE post.archetype = 'regular' AND u.id <> editor.id AND p.version > 1
            AND p.last_editor_id = editor.id AND \(maySee)
            AND NOT \(RelationQueries.isKeptAway("u.id", "editor.id"))
            AND NOT EXISTS (SELECT 1 FROM topic_users tu WHERE tu.user_id = u.id
                AND tu.topic_id = post.topic_id AND tu.notification_level = 0)
        ON CONFLICT (user_id, notification_type, post_id) DO NOTHING
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

    // MARK: Parts

    /// Holds for a user `u` to whom a notice is of use.
    static let isReachable: SQL = """
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

    /// `Visibility.topicByReader` for the one topic of `post`, without asking once for each reader what
    /// is the same for all; what is open to everybody is asked first.
    private static let maySee: SQL = """
        ((post.visible AND post.is_open AND post.archetype = 'regular') OR (post.archetype = 'regular'
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

    /// A branch of a `CASE`: the notice of somebody who was addressed as one of a group names it.
    private static func aboutGroup(_ groups: [String]) -> SQL {
        guard !groups.isEmpty else { return "" }
        return """
            WHEN told.kind = 15 THEN post.data || coalesce((SELECT jsonb_build_object(
                    'group_id', m.id, 'group_name', m.name)
                FROM (\(AudienceQueries.mentionable(groups))) m
                    JOIN group_users gu ON gu.group_id = m.id AND gu.user_id = told.user_id
                ORDER BY m.id LIMIT 1), '{}')
            """
    }
}
