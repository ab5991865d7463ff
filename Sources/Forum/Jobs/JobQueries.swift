import Postgres

enum JobQueries {
    // MARK: Filling

    /// Makes sure that every periodic job is in the queue; the first run of a new one is at once.
    static func plan(_ jobs: [PeriodicJob], now: Timestamp) -> SQL {
        """
        INSERT INTO jobs (kind, unique_key, period_seconds, run_at, priority, created_at)
        SELECT kind, kind, period, \(now), 10, \(now)
        FROM unnest(\(jobs.map(\.kind))::text[], \(jobs.map(\.everySeconds))::int[])
            AS planned (kind, period)
        ON CONFLICT (unique_key) DO UPDATE SET period_seconds = EXCLUDED.period_seconds
            WHERE jobs.period_seconds IS DISTINCT FROM EXCLUDED.period_seconds
        """
    }

    /// Queues one job for each id of `subjects`, unless it is queued already.
    static func add(_ kind: DeferredJob, forEach subjects: SQL, now: Timestamp) -> SQL {
        """
        INSERT INTO jobs (kind, unique_key, payload, run_at, created_at)
        SELECT \(kind.rawValue)::text, \(kind.rawValue)::text || ':' || subject.id,
            jsonb_build_object('id', subject.id), \(now), \(now)
        FROM (\(subjects)) subject (id)
        ON CONFLICT (unique_key) DO NOTHING
        """
    }

    /// Makes a job that runs again and again due. Answers nothing while it runs.
    static func hurry(_ job: PeriodicJob, now: Timestamp) -> SQL {
        """
        UPDATE jobs SET run_at = least(run_at, \(now)::timestamptz)
        WHERE unique_key = \(job.kind) AND \(isFree(now: now)) RETURNING id
        """
    }

    /// Removes jobs of places that no node asks any more: each would have done so long ago.
    static func forgetRemoved(prefix: String, now: Timestamp) -> SQL {
        """
        DELETE FROM jobs WHERE period_seconds IS NOT NULL AND starts_with(kind, \(prefix))
            AND run_at < \(now - Limits.removedJobSeconds) AND \(isFree(now: now))
        """
    }

    // MARK: Working

    /// Takes the most urgent job that is due and that nobody holds. What ended its process at the last
    /// attempt is given up.
    static func claim(kinds: [String], lease: Int64, now: Timestamp) -> SQL {
        """
        WITH lost AS (
            UPDATE jobs SET died_at = \(now), leased_until = NULL, lease = NULL,
                last_error = 'The process ended while it worked on this.'
            WHERE died_at IS NULL AND period_seconds IS NULL AND leased_until <= \(now)
                AND attempts >= \(Limits.jobAttempts)
        )
        UPDATE jobs AS j SET lease = \(lease), attempts = j.attempts + 1,
            leased_until = \(now + Limits.jobLeaseSeconds)
        WHERE j.id = (SELECT due.id FROM jobs due
            WHERE due.died_at IS NULL AND due.run_at <= \(now)
                AND (due.leased_until IS NULL OR due.leased_until <= \(now))
                AND (due.period_seconds IS NOT NULL OR due.attempts < \(Limits.jobAttempts))
                AND due.kind = ANY(\(kinds)::text[])
            ORDER BY due.priority, due.run_at, due.id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING j.id, j.kind, coalesce((j.payload ->> 'id')::bigint, 0), j.attempts, j.lease
        """
    }

    /// Answers one row as long as the job is still held by this beginning.
    static func renew(_ job: ClaimedJob, now: Timestamp) -> SQL {
        """
        UPDATE jobs SET leased_until = \(now + Limits.jobLeaseSeconds)
        WHERE \(isHeld(job)) RETURNING id
        """
    }

    /// The job is done: it is removed, or waits for its next time.
    static func finish(_ job: ClaimedJob, againAt next: Timestamp?, now: Timestamp) -> SQL {
        guard let next else { return "DELETE FROM jobs WHERE \(isHeld(job))" }
        return """
            UPDATE jobs SET run_at = \(next), attempts = 0, leased_until = NULL, lease = NULL,
                last_error = NULL, last_finished_at = \(now)
            WHERE \(isHeld(job))
            """
    }

    /// - Parameter next: When it is tried again; `nil` never.
    static func fail(
        _ job: ClaimedJob,
        _ error: String,
        againAt next: Timestamp?,
        now: Timestamp
    ) -> SQL {
        """
        UPDATE jobs SET run_at = coalesce(\(next)::timestamptz, run_at),
            died_at = CASE WHEN \(next)::timestamptz IS NULL THEN \(now)::timestamptz END,
            leased_until = NULL, lease = NULL, last_error = left(\(error), 1000)
        WHERE \(isHeld(job))
        """
    }

