import Postgres

/// Who has earned which badge of the forum's own: sets of people at a time.
enum EarnedBadgeQueries {
    /// What is looked through.
    enum Scope: Sendable {
        case everything
        /// What these posts earn.
        case posts([Int64])
    }

    /// How far the last round came; locked, so that one node at a time grants.
    static func progress() -> SQL {
        """
        SELECT post_id, revision_id, action_id, complete_at FROM badge_progress
        FOR UPDATE SKIP LOCKED
        """
    }

    /// The posts that were written, edited or liked since.
    static func touched(since progress: BadgeProgress) -> SQL {
        """
        SELECT id FROM posts WHERE id > \(progress.postID)
        UNION SELECT post_id FROM post_revisions WHERE id > \(progress.revisionID)
        UNION SELECT post_id FROM post_actions
            WHERE id > \(progress.actionID) AND post_action_type_id = 2
        LIMIT \(Limits.touchedPostsMax)
        """
    }

    static func advance(isComplete: Bool, at now: Timestamp) -> SQL {
        """
        UPDATE badge_progress SET post_id = coalesce((SELECT max(id) FROM posts), 0),
            revision_id = coalesce((SELECT max(id) FROM post_revisions), 0),
            action_id = coalesce((SELECT max(id) FROM post_actions), 0),
            complete_at = CASE WHEN \(isComplete) THEN \(now)::timestamptz ELSE complete_at END
        """
    }

    /// Gives everybody what they have earned and do not have yet, and tells them.
    static func grant(_ scope: Scope, baseURL: String, at now: Timestamp) -> SQL {
        let candidates: SQL
        switch scope {
        case .everything:
            candidates = """
                \(byPosts(baseURL: baseURL)) UNION ALL \(byPerson(at: now)) UNION ALL
                \(byCounting)
                """
        case .posts: candidates = byPosts(baseURL: baseURL)
        }
        return """
            WITH good AS MATERIALIZED (\(goodPosts(scope))),
            candidates (badge_id, user_id, post_id, seq) AS (\(candidates)),
            granted AS (
                INSERT INTO user_badges (badge_id, user_id, granted_at, post_id, seq)
                SELECT DISTINCT ON (b.id, u.id, CASE WHEN b.multiple_grant THEN c.post_id END, c.seq)
                    b.id, u.id, \(now)::timestamptz, c.post_id, c.seq
                FROM candidates c JOIN badges b ON b.id = c.badge_id AND b.enabled
                    JOIN users u ON u.id = c.user_id AND u.id > 0 AND u.active AND NOT u.staged
                WHERE NOT EXISTS (SELECT 1 FROM user_badges had WHERE had.badge_id = b.id
                    AND had.user_id = u.id AND (NOT b.multiple_grant
                        OR (had.post_id IS NOT DISTINCT FROM c.post_id AND had.seq = c.seq)))
                ORDER BY b.id, u.id, CASE WHEN b.multiple_grant THEN c.post_id END, c.seq, c.post_id
                ON CONFLICT DO NOTHING RETURNING id, badge_id, user_id
            ), told AS (\(notices))
            SELECT count(*) FROM granted
            """
    }

    /// Tells those of `granted` who are about.
    static let notices: SQL = """
        INSERT INTO notifications (user_id, notification_type, data)
        SELECT u.id, 12, jsonb_build_object('badge_id', b.id, 'badge_name', b.name,
            'badge_slug', trim(BOTH '-' FROM lower(regexp_replace(b.name, '[^A-Za-z0-9]+', '-', 'g'))),
            'badge_title', b.allow_title, 'username', u.username)
        FROM granted JOIN badges b ON b.id = granted.badge_id JOIN users u ON u.id = granted.user_id
        WHERE u.active AND NOT u.staged AND coalesce(u.last_seen_at, u.created_at)
            > now() - make_interval(days => \(Limits.badgeNoticeDays))
        """

    /// Posts that everybody may read: others earn nothing, so that no badge tells of them.
    private static func goodPosts(_ scope: Scope) -> SQL {
        let chosen: SQL
        switch scope {
        case .everything: chosen = "TRUE"
        case .posts(let ids): chosen = "p.id = ANY(\(ids)::bigint[])"
        }
        return """
            SELECT p.id, p.user_id, p.post_number, p.like_count, p.via_email,
                p.cooked LIKE '%<a class="mention"%' AS mentions,
                p.raw LIKE '%[quote=%post:%' AS quotes, p.raw AS raw, p.version
            FROM posts p JOIN topics t ON t.id = p.topic_id
                JOIN categories c ON c.id = t.category_id
            WHERE \(chosen) AND p.deleted_at IS NULL AND NOT p.hidden AND p.post_type = 1
                AND t.deleted_at IS NULL AND t.archetype = 'regular' AND t.visible
                AND NOT c.read_restricted
            """
    }

