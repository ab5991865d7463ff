import Postgres

/// What the administration reads of users. The aliases are `u` and `us`, as in `UserQueries`.
enum StaffUserQueries {
    /// What `StaffUserRow` reads.
    private static func columns(includingEmails: Bool, for viewer: Viewer) -> SQL {
        let emails: SQL =
            includingEmails
            ? """
            ARRAY(SELECT e.email FROM user_emails e WHERE e.user_id = u.id
                ORDER BY e.is_primary DESC, e.id)
            """
            : "ARRAY[]::text[]"
        return """
            u.id, u.username, u.name, u.title, u.active, u.approved, u.staged, u.admin, u.moderator,
            u.trust_level, u.manual_locked_trust_level, u.created_at, u.last_seen_at,
            \(lastEmailed), u.suspended_at, u.suspended_till, u.silenced_at, u.silenced_till,
            days_visited(u.id), us.posts_read_count, us.topics_entered, \(posts(viewer)),
            \(topics(viewer)), \(likes(viewer)), us.time_read_ms, \(emails)
            """
    }

    /// Posts that are no topic's first: for moderators those that they may read, since the counter tells
    /// of all.
    private static func posts(_ viewer: Viewer) -> SQL {
        if viewer.isAdmin { return "us.post_count" }
        return """
            (SELECT count(*)::int FROM posts p JOIN topics t ON t.id = p.topic_id
                WHERE p.user_id = u.id AND p.post_number > 1 AND t.archetype = 'regular'
                    AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer)))
            """
    }

    private static let countedLikes: SQL = "us.likes_received, us.likes_given"

    /// Likes that somebody got and gave.
    private static func likes(_ viewer: Viewer) -> SQL {
        if viewer.isAdmin { return countedLikes }
        let liked: SQL = """
            SELECT count(*)::int FROM post_actions x JOIN posts p ON p.id = x.post_id
                JOIN topics t ON t.id = p.topic_id
            WHERE x.post_action_type_id = 2
                AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
            """
        return "(\(liked) AND p.user_id = u.id), (\(liked) AND x.user_id = u.id)"
    }

    private static func topics(_ viewer: Viewer) -> SQL {
        if viewer.isAdmin { return "us.topic_count" }
        return """
            (SELECT count(*)::int FROM topics t WHERE t.user_id = u.id
                AND t.archetype = 'regular' AND \(Visibility.topic(viewer)))
            """
    }

    private static let lastEmailed: SQL = """
        (SELECT max(o.finished_at) FROM outgoing_emails o
            WHERE o.user_id = u.id AND o.post_id IS NOT NULL AND o.state = 'sent')
        """

    static func list(
        _ filter: StaffUserFilter,
        seesEmails: Bool,
        for viewer: Viewer,
        at now: Timestamp
    ) -> SQL {
        """
        SELECT \(columns(includingEmails: seesEmails && filter.showsEmails, for: viewer))
        FROM \(UserQueries.tables)
        WHERE u.id > 0 AND \(flag(filter.flag, at: now)) AND \(text(filter, seesEmails: seesEmails))
        ORDER BY \(order(filter, for: viewer)), u.id DESC
        OFFSET \(filter.page * Limits.usersPerAdminPage) LIMIT \(Limits.usersPerAdminPage)
        """
    }

    static func row(_ id: UserID, includingEmails: Bool, for viewer: Viewer) -> SQL {
        """
        SELECT \(columns(includingEmails: includingEmails, for: viewer)) FROM \(UserQueries.tables)
        WHERE u.id = \(id)
        """
    }

    private static func flag(_ flag: StaffUserFilter.Flag, at now: Timestamp) -> SQL {
        switch flag {
        case .all, .new: "TRUE"
        case .active: "u.active"
        case .staff: "(u.admin OR u.moderator)"
        case .suspended: "u.suspended_till > \(now)"
        case .silenced: "u.silenced_till > \(now)"
        case .staged: "u.staged"
        case .pending:
            """
            (NOT u.approved AND u.active AND NOT u.staged
                AND (u.suspended_till IS NULL OR u.suspended_till <= \(now)))
            """
        // Discourse: a page about oneself filled in by somebody who has read next to nothing.
        case .suspect:
            """
            (u.active AND NOT (u.admin OR u.moderator) AND u.trust_level <= 1
                AND u.created_at > \(now)::timestamptz - interval '6 months'
                AND (coalesce(u.bio_raw, '') <> '' OR coalesce(u.website, '') <> '')
                AND us.posts_read_count <= 1 AND us.topics_entered <= 1)
            """
        }
    }

