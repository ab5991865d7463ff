import Postgres

extension Community {
    /// What is queued, dead letters first.
    ///
    /// - Throws: `.forbidden` for anybody but administrators.
    package func jobs(_ filter: JobFilter, by principal: Principal) async throws -> JobPage {
        let permitted = try principal.mayAdministerSite()
        var filter = filter
        filter.offset = min(max(filter.offset, 0), 1_000_000)
        filter.limit = min(max(filter.limit, 1), Limits.jobsPerPageMax)
        let answers = try await database.batch([
            JobQueries.list(filter, permitted, now: clock()),
            JobQueries.counts(permitted, now: clock()),
        ])
        let jobs = try answers[0].decode(Job.self)
        var counts: [JobState: Int] = [:]
        for row in answers[1] {
            guard let state = JobState(rawValue: try row.get(0, as: String.self)) else { continue }
            counts[state] = try row.get(1, as: Int.self)
        }
        return JobPage(
            jobs: Array(jobs.prefix(filter.limit)),
            counts: counts,
            hasMore: jobs.count > filter.limit
        )
    }

    /// - Throws: `.forbidden` for anybody but administrators, `.notFound`.
    package func job(_ id: JobID, by principal: Principal) async throws -> Job {
        let permitted = try principal.mayAdministerSite()
        let query = JobQueries.job(id, permitted, now: clock())
        guard let job = try await database.first(query, as: Job.self) else {
            throw ForumError(.notFound, "There is no job \(id).")
        }
        return job
    }

    /// Lets something be tried at once, as often as if it had never failed.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, `.notFound`, `.conflict` while it runs.
    package func retryJob(_ id: JobID, by principal: Principal) async throws {
        let job = try await job(id, by: principal)
        try await change(job, "retry_job", by: principal) {
            JobQueries.retry(id, $0, now: clock())
        }
        if id.queue == .event { signals.committed() }
    }

    /// Removes something that is to be done no more.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, `.notFound`, `.conflict` while it runs
    ///   and for what runs again and again.
    package func discardJob(_ id: JobID, by principal: Principal) async throws {
        let job = try await job(id, by: principal)
        guard job.periodSeconds == nil else {
            throw ForumError(
                .conflict,
                "\(id) (\(job.kind)) runs again and again; it cannot be discarded."
            )
        }
        try await change(job, "discard_job", by: principal) {
            JobQueries.discard(id, $0, now: clock())
        }
    }

    /// Has what runs again and again run now.
    ///
    /// - Returns: Whether it will; not while it runs, nor before it was planned.
    package func hurry(_ job: PeriodicJob) async throws -> Bool {
        try await !database.query(JobQueries.hurry(job, now: clock())).isEmpty
    }

    /// Forgets to collect mail where no node does so any more.
    func forgetRemovedJobs() async throws {
        try await database.execute(
            JobQueries.forgetRemoved(prefix: PeriodicJob.collectMail, now: clock())
        )
    }

    private func change(
        _ job: Job,
        _ what: String,
        by principal: Principal,
        _ query: (Permitted<AdministerSite, WholeSite>) -> SQL
    ) async throws {
        let permitted = try principal.mayAdministerSite()
        let changed = try await database.query(query(permitted))
        guard !changed.isEmpty else {
            throw ForumError(.conflict, "\(job.id) is running now. Try again when it has ended.")
        }
        let action = StaffAction(.custom, subject: what, details: "\(job.id): \(job.kind)")
        _ = try await database.query(StaffLogQueries.record(action, by: principal, at: clock()))
    }
}
