import Postgres

/// The queue of what goes out over HTTP. Rows come from the dispatcher, in the transaction that removes
/// the event, and from a trigger on notices; workers claim them under a lease.
enum OutgoingRequestQueries {
    // MARK: Writing

    /// One row for each webhook that asks for what happened to a topic or post. Personal messages,
    /// whispers and hidden posts are told to nobody, and a filter by groups lets no topic through.
    static func queue(_ entry: OutboxEntry, _ event: Event) -> [SQL] {
        let kinds = WebHookEventType.kinds(of: event)
        guard !kinds.isEmpty else { return [] }
        let values = SQL.joined(
            kinds.enumerated().map {
                "(\($0.offset)::int, \($0.element.type.rawValue)::smallint, \($0.element.name)::text)"
            },
            separator: ", "
        )
        return [
            """
            INSERT INTO outgoing_requests (web_hook_id, event_type, event_name, topic_id, post_id,
                user_id)
            SELECT h.id, e.type, e.name, t.id, p.id, o.user_id
            FROM outbox o
                JOIN topics t ON t.id = o.topic_id
                LEFT JOIN posts p ON p.id = o.post_id
                CROSS JOIN (VALUES \(values)) e (place, type, name)
                JOIN web_hooks h ON h.active AND (h.wildcard OR e.type = ANY(h.event_types))
            WHERE o.id = \(entry.id) AND t.archetype = 'regular'
                AND (p.id IS NULL OR p.post_type <> 4 AND NOT p.hidden)
                AND (e.type < 200 OR p.id IS NOT NULL)
                AND (e.type <> \(WebHookEventType.topicRevised.rawValue) OR p.post_number = 1)
                AND h.group_ids = '{}'
                AND (h.category_ids = '{}' OR t.category_id = ANY(h.category_ids))
                AND (h.tag_ids = '{}' OR EXISTS (SELECT 1 FROM topic_tags tt
                    WHERE tt.topic_id = t.id AND tt.tag_id = ANY(h.tag_ids)))
            ORDER BY e.place, h.id
            """
        ]
    }

    /// As above, of what a trigger noted. A filter lets through what is of one of its things: of people
    /// those in its groups.
    static func queueOther(_ entry: OutboxEntry) -> SQL {
        """
        INSERT INTO outgoing_requests (web_hook_id, event_type, event_name, topic_id, user_id,
            object_id, data)
        SELECT h.id, e.type, e.data ->> 'name', e.topic_id, e.user_id, e.object_id, e.data
        FROM (SELECT o.data, (o.data ->> 'type')::smallint AS type,
                (o.data ->> 'object_id')::bigint AS object_id,
                (o.data ->> 'topic_id')::bigint AS topic_id,
                (o.data ->> 'user_id')::bigint AS user_id,
                (o.data ->> 'category_id')::bigint AS category_id,
                (o.data ->> 'tag_id')::bigint AS tag_id,
                (o.data ->> 'group_id')::bigint AS group_id
            FROM outbox o WHERE o.id = \(entry.id)) e
            JOIN web_hooks h ON h.active AND (h.wildcard OR e.type = ANY(h.event_types))
        WHERE NOT EXISTS (SELECT 1 FROM topics t
                WHERE t.id = e.topic_id AND t.archetype = 'private_message')
            AND (h.category_ids = '{}' OR coalesce(e.category_id, (SELECT t.category_id FROM topics t
                WHERE t.id = e.topic_id)) = ANY(h.category_ids))
            AND (h.tag_ids = '{}' OR e.tag_id = ANY(h.tag_ids) OR EXISTS (SELECT 1 FROM topic_tags tt
                WHERE tt.topic_id = e.topic_id AND tt.tag_id = ANY(h.tag_ids)))
            AND (h.group_ids = '{}' OR e.group_id = ANY(h.group_ids) OR EXISTS (
                SELECT 1 FROM group_users gu WHERE e.group_id IS NULL AND gu.user_id = e.user_id
                    AND gu.group_id = ANY(h.group_ids)))
        ORDER BY h.id
        """
    }

    static func ping(_ hook: WebHookID, payload: String) -> SQL {
        """
        INSERT INTO outgoing_requests (web_hook_id, event_name, payload, state, forced)
        VALUES (\(hook), 'ping', \(payload), 'queued', true)
        """
    }

