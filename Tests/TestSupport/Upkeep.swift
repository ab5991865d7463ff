package import Forum

/// What the database needs done now and then, and what people planned for a time, all of it at once
/// and in order. The server does the same from the queue of jobs, each in its own time.
package struct Upkeep: Sendable {
    private let community: Community

    package init(community: Community) {
        self.community = community
    }

    /// What is due by now: timers of topics, pins that end, reminders, polls that close.
    package func runDue() async throws {
        for plan in PeriodicJob.plans { try await plan.work(community) }
        try await JobRunner(community: community).runDue()
    }

    package func runOnce() async throws {
        for job in PeriodicJob.upkeep { try await job.work(community) }
    }
}
