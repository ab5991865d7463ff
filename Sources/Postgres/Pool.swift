import Dispatch
package import Logging
import Synchronization

/// A bounded set of connections, each served by a thread of its own.
///
/// Jobs wait in one queue and never longer than the configuration allows; a lost connection is
/// replaced in the background, so the pool recovers by itself when the server comes back.
package final class Pool: Querying, Sendable {
    package let configuration: PoolConfiguration
    let logger: Logger
    private let queue: Mutex<PoolQueue>
    private let wakeups: [DispatchSemaphore]
    private let clock = PoolClock()
    private let life: Mutex<Life>

    private typealias StartContinuation = CheckedContinuation<Result<Void, PostgresError>, Never>

    private struct Life {
        var isStarted = false
        /// Who waits for the first connection, and until when a starting server is waited for.
        var opening: (StartContinuation, Int64)?
        /// Threads at work.
        var running = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    package init(configuration: PoolConfiguration, logger: Logger) {
        precondition(configuration.size > 0, "a pool without connections")
        self.configuration = configuration
        self.logger = logger
        queue = Mutex(PoolQueue(size: configuration.size))
        wakeups = (0..<configuration.size).map { _ in DispatchSemaphore(value: 0) }
        life = Mutex(Life())
    }

    // MARK: Starting and closing

    /// Starts the connections and returns when the first one works.
    /// - Throws: `unavailable` when the server cannot be reached or refuses; the pool is closed
    ///   then. A server that is only starting up is waited for.
    package func start() async throws(PostgresError) {
        let isFirst = life.withLock { state in
            defer { state.isStarted = true }
            return !state.isStarted
        }
        guard isFirst else {
            return
        }
        let end = MonotonicClock.now(plusSeconds: configuration.connectSeconds)
        let outcome = await withCheckedContinuation { continuation in
            life.withLock { $0.opening = (continuation, end) }
            do throws(PostgresError) {
                for number in 0..<configuration.size {
                    let worker = PoolWorker(number: number, pool: self, wakeup: wakeups[number])
                    try DedicatedThread.start { worker.run() }
                    life.withLock { $0.running += 1 }
                }
                try clock.start(self)
            } catch {
                opened(.failure(error))
            }
        }
        do {
            try outcome.get()
        } catch {
            await close()
            throw error
        }
    }

    /// Tells the start how an attempt to connect went.
    func opened(_ outcome: Result<Void, PostgresError>) {
        let waiter = life.withLock { state -> StartContinuation? in
            guard let (continuation, end) = state.opening else {
                return nil
            }
            if case .failure(let error) = outcome, error.message.contains("starting up"),
                MonotonicClock.now() < end
            {
                return nil
            }
            state.opening = nil
            return continuation
        }
        waiter?.resume(returning: outcome)
    }

    /// Refuses new work, lets running work end and closes the connections.
    package func close() async {
        let abandoned = queue.withLock { $0.close() }
        fail(abandoned, PostgresError(.closed, "the pool is closed"))
        for wakeup in wakeups {
            wakeup.signal()
        }
        clock.stop()
        await withCheckedContinuation { continuation in
            let isOver = life.withLock { state in
                guard state.running > 0 else {
                    return true
                }
                state.waiters.append(continuation)
                return false
            }
            if isOver {
                continuation.resume()
            }
        }
    }

    func workerStopped() {
        let waiters = life.withLock { state in
            state.running -= 1
            guard state.running == 0 else {
                return [CheckedContinuation<Void, Never>]()
            }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters {
            waiter.resume()
        }
    }

    /// True when at least one connection works.
    package var isConnected: Bool { queue.withLock { !$0.connected.isEmpty } }

    /// What the pool is doing right now, for gauges.
    package var statistics: (connected: Int, idle: Int, waiting: Int) {
        queue.withLock { ($0.connected.count, $0.idleCount, $0.waitingCount) }
    }

    // MARK: Statements

    @discardableResult
    package func query(_ sql: SQL) async throws(PostgresError) -> Rows {
        let rows = try await run(.statements([sql]), lease: nil).rows
        guard let first = rows.first else {
            throw PostgresError(.decoding, "no answer")
        }
        return first
    }

    @discardableResult
    package func batch(_ statements: [SQL]) async throws(PostgresError) -> [Rows] {
        guard !statements.isEmpty else {
            return []
        }
        guard statements.count <= Limits.batchStatements else {
            throw PostgresError(.invalidValue, "too many statements in one batch")
        }
        return try await run(.statements(statements), lease: nil).rows
    }

    /// Runs a statement that cannot be `SQL`, such as one that names a database: the text goes to
    /// the server as it is. Never for anything that comes from outside.
    package func administer(_ text: String) async throws(PostgresError) {
        _ = try await run(.script(text), lease: nil)
    }

    /// Runs one job.
    /// - Parameter isCancellable: false for the end of a transaction, which must always run.
    func run(
        _ work: Job.Work,
        lease: Lease?,
        isCancellable: Bool = true
    ) async throws(PostgresError) -> Job.Answer {
        let id = queue.withLock { $0.nextJobID() }
        guard isCancellable else {
            return try await submit(work, id: id, lease: lease, isCancellable: false).get()
        }
        guard !Task.isCancelled else {
            throw PostgresError(.cancelled, "cancelled before the statement was sent")
        }
        let outcome = await withTaskCancellationHandler {
            await submit(work, id: id, lease: lease, isCancellable: true)
        } onCancel: {
            withdraw(id)
        }
        return try outcome.get()
    }

    private func submit(
        _ work: Job.Work,
        id: UInt64,
        lease: Lease?,
        isCancellable: Bool
    ) async -> Result<Job.Answer, PostgresError> {
        await withCheckedContinuation { continuation in
            let now = MonotonicClock.now()
            let submission = queue.withLock { queue in
                var wait = configuration.waitSeconds
                if let since = queue.downSince, now - since > Int64(wait * 1_000_000_000) {
                    wait = min(wait, Limits.waitSecondsDuringOutage)
                }
                return queue.submit(
                    Job(
                        id: id,
                        work: work,
                        lease: lease,
                        deadline: now + Int64(wait * 1_000_000_000),
                        continuation: continuation
                    )
                )
            }
            switch submission {
            case .accepted(let worker?):
                wakeups[worker].signal()
            case .accepted(nil):
                clock.arm()
            case .refused(let error):
                continuation.resume(returning: .failure(error))
            }
            if isCancellable, Task.isCancelled {
                // The cancellation may have come before there was anything to withdraw.
                withdraw(id)
            }
        }
    }

    private func withdraw(_ id: UInt64) {
        let error = PostgresError(.cancelled, "cancelled before the statement was sent")
        fail(queue.withLock { $0.withdraw(id, error) }, error)
    }

    func fail(_ jobs: [Job], _ error: PostgresError) {
        for job in jobs {
            job.continuation.resume(returning: .failure(error))
        }
    }

    // MARK: For the workers and the clock

    func withQueue<Result: Sendable>(_ body: (inout PoolQueue) -> Result) -> Result {
        queue.withLock { body(&$0) }
    }

    /// Puts a job back of which nothing was sent because its connection had ended.
    func putBack(_ job: Job, from worker: Int, reason: PostgresError) {
        let other = queue.withLock { $0.putBack(job, from: worker, reason) }
        if let other {
            wakeups[other].signal()
        }
        clock.arm()
    }

    /// Ends the waits that took too long.
    /// - Returns: the moment to look again, nil when nobody waits.
    func expire() -> Int64? {
        let now = MonotonicClock.now()
        let (expired, next, error) = queue.withLock { queue in
            var error = PostgresError(
                .busy,
                "no connection became free within \(configuration.waitSeconds) s"
            )
            if queue.connected.isEmpty {
                error = PostgresError(.unavailable, "no connection to the database")
                error.detail = queue.lastFailure?.message
            }
            return (queue.withdrawExpired(now: now, error), queue.earliestDeadline, error)
        }
        fail(expired, error)
        return next
    }

    // MARK: Transactions

    func makeLease(_ prologue: [SQL], timeoutSeconds: Double?) -> Lease {
        Lease(
            id: queue.withLock { $0.nextLeaseID() },
            prologue: prologue,
            timeoutSeconds: timeoutSeconds
        )
    }
}

/// Watches over the waits of a pool; it sleeps while nobody waits.
private final class PoolClock: Sendable {
    private let isArmed = Atomic<Bool>(false)
    private let isStopped = Atomic<Bool>(false)
    private let wakeup = DispatchSemaphore(value: 0)

    func start(_ pool: Pool) throws(PostgresError) {
        try DedicatedThread.start { [weak pool, self] in
            while !isStopped.load(ordering: .acquiring) {
                guard isArmed.load(ordering: .acquiring) else {
                    wakeup.wait()
                    continue
                }
                guard let next = pool?.expire() else {
                    isArmed.store(false, ordering: .releasing)
                    // A job that came in between saw the clock armed and did not wake it.
                    if pool?.expire() != nil {
                        isArmed.store(true, ordering: .releasing)
                    }
                    continue
                }
                let nanoseconds = max(1_000_000, min(next - MonotonicClock.now(), 100_000_000))
                _ = wakeup.wait(timeout: .now() + .nanoseconds(Int(nanoseconds)))
            }
        }
    }

    /// Somebody waits.
    func arm() {
        if isArmed.compareExchange(
            expected: false,
            desired: true,
            ordering: .acquiringAndReleasing
        ).exchanged {
            wakeup.signal()
        }
    }

    func stop() {
        isStopped.store(true, ordering: .releasing)
        wakeup.signal()
    }
}
