import Logging
import Synchronization

/// How much a transaction sees of others that run beside it.
package enum Isolation: Sendable {
    case readCommitted
    case repeatableRead
    case serializable

    fileprivate var begin: SQL {
        switch self {
        case .readCommitted: "BEGIN"
        case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ"
        case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
        }
    }
}

/// Statements that take effect together or not at all. Exists only within `Pool.transaction`.
package final class Transaction: Querying, Sendable {
    private struct State {
        var isOver = false
        /// A failure after which the whole transaction is worth another attempt.
        var retryable: PostgresError?
        var savepoints = 0
    }

    private let pool: Pool
    private let lease: Lease
    private let state = Mutex(State())

    fileprivate init(pool: Pool, lease: Lease) {
        self.pool = pool
        self.lease = lease
    }

    @discardableResult
    package func query(_ sql: SQL) async throws(PostgresError) -> Rows {
        let rows = try await run(.statements([sql])).rows
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
        return try await run(.statements(statements)).rows
    }

    /// Runs statements separated by semicolons, such as a migration.
    func script(_ text: String) async throws(PostgresError) {
        _ = try await run(.script(text))
    }

    fileprivate func run(_ work: Job.Work) async throws(PostgresError) -> Job.Answer {
        guard !state.withLock({ $0.isOver }) else {
            throw PostgresError(.closed, "the transaction is over")
        }
        do {
            return try await pool.run(work, lease: lease)
        } catch {
            if error.isRetryable {
                state.withLock { $0.retryable = error }
            }
            throw error
        }
    }

    /// Runs the body so that its failure undoes its own statements alone.
    package func savepoint<T: Sendable>(
        _ body: @Sendable (Transaction) async throws -> T
    ) async throws -> T {
        let retryable = state.withLock { $0.retryable }
        _ = try await query("SAVEPOINT parley")
        do {
            let value = try await body(self)
            _ = try await query("RELEASE SAVEPOINT parley")
            return value
        } catch {
            // A deadlock or a serialization failure is not healed by going back to a savepoint.
            if state.withLock({ $0.retryable }) == retryable, !Task.isCancelled {
                _ = try await batch(["ROLLBACK TO SAVEPOINT parley", "RELEASE SAVEPOINT parley"])
            }
            throw error
        }
    }

    // MARK: End

    fileprivate var retryable: PostgresError? { state.withLock { $0.retryable } }

    fileprivate func commit() async throws(PostgresError) {
        guard try end() else {
            return
        }
        _ = try await pool.run(.commit, lease: lease, isCancellable: false)
    }

    fileprivate func rollback() async {
        do throws(PostgresError) {
            guard try end() else {
                return
            }
            _ = try await pool.run(.rollback, lease: lease, isCancellable: false)
        } catch {
            // The connection is gone, and with it all that the transaction did.
            pool.logger.debug("rollback", metadata: ["reason": "\(error)"])
        }
    }

    /// - Returns: true when there is something to end on the server.
    private func end() throws(PostgresError) -> Bool {
        state.withLock { $0.isOver = true }
        let (isActive, error) = pool.withQueue { queue in
            (queue.isActive(lease), queue.takeLoss(lease))
        }
        if let error {
            throw error
        }
        return isActive
    }
}

