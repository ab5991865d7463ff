import Postgres

/// A flag that was allowed and only wants writing.
struct PreparedFlag: Sendable {
    let kind: FlagKind
    let score: Double
    /// The topic of the message that it sent.
    let messageTopic: TopicID?
    /// Staff's own flag decides at once.
    let hidesAtOnce: Bool
    /// Pending scores together at which the post is hidden.
    let hidingScore: Double
    let reason: String?
    let now: Timestamp
}

enum FlagQueries {
    /// `post_action_type_id` of what somebody did to a post.
    static func taken(_ post: PostID, by user: UserID) -> SQL {
        """
        SELECT post_action_type_id FROM post_actions
        WHERE post_id = \(post) AND user_id = \(user) AND post_action_type_id <> 2
        """
    }

    static func countToday(by user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT count(*) FROM post_actions WHERE user_id = \(user)
            AND post_action_type_id IN (3, 4, 6, 7, 8, 10)
            AND created_at > \(now)::timestamptz - interval '1 day'
        """
    }

    /// Writes the flag, its place in the queue, and hides the post when enough think so. Returns a row
    /// when the flag is new: whether it hid the post.
    static func flag(
        _ permitted: Permitted<FlaggingPost, FlaggablePost>,
        _ flag: PreparedFlag
    ) -> SQL {
        let post = permitted.resource.post
        let author = permitted.principal.id
        return """
            WITH made AS (
                INSERT INTO post_actions (post_id, user_id, post_action_type_id, related_topic_id,
                    created_at)
                VALUES (\(post.id), \(author), \(flag.kind.rawValue), \(flag.messageTopic),
                    \(flag.now))
                ON CONFLICT DO NOTHING RETURNING post_id
            ), before AS (
                SELECT coalesce(sum(s.score + s.take_action_bonus), 0) AS score
                FROM reviewables r JOIN reviewable_scores s ON s.reviewable_id = r.id
                WHERE r.type = 'ReviewableFlaggedPost' AND r.target_id = \(post.id)
                    AND s.status = 0
            ), queued AS (
                INSERT INTO reviewables AS r (type, created_by_id, category_id, topic_id,
                    target_type, target_id, target_created_by_id, score, potential_spam,
                    latest_score, created_at, updated_at)
                SELECT 'ReviewableFlaggedPost', \(author), \(post.topic.categoryID)::bigint,
                    \(post.topic.id)::bigint, 'Post', made.post_id, \(post.authorID)::bigint,
                    before.score + \(flag.score)::float8, \(flag.kind == .spam), \(flag.now),
                    \(flag.now), \(flag.now)
                FROM made, before WHERE \(flag.kind.isForReview)
                ON CONFLICT (type, target_id) WHERE target_id IS NOT NULL DO UPDATE SET
                    status = 0, score = EXCLUDED.score, latest_score = EXCLUDED.latest_score,
                    potential_spam = r.potential_spam OR EXCLUDED.potential_spam,
                    version = r.version + 1, updated_at = EXCLUDED.updated_at
                RETURNING id, version
            ), scored AS (
                INSERT INTO reviewable_scores (reviewable_id, user_id, score_type, score,
                    meta_topic_id, reason, created_at)
                SELECT queued.id, \(author), \(flag.kind.rawValue), \(flag.score),
                    \(flag.messageTopic)::bigint, \(flag.reason)::text, \(flag.now) FROM queued
            ), noted AS (
                INSERT INTO reviewable_histories (reviewable_id, history_type, status,
                    created_by_id)
                SELECT queued.id, 0, 0, \(author) FROM queued WHERE queued.version = 0
            ), hidden AS (
                UPDATE posts SET hidden = true, hidden_at = \(flag.now), hidden_reason_id = 1
                FROM queued, before WHERE posts.id = \(post.id) AND NOT posts.hidden
                    AND (\(flag.hidesAtOnce)
                        OR before.score + \(flag.score)::float8 >= \(flag.hidingScore)::float8)
                RETURNING posts.id
            ), event AS (
                INSERT INTO outbox (event, topic_id, post_id, user_id)
                SELECT \(Event.postEdited.rawValue), \(post.topic.id)::bigint, hidden.id,
                    \(author)::bigint FROM hidden
            )
            SELECT EXISTS (SELECT 1 FROM hidden) FROM made
            """
    }

    /// Takes back what staff has not decided on yet; returns a row when there was something.
    static func unflag(
        _ post: PostID,
        _ kind: FlagKind,
        by user: UserID,
        since: Timestamp
    ) -> SQL {
        """
        WITH gone AS (
            DELETE FROM post_actions WHERE post_id = \(post) AND user_id = \(user)
                AND post_action_type_id = \(kind.rawValue) AND created_at > \(since)
                AND agreed_at IS NULL AND disagreed_at IS NULL AND deferred_at IS NULL
                AND related_topic_id IS NULL
            RETURNING post_id
        ), unscored AS (
            DELETE FROM reviewable_scores s USING reviewables r, gone
            WHERE r.type = 'ReviewableFlaggedPost' AND r.target_id = gone.post_id
                AND s.reviewable_id = r.id AND s.user_id = \(user) AND s.status = 0
                AND s.score_type = \(kind.rawValue)
            RETURNING s.id, s.reviewable_id, s.score
        ), left_over AS (
            UPDATE reviewables r SET score = greatest(0, r.score - unscored.score),
                version = r.version + 1, updated_at = now(),
                status = CASE WHEN EXISTS (SELECT 1 FROM reviewable_scores o
                    WHERE o.reviewable_id = r.id AND o.id <> unscored.id AND o.status = 0)
                    THEN r.status ELSE 3 END
            FROM unscored WHERE r.id = unscored.reviewable_id
        )
        SELECT post_id FROM gone
        """
    }
}