    private static func text(_ filter: StaffUserFilter, seesEmails: Bool) -> SQL {
        var conditions: [SQL] = ["TRUE"]
        if let text = filter.text {
            let pattern = "%" + text.lowercased().filter { !"%_\\".contains($0) } + "%"
            let exact = UsernameRules.fold(text)
            let byEmail: SQL =
                seesEmails
                ? """
                OR EXISTS (SELECT 1 FROM user_emails f WHERE f.user_id = u.id
                    AND f.email_lower LIKE \(pattern))
                """ : ""
            conditions.append(
                """
                (u.username_lower LIKE \(pattern) OR u.username_lower = \(exact) \(byEmail))
                """
            )
        }
        if let email = filter.email {
            conditions.append(
                seesEmails
                    ? """
                    EXISTS (SELECT 1 FROM user_emails f WHERE f.user_id = u.id
                        AND f.email_lower = \(email.lowercased()))
                    """ : "FALSE"
            )
        }
        if let address = filter.clientIP {
            conditions.append(
                """
                (u.registration_ip = \(address)::inet OR EXISTS (SELECT 1 FROM sessions s
                    WHERE s.user_id = u.id AND s.client_ip = \(address)::inet))
                """
            )
        }
        return SQL.joined(conditions, separator: " AND ")
    }

    private static func order(_ filter: StaffUserFilter, for viewer: Viewer) -> SQL {
        let column: SQL =
            switch filter.order {
            case .created: "u.created_at"
            case .seen: "u.last_seen_at"
            case .username: "u.username_lower"
            case .email:
                "(SELECT e.email_lower FROM user_emails e WHERE e.user_id = u.id AND e.is_primary)"
            case .posts: posts(viewer)
            case .lastEmailed: lastEmailed
            case .trustLevel: "u.trust_level"
            case .daysVisited: "days_visited(u.id)"
            case .postsRead: "us.posts_read_count"
            case .topicsViewed: "us.topics_entered"
            case .readTime: "us.time_read_ms"
            case nil:
                switch filter.flag {
                case .active: "u.last_seen_at"
                case .staff: "u.username_lower"
                case .suspended: "u.suspended_at"
                case .silenced: "u.silenced_at"
                default: "u.created_at"
                }
            }
        let rises = filter.isAscending || (filter.order == nil && filter.flag == .staff)
        return rises ? "\(column) ASC NULLS FIRST" : "\(column) DESC NULLS LAST"
    }

    static func penalties(_ id: UserID) -> SQL {
        """
        SELECT u.suspend_reason, sb.id, sb.username, sb.name, u.silence_reason,
            lb.id, lb.username, lb.name, ab.id, ab.username, ab.name, u.approved_at,
            (SELECT count(*) FROM staff_action_logs l
                WHERE l.target_user_id = u.id AND l.action = 'suspend_user'),
            (SELECT count(*) FROM staff_action_logs l
                WHERE l.target_user_id = u.id AND l.action = 'silence_user')
        FROM users u LEFT JOIN users sb ON sb.id = u.suspended_by_id
            LEFT JOIN users lb ON lb.id = u.silenced_by_id
            LEFT JOIN users ab ON ab.id = u.approved_by_id
        WHERE u.id = \(id)
        """
    }

    /// - Parameter includingAddresses: Where the person comes from; else nothing of it is read.
    static func counts(_ id: UserID, includingAddresses: Bool, for viewer: Viewer) -> SQL {
        let address: SQL = """
            (SELECT s.client_ip FROM sessions s WHERE s.user_id = u.id AND s.client_ip IS NOT NULL
                ORDER BY s.last_used_at DESC LIMIT 1)
            """
        return """
            SELECT CASE WHEN \(includingAddresses) THEN host(last.ip) END,
                CASE WHEN \(includingAddresses) THEN host(u.registration_ip) END,
                (SELECT count(*) FROM post_actions f WHERE f.user_id = u.id
                    AND f.post_action_type_id NOT IN (1, 2, 6)),
                (SELECT count(*) FROM post_actions f JOIN posts p ON p.id = f.post_id
                    WHERE p.user_id = u.id AND f.post_action_type_id NOT IN (1, 2, 6)),
                (SELECT count(*) FROM topics t WHERE t.user_id = u.id
                    AND t.archetype = 'private_message' AND \(Visibility.topic(viewer))),
                badges_of(u.id),
                (SELECT count(*) FROM api_keys k WHERE k.user_id = u.id AND k.revoked_at IS NULL),
                (SELECT count(*) FROM post_revisions r WHERE r.user_id = u.id),
                u.bounce_score, u.reset_bounce_score_after, u.primary_group_id,
                (SELECT min(p.created_at) FROM posts p WHERE p.user_id = u.id),
                (SELECT count(*) FROM users o WHERE o.id <> u.id AND o.id > 0
                    AND o.registration_ip = u.registration_ip)
            FROM users u LEFT JOIN LATERAL (SELECT \(address) AS ip) last ON TRUE
            WHERE u.id = \(id)
            """
    }
}
