/// Who waits for a connection, and which connections are free. A value: the pool guards it.
struct PoolQueue: Sendable {
    enum LeasePhase: Sendable {
        /// Its first job waits for a connection; these jobs wait behind it.
        case waiting([Job])
        /// The worker of this number serves it alone.
        case held(worker: Int)
        /// The connection was lost, so the transaction is.
        case lost(PostgresError)
    }

    enum Next: Sendable {
        case job(Job)
        case wait
        case stop
    }

    enum Submission: Sendable {
        /// The worker to wake, nil when all are at work.
        case accepted(wake: Int?)
        case refused(PostgresError)
    }

    private let size: Int
    private var waiting: [Job] = []
    private var head = 0
    private var idle: [Int] = []
    private var inboxes: [[Job]]
    private var leaseOfWorker: [Lease?]
    private var phases: [UInt64: LeasePhase] = [:]
    /// Workers with a working connection.
    private(set) var connected: Set<Int> = []
    /// Since when no connection works (``MonotonicClock``); nil when one does.
    private(set) var downSince: Int64?
    private(set) var lastFailure: PostgresError?
    private(set) var isClosed = false
    private var jobs: UInt64 = 0
    private var leases: UInt64 = 0

    init(size: Int) {
        self.size = size
        inboxes = Array(repeating: [], count: size)
        leaseOfWorker = Array(repeating: nil, count: size)
        downSince = MonotonicClock.now()
    }

    var waitingCount: Int { waiting.count - head }
    var idleCount: Int { idle.count }

    mutating func nextJobID() -> UInt64 {
        jobs += 1
        return jobs
    }

    mutating func nextLeaseID() -> UInt64 {
        leases += 1
        return leases
    }

    // MARK: Callers

    mutating func submit(_ job: Job) -> Submission {
        guard let lease = job.lease else {
            return enqueue(job)
        }
        switch phases[lease.id] {
        case .none:
            let submission = enqueue(job)
            if case .accepted = submission {
                phases[lease.id] = .waiting([])
            }
            return submission
        case .waiting(let jobs):
            phases[lease.id] = .waiting(jobs + [job])
            return .accepted(wake: nil)
        case .held(let worker):
            inboxes[worker].append(job)
            return .accepted(wake: worker)
        case .lost(let error):
            return .refused(error)
        }
    }

    private mutating func enqueue(_ job: Job) -> Submission {
        guard !isClosed else {
            return .refused(PostgresError(.closed, "the pool is closed"))
        }
        guard waitingCount < Limits.waitingJobs else {
            return .refused(PostgresError(.busy, "too many jobs wait for a connection"))
        }
        waiting.append(job)
        return .accepted(wake: idle.popLast())
    }

    /// True when the transaction has a connection, or is to get one.
    func isActive(_ lease: Lease) -> Bool {
        switch phases[lease.id] {
        case .waiting, .held: true
        case .none, .lost: false
        }
    }

    /// Why the transaction was lost, when it was; asked once, at its end.
    mutating func takeLoss(_ lease: Lease) -> PostgresError? {
        guard case .lost(let error) = phases[lease.id] else {
            return nil
        }
        phases[lease.id] = nil
        return error
    }

    /// Takes a waiting job, and those behind it in its transaction, out of the queue.
    mutating func withdraw(_ id: UInt64, _ error: PostgresError) -> [Job] {
        guard let index = waiting[head...].firstIndex(where: { $0.id == id }) else {
            return []
        }
        let job = waiting.remove(at: index)
        return [job] + abandon(job.lease, error)
    }

    /// Takes out the jobs whose wait is over.
    mutating func withdrawExpired(now: Int64, _ error: PostgresError) -> [Job] {
        guard waiting[head...].contains(where: { $0.deadline <= now }) else {
            return []
        }
        var expired: [Job] = []
        var kept: [Job] = []
        for job in waiting[head...] {
            if job.deadline <= now {
                expired.append(job)
            } else {
                kept.append(job)
            }
        }
        waiting = kept
        head = 0
        return expired.flatMap { [$0] + abandon($0.lease, error) }
    }

    var earliestDeadline: Int64? { waiting[head...].map(\.deadline).min() }

    /// A transaction whose first statement failed without being sent must not go on.
    private mutating func abandon(_ lease: Lease?, _ error: PostgresError) -> [Job] {
        guard let lease, case .waiting(let jobs) = phases[lease.id] else {
            return []
        }
        phases[lease.id] = .lost(error)
        return jobs
    }

    // MARK: Workers

    /// The worker's next job; without one it counts as idle until it is woken.
    mutating func next(for worker: Int) -> Next {
        idle.removeAll { $0 == worker }
        if leaseOfWorker[worker] != nil {
            return inboxes[worker].isEmpty ? .wait : .job(inboxes[worker].removeFirst())
        }
        guard head < waiting.count else {
            if isClosed {
                return .stop
            }
            idle.append(worker)
            return .wait
        }
        let job = waiting[head]
        head += 1
        if head == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 1_024 {
            waiting.removeFirst(head)
            head = 0
        }
        if let lease = job.lease {
            if case .waiting(let jobs) = phases[lease.id] {
                inboxes[worker] = jobs
            }
            leaseOfWorker[worker] = lease
            phases[lease.id] = .held(worker: worker)
        }
        return .job(job)
    }

    /// Puts back a job of which nothing was sent, ahead of all others.
    /// - Returns: an idle worker that may take it.
    mutating func putBack(
        _ job: Job,
        from worker: Int,
        _ reason: PostgresError
    ) -> Int? {
        if let lease = job.lease, leaseOfWorker[worker] == lease {
            phases[lease.id] = .waiting(inboxes[worker])
            inboxes[worker] = []
            leaseOfWorker[worker] = nil
        }
        setConnected(worker, false)
        lastFailure = reason
        if head > 0 {
            head -= 1
            waiting[head] = job
        } else {
            waiting.insert(job, at: 0)
        }
        return idle.popLast()
    }

    /// The transaction is over: the worker serves everybody again.
    /// - Returns: jobs that came too late.
    mutating func release(_ worker: Int) -> [Job] {
        guard let lease = leaseOfWorker[worker] else {
            return []
        }
        leaseOfWorker[worker] = nil
        phases[lease.id] = nil
        defer { inboxes[worker] = [] }
        return inboxes[worker]
    }

    /// The connection broke; so did the transaction it carried.
    /// - Returns: the jobs of that transaction.
    mutating func lose(_ worker: Int, _ error: PostgresError) -> [Job] {
        setConnected(worker, false)
        lastFailure = error
        guard let lease = leaseOfWorker[worker] else {
            return []
        }
        leaseOfWorker[worker] = nil
        var told = PostgresError(.unavailable, "the transaction's connection was lost")
        told.detail = error.message
        phases[lease.id] = .lost(told)
        defer { inboxes[worker] = [] }
        return inboxes[worker]
    }

    mutating func setConnected(_ worker: Int, _ isConnected: Bool) {
        if isConnected {
            connected.insert(worker)
            downSince = nil
        } else {
            connected.remove(worker)
            if connected.isEmpty, downSince == nil {
                downSince = MonotonicClock.now()
            }
        }
    }

    mutating func setFailure(_ error: PostgresError) {
        lastFailure = error
    }

    /// Refuses whatever comes from now on.
    /// - Returns: the jobs that wait.
    mutating func close() -> [Job] {
        isClosed = true
        let jobs = Array(waiting[head...])
        waiting = []
        head = 0
        let error = PostgresError(.closed, "the pool is closed")
        return jobs.flatMap { [$0] + abandon($0.lease, error) }
    }
}
