import Postgres

/// The review queue. The alias is `r`; what a moderator may not see of a forum they do not see here
/// either.
enum ReviewQueries {
    typealias Reviewed = Permitted<Reviewing, Reviewable>

    private static func isVisible(_ viewer: Viewer) -> SQL {
        if viewer.isAdmin { return "TRUE" }
        guard viewer.isStaff else { return "FALSE" }
        return """
            ((r.topic_id IS NULL OR EXISTS (SELECT 1 FROM topics t WHERE t.id = r.topic_id
                AND \(Visibility.topicOrDeletedForStaff(viewer))))
            AND (r.category_id IS NULL OR EXISTS (SELECT 1 FROM categories c
                WHERE c.id = r.category_id AND \(Visibility.category(viewer)))))
            """
    }

    private static let select: SQL = """
        SELECT r.id, r.type, r.status, r.score, r.version, r.potential_spam, r.created_at,
            r.category_id, r.topic_id, r.target_type, r.target_id, r.payload, r.reject_reason,
            cb.id, cb.username, cb.name, au.id, au.username, au.name, cl.id, cl.username, cl.name,
            au.trust_level, rt.id, rt.title, rt.fancy_title, rt.slug, rt.archetype, rt.posts_count,
            rt.deleted_at IS NOT NULL, p.id, p.post_number, p.raw, p.cooked, p.version,
            p.reply_count, p.hidden, p.deleted_at IS NOT NULL
        FROM reviewables r
            LEFT JOIN users cb ON cb.id = r.created_by_id
            LEFT JOIN users au ON au.id = r.target_created_by_id
            LEFT JOIN users cl ON cl.id = r.claimed_by_id
            LEFT JOIN topics rt ON rt.id = r.topic_id
            LEFT JOIN posts p ON r.target_type = 'Post' AND p.id = r.target_id
        """

    static func one(_ id: Int64, for viewer: Viewer) -> SQL {
        select + " WHERE r.id = \(id) AND \(isVisible(viewer))"
    }

    static func list(_ filter: ReviewFilter, for viewer: Viewer, limit: Int) -> SQL {
        let order: SQL =
            switch filter.order {
            case .score: "r.score DESC, r.created_at DESC"
            case .scoreAscending: "r.score ASC, r.created_at DESC"
            case .createdAt: "r.created_at DESC"
            case .createdAtAscending: "r.created_at ASC"
            }
        return select
            + """
             WHERE \(matches(filter, for: viewer)) ORDER BY \(order), r.id DESC
            OFFSET \(filter.offset) LIMIT \(limit)
            """
    }

    static func count(_ filter: ReviewFilter, for viewer: Viewer) -> SQL {
        """
        SELECT count(*) FROM reviewables r
            LEFT JOIN users au ON au.id = r.target_created_by_id
        WHERE \(matches(filter, for: viewer))
        """
    }

    /// `all, unseen`: how much waits for somebody, and what of it came after they last looked.
    static func waiting(for principal: Principal) -> SQL {
        """
        SELECT count(*), count(*) FILTER (WHERE r.id > (SELECT me.seen_reviewable_id
            FROM users me WHERE me.id = \(principal.id))) FROM reviewables r
            LEFT JOIN users au ON au.id = r.target_created_by_id
        WHERE \(matches(ReviewFilter(), for: .member(principal)))
        """
    }

