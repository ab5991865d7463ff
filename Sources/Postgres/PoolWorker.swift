import Dispatch
import Logging

/// The thread of one connection: opens it, opens it again when it breaks, and does one job after
/// another on it.
struct PoolWorker: Sendable {
    let number: Int
    let pool: Pool
    let wakeup: DispatchSemaphore

    func run() {
        var connection: Connection?
        var pause = Limits.reconnectSeconds.lowerBound
        defer { pool.workerStopped() }
        while true {
            guard let open = connection else {
                connection = reconnect(pause: &pause)
                if connection == nil, pool.withQueue({ $0.isClosed }) {
                    return
                }
                continue
            }
            switch pool.withQueue({ $0.next(for: number) }) {
            case .stop:
                pool.withQueue { $0.setConnected(number, false) }
                return
            case .wait:
                wakeup.wait()
            case .job(let job):
                if !perform(job, on: open) {
                    connection = nil
                }
            }
        }
    }

    /// Tries once to connect, and waits after a failure.
    private func reconnect(pause: inout Double) -> Connection? {
        guard !pool.withQueue({ $0.isClosed }) else {
            return nil
        }
        do throws(PostgresError) {
            let connection = try Connection.open(pool.configuration)
            pool.withQueue { $0.setConnected(number, true) }
            pause = Limits.reconnectSeconds.lowerBound
            pool.opened(.success(()))
            return connection
        } catch {
            pool.withQueue { $0.setFailure(error) }
            pool.opened(.failure(error))
            pool.logger.debug("database connection failed", metadata: ["reason": "\(error)"])
            let wait = pause * Double.random(in: 0.5...1)
            pause = min(pause * 2, Limits.reconnectSeconds.upperBound)
            _ = wakeup.wait(timeout: .now() + wait)
            return nil
        }
    }

    /// Does one job.
    /// - Returns: false when the connection is of no more use.
    private func perform(_ job: Job, on connection: Connection) -> Bool {
        let isInTransaction = connection.isInTransaction
        guard connection.checkIdle() else {
            return replace(connection, job, isInTransaction: isInTransaction)
        }
        let outcome = Result { () throws(PostgresError) in try execute(job, on: connection) }
        if connection.isLost {
            var error = PostgresError(.unavailable, "the connection was lost")
            if case .failure(let failure) = outcome {
                error = failure
            }
            error.outcomeUnknown = mayHaveTakenEffect(job)
            lose(error)
            job.continuation.resume(returning: .failure(error))
            return false
        }
        return finish(job, outcome, on: connection)
    }

    private func finish(
        _ job: Job,
        _ outcome: Result<Job.Answer, PostgresError>,
        on connection: Connection
    ) -> Bool {
        var outcome = outcome
        var isUsable = true
        switch job.work {
        case .commit, .rollback:
            isUsable = !connection.isInTransaction
            connection.silenceSeconds = silenceSeconds(nil)
            let late = pool.withQueue { $0.release(number) }
            pool.fail(late, PostgresError(.closed, "the transaction is over"))
        default:
            if job.lease == nil, connection.isInTransaction {
                // A BEGIN outside of `transaction` would pass its state on to the next job.
                isUsable = false
                outcome = .failure(
                    PostgresError(.invalidValue, "a transaction was begun as a plain statement")
                )
            }
        }
        if !isUsable {
            lose(PostgresError(.unavailable, "a transaction was left open"))
        }
        job.continuation.resume(returning: outcome)
        return isUsable
    }

    /// The server ended the connection while it was idle: nothing of the job was sent.
    private func replace(_ connection: Connection, _ job: Job, isInTransaction: Bool) -> Bool {
        let reason = PostgresError(.unavailable, connection.errorMessage)
        if isInTransaction {
            lose(reason)
            var error = PostgresError(.unavailable, "the transaction's connection was lost")
            error.detail = reason.message
            job.continuation.resume(returning: .failure(error))
        } else {
            pool.putBack(job, from: number, reason: reason)
        }
        return false
    }

    private func lose(_ error: PostgresError) {
        pool.logger.debug("database connection lost", metadata: ["reason": "\(error)"])
        let jobs = pool.withQueue { $0.lose(number, error) }
        pool.fail(jobs, PostgresError(.unavailable, "the transaction's connection was lost"))
    }

    /// Whether a job whose answer never came may have changed something for good.
    private func mayHaveTakenEffect(_ job: Job) -> Bool {
        switch job.work {
        case .commit: true
        case .statements, .script: job.lease == nil
        case .rollback, .copyBegin, .copyData, .copyEnd: false
        }
    }

    private func silenceSeconds(_ lease: Lease?) -> Double? {
        let limit = lease?.timeoutSeconds ?? pool.configuration.statementTimeoutSeconds
        return limit > 0 ? limit + Limits.silenceGraceSeconds : nil
    }

    private func execute(
        _ job: Job,
        on connection: Connection
    ) throws(PostgresError) -> Job.Answer {
        var prologue: [SQL] = []
        if let lease = job.lease, !connection.isInTransaction {
            prologue = lease.prologue
            connection.silenceSeconds = silenceSeconds(lease)
        }
        switch job.work {
        case .statements(let statements):
            guard !prologue.isEmpty else {
                return Job.Answer(rows: try connection.run(statements))
            }
            let rows = try connection.run(prologue + statements)
            return Job.Answer(rows: Array(rows.dropFirst(prologue.count)))
        case .script(let script):
            if !prologue.isEmpty {
                _ = try connection.run(prologue)
            }
            try connection.runScript(script)
        case .copyBegin(let sql):
            if !prologue.isEmpty {
                _ = try connection.run(prologue)
            }
            try connection.beginCopy(sql)
        case .copyData(let bytes):
            try connection.copy(bytes)
        case .copyEnd(let refusal):
            return Job.Answer(copied: try connection.endCopy(refusal: refusal))
        case .commit:
            try commit(connection)
        case .rollback:
            if connection.isInTransaction {
                _ = try connection.run(["ROLLBACK"])
            }
        }
        return Job.Answer()
    }

    private func commit(_ connection: Connection) throws(PostgresError) {
        guard connection.isInTransaction else {
            return
        }
        let rows = try connection.run(["COMMIT"])
        // The server answers ROLLBACK, and no error, when a statement had failed before.
        guard rows.first?.commandTag == "COMMIT" else {
            throw PostgresError(
                .server(.inFailedTransaction),
                "the transaction was rolled back: one of its statements had failed"
            )
        }
    }
}
