/// Work for one connection, and who waits for its answer.
struct Job: Sendable {
    enum Work: Sendable {
        /// Statements of one round trip.
        case statements([SQL])
        /// Statements without parameters, separated by semicolons.
        case script(String)
        /// The COPY statement, then its data, then its end, with a reason when it is to fail.
        case copyBegin(String)
        case copyData([UInt8])
        case copyEnd(refusal: String?)
        /// COMMIT, checked; or ROLLBACK. The connection is free afterwards.
        case commit
        case rollback
    }

    struct Answer: Sendable {
        var rows: [Rows] = []
        var copied = 0
    }

    let id: UInt64
    let work: Work
    /// The transaction it belongs to; its connection serves nobody else until the end.
    let lease: Lease?
    /// When the wait for a connection is over (``MonotonicClock``).
    let deadline: Int64
    let continuation: CheckedContinuation<Result<Answer, PostgresError>, Never>
}

/// A transaction's claim to one connection.
struct Lease: Sendable, Hashable {
    let id: UInt64
    /// The statements that begin the transaction; they travel with its first statement.
    let prologue: [SQL]
    /// Seconds a statement of this transaction may run; nil is the pool's own limit, 0 is none.
    let timeoutSeconds: Double?

    static func == (left: Lease, right: Lease) -> Bool { left.id == right.id }
    func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
