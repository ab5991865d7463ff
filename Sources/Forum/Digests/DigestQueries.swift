import Postgres

enum DigestQueries {
    // MARK: Of categories and tags

    static func due(at now: Timestamp) -> SQL {
        """
        SELECT due.user_id, due.category_id, due.tag_id FROM (
            SELECT cu.user_id, cu.category_id, NULL::bigint AS tag_id, cu.digest_due_at
            FROM category_users cu WHERE cu.digest_due_at <= \(now)
            UNION ALL
            SELECT gu.user_id, NULL, gu.tag_id, gu.digest_due_at
            FROM tag_users gu WHERE gu.digest_due_at <= \(now)
        ) due ORDER BY due.digest_due_at LIMIT \(TopicQueries.literal(Limits.digestBatch))
        """
    }

    /// Queues one digest if it is still due and there is something new to its reader, and sets the time
    /// of the next: one statement, so that it happens once, on whichever node.
    ///
    /// What was mailed by itself or stood in another digest is left out, and what has been read.
    ///
    /// - Parameter reader: `nil` when they may not log in: their turn passes.
    static func make(_ digest: DueDigest, for reader: Principal?, at now: Timestamp) -> SQL {
        let row = Row(digest)
        let user = digest.userID
        let viewer = reader.map(Viewer.member) ?? .anonymous
        return """
            WITH due AS MATERIALIZED (
                SELECT s.digest_since, s.notification_level AS level, s.delivery
                FROM \(row.table) s WHERE s.user_id = \(user) AND \(row.isThis)
                    AND s.digest_due_at <= \(now) FOR UPDATE SKIP LOCKED
            ), found AS (
                SELECT p.id, p.created_at FROM due JOIN topics t ON \(row.holdsTopic)
                        AND t.last_posted_at >= due.digest_since
                    JOIN posts p ON p.topic_id = t.id AND p.created_at >= due.digest_since
                        AND p.created_at <= \(now)
                    LEFT JOIN topic_users tu ON tu.topic_id = t.id AND tu.user_id = \(user)
                WHERE \(reader != nil)::boolean AND due.level > 0
                    AND (due.level < 4 OR p.post_number = 1)
                    AND t.archetype = 'regular' AND p.post_type = 1 AND p.user_id <> \(user)
                    AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
                    AND coalesce(tu.notification_level, 1) > 0
                    AND coalesce(tu.last_read_post_number, 0) < p.post_number
                    AND NOT \(RelationQueries.isKeptAway("\(user)::bigint", "p.user_id"))
                    AND NOT EXISTS (SELECT 1 FROM digest_posts told
                        WHERE told.user_id = \(user) AND told.post_id = p.id)
                    AND NOT EXISTS (SELECT 1 FROM outgoing_emails o WHERE o.user_id = \(user)
                        AND o.post_id = p.id AND o.state IN ('queued', 'sent'))
                ORDER BY p.created_at, p.id
                LIMIT \(TopicQueries.literal(Limits.digestPostsMax))
            ), next AS (
                -- What was too much for one digest stands in the next.
                UPDATE \(row.table) s SET
                    digest_since = CASE WHEN told.posts < \(Limits.digestPostsMax)::int
                        THEN greatest(s.digest_since, \(now - Limits.digestOverlapSeconds))
                        ELSE told.last END,
                    digest_due_at = \(now)::timestamptz
                        + CASE due.delivery WHEN 'weekly' THEN interval '7 days'
                            ELSE interval '1 day' END
                FROM due CROSS JOIN (SELECT count(*) AS posts, max(found.created_at) AS last
                    FROM found) told
                WHERE s.user_id = \(user) AND \(row.isThis)
            ), mail AS (
                INSERT INTO outgoing_emails (email_type, user_id, to_address, data)
                SELECT \(DigestEmailType.subscription.rawValue)::text, e.user_id, e.email,
                    \(row.data)
                FROM user_emails e WHERE e.user_id = \(user) AND e.is_primary
                    AND e.verified_at IS NOT NULL AND e.email_lower NOT LIKE '%.invalid'
                    AND EXISTS (SELECT 1 FROM found)
                RETURNING id
            )
            INSERT INTO digest_posts (user_id, post_id, email_id)
            SELECT \(user)::bigint, found.id, mail.id FROM found CROSS JOIN mail
            ON CONFLICT DO NOTHING
            """
    }

    /// Where the row of a subscription stands, and which topics it is of.
    private struct Row {
        let table: SQL
        let isThis: SQL
        let holdsTopic: SQL
        let data: SQL

        init(_ digest: DueDigest) {
            switch digest.place {
            case .category(let id):
                self.init(
                    VisibleCategory(id: id),
                    data: "jsonb_build_object('category_id', \(id)::bigint)"
                )
            case .tag(let id):
                self.init(
                    VisibleTag(id: id),
                    data: "jsonb_build_object('tag_id', \(id)::bigint)"
                )
            }
        }