    static func redeliver(_ ids: [OutgoingRequestID], of hook: WebHookID, onlyFailed: Bool) -> SQL {
        """
        UPDATE outgoing_requests SET state = 'queued', forced = true, attempts = 0,
            next_attempt_at = now(), finished_at = NULL
        WHERE web_hook_id = \(hook) AND id = ANY(\(ids.map(\.value))::bigint[])
            AND payload IS NOT NULL
            AND (state = 'failed' OR NOT \(onlyFailed) AND state = 'successful')
        RETURNING id
        """
    }

    // MARK: Bodies

    static func claimUnwritten(limit: Int, leaseSeconds: Int) -> SQL {
        """
        WITH due AS MATERIALIZED (
            SELECT id FROM outgoing_requests
            WHERE state = 'new' AND next_attempt_at <= now()
                AND (leased_until IS NULL OR leased_until < now())
            ORDER BY id LIMIT \(limit) FOR UPDATE SKIP LOCKED
        ), taken AS (
            UPDATE outgoing_requests r SET leased_until = now() + make_interval(secs => \(leaseSeconds))
            FROM due WHERE r.id = due.id
            RETURNING r.id, r.web_hook_id, r.event_type, r.event_name, r.topic_id, r.post_id,
                r.user_id, r.object_id, r.data::text, r.created_at
        )
        SELECT * FROM taken ORDER BY id
        """
    }

    static func write(_ id: OutgoingRequestID, payload: String) -> SQL {
        """
        UPDATE outgoing_requests SET payload = \(payload), state = 'queued', leased_until = NULL
        WHERE id = \(id) AND state = 'new'
        """
    }

    static func skip(_ id: OutgoingRequestID, reason: String) -> SQL {
        """
        UPDATE outgoing_requests SET state = 'skipped', finished_at = now(), leased_until = NULL,
            response_body = \(reason)
        WHERE id = \(id) AND state IN ('new', 'queued')
        """
    }

    static func postpone(_ id: OutgoingRequestID, seconds: Double) -> SQL {
        """
        UPDATE outgoing_requests SET leased_until = NULL,
            next_attempt_at = now() + make_interval(secs => \(seconds)::float8)
        WHERE id = \(id) AND state = 'new'
        """
    }

    // MARK: Sending

    /// The one to send next: the oldest of a webhook that has nothing older waiting, a push, or what a
    /// person asked for. A worker that dies gives it back when the lease is over.
    static func claim(leaseSeconds: Int) -> SQL {
        """
        WITH heads AS (
            SELECT head.id FROM web_hooks h CROSS JOIN LATERAL (
                SELECT r.id, r.state, r.next_attempt_at, r.leased_until FROM outgoing_requests r
                WHERE r.web_hook_id = h.id AND r.state IN ('new', 'queued') AND NOT r.forced
                ORDER BY r.id LIMIT 1) head
            WHERE h.active AND head.state = 'queued' AND head.next_attempt_at <= now()
                AND (head.leased_until IS NULL OR head.leased_until < now())
        ), others AS (
            SELECT r.id FROM outgoing_requests r
            WHERE r.state = 'queued' AND (r.forced OR r.user_api_key_id IS NOT NULL)
                AND r.next_attempt_at <= now()
                AND (r.leased_until IS NULL OR r.leased_until < now())
            ORDER BY r.id LIMIT 1 FOR UPDATE SKIP LOCKED
        ), chosen AS MATERIALIZED (
            SELECT id FROM (SELECT id FROM heads UNION ALL SELECT id FROM others) due
            ORDER BY random() LIMIT 1
        )
        UPDATE outgoing_requests r SET leased_until = now() + make_interval(secs => \(leaseSeconds))
        FROM chosen
            JOIN outgoing_requests s ON s.id = chosen.id
            LEFT JOIN web_hooks h ON h.id = s.web_hook_id
            LEFT JOIN user_api_keys k ON k.id = s.user_api_key_id
        WHERE r.id = chosen.id AND r.state = 'queued'
            AND (r.leased_until IS NULL OR r.leased_until < now())
        RETURNING r.id, r.web_hook_id, coalesce(h.payload_url, k.push_url), r.event_type,
            r.event_name, r.payload, r.attempts, coalesce(h.content_type, 1),
            coalesce(h.verify_certificate, true), h.sealed_secret,
            r.web_hook_id IS NOT NULL AND EXISTS (SELECT 1 FROM topics t
                WHERE t.id = r.topic_id AND t.archetype = 'private_message')
        """
    }