    private static func matches(_ filter: ReviewFilter, for viewer: Viewer) -> SQL {
        let author = filter.username.map { UsernameRules.fold($0.cleanedOfNUL) }
        let flagger = filter.flaggedBy.map { UsernameRules.fold($0.cleanedOfNUL) }
        return """
            \(isVisible(viewer))
            AND (\(filter.statuses)::int[] IS NULL OR r.status = ANY(\(filter.statuses)::int[]))
            AND (\(filter.kind)::text IS NULL OR r.type = \(filter.kind)::text)
            AND (\(filter.topicID)::bigint IS NULL OR r.topic_id = \(filter.topicID)::bigint)
            AND (\(filter.categoryID)::bigint IS NULL
                OR r.category_id = \(filter.categoryID)::bigint)
            AND (\(author)::text IS NULL OR au.username_lower = \(author)::text)
            AND (\(flagger)::text IS NULL OR EXISTS (SELECT 1 FROM reviewable_scores fs
                JOIN users fu ON fu.id = fs.user_id
                WHERE fs.reviewable_id = r.id AND fu.username_lower = \(flagger)::text))
            AND (\(filter.ids)::bigint[] IS NULL OR r.id = ANY(\(filter.ids)::bigint[]))
            AND r.score >= \(filter.minimumScore)::float8
            """
    }

    static func scores(of ids: [Int64]) -> SQL {
        """
        SELECT s.id, s.reviewable_id, s.score_type, s.status, s.score + s.take_action_bonus,
            s.reason, s.created_at, s.reviewed_at, s.meta_topic_id, u.id, u.username, u.name,
            rb.id, rb.username, rb.name
        FROM reviewable_scores s LEFT JOIN users u ON u.id = s.user_id
            LEFT JOIN users rb ON rb.id = s.reviewed_by_id
        WHERE s.reviewable_id = ANY(\(ids)::bigint[]) ORDER BY s.id LIMIT 1000
        """
    }

    /// Those among the users who are staff.
    static func staff(among ids: [Int64]) -> SQL {
        """
        SELECT id FROM users WHERE id = ANY(\(ids)::bigint[]) AND (admin OR moderator OR id < 0)
        """
    }

    // MARK: Decisions

    /// Takes the version that the reviewer saw; no row when it is another by now, or decided.
    static func decide(
        _ permitted: Reviewed,
        _ status: Reviewable.Status,
        reason: String?,
        at now: Timestamp
    ) -> SQL {
        let reviewable = permitted.resource
        return """
            WITH decided AS (
                UPDATE reviewables SET status = \(status.rawValue), version = version + 1,
                    reject_reason = coalesce(\(reason)::text, reject_reason), updated_at = \(now)
                WHERE id = \(reviewable.id) AND version = \(reviewable.version) AND status = 0
                RETURNING id, version, status
            ), noted AS (
                INSERT INTO reviewable_histories (reviewable_id, history_type, status,
                    created_by_id)
                SELECT id, 1, status, \(permitted.principal.id) FROM decided
            )
            SELECT version FROM decided
            """
    }

    /// Undoes `decide` when its consequence was refused.
    static func reopen(_ permitted: Reviewed) -> SQL {
        """
        UPDATE reviewables SET status = 0, version = version + 1
        WHERE id = \(permitted.resource.id) AND type = 'ReviewableQueuedPost'
        """
    }

    /// What is decided is decided about every flag of the post.
    static func settle(
        _ permitted: Reviewed,
        _ status: Reviewable.Status,
        at now: Timestamp
    ) -> [SQL] {
        let reviewable = permitted.resource
        let staff = permitted.principal.id
        let score: SQL =
            switch status {
            case .approved: "1"
            case .rejected: "2"
            default: "3"
            }
        let column: SQL =
            switch status {
            case .approved: "agreed_at"
            case .rejected: "disagreed_at"
            default: "deferred_at"
            }
        var statements: [SQL] = [
            """
            UPDATE reviewable_scores SET status = \(score), reviewed_by_id = \(staff),
                reviewed_at = \(now)
            WHERE reviewable_id = \(reviewable.id) AND status = 0
            """
        ]
        if reviewable.kind == .flaggedPost, let post = reviewable.targetID {
            statements.append(
                """
                UPDATE post_actions SET \(column) = \(now), decided_by_id = \(staff)
                WHERE post_id = \(post) AND post_action_type_id IN (3, 4, 7, 8, 10)
                    AND agreed_at IS NULL AND disagreed_at IS NULL AND deferred_at IS NULL
                """
            )
        }
        return statements
    }