        private init<Place: VisiblePlace>(_ place: Place, data: SQL) {
            table = Place.table
            isThis = "s.\(Place.column) = \(place.number)"
            holdsTopic = place.holdsTopic
            self.data = data
        }
    }

    private static let columns: SQL = """
        t.id, t.title, t.slug, c.name, t.posts_count, p.post_number, a.username, p.cooked,
        p.created_at
        """

    /// What a queued digest tells, as far as its reader may see it now.
    static func posts(of email: OutgoingEmailID, for reader: Principal) -> SQL {
        let viewer = Viewer.member(reader)
        return """
            SELECT \(columns) FROM digest_posts d JOIN posts p ON p.id = d.post_id
                JOIN topics t ON t.id = p.topic_id JOIN users a ON a.id = p.user_id
                LEFT JOIN categories c ON c.id = t.category_id
                LEFT JOIN topic_users tu ON tu.topic_id = t.id AND tu.user_id = \(reader.id)
            WHERE d.email_id = \(email) AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
                AND coalesce(tu.notification_level, 1) > 0
            ORDER BY t.created_at, t.id, p.post_number
            """
    }

    /// The category or tag of a queued digest: its names, and whether its reader still wants it.
    static func place(_ place: DigestPlace, for reader: Principal) -> SQL {
        let viewer = Viewer.member(reader)
        switch place {
        case .category(let id):
            return """
                SELECT c.name, c.slug, parent.slug FROM categories c
                    JOIN category_users cu ON cu.category_id = c.id AND cu.user_id = \(reader.id)
                        AND cu.digest_due_at IS NOT NULL AND cu.notification_level > 0
                    LEFT JOIN categories parent ON parent.id = c.parent_category_id
                WHERE c.id = \(id) AND \(Visibility.category(viewer))
                """
        case .tag(let id):
            return """
                SELECT g.name, g.slug, NULL::text FROM tags g
                    JOIN tag_users gu ON gu.tag_id = g.id AND gu.user_id = \(reader.id)
                        AND gu.digest_due_at IS NOT NULL AND gu.notification_level > 0
                WHERE g.id = \(id) AND \(Visibility.tag(viewer))
                """
        }
    }

    // MARK: Summaries

    /// Those who have been away for as long as they chose, and not for so long that they are gone.
    static func away(_ settings: SiteSettings, at now: Timestamp) -> SQL {
        """
        SELECT u.id FROM users u
            JOIN user_emails e ON e.user_id = u.id AND e.is_primary AND e.verified_at IS NOT NULL
                AND e.email_lower NOT LIKE '%.invalid'
        WHERE \(NotificationQueries.isReachable) AND \(wantsSummary(settings, at: now))
        ORDER BY u.id LIMIT \(TopicQueries.literal(Limits.digestBatch))
        """
    }

    private static func wantsSummary(_ settings: SiteSettings, at now: Timestamp) -> SQL {
        let frequency = settings.defaultEmailDigestFrequency
        let minutes: SQL = """
            coalesce((u.options ->> 'digest_after_minutes')::int, \(frequency)::int)
            """
        let gone = now - Double(settings.suppressDigestEmailAfterDays) * 86_400
        return """
            (coalesce((u.options ->> 'email_digests')::boolean, \(frequency > 0)::boolean)
                AND \(minutes) > 0
                AND coalesce((u.options ->> 'mailing_list_mode')::boolean
                    AND NOT \(settings.disableMailingListMode)::boolean, false) = false
                AND coalesce(u.last_seen_at, u.created_at) > \(gone)
                AND coalesce(u.last_seen_at, u.created_at)
                    < \(now)::timestamptz - make_interval(mins => \(minutes))
                AND coalesce(u.digest_attempted_at, '-infinity')
                    < \(now)::timestamptz - make_interval(mins => \(minutes)))
            """
    }

    /// Notes that it was asked whether somebody gets a summary, and queues it when there is a topic to
    /// tell of: once, on whichever node.
    static func makeSummary(
        for reader: Principal,
        _ settings: SiteSettings,
        at now: Timestamp
    ) -> SQL {
        """
        WITH due AS (
            SELECT u.id, greatest(coalesce(u.last_seen_at, u.created_at), u.digest_attempted_at,
                \(now - Limits.digestDaysBack * 86_400)) AS since
            FROM users u WHERE u.id = \(reader.id) AND \(wantsSummary(settings, at: now))
            FOR UPDATE SKIP LOCKED
        ), noted AS (
            UPDATE users u SET digest_attempted_at = \(now) FROM due WHERE u.id = due.id
        )
        INSERT INTO outgoing_emails (email_type, user_id, to_address, data)
        SELECT \(DigestEmailType.summary.rawValue)::text, e.user_id, e.email,
            jsonb_build_object('since', extract(epoch FROM due.since))
        FROM due JOIN user_emails e ON e.user_id = due.id AND e.is_primary
        WHERE EXISTS (SELECT 1 FROM topics t WHERE t.created_at > due.since
            AND \(isWorthTelling(reader, settings)))
        """
    }

