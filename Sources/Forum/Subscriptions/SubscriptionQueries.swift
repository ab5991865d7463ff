import Postgres

enum SubscriptionQueries {
    static func visibleTopic(_ id: TopicID, for viewer: Viewer) -> SQL {
        "SELECT t.id FROM topics t WHERE t.id = \(id) AND \(Visibility.topic(viewer))"
    }

    static func visibleCategory(_ id: CategoryID, for viewer: Viewer) -> SQL {
        "SELECT c.id FROM categories c WHERE c.id = \(id) AND \(Visibility.category(viewer))"
    }

    /// A tag exists for those who can see a topic that bears it; staff sees all.
    static func visibleTag(_ name: String, for viewer: Viewer) -> SQL {
        let anywhere: SQL =
            viewer.isStaff
            ? "TRUE"
            : """
            EXISTS (SELECT 1 FROM topic_tags tt JOIN topics t ON t.id = tt.topic_id
                WHERE tt.tag_id = coalesce(g.target_tag_id, g.id) AND \(Visibility.topic(viewer)))
            """
        return """
            SELECT coalesce(g.target_tag_id, g.id) FROM tags g
            WHERE g.name_lower = lower(\(name)) AND \(Visibility.tag(viewer)) AND \(anywhere)
            """
    }

    static func setLevel(
        _ level: NotificationLevel,
        _ topic: Permitted<Subscribe, VisibleTopic>
    ) -> SQL {
        """
        INSERT INTO topic_users (topic_id, user_id, notification_level, notifications_reason_id)
        VALUES (\(topic.resource.id), \(topic.principal.id), \(level.rawValue),
            \(NotificationReason.userChanged.rawValue))
        ON CONFLICT (user_id, topic_id) DO UPDATE
        SET notification_level = excluded.notification_level,
            notifications_reason_id = excluded.notifications_reason_id
        """
    }

    static func setLevel<Place: VisiblePlace>(
        _ level: NotificationLevel,
        _ place: Permitted<Subscribe, Place>
    ) -> SQL {
        """
        INSERT INTO \(Place.table) (\(Place.column), user_id, notification_level)
        VALUES (\(place.resource.number), \(place.principal.id), \(level.rawValue))
        ON CONFLICT (user_id, \(Place.column)) DO UPDATE
        SET notification_level = excluded.notification_level
        """
    }

