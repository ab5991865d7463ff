package import Postgres

/// Where something waits to be done: in the queue of jobs, or in the outbox as an event whose
/// consequences are still to come.
package enum JobQueue: String, Sendable, CaseIterable {
    case job
    case event
}

/// The number of a job or an event, as people write it: `job-12`, `event-7`.
package struct JobID: Sendable, Hashable, CustomStringConvertible {
    package let queue: JobQueue
    package let number: Int64

    package init(_ queue: JobQueue, _ number: Int64) {
        self.queue = queue
        self.number = number
    }

    /// - Returns: `nil` for what is no such number.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let queue = JobQueue(rawValue: String(parts[0])),
            let number = Int64(parts[1]), number > 0
        else { return nil }
        self.init(queue, number)
    }

    package var description: String { "\(queue.rawValue)-\(number)" }
}

package enum JobState: String, Sendable, CaseIterable {
    case waiting
    case running
    /// Failed, and will be tried again.
    case failing
    /// Failed too often: nothing happens until somebody decides.
    case dead
}

/// One thing that is to be done, as the administrator sees it.
package struct Job: Sendable, RowDecodable {
    package let id: JobID
    package let kind: String
    package let state: JobState
    package let attempts: Int
    /// `nil` when it is not tried again by itself.
    package let runAt: Timestamp?
    /// Seconds from one run to the next, of what runs again and again.
    package let periodSeconds: Int?
    package let lastError: String?
    package let lastFinishedAt: Timestamp?
    package let createdAt: Timestamp
    /// JSON text: what it is about.
    package let payload: String

    package init(from row: inout RowReader) throws(PostgresError) {
        let queue: String = try row.next()
        let number: Int64 = try row.next()
        id = JobID(JobQueue(rawValue: queue) ?? .job, number)
        kind = try row.next()
        let state: String = try row.next()
        self.state = JobState(rawValue: state) ?? .waiting
        attempts = try row.next()
        runAt = try row.next()
        periodSeconds = try row.next()
        lastError = try row.next()
        lastFinishedAt = try row.next()
        createdAt = try row.next()
        payload = try row.next()
    }
}

/// Which jobs a list is to hold.
package struct JobFilter: Sendable {
    package var state: JobState?
    package var kind: String?
    package var offset = 0
    package var limit = Limits.jobsPerPage

    package init(state: JobState? = nil, kind: String? = nil) {
        self.state = state
        self.kind = kind
    }
}

package struct JobPage: Sendable {
    package let jobs: [Job]
    /// How many there are of each state, whatever the filter says.
    package let counts: [JobState: Int]
    package let hasMore: Bool
}