    /// Gives a job back that was begun and not failed.
    static func release(_ job: ClaimedJob) -> SQL {
        """
        UPDATE jobs SET leased_until = NULL, lease = NULL, attempts = greatest(0, attempts - 1)
        WHERE \(isHeld(job))
        """
    }

    private static func isHeld(_ job: ClaimedJob) -> SQL {
        "id = \(job.number) AND lease = \(job.lease)"
    }

    // MARK: Managing

    typealias Administered = Permitted<AdministerSite, WholeSite>

    /// Jobs and events as one: what `Job.init(from:)` reads.
    private static func all(now: Timestamp) -> SQL {
        """
        SELECT 'job' AS queue, j.id, j.kind, CASE WHEN j.died_at IS NOT NULL THEN 'dead'
                WHEN j.leased_until > \(now) THEN 'running'
                WHEN j.last_error IS NOT NULL THEN 'failing' ELSE 'waiting' END AS state,
            j.attempts, CASE WHEN j.died_at IS NULL THEN j.run_at END AS run_at, j.period_seconds,
            j.last_error, j.last_finished_at, j.created_at, j.payload::text AS payload
        FROM jobs j
        UNION ALL
        SELECT 'event', o.id, o.event, CASE WHEN o.next_attempt_at = 'infinity' THEN 'dead'
                WHEN o.attempts > 0 THEN 'failing' ELSE 'waiting' END,
            o.attempts, nullif(o.next_attempt_at, 'infinity'), NULL, o.last_error, NULL,
            o.created_at, (o.data || jsonb_strip_nulls(jsonb_build_object('topic_id', o.topic_id,
                'post_id', o.post_id, 'user_id', o.user_id)))::text
        FROM outbox o
        """
    }

    /// Dead ones first, then in the order of their time.
    static func list(_ filter: JobFilter, _ permitted: Administered, now: Timestamp) -> SQL {
        """
        SELECT * FROM (\(all(now: now))) w
        WHERE (\(filter.state?.rawValue)::text IS NULL OR w.state = \(filter.state?.rawValue)::text)
            AND (\(filter.kind)::text IS NULL OR w.kind = \(filter.kind)::text)
        ORDER BY w.state <> 'dead', w.run_at, w.queue, w.id
        OFFSET \(filter.offset) LIMIT \(filter.limit + 1)
        """
    }

    /// `state, count`.
    static func counts(_ permitted: Administered, now: Timestamp) -> SQL {
        "SELECT w.state, count(*) FROM (\(all(now: now))) w GROUP BY w.state"
    }

    static func job(_ id: JobID, _ permitted: Administered, now: Timestamp) -> SQL {
        """
        SELECT * FROM (\(all(now: now))) w
        WHERE w.queue = \(id.queue.rawValue) AND w.id = \(id.number)
        """
    }

    /// At once, and as often as at first. Answers nothing while it runs.
    static func retry(_ id: JobID, _ permitted: Administered, now: Timestamp) -> SQL {
        switch id.queue {
        case .job:
            """
            UPDATE jobs SET run_at = \(now), attempts = 0, died_at = NULL
            WHERE id = \(id.number) AND \(isFree(now: now)) RETURNING id
            """
        case .event:
            """
            UPDATE outbox SET next_attempt_at = now(), attempts = 0
            WHERE id = \(id.number) RETURNING id
            """
        }
    }

    /// With the timer that a job was to carry out: it would only queue the next one.
    static func discard(_ id: JobID, _ permitted: Administered, now: Timestamp) -> SQL {
        switch id.queue {
        case .job:
            """
            WITH gone AS (
                DELETE FROM jobs WHERE id = \(id.number) AND \(isFree(now: now))
                RETURNING id, kind, payload
            ), timer AS (
                DELETE FROM topic_timers tm USING gone
                WHERE gone.kind = \(DeferredJob.topicTimer.rawValue)
                    AND tm.id = (gone.payload ->> 'id')::bigint
            )
            SELECT id FROM gone
            """
        case .event: "DELETE FROM outbox WHERE id = \(id.number) RETURNING id"
        }
    }

    private static func isFree(now: Timestamp) -> SQL {
        "(leased_until IS NULL OR leased_until <= \(now))"
    }
}