    static func setDelivery<Place: VisiblePlace>(
        _ delivery: Delivery,
        _ place: Permitted<Subscribe, Place>,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO \(Place.table) AS mine (\(Place.column), user_id, notification_level, delivery,
            digest_since, digest_due_at)
        VALUES (\(place.resource.number), \(place.principal.id), 1,
            \(DeliveryQueries.values(delivery, at: now)))
        ON CONFLICT (user_id, \(Place.column)) DO UPDATE SET \(DeliveryQueries.change("mine"))
        """
    }

    /// What a place's new level does to the topics in it that the user has a row of already.
    static func followTopics<Place: VisiblePlace>(of place: Permitted<Subscribe, Place>) -> SQL {
        refollow("mine.user_id = \(place.principal.id) AND \(place.resource.holdsTopic)")
    }

    /// What new lists of levels do to all topics that the user has a row of.
    static func followTopics(of user: UserID) -> SQL { refollow("mine.user_id = \(user)") }

    /// What another category or other tags of a topic do to those who have a row of it.
    static func refollow(_ topic: TopicID?) -> [SQL] {
        topic.map { [refollow("mine.topic_id = \($0)")] } ?? []
    }

    /// Rows that automation set lower than category and tags say are raised; what a watching raised
    /// that is no more becomes tracked (Discourse does the same). What the user chose stays.
    private static func refollow(_ scope: SQL) -> SQL {
        """
        UPDATE topic_users tu
        SET notification_level = CASE WHEN wanted.level > tu.notification_level
                THEN wanted.level ELSE 2 END,
            notifications_reason_id = CASE WHEN wanted.level > tu.notification_level
                THEN wanted.reason END
        FROM (
            SELECT mine.topic_id, mine.user_id, followed.level, followed.reason
            FROM topic_users mine JOIN topics t ON t.id = mine.topic_id
                LEFT JOIN LATERAL (\(inherited("mine.topic_id", by: "mine.user_id"))) followed ON TRUE
            WHERE t.archetype = 'regular' AND \(scope)
                AND mine.notifications_reason_id
                    IS DISTINCT FROM \(NotificationReason.userChanged.rawValue)::smallint
        ) wanted
        WHERE wanted.topic_id = tu.topic_id AND wanted.user_id = tu.user_id AND (
            (tu.notification_level >= 1 AND wanted.level > tu.notification_level)
            OR (tu.notification_level = 3 AND tu.notifications_reason_id IN (6, 10)
                AND coalesce(wanted.level, 1) < 3))
        """
    }

    /// Each list that came becomes the whole list of its level; what the person may not see of it
    /// is left out.
    static func replaceLists(
        of user: UserID,
        _ categories: [NotificationLevel: [Int64]],
        _ tags: [NotificationLevel: [String]],
        for viewer: Viewer
    ) -> [SQL] {
        var statements: [SQL] = []
        for (level, ids) in categories.sorted(by: { $0.key < $1.key }) {
            statements += [
                """
                DELETE FROM category_users WHERE user_id = \(user)
                    AND notification_level = \(level.rawValue)
                    AND category_id <> ALL(\(ids)::bigint[])
                """,
                give(
                    level,
                    "c.id = ANY(\(ids)::bigint[]) AND \(Visibility.category(viewer))",
                    to: user
                ),
            ]
        }
        for (level, names) in tags.sorted(by: { $0.key < $1.key }) {
            let keys = names.map { $0.lowercased() }
            statements += [
                """
                DELETE FROM tag_users tu USING tags g WHERE g.id = tu.tag_id AND tu.user_id = \(user)
                    AND tu.notification_level = \(level.rawValue)
                    AND g.name_lower <> ALL(\(keys)::text[])
                """,
                """
                INSERT INTO tag_users (tag_id, user_id, notification_level)
                SELECT g.id, \(user), \(level.rawValue) FROM tags g
                WHERE g.name_lower = ANY(\(keys)::text[]) AND \(Visibility.tag(viewer))
                    AND (\(viewer.isStaff) OR EXISTS (SELECT 1 FROM topic_tags tt
                        JOIN topics t ON t.id = tt.topic_id
                        WHERE tt.tag_id = g.id AND \(Visibility.topic(viewer))))
                ON CONFLICT (user_id, tag_id) DO UPDATE
                SET notification_level = excluded.notification_level
                """,
            ]
        }
        return statements.isEmpty ? [] : statements + [followTopics(of: user)]
    }

    private static func give(_ level: NotificationLevel, _ categories: SQL, to user: UserID) -> SQL
    {
        """
        INSERT INTO category_users (category_id, user_id, notification_level)
        SELECT c.id, \(user), \(level.rawValue) FROM categories c WHERE \(categories)
        ON CONFLICT (user_id, category_id) DO UPDATE
        SET notification_level = excluded.notification_level
        """
    }

    /// What the site gives a new member; what they have already by a group stays. Levels of mail and
    /// every post by mail are the member's own from then on: another default later changes nothing.
    static func giveDefaults(_ settings: SiteSettings, to user: UserID) throws(ForumError) -> [SQL]
    {
        var options: [String: OptionValue] = [:]
        if settings.defaultEmailMailingListMode { options["mailing_list_mode"] = .flag(true) }
        if settings.defaultEmailMailingListModeFrequency != 1 {
            options["mailing_list_mode_frequency"] =
                .number(settings.defaultEmailMailingListModeFrequency)
        }
        let kept = try UserOptions.json(options)
        let mails: SQL = """
            UPDATE users SET email_level = \(settings.defaultEmailLevel)::smallint,
                options = \(kept)::jsonb || options WHERE id = \(user)
            """
        return [mails] + giveDefaultLevels(settings, to: user)
    }

    private static func giveDefaultLevels(_ settings: SiteSettings, to user: UserID) -> [SQL] {
        let categories: [(NotificationLevel, String)] = [
            (.watching, settings.defaultCategoriesWatching),
            (.tracking, settings.defaultCategoriesTracking),
            (.watchingFirstPost, settings.defaultCategoriesWatchingFirstPost),
            (.regular, settings.defaultCategoriesNormal), (.muted, settings.defaultCategoriesMuted),
        ]
        let tags: [(NotificationLevel, String)] = [
            (.watching, settings.defaultTagsWatching), (.tracking, settings.defaultTagsTracking),
            (.watchingFirstPost, settings.defaultTagsWatchingFirstPost),
            (.muted, settings.defaultTagsMuted),
        ]
        return categories.filter { !$0.1.isEmpty }.map { level, list in
            """
            INSERT INTO category_users (category_id, user_id, notification_level)
            SELECT c.id, \(user), \(level.rawValue) FROM categories c
            WHERE c.id = ANY(\(list.split(separator: "|").compactMap { Int64($0) })::bigint[])
            ON CONFLICT DO NOTHING
            """
        }
            + tags.filter { !$0.1.isEmpty }.map { level, list in
                """
                INSERT INTO tag_users (tag_id, user_id, notification_level)
                SELECT coalesce(g.target_tag_id, g.id), \(user), \(level.rawValue) FROM tags g
                WHERE g.name_lower
                    = ANY(\(list.split(separator: "|").map { $0.lowercased() })::text[])
                ON CONFLICT DO NOTHING
                """
            }
    }

    /// The level that a topic's category and tags give its first row: the higher one, of two equal
    /// ones the category's; a message is watched by those it is for, and followed by others as they
    /// follow their group. Without it, reading a topic once would end hearing of it.
    ///
    /// - Parameters:
    ///   - topic: A column or value, as `user`.
    static func inherited(_ topic: SQL, by user: SQL) -> SQL {
        """
        SELECT level, reason FROM (
            SELECT cu.notification_level AS level,
                CASE cu.notification_level WHEN 3 THEN 6 ELSE 8 END AS reason, 0 AS place
            FROM category_users cu JOIN topics ct ON ct.category_id = cu.category_id
            WHERE ct.id = \(topic) AND cu.user_id = \(user)
                AND cu.notification_level IN (2, 3)
            UNION ALL
            SELECT gu.notification_level,
                CASE gu.notification_level WHEN 3 THEN 10 ELSE 12 END, 1
            FROM tag_users gu JOIN topic_tags tt ON tt.tag_id = gu.tag_id
            WHERE tt.topic_id = \(topic) AND gu.user_id = \(user)
                AND gu.notification_level IN (2, 3)
            UNION ALL
            SELECT 3, 5, 0 FROM topic_allowed_users ta
            WHERE ta.topic_id = \(topic) AND ta.user_id = \(user)
            UNION ALL
            SELECT CASE m.notification_level WHEN 4 THEN 1 ELSE m.notification_level END,
                CASE m.notification_level WHEN 3 THEN 5 END, 1
            FROM topic_allowed_groups ta JOIN group_users m ON m.group_id = ta.group_id
            WHERE ta.topic_id = \(topic) AND m.user_id = \(user)
        ) levels ORDER BY level DESC, place LIMIT 1
        """
    }
}