    /// Seconds until something may be due; `nil` when nothing waits.
    static func nextDue() -> SQL {
        """
        SELECT extract(epoch FROM min(greatest(w.next_attempt_at, coalesce(w.leased_until, '-infinity')))
            - now())::float8
        FROM (
            SELECT head.next_attempt_at, head.leased_until FROM web_hooks h CROSS JOIN LATERAL (
                SELECT r.next_attempt_at, r.leased_until FROM outgoing_requests r
                WHERE r.web_hook_id = h.id AND r.state IN ('new', 'queued') AND NOT r.forced
                ORDER BY r.id LIMIT 1) head
            WHERE h.active
            UNION ALL
            SELECT r.next_attempt_at, r.leased_until FROM outgoing_requests r
            WHERE r.state IN ('new', 'queued') AND (r.forced OR r.user_api_key_id IS NOT NULL)
        ) w
        """
    }

    /// - Parameter state: `nil` keeps it in the queue, to be tried in `seconds`.
    static func note(
        _ id: OutgoingRequestID,
        _ outcome: RequestOutcome,
        state: String?,
        seconds: Double = 0
    ) -> SQL {
        """
        UPDATE outgoing_requests SET state = coalesce(\(state)::text, state),
            attempts = least(attempts + 1, 30000)::smallint, leased_until = NULL,
            forced = forced AND \(state)::text IS NULL,
            finished_at = CASE WHEN \(state)::text IS NULL THEN NULL ELSE now() END,
            next_attempt_at = now() + make_interval(secs => \(seconds)::float8),
            request_headers = \(outcome.requestHeaders), status = \(outcome.status),
            response_headers = left(\(outcome.responseHeaders), \(Limits.requestResponseMax)),
            response_body = left(\(outcome.responseBody), \(Limits.requestResponseMax)),
            duration_ms = \(outcome.milliseconds)
        WHERE id = \(id)
        """
    }

    // MARK: The log

    private static let logColumns: SQL = """
        r.id, r.web_hook_id, h.payload_url, r.request_headers, r.payload, r.status,
        r.response_headers, r.response_body, r.duration_ms, r.finished_at IS NOT NULL, r.created_at
        """

    static func log(of hook: WebHookID, _ filter: DeliveryFilter, limit: Int, offset: Int) -> SQL {
        """
        SELECT \(logColumns) FROM outgoing_requests r JOIN web_hooks h ON h.id = r.web_hook_id
        WHERE r.web_hook_id = \(hook) AND \(condition(filter))
        ORDER BY r.id DESC OFFSET \(offset) LIMIT \(limit)
        """
    }

    static func countLog(of hook: WebHookID, _ filter: DeliveryFilter) -> SQL {
        """
        SELECT count(*) FROM outgoing_requests r
        WHERE r.web_hook_id = \(hook) AND \(condition(filter))
        """
    }

    static func log(of hook: WebHookID, _ ids: [OutgoingRequestID]) -> SQL {
        """
        SELECT \(logColumns) FROM outgoing_requests r JOIN web_hooks h ON h.id = r.web_hook_id
        WHERE r.web_hook_id = \(hook) AND r.id = ANY(\(ids.map(\.value))::bigint[])
        ORDER BY r.id DESC
        """
    }

    /// What was never sent, because what it spoke of was gone by then, is no delivery.
    private static func condition(_ filter: DeliveryFilter) -> SQL {
        switch filter {
        case .all: "r.state NOT IN ('new', 'skipped')"
        case .successful: "r.status BETWEEN 200 AND 299 AND r.state <> 'skipped'"
        case .failed: "r.status IS NOT NULL AND NOT r.status BETWEEN 200 AND 299"
        }
    }

    /// Also what waits for a webhook that has been off for as long.
    static func expire(days: Int) -> SQL {
        """
        DELETE FROM outgoing_requests r
        WHERE r.finished_at < now() - make_interval(days => \(days))
            OR r.finished_at IS NULL AND r.created_at < now() - make_interval(days => \(days))
                AND NOT EXISTS (SELECT 1 FROM web_hooks h WHERE h.id = r.web_hook_id AND h.active)
        """
    }
}