extension Pool {
    /// Runs the body in a transaction; COMMIT when it returns, ROLLBACK when it throws or is
    /// cancelled.
    ///
    /// The connection is taken with the first statement, which BEGIN travels with. After a
    /// serialization failure or a deadlock the body runs again, so it must have no effect but
    /// through the transaction. A COMMIT whose answer never came is not repeated: the error says
    /// ``PostgresError/outcomeUnknown``.
    /// - Parameter timeoutSeconds: how long one statement may run; nil is the pool's limit,
    ///   0 is no limit (for locks too).
    package func transaction<T: Sendable>(
        isolation: Isolation = .readCommitted,
        retries: Int = 3,
        timeoutSeconds: Double? = nil,
        _ body: @Sendable (Transaction) async throws -> T
    ) async throws -> T {
        var attempt = 0
        while true {
            let prologue = Self.prologue(isolation, timeoutSeconds: timeoutSeconds)
            let lease = makeLease(prologue, timeoutSeconds: timeoutSeconds)
            let transaction = Transaction(pool: self, lease: lease)
            do {
                let value = try await body(transaction)
                try Task.checkCancellation()
                try await transaction.commit()
                return value
            } catch {
                await transaction.rollback()
                let failure = transaction.retryable ?? (error as? PostgresError)
                let isUnknown = (error as? PostgresError)?.outcomeUnknown ?? false
                guard let failure, failure.isRetryable, !isUnknown, attempt < retries,
                    !Task.isCancelled
                else {
                    throw error
                }
                attempt += 1
                let longest = 5 << min(attempt, 6)
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...longest)))
            }
        }
    }

    private static func prologue(_ isolation: Isolation, timeoutSeconds: Double?) -> [SQL] {
        guard let timeoutSeconds else {
            return [isolation.begin]
        }
        let milliseconds = String(Int(max(0, timeoutSeconds) * 1_000))
        var statements = [
            isolation.begin,
            "SELECT set_config('statement_timeout', \(milliseconds), true)",
        ]
        if timeoutSeconds == 0 {
            statements.append("SELECT set_config('lock_timeout', '0', true)")
        }
        return statements
    }
}

// MARK: - COPY

extension Transaction {
    /// Copies rows into a table, many times faster than INSERT.
    /// - Parameter rows: the columns' values in the order of `columns`.
    /// - Returns: the number of rows.
    package func copyIn(
        table: StaticString,
        columns: [StaticString],
        rows: some Sequence<[SQLValue]>
    ) async throws -> Int {
        let names = columns.map { "\($0)" }.joined(separator: ", ")
        _ = try await run(.copyBegin("COPY \(table) (\(names)) FROM STDIN"))
        var writer = CopyWriter(columns: columns.count)
        do {
            for row in rows {
                try writer.append(row)
                if writer.bytes.count >= Limits.copyChunkBytes {
                    _ = try await run(.copyData(writer.take()))
                }
            }
            if !writer.bytes.isEmpty {
                _ = try await run(.copyData(writer.take()))
            }
        } catch {
            // The connection must leave the copying state before it can roll back.
            await refuseCopy("\(error)")
            throw error
        }
        return try await endCopy(refusal: nil)
    }

    private func refuseCopy(_ reason: String) async {
        do throws(PostgresError) {
            _ = try await endCopy(refusal: reason)
        } catch {
            pool.logger.debug("copy ended", metadata: ["reason": "\(error)"])
        }
    }

    private func endCopy(refusal: String?) async throws(PostgresError) -> Int {
        let work = Job.Work.copyEnd(refusal: refusal.map { String($0.filter { $0 != "\0" }) })
        return try await pool.run(work, lease: lease, isCancellable: false).copied
    }
}

/// Writes rows in COPY's text format (PostgreSQL documentation, COPY: File Formats).
private struct CopyWriter {
    let columns: Int
    private(set) var bytes: [UInt8] = []

    init(columns: Int) {
        self.columns = columns
    }

    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    mutating func append(_ row: [SQLValue]) throws(PostgresError) {
        guard row.count == columns else {
            throw PostgresError(
                .invalidValue,
                "a row of \(row.count) values for \(columns) columns"
            )
        }
        for (index, value) in row.enumerated() {
            if index > 0 {
                bytes.append(UInt8(ascii: "\t"))
            }
            guard let text = value.text else {
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(UInt8(ascii: "N"))
                continue
            }
            try append(text)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ text: String) throws(PostgresError) {
        for byte in text.utf8 {
            var escaped: UInt8?
            switch byte {
            case 0:
                throw PostgresError(
                    .invalidValue,
                    "a value with a NUL character, which text cannot hold"
                )
            case UInt8(ascii: "\\"): escaped = byte
            case UInt8(ascii: "\n"): escaped = UInt8(ascii: "n")
            case UInt8(ascii: "\r"): escaped = UInt8(ascii: "r")
            case UInt8(ascii: "\t"): escaped = UInt8(ascii: "t")
            default: break
            }
            if let escaped {
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(escaped)
            } else {
                bytes.append(byte)
            }
        }
    }
}
