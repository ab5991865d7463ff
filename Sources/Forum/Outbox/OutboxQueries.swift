import Postgres

/// The row that a use case writes beside its change; the dispatcher does the rest after commit.
enum OutboxQueries {
    /// `data` is JSON text that the event's receivers understand.
    static func record(
        _ event: Event,
        topic: TopicID?,
        post: PostID? = nil,
        by user: UserID,
        data: String = "{}"
    ) -> SQL {
        """
        INSERT INTO outbox (event, topic_id, post_id, user_id, data)
        VALUES (\(event.rawValue), \(topic), \(post), \(user), \(data)::jsonb)
        """
    }

    /// The oldest event that is due and that no other dispatcher holds, with what it speaks of.
    ///
    /// Events of one topic are worked off one after the other, in the order of their commits: an
    /// event waits while an earlier one of its topic is in work elsewhere. An event that was put off
    /// holds nobody up.
    static func claim() -> SQL {
        """
        WITH due AS MATERIALIZED (
            SELECT id, topic_id FROM outbox WHERE next_attempt_at <= now()
            ORDER BY id LIMIT \(Limits.outboxBatch)
        ), taken AS MATERIALIZED (
            SELECT o.* FROM outbox o
            WHERE o.next_attempt_at <= now() AND o.id = ANY(ARRAY(SELECT d.id FROM due d
                WHERE NOT EXISTS (SELECT 1 FROM due earlier
                    WHERE earlier.topic_id = d.topic_id AND earlier.id < d.id)))
            ORDER BY o.id LIMIT 1 FOR UPDATE OF o SKIP LOCKED
        )
        SELECT o.id, o.event, o.topic_id, o.post_id, o.user_id, o.attempts,
            o.data ->> 'published' IS NOT NULL, o.data ->> 'noticed' IS NOT NULL, p.raw, p.cooked,
            coalesce(p.deleted_at IS NULL AND NOT p.hidden AND p.post_type <> 4
                AND t.deleted_at IS NULL, false),
            p.post_number, p.version, p.updated_at, p.user_id, p.last_editor_id,
            t.archetype, t.category_id, t.bumped_at, t.created_at, t.highest_post_number,
            coalesce(tagged.names, '[]'), coalesce(tagged.ids, '[]')
        FROM taken o
            LEFT JOIN posts p ON p.id = o.post_id
            LEFT JOIN topics t ON t.id = o.topic_id
            LEFT JOIN LATERAL (SELECT json_agg(g.name ORDER BY g.name)::text AS names,
                    json_agg(g.id ORDER BY g.name)::text AS ids
                FROM topic_tags tt JOIN tags g ON g.id = tt.tag_id
                WHERE tt.topic_id = t.id AND NOT g.restricted) tagged ON TRUE
        """
    }

    /// What of an event's work is done when it is kept for the rest.
    enum Stage: String {
        case published
        case noticed
    }

    static func mark(_ id: Int64, as stage: Stage) -> SQL {
        """
        UPDATE outbox SET data = data || jsonb_build_object(\(stage.rawValue)::text, true)
        WHERE id = \(id)
        """
    }

    static func finish(_ id: Int64) -> SQL { "DELETE FROM outbox WHERE id = \(id)" }

    /// Puts an event off; after the last attempt it stays in the table, to be looked into.
    static func putOff(_ id: Int64, seconds: Double?, error: String) -> SQL {
        """
        UPDATE outbox SET attempts = attempts + 1, last_error = left(\(error), 1000),
            next_attempt_at = CASE WHEN \(seconds)::float8 IS NULL THEN 'infinity'
                ELSE now() + make_interval(secs => \(seconds)::float8) END
        WHERE id = \(id)
        """
    }

    static func waiting() -> SQL {
        """
        SELECT count(*), count(*) FILTER (WHERE next_attempt_at = 'infinity') FROM outbox
        """
    }
}