    /// Hides a post, or shows it again; those who read the topic hear of it.
    static func setHidden(_ permitted: Reviewed, _ isHidden: Bool, at now: Timestamp) -> SQL {
        """
        WITH changed AS (
            UPDATE posts SET hidden = \(isHidden),
                hidden_at = CASE WHEN \(isHidden) THEN \(now)::timestamptz END,
                hidden_reason_id = CASE WHEN \(isHidden) THEN 3 END
            WHERE id = \(permitted.resource.targetID)::bigint AND hidden <> \(isHidden)
            RETURNING id, topic_id
        )
        INSERT INTO outbox (event, topic_id, post_id, user_id)
        SELECT \(Event.postEdited.rawValue), topic_id, id, \(permitted.principal.id) FROM changed
        RETURNING post_id
        """
    }

    static func claim(_ topic: TopicID, by staff: Principal) -> SQL {
        """
        WITH claimed AS (
            UPDATE reviewables r SET claimed_by_id = \(staff.id), version = version + 1
            WHERE r.topic_id = \(topic) AND r.status = 0
                AND (r.claimed_by_id IS NULL OR r.claimed_by_id = \(staff.id))
                AND \(isVisible(.member(staff)))
            RETURNING r.id, r.status
        ), noted AS (
            INSERT INTO reviewable_histories (reviewable_id, history_type, status, created_by_id)
            SELECT id, 3, status, \(staff.id) FROM claimed
        )
        SELECT count(*) FROM claimed
        """
    }

    static func unclaim(_ topic: TopicID, by staff: Principal) -> SQL {
        """
        WITH freed AS (
            UPDATE reviewables r SET claimed_by_id = NULL, version = version + 1
            WHERE r.topic_id = \(topic) AND r.claimed_by_id IS NOT NULL
                AND \(isVisible(.member(staff)))
            RETURNING r.id, r.status
        ), noted AS (
            INSERT INTO reviewable_histories (reviewable_id, history_type, status, created_by_id)
            SELECT id, 4, status, \(staff.id) FROM freed
        )
        SELECT count(*) FROM freed
        """
    }

    // MARK: Posts that wait

    /// Keeps a post for staff; `payload` is JSON text.
    static func hold(
        by author: Principal,
        payload: String,
        topic: TopicID?,
        category: CategoryID?,
        reason: String,
        at now: Timestamp
    ) -> SQL {
        """
        WITH held AS (
            INSERT INTO reviewables (type, created_by_id, target_created_by_id, category_id,
                topic_id, payload, score, latest_score, created_at, updated_at)
            VALUES ('ReviewableQueuedPost', \(author.id), \(author.id), \(category), \(topic),
                \(payload)::jsonb, 1, \(now), \(now), \(now))
            RETURNING id
        ), scored AS (
            INSERT INTO reviewable_scores (reviewable_id, user_id, score_type, score, reason)
            SELECT id, -1, 9, 1, \(reason) FROM held
        ), noted AS (
            INSERT INTO reviewable_histories (reviewable_id, history_type, status, created_by_id)
            SELECT id, 0, 0, \(author.id) FROM held
        )
        SELECT id FROM held
        """
    }

    /// `posts written, posts that wait` of somebody.
    static func standing(of author: UserID) -> SQL {
        """
        SELECT us.post_count + us.topic_count, (SELECT count(*) FROM reviewables r
            WHERE r.target_created_by_id = us.user_id AND r.status = 0
                AND r.type = 'ReviewableQueuedPost')
        FROM user_stats us WHERE us.user_id = \(author)
        """
    }

    /// What of somebody's waits, newest first.
    static func pending(of author: UserID) -> SQL {
        select
            + """
             WHERE r.target_created_by_id = \(author) AND r.status = 0
                AND r.type = 'ReviewableQueuedPost'
            ORDER BY r.id DESC LIMIT \(Limits.pendingPostsPerMember)
            """
    }

