import Logging
import Postgres

/// Works on the queue of jobs; any number of nodes do so at once.
///
/// Whoever takes a job holds it under a lease that is renewed while the work goes on. When a process
/// dies its lease runs out and another one begins again, so the work of a job is such that what was
/// done already is not done twice: one statement, or one that finds nothing left to do.
package struct JobRunner: Sendable {
    private let community: Community
    private let periodic: [PeriodicJob]
    private let deferred: [DeferredJob]
    private let backoff = Backoff(firstSeconds: 10, maxSeconds: 3600, attempts: Limits.jobAttempts)

    package init(community: Community) {
        self.init(community: community, periodic: PeriodicJob.plans + PeriodicJob.upkeep)
    }

    /// Works on some jobs alone: those that may wait long for other machines, beside all others.
    package init(community: Community, only periodic: [PeriodicJob]) {
        self.init(community: community, periodic: periodic, deferred: [])
    }

    init(
        community: Community,
        periodic: [PeriodicJob],
        deferred: [DeferredJob] = DeferredJob.allCases
    ) {
        self.community = community
        self.periodic = periodic
        self.deferred = deferred
    }

    /// Works until cancelled.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<Limits.jobsAtOnce { group.addTask { await workUntilCancelled() } }
        }
    }

    private func workUntilCancelled() async {
        var planned: ContinuousClock.Instant?
        while !Task.isCancelled {
            do {
                if planned.map({ .now - $0 > .seconds(Limits.jobPlanningSeconds) }) ?? true {
                    try await plan()
                    planned = .now
                }
                try await runDue()
                try await Task.sleep(for: .seconds(Limits.jobPollSeconds))
            } catch is CancellationError {
                return
            } catch {
                guard !Task.isCancelled else { return }
                community.logger.warning(
                    "jobs wait: the database cannot be used",
                    metadata: ["error": "\(error)"]
                )
                await Doorbell().wait(seconds: 10)
            }
        }
    }

    /// Puts the periodic jobs into the queue.
    package func plan() async throws {
        _ = try await community.database.query(
            JobQueries.plan(periodic, now: community.clock())
        )
    }

    /// Works off everything that is due.
    package func runDue() async throws {
        while try await runNext() {}
    }

    /// - Returns: Whether there was something to do.
    func runNext() async throws -> Bool {
        let query = JobQueries.claim(
            kinds: periodic.map(\.kind) + deferred.map(\.rawValue),
            lease: .random(in: 1...Int64.max),
            now: community.clock()
        )
        guard let job = try await community.database.first(query, as: ClaimedJob.self) else {
            return false
        }
        do {
            try await holding(job) { try await work(on: job) }
            let now = community.clock()
            let next = periodic.first { $0.kind == job.kind }
                .map { now + Double($0.everySeconds) * .random(in: 0.95...1.05) }
            _ = try await community.database.query(
                JobQueries.finish(job, againAt: next, now: now)
            )
        } catch {
            try await note(error, of: job)
        }
        return true
    }

    private func work(on job: ClaimedJob) async throws {
        if let deferred = DeferredJob(rawValue: job.kind) {
            try await deferred.work(on: job, in: community)
        } else if let known = periodic.first(where: { $0.kind == job.kind }) {
            try await known.work(community)
        }
    }

    /// Renews the lease for as long as `work` takes; ends the work when the lease was lost.
    private func holding(
        _ job: ClaimedJob,
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(operation: work)
            group.addTask {
                while true {
                    try await Task.sleep(for: .seconds(Limits.jobLeaseSeconds / 3))
                    let held = try await community.database.query(
                        JobQueries.renew(job, now: community.clock())
                    )
                    if held.isEmpty { throw LostLease() }
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Another process has begun the job again: this one was too slow to say that it lives.
    private struct LostLease: Error {}

    /// A node that stops gives the job back; anything else counts as an attempt that failed.
    private func note(_ error: any Error, of job: ClaimedJob) async throws {
        guard !Task.isCancelled else {
            // Not as part of this task, whose queries are cancelled too.
            let database = community.database
            _ = try await Task { try await database.query(JobQueries.release(job)) }.value
            throw CancellationError()
        }
        let now = community.clock()
        let next = nextAttempt(of: job, now: now)
        let message = (error as? ForumError)?.message ?? "\(error)"
        community.logger.error(
            next == nil ? "a job is given up" : "a job is put off",
            metadata: [
                "kind": "\(job.kind)", "id": "\(JobID(.job, job.number))",
                "attempt": "\(job.attempts)", "error": "\(message)",
            ]
        )
        _ = try await community.database.query(
            JobQueries.fail(job, message, againAt: next, now: now)
        )
    }

    /// What runs again and again is never given up.
    private func nextAttempt(of job: ClaimedJob, now: Timestamp) -> Timestamp? {
        guard let known = periodic.first(where: { $0.kind == job.kind }) else {
            return backoff.jitteredSeconds(after: job.attempts).map { now + $0 }
        }
        let attempt = min(job.attempts, Limits.jobAttempts - 1)
        let delay = backoff.jitteredSeconds(after: attempt) ?? backoff.maxSeconds
        return now + min(delay, Double(known.everySeconds))
    }
}
