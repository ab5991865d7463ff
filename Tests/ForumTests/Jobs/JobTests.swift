import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Forum

struct JobTests {
    /// Work that counts how often it was done, and fails as long as it is told to.
    private final class Work: Sendable {
        private let state = Mutex((done: 0, begun: 0, failure: String?.none))

        var done: Int { state.withLock { $0.done } }
        var begun: Int { state.withLock { $0.begun } }

        func fail(_ message: String?) { state.withLock { $0.failure = message } }

        func job(everySeconds: Int = 600) -> PeriodicJob {
            PeriodicJob("test_work", everySeconds: everySeconds) { _ in
                let failure = self.state.withLock { state in
                    state.begun += 1
                    if state.failure == nil { state.done += 1 }
                    return state.failure
                }
                if let failure { throw ForumError(.invalid, failure) }
            }
        }
    }

    private static func with(
        _ body: (TestCommunity, JobRunner, Work) async throws -> Void
    ) async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let work = Work()
            let runner = JobRunner(community: site.community, periodic: [work.job()])
            try await runner.plan()
            try await body(site, runner, work)
        }
    }

    /// Lets nobody bump a topic.
    private static let fault: SQL = """
        ALTER TABLE topics ADD CONSTRAINT fault CHECK (bumped_at < '2020-01-01') NOT VALID
        """

    private func only(_ site: TestCommunity) async throws -> Job {
        let page = try await site.community.jobs(JobFilter(kind: "test_work"), by: .system)
        return try #require(page.jobs.first)
    }

    @Test func `what is periodic runs at once, and again when its time has come`() async throws {
        try await Self.with { site, runner, work in
            try await runner.plan()
            try await runner.runDue()
            #expect(work.done == 1)
            let waiting = try await only(site)
            #expect(waiting.state == .waiting && waiting.periodSeconds == 600)
            #expect(waiting.lastFinishedAt != nil)
            site.clock.advance(seconds: 500)
            try await runner.runDue()
            #expect(work.done == 1)
            site.clock.advance(seconds: 140)
            try await runner.runDue()
            #expect(work.done == 2)
        }
    }

    @Test func `what fails is tried again within its period, and never given up`() async throws {
        try await Self.with { site, runner, work in
            work.fail("The disk is full.")
            for round in 1...12 {
                try await runner.runDue()
                #expect(work.begun == round)
                let job = try await only(site)
                #expect(job.state == .failing && job.attempts == round)
                #expect(job.lastError == "The disk is full.")
                let pause = try #require(job.runAt) - site.community.clock()
                #expect(pause > 0 && pause <= 600)
                site.clock.advance(seconds: 601)
            }
            work.fail(nil)
            try await runner.runDue()
            let job = try await only(site)
            #expect(job.state == .waiting && job.attempts == 0 && job.lastError == nil)
        }
    }

    /// As after `kill -9`: nobody says that the job failed.
    @Test func `another process takes over when a lease has run out, and the first is too late`()
        async throws
    {
        try await Self.with { site, runner, work in
            let claim = JobQueries.claim(
                kinds: ["test_work"],
                lease: 7,
                now: site.community.clock()
            )
            let held = try #require(
                try await site.community.database.first(claim, as: ClaimedJob.self)
            )
            try await runner.runDue()
            #expect(work.begun == 0)
            #expect(try await only(site).state == .running)
            site.clock.advance(seconds: 61)
            try await runner.runDue()
            #expect(work.done == 1)
            let after = try await only(site)
            let late = JobQueries.fail(held, "late", againAt: nil, now: site.community.clock())
            _ = try await site.community.database.query(late)
            #expect(try await only(site).lastError == nil)
            #expect(try await only(site).runAt == after.runAt)
        }
    }

    @Test func `many runners do each job once`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            var topics: [TopicID] = []
            for number in 1...20 {
                let topic = try await site.topic("A topic to close at \(number)", by: boss)
                topics.append(topic.topicID)
                try await site.community.setTopicTimer(
                    topic.topicID,
                    PlannedTimer(kind: .close, executeAt: site.community.clock() + 60),
                    by: boss
                )
            }
            site.clock.advance(seconds: 61)
            // Twice, as two nodes would.
            try await site.community.queueTopicTimers()
            try await site.community.queueTopicTimers()
            #expect(try await site.number("SELECT count(*) FROM jobs") == 20)
            let community = site.community
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await JobRunner(community: community).runDue() }
                }
                try await group.waitForAll()
            }
            #expect(try await site.number("SELECT count(*) FROM jobs") == 0)
            #expect(try await site.number("SELECT count(*) FROM topics WHERE closed") == 20)
            let notes: SQL = "SELECT count(*) FROM posts WHERE action_code = 'autoclosed.enabled'"
            #expect(try await site.number(notes) == 20)
        }
    }

    @Test func `a dead letter stays until an administrator retries or discards it`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let ben = try await site.member("ben")
            let topic = try await site.topic(by: boss)
            let runner = JobRunner(community: site.community)
            func plan() async throws {
                try await site.community.setTopicTimer(
                    topic.topicID,
                    PlannedTimer(kind: .bump, executeAt: site.community.clock() + 60),
                    by: boss
                )
                site.clock.advance(seconds: 61)
                try await site.community.queueTopicTimers()
                for _ in 0..<12 {
                    try await runner.runDue()
                    site.clock.advance(seconds: 5000)
                }
            }
            try await site.run(Self.fault)
            try await plan()
            let page = try await site.community.jobs(JobFilter(state: .dead), by: boss)
            let dead = try #require(page.jobs.first)
            #expect(page.jobs.count == 1 && page.counts[.dead] == 1)
            #expect(dead.kind == "topic_timer" && dead.attempts == 10 && dead.runAt == nil)
            #expect(dead.lastError?.contains("fault") == true)
            for act in [Community.retryJob, Community.discardJob] {
                await #expect(throws: ForumError.self) {
                    try await act(site.community)(dead.id, ben)
                }
            }
            await #expect(throws: ForumError.self) {
                try await site.community.jobs(JobFilter(), by: ben)
            }
            try await site.run("ALTER TABLE topics DROP CONSTRAINT fault")
            try await site.community.retryJob(dead.id, by: boss)
            try await runner.runDue()
            await #expect(throws: ForumError.self) {
                try await site.community.job(dead.id, by: boss)
            }
            #expect(try await site.number("SELECT count(*) FROM topic_timers") == 0)
            // Discarding lets go of what was planned, too.
            try await site.run(Self.fault)
            try await plan()
            let next = try #require(
                try await site.community.jobs(JobFilter(state: .dead), by: boss).jobs.first
            )
            try await site.community.discardJob(next.id, by: boss)
            try await site.community.queueTopicTimers()
            #expect(try await site.number("SELECT count(*) FROM jobs") == 0)
            #expect(try await site.number("SELECT count(*) FROM topic_timers") == 0)
            let logged: SQL = "SELECT count(*) FROM staff_action_logs WHERE subject LIKE '%_job'"
            #expect(try await site.number(logged) == 2)
        }
    }

    @Test func `an event that cannot be worked off ends as a dead letter beside the jobs`()
        async throws
    {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            _ = try await site.member("bert")
            try await site.run("ALTER TABLE notifications ADD CONSTRAINT fault CHECK (FALSE)")
            let topic = try await site.topic(raw: "@bert, this one fails for ever.", by: boss)
            for _ in 0..<12 {
                try await site.dispatch()
                try await site.run(
                    "UPDATE outbox SET next_attempt_at = now() WHERE next_attempt_at < 'infinity'"
                )
            }
            let page = try await site.community.jobs(JobFilter(state: .dead), by: boss)
            let dead = try #require(page.jobs.first)
            #expect(dead.id.queue == .event && dead.kind == "topic_created")
            #expect(dead.payload.contains("\"post_id\": \(topic.id)"))
            try await site.run("ALTER TABLE notifications DROP CONSTRAINT fault")
            try await site.community.retryJob(dead.id, by: boss)
            try await site.dispatch()
            #expect(try await site.notices(of: topic.id) == ["bert 1"])
            await #expect(throws: ForumError.self) {
                try await site.community.job(dead.id, by: boss)
            }
        }
    }

    @Test(arguments: [
        "job-12", "event-7", "job-0", "job-", "job--1", "jobs-1", "12", "", "job-1-2",
    ])
    func `numbers of jobs are read as they are written`(text: String) {
        let isNumber = ["job-12", "event-7"].contains(text)
        #expect(JobID(text)?.description == (isNumber ? text : nil))
    }

    @Test func `a place of mail that no node asks any more is forgotten`() async throws {
        try await Self.with { site, runner, work in
            let source = PeriodicJob(PeriodicJob.collectMail + "imaps://x", everySeconds: 300) {
                _ in
            }
            let collector = JobRunner(community: site.community, only: [source])
            let jobs: SQL = "SELECT count(*) FROM jobs"
            try await collector.plan()
            for (pause, count) in [(0.0, 2), (86_000, 2), (1000, 1)] {
                site.clock.advance(seconds: pause)
                try await site.community.forgetRemovedJobs()
                #expect(try await site.number(jobs) == count)
            }
            // Whoever does ask it puts it back now and then.
            try await collector.plan()
            #expect(try await site.number(jobs) == 2)
        }
    }

    @Test func `what runs again and again can be hurried, but not while it runs`() async throws {
        try await Self.with { site, runner, work in
            try await runner.runDue()
            #expect(try await site.community.hurry(work.job()))
            try await runner.runDue()
            #expect(work.done == 2)
            try await site.database.pool.execute(
                "UPDATE jobs SET leased_until = \(site.community.clock() + 60)"
            )
            #expect(try await !site.community.hurry(work.job()))
        }
    }

    @Test func `what runs again and again cannot be discarded`() async throws {
        try await Self.with { site, _, _ in
            let job = try await only(site)
            await #expect(throws: ForumError.self) {
                try await site.community.discardJob(job.id, by: .system)
            }
            #expect(try await site.number("SELECT count(*) FROM jobs") == 1)
        }
    }
}