    /// Badges for something about a post.
    private static func byPosts(baseURL: String) -> SQL {
        """
        SELECT 5, user_id, id, 0 FROM good WHERE like_count > 0
        UNION ALL
        SELECT CASE WHEN post_number = 1 THEN 12 ELSE 0 END + steps.badge, user_id, id, 0
        FROM good JOIN (VALUES (6, 10), (7, 25), (8, 50)) steps (badge, likes)
            ON good.like_count >= steps.likes
        UNION ALL
        SELECT 10, good.user_id, good.id, 0 FROM good WHERE good.version > 1 AND EXISTS (
            SELECT 1 FROM post_revisions r WHERE r.post_id = good.id AND r.user_id = good.user_id)
        UNION ALL
        SELECT 11, pa.user_id, good.id, 0 FROM good
            JOIN post_actions pa ON pa.post_id = good.id AND pa.post_action_type_id = 2
        UNION ALL
        SELECT 14, user_id, id, 0 FROM good WHERE position(\(baseURL + "/t/") IN raw) > 0
        UNION ALL
        SELECT 15, user_id, id, 0 FROM good WHERE quotes
        UNION ALL
        SELECT 41, user_id, id, 0 FROM good WHERE mentions
        UNION ALL
        SELECT 43, user_id, id, 0 FROM good WHERE via_email AND post_number > 1
        """
    }

    /// Badges for what somebody is.
    private static func byPerson(at now: Timestamp) -> SQL {
        """
        SELECT levels.badge, u.id, NULL::bigint, 0 FROM users u
            JOIN generate_series(1, 4) levels (badge) ON u.trust_level >= levels.badge
        WHERE NOT u.staged
        UNION ALL
        SELECT 9, u.id, NULL, 0 FROM users u
        WHERE char_length(trim(u.bio_raw)) > 10 AND u.uploaded_avatar_id IS NOT NULL
        UNION ALL
        SELECT 24, u.id, NULL, extract(year FROM age(\(now)::timestamptz, u.created_at))::int
        FROM users u WHERE u.created_at <= \(now)::timestamptz - interval '1 year'
            AND u.last_posted_at > \(now)::timestamptz - interval '1 year'
        UNION ALL
        SELECT 17, tu.user_id, NULL, 0 FROM topics t JOIN topic_users tu ON tu.topic_id = t.id
        WHERE t.posts_count > 100 AND t.deleted_at IS NULL AND t.archetype = 'regular'
            AND tu.last_read_post_number >= t.highest_post_number
        """
    }

    /// Badges for many liked posts.
    private static let byCounting: SQL = """
        SELECT steps.badge, liked.user_id, NULL, 0
        FROM (SELECT user_id, count(*) FILTER (WHERE like_count >= 1) AS one,
                count(*) FILTER (WHERE like_count >= 2) AS two,
                count(*) FILTER (WHERE like_count >= 5) AS five
            FROM good WHERE like_count > 0 GROUP BY user_id) liked
            JOIN user_stats us ON us.user_id = liked.user_id
            CROSS JOIN LATERAL (VALUES (36, liked.one >= 20), (37, liked.two >= 100),
                (31, liked.five >= 300), (38, liked.one >= 20 AND us.likes_given >= 10))
                steps (badge, is_earned)
        WHERE steps.is_earned
        """

    // MARK: Trust

    /// Members who have read and been here enough get the next level of trust (Discourse's
    /// `tl1_requires_…` and `tl2_requires_…` by default). Level 3 is staff's to give.
    static func promote(at now: Timestamp) -> SQL {
        """
        UPDATE users SET trust_level = trust_level + 1, updated_at = \(now)
        FROM user_stats us
        WHERE us.user_id = users.id AND users.id > 0 AND users.active AND NOT users.staged
            AND (users.suspended_till IS NULL OR users.suspended_till < \(now)::timestamptz)
            AND (users.silenced_till IS NULL OR users.silenced_till < \(now)::timestamptz)
            AND users.manual_locked_trust_level IS NULL
            AND ((users.trust_level = 0 AND us.topics_entered >= 5 AND us.posts_read_count >= 30
                    AND us.time_read_ms >= 600000)
                OR (users.trust_level = 1 AND us.topics_entered >= 20
                    AND us.posts_read_count >= 100 AND us.time_read_ms >= 3600000
                    AND us.likes_given >= 1 AND us.likes_received >= 1
                    AND (SELECT count(*) FROM user_visits v WHERE v.user_id = users.id) >= 15
                    AND (SELECT count(DISTINCT p.topic_id) FROM posts p
                        JOIN topics t ON t.id = p.topic_id
                        WHERE p.user_id = users.id AND t.user_id <> users.id
                            AND p.deleted_at IS NULL AND t.archetype = 'regular') >= 3))
        RETURNING users.id
        """
    }
}

/// The rows after which granting goes on.
struct BadgeProgress: RowDecodable {
    let postID: Int64
    let revisionID: Int64
    let actionID: Int64
    let completeAt: Timestamp

    init(from row: inout RowReader) throws(PostgresError) {
        postID = try row.next()
        revisionID = try row.next()
        actionID = try row.next()
        completeAt = try row.next()
    }
}
