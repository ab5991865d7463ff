package import Forum
import ForumAPI
import Postgres

package enum JobPresenter {
    /// What `GET /admin/jobs.json` answers.
    package static func json(_ page: JobPage) throws -> String {
        String(decoding: try encodeJSON(list(page)), as: UTF8.self)
    }

    /// What `GET /admin/jobs/{id}.json` answers.
    package static func json(_ job: Job) throws -> String {
        String(decoding: try encodeJSON(body(job)), as: UTF8.self)
    }

    static func list(_ page: JobPage) throws -> JobListReply {
        JobListReply(
            jobs: try page.jobs.map { try body($0) },
            counts: JobListReply.Counts(
                waiting: page.counts[.waiting] ?? 0,
                running: page.counts[.running] ?? 0,
                failing: page.counts[.failing] ?? 0,
                dead: page.counts[.dead] ?? 0
            ),
            hasMore: page.hasMore
        )
    }

    static func body(_ job: Job) throws -> JobBody {
        JobBody(
            id: job.id.description,
            kind: job.kind,
            state: word(job.state),
            attempts: job.attempts,
            runAt: job.runAt?.iso8601,
            periodSeconds: job.periodSeconds,
            lastError: job.lastError,
            lastFinishedAt: job.lastFinishedAt?.iso8601,
            createdAt: job.createdAt.iso8601,
            payload: try WireValue.parse(json: Array(job.payload.utf8))
        )
    }

    private static func word(_ state: JobState) -> JobStateWord {
        switch state {
        case .waiting: .waiting
        case .running: .running
        case .failing: .failing
        case .dead: .dead
        }
    }
}

extension JobStateWord {
    var state: JobState {
        switch self {
        case .waiting: .waiting
        case .running: .running
        case .failing: .failing
        case .dead: .dead
        }
    }
}
