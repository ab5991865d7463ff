import Postgres

/// Work that is done once, and tried again when it fails. The raw values stand in the `jobs` table: a
/// case may be added, never renamed.
enum DeferredJob: String, Sendable, CaseIterable {
    /// A timer of a topic whose time has come; `id` of the payload says which.
    case topicTimer = "topic_timer"

    func work(on job: ClaimedJob, in community: Community) async throws {
        switch self {
        case .topicTimer: try await community.runTopicTimer(TopicTimerID(job.subject))
        }
    }
}

/// A job that this process holds.
struct ClaimedJob: Sendable, RowDecodable {
    let number: Int64
    let kind: String
    /// `id` of the payload, 0 when it has none.
    let subject: Int64
    let attempts: Int
    let lease: Int64

    init(from row: inout RowReader) throws(PostgresError) {
        number = try row.next()
        kind = try row.next()
        subject = try row.next()
        attempts = try row.next()
        lease = try row.next()
    }
}