    /// Topics that others opened and that the reader does not keep away, best first: the first post of
    /// each.
    static func summaryTopics(
        since: Timestamp,
        for reader: Principal,
        _ settings: SiteSettings
    ) -> SQL {
        let limit = settings.digestTopics + settings.digestOtherTopics
        return """
            SELECT \(columns) FROM topics t
                JOIN posts p ON p.topic_id = t.id AND p.post_number = 1
                JOIN users a ON a.id = p.user_id LEFT JOIN categories c ON c.id = t.category_id
            WHERE t.created_at > \(since) AND \(isWorthTelling(reader, settings))
                AND \(Visibility.post(.member(reader)))
            ORDER BY t.like_count * 3 + t.reply_count + t.participant_count * 2 DESC,
                t.created_at DESC, t.id
            LIMIT \(limit)
            """
    }

    private static func isWorthTelling(_ reader: Principal, _ settings: SiteSettings) -> SQL {
        """
        (t.archetype = 'regular' AND t.visible AND t.user_id <> \(reader.id)
            AND \(Visibility.topic(.member(reader)))
            AND NOT EXISTS (SELECT 1 FROM topic_users tu WHERE tu.user_id = \(reader.id)
                AND tu.topic_id = t.id
                AND (tu.notification_level = 0 OR tu.last_read_post_number > 0))
            AND NOT EXISTS (SELECT 1 FROM category_users cu WHERE cu.user_id = \(reader.id)
                AND cu.category_id = t.category_id AND cu.notification_level = 0)
            AND NOT EXISTS (SELECT 1 FROM tag_users gu JOIN topic_tags tt ON tt.tag_id = gu.tag_id
                WHERE gu.user_id = \(reader.id) AND tt.topic_id = t.id
                    AND gu.notification_level = 0)
            AND NOT \(RelationQueries.isKeptAway("\(reader.id)::bigint", "t.user_id"))
            AND EXISTS (SELECT 1 FROM users author, users me WHERE author.id = t.user_id
                AND me.id = \(reader.id) AND (author.trust_level > 0 OR coalesce(
                    (me.options ->> 'include_tl0_in_digests')::boolean,
                    \(settings.defaultIncludeTL0InDigests)::boolean))))
        """
    }

    /// Whether somebody still wants summaries, and has not been here since this one was queued.
    static func stillWantsSummary(
        _ reader: Principal,
        _ settings: SiteSettings,
        queuedAt: Timestamp
    ) -> SQL {
        """
        SELECT coalesce((u.options ->> 'email_digests')::boolean,
                \(settings.defaultEmailDigestFrequency > 0)::boolean)
            AND coalesce(u.last_seen_at < \(queuedAt), true)
        FROM users u WHERE u.id = \(reader.id)
        """
    }

    // MARK: Stopping

    /// One click: this digest stops, the subscription stays.
    static func stop(_ place: DigestPlace, of user: UserID) -> SQL {
        let change: SQL = "delivery = 'web', digest_since = NULL, digest_due_at = NULL"
        switch place {
        case .category(let id):
            return """
                UPDATE category_users SET \(change)
                WHERE user_id = \(user) AND category_id = \(id) AND digest_due_at IS NOT NULL
                """
        case .tag(let id):
            return """
                UPDATE tag_users SET \(change)
                WHERE user_id = \(user) AND tag_id = \(id) AND digest_due_at IS NOT NULL
                """
        }
    }

    static func stopSummaries(of user: UserID) -> SQL {
        """
        UPDATE users SET options = options || '{"email_digests": false}' WHERE id = \(user)
        """
    }

    /// What is queued already goes with it.
    static func takeBack(_ type: DigestEmailType, _ place: DigestPlace?, of user: UserID) -> SQL {
        let ofPlace: SQL =
            switch place {
            case .category(let id): "(o.data ->> 'category_id')::bigint = \(id)"
            case .tag(let id): "(o.data ->> 'tag_id')::bigint = \(id)"
            case nil: "TRUE"
            }
        return """
            UPDATE outgoing_emails o SET state = 'skipped', response = 'unsubscribed',
                finished_at = now()
            WHERE o.user_id = \(user) AND o.state = 'queued' AND o.email_type = \(type.rawValue)
                AND \(ofPlace)
            """
    }
}
