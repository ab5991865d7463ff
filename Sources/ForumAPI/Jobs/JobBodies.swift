package enum JobStateWord: String, Codable, Sendable, CaseIterable {
    case waiting
    case running
    /// Failed, and will be tried again.
    case failing
    /// Failed too often: nothing happens until somebody decides.
    case dead
}

/// The query of `GET /admin/jobs`.
package struct ListJobsRequest: Codable, Sendable, Equatable {
    package var state: JobStateWord?
    package var kind: String?
    package var offset: Int?
    /// At most 200.
    package var limit: Int?

    package init(
        state: JobStateWord? = nil,
        kind: String? = nil,
        offset: Int? = nil,
        limit: Int? = nil
    ) {
        self.state = state
        self.kind = kind
        self.offset = offset
        self.limit = limit
    }
}

/// Something that is to be done.
package struct JobBody: Codable, Sendable, Equatable {
    /// `job-12`, or `event-7` for an event whose consequences are still to come.
    package var id: String
    package var kind: String
    package var state: JobStateWord
    /// How often it was begun since it last succeeded or was retried by hand.
    package var attempts: Int
    /// `null` when it is not tried again by itself.
    package var runAt: String?
    /// Seconds from one run to the next, of what runs again and again.
    package var periodSeconds: Int?
    package var lastError: String?
    package var lastFinishedAt: String?
    package var createdAt: String
    /// What it is about, by kind.
    package var payload: WireValue

    package init(
        id: String,
        kind: String,
        state: JobStateWord,
        attempts: Int,
        runAt: String?,
        periodSeconds: Int?,
        lastError: String?,
        lastFinishedAt: String?,
        createdAt: String,
        payload: WireValue
    ) {
        self.id = id
        self.kind = kind
        self.state = state
        self.attempts = attempts
        self.runAt = runAt
        self.periodSeconds = periodSeconds
        self.lastError = lastError
        self.lastFinishedAt = lastFinishedAt
        self.createdAt = createdAt
        self.payload = payload
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case kind
        case state
        case attempts
        case runAt = "run_at"
        case periodSeconds = "period_seconds"
        case lastError = "last_error"
        case lastFinishedAt = "last_finished_at"
        case createdAt = "created_at"
        case payload
    }
}

/// `GET /admin/jobs`: dead ones first, then in the order of their time.
package struct JobListReply: Codable, Sendable, Equatable {
    /// How many there are of each state, whatever was asked for.
    package struct Counts: Codable, Sendable, Equatable {
        package var waiting: Int
        package var running: Int
        package var failing: Int
        package var dead: Int

        package init(waiting: Int, running: Int, failing: Int, dead: Int) {
            self.waiting = waiting
            self.running = running
            self.failing = failing
            self.dead = dead
        }
    }

    package var jobs: [JobBody]
    package var counts: Counts
    package var hasMore: Bool

    package init(jobs: [JobBody], counts: Counts, hasMore: Bool) {
        self.jobs = jobs
        self.counts = counts
        self.hasMore = hasMore
    }

    private enum CodingKeys: String, CodingKey {
        case jobs
        case counts
        case hasMore = "has_more"
    }
}
