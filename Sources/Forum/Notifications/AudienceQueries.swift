import Postgres

/// Who may have a reason to hear of one post: parts of the statement that makes its notices.
///
/// Each part adds rows of `user_id, kind, rank, is_mailed`; the lowest rank decides. A kind is a number
/// of `NotificationKind`; `is_mailed` is false where the person chose not to have a mail for each.
enum AudienceQueries {
    /// What site and members decide about notices, where they did not choose.
    struct Rules: Sendable {
        var maxHereMentioned: Int
        var hereTrustLevel: Int
        var watchedPrecedesMuted: Bool
        /// Groups of so many members hear of no mention.
        var maxGroupMentioned: Int
    }

    /// All that a post addresses by name, in Discourse's order; what a private message says beside
    /// names counts as the message it is.
    static func addressed(by audience: PostAudience, _ rules: Rules) -> SQL {
        var parts: [SQL] = [
            """
            SELECT u.id, 1, 1, TRUE FROM users u
            WHERE u.username_lower = ANY(\(audience.mentioned)::text[])
            """
        ]
        if !audience.groups.isEmpty { parts.append(membersOfMentioned(audience.groups, rules)) }
        if audience.callsHere { parts.append(everybodyHere(rules)) }
        if !audience.isMessage {
            parts.append(quoted(audience.quoted, kind: 3, rank: 6))
            if !audience.linked.isEmpty { parts.append(linked(audience.linked)) }
        }
        return SQL.joined(parts, separator: " UNION ALL ")
    }

    /// Who hears of a post because of where it stands.
    static func followers(of audience: PostAudience, _ rules: Rules) -> SQL {
        audience.isMessage
            ? SQL.joined(
                [messageReaders, repliedInMessage, quotedInMessage(audience.quoted)],
                separator: " UNION ALL "
            )
            : SQL.joined([replied, watchers(rules)], separator: " UNION ALL ")
    }