    /// The author takes back what waits.
    static func withdraw(_ id: Int64, by author: UserID, at now: Timestamp) -> SQL {
        """
        UPDATE reviewables SET status = 4, version = version + 1, updated_at = \(now)
        WHERE id = \(id) AND target_created_by_id = \(author) AND status = 0
            AND type = 'ReviewableQueuedPost'
        RETURNING id
        """
    }

    /// - Parameter payload: JSON text, laid over what is there.
    static func change(
        _ permitted: Reviewed,
        payload: String,
        category: CategoryID?,
        at now: Timestamp
    ) -> SQL {
        """
        WITH changed AS (
            UPDATE reviewables SET payload = payload || \(payload)::jsonb,
                category_id = coalesce(\(category)::bigint, category_id), version = version + 1,
                updated_at = \(now)
            WHERE id = \(permitted.resource.id) AND version = \(permitted.resource.version)
                AND status = 0
            RETURNING id, status, version
        ), noted AS (
            INSERT INTO reviewable_histories (reviewable_id, history_type, status, created_by_id)
            SELECT id, 2, status, \(permitted.principal.id) FROM changed
        )
        SELECT version FROM changed
        """
    }

    // MARK: Being told

    /// The author of an approved post hears of it (Discourse's notification 20).
    static func tellApproved(_ created: CreatedPost) -> SQL {
        """
        INSERT INTO notifications (user_id, notification_type, topic_id, post_id, post_number, data)
        VALUES (\(created.post.author.id), 20, \(created.topicID), \(created.id), \(created.number),
            jsonb_build_object('topic_title', \(created.post.topic.title)::text,
                'original_post_id', \(created.id)::bigint, 'original_post_type', 1))
        ON CONFLICT (user_id, notification_type, post_id) DO NOTHING
        """
    }

    /// Tells everybody of the staff how much waits for them, on a channel of their own.
    static func publishCounts() -> SQL {
        LiveQueries.publish(
            on: .reviewableCounts,
            toEach: "\(counts) WHERE (s.admin OR s.moderator) AND s.active AND s.id > 0"
        )
    }

    /// The same for one of them.
    static func publishCount(of principal: Principal) -> SQL {
        LiveQueries.publish(
            on: .reviewableCounts,
            toEach: "\(counts) WHERE s.id = \(principal.id)"
        )
    }

    /// What waits for each member `s` of the staff, and how much of it they have not seen.
    private static let counts: SQL = """
        SELECT s.id AS user_id, jsonb_build_object('reviewable_count', waiting.total,
            'unseen_reviewable_count', waiting.unseen) AS data
        FROM users s CROSS JOIN LATERAL (
            SELECT count(*) AS total, count(*) FILTER (WHERE r.id > s.seen_reviewable_id) AS unseen
            FROM reviewables r LEFT JOIN topics t ON t.id = r.topic_id
            WHERE r.status = 0 AND (s.admin OR (
                (r.category_id IS NULL OR EXISTS (SELECT 1 FROM category_groups cg
                    JOIN group_users gu ON gu.group_id = cg.group_id OR cg.group_id = 0
                    WHERE cg.category_id = r.category_id AND gu.user_id = s.id))
                AND (t.id IS NULL OR t.archetype = 'regular' OR EXISTS (SELECT 1
                    FROM topic_allowed_users ta
                    WHERE ta.topic_id = t.id AND ta.user_id = s.id))))) waiting
        """

    static func markSeen(by principal: Principal) -> SQL {
        """
        UPDATE users SET seen_reviewable_id = newest.id
        FROM (SELECT max(r.id) AS id FROM reviewables r WHERE r.status = 0) newest
        WHERE users.id = \(principal.id) AND newest.id > users.seen_reviewable_id
        RETURNING users.id
        """
    }
}