    /// The groups that the author of `post` may mention, by Discourse's levels: 1 administrators,
    /// 2 staff, 3 and members, 4 staff and owners, 99 everybody.
    static func mentionable(_ groups: [String]) -> SQL {
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

    // MARK: By name

    private static func membersOfMentioned(_ groups: [String], _ rules: Rules) -> SQL {
        """
        SELECT gu.user_id, 15, 2, TRUE FROM (\(mentionable(groups))) m
            JOIN group_users gu ON gu.group_id = m.id AND gu.notification_level > 0
        WHERE (SELECT count(*) FROM group_users n WHERE n.group_id = m.id AND n.user_id > 0)
            < \(rules.maxGroupMentioned)::int
        """
    }

    /// Those who wrote in the topic; nobody when they are too many, or the author may not call them.
    private static func everybodyHere(_ rules: Rules) -> SQL {
        """
        SELECT here.user_id, 1, 3, TRUE FROM (
            SELECT writers.user_id, count(*) OVER () AS people FROM (
                SELECT DISTINCT p.user_id FROM post
                    JOIN users author ON author.id = post.user_id AND (author.admin
                        OR author.moderator OR author.trust_level >= \(rules.hereTrustLevel)::int)
                    JOIN posts p ON p.topic_id = post.topic_id AND p.deleted_at IS NULL
                        AND p.post_type = 1 AND p.user_id <> post.user_id AND p.user_id > 0
            ) writers
        ) here
        WHERE here.people <= \(rules.maxHereMentioned)::int
        """
    }

    private static func quoted(_ names: [String], kind: Int, rank: Int) -> SQL {
        """
        SELECT u.id, \(kind)::int, \(rank)::int, TRUE FROM users u
        WHERE u.username_lower = ANY(\(names)::text[])
        """
    }

    private static func linked(_ links: [PostLink]) -> SQL {
        """
        SELECT p.user_id, 11, 7, TRUE
        FROM unnest(\(links.map(\.topicID))::bigint[], \(links.map(\.number))::bigint[])
                AS link(topic_id, number)
            JOIN posts p ON p.topic_id = link.topic_id AND p.post_number = link.number
                AND p.deleted_at IS NULL
            JOIN users lu ON lu.id = p.user_id
        WHERE coalesce(lu.options ->> 'notify_on_linked_posts', 'true') = 'true'
        """
    }

    // MARK: By place

    /// Whose post is answered; then the author of the topic, while they watch it.
    private static let replied: SQL = """
        SELECT parent.user_id, 2, 4, TRUE FROM post
            JOIN posts parent ON parent.topic_id = post.topic_id
                AND parent.post_number = post.reply_to_post_number
        UNION ALL
        SELECT post.owner_id, 2, 5, TRUE FROM post
            JOIN topic_users tu ON tu.topic_id = post.topic_id AND tu.user_id = post.owner_id
                AND tu.notification_level = 3
        WHERE post.post_number > 1
        """

    /// Those who watch the topic, and those who watch its category or one of its tags and did not
    /// choose otherwise for the topic. Whose category or tag it is decides how it comes, also when
    /// the watching made them watch the topic (reasons 6 and 10).
    private static func watchers(_ rules: Rules) -> SQL {
        """
        SELECT tu.user_id, 9, 8, coalesce(tu.notifications_reason_id NOT IN (6, 10), TRUE) FROM post
            JOIN topic_users tu ON tu.topic_id = post.topic_id AND tu.notification_level = 3
        WHERE post.post_number > 1
        UNION ALL
        SELECT followers.user_id,
            CASE WHEN followers.level = 3 THEN 36 ELSE 17 END,
            CASE WHEN followers.level = 3 THEN 9 ELSE 10 END,
            followers.delivery = 'each'
        FROM post CROSS JOIN LATERAL (
            SELECT cu.user_id, cu.notification_level AS level, cu.delivery FROM category_users cu
            WHERE cu.category_id = post.category_id AND cu.notification_level IN (3, 4)
            UNION ALL
            SELECT gu.user_id, gu.notification_level, gu.delivery FROM topic_tags tt
                JOIN tag_users gu ON gu.tag_id = tt.tag_id AND gu.notification_level IN (3, 4)
            WHERE tt.topic_id = post.topic_id
        ) followers
        WHERE ((followers.level = 3 AND followers.user_id NOT IN (SELECT tu.user_id FROM topic_users tu
                    WHERE tu.topic_id = (SELECT topic_id FROM post) AND tu.notification_level <> 3))
                OR (followers.level = 4 AND post.post_number = 1))
            AND ((NOT EXISTS (SELECT 1 FROM category_users muted
                    WHERE muted.user_id = followers.user_id
                        AND muted.category_id = post.category_id AND muted.notification_level = 0)
                AND NOT EXISTS (SELECT 1 FROM tag_users muted
                    JOIN topic_tags tt ON tt.tag_id = muted.tag_id
                    WHERE muted.user_id = followers.user_id AND tt.topic_id = post.topic_id
                        AND muted.notification_level = 0))
                OR (followers.level = 3 AND (SELECT coalesce(
                        (fu.options ->> 'watched_precedence_over_muted')::boolean,
                        \(rules.watchedPrecedesMuted)::boolean)
                    FROM users fu WHERE fu.id = followers.user_id)))
        """
    }

    /// A message is heard of by those it is for, and by members of its groups as they follow the group.
    private static let messageReaders: SQL = """
        SELECT ta.user_id, 6, 8, TRUE FROM post
            JOIN topic_allowed_users ta ON ta.topic_id = post.topic_id
            LEFT JOIN topic_users tu ON tu.topic_id = post.topic_id AND tu.user_id = ta.user_id
        WHERE coalesce(tu.notification_level, 3) = 3
        UNION ALL
        SELECT gu.user_id, CASE WHEN tu.notification_level IS NULL AND gu.notification_level = 4
                THEN 17 ELSE 6 END, 9, TRUE
        FROM post JOIN topic_allowed_groups tg ON tg.topic_id = post.topic_id
            JOIN group_users gu ON gu.group_id = tg.group_id
            LEFT JOIN topic_users tu ON tu.topic_id = post.topic_id AND tu.user_id = gu.user_id
        WHERE gu.notification_level > 0 AND (coalesce(tu.notification_level, gu.notification_level) = 3
            OR (tu.notification_level IS NULL AND gu.notification_level = 4 AND post.post_number = 1))
        """

    private static let repliedInMessage: SQL = """
        SELECT parent.user_id, 6, 8, TRUE FROM post
            JOIN posts parent ON parent.topic_id = post.topic_id
                AND parent.post_number = post.reply_to_post_number
        WHERE \(takesPart("parent.user_id"))
        """

    private static func quotedInMessage(_ names: [String]) -> SQL {
        """
        SELECT u.id, 6, 8, TRUE FROM post JOIN users u
            ON u.username_lower = ANY(\(names)::text[])
        WHERE \(takesPart("u.id"))
        """
    }

    /// Whether a user is among the readers of the message of `post`: an administrator may read it too,
    /// but is not written to.
    private static func takesPart(_ user: SQL) -> SQL {
        """
        (EXISTS (SELECT 1 FROM topic_allowed_users ta
                WHERE ta.topic_id = post.topic_id AND ta.user_id = \(user))
            OR EXISTS (SELECT 1 FROM topic_allowed_groups tg
                JOIN group_users gu ON gu.group_id = tg.group_id
                WHERE tg.topic_id = post.topic_id AND gu.user_id = \(user)
                    AND gu.notification_level > 0))
        """
    }
}
