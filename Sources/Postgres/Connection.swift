import CPostgres
import Glibc

/// One connection in libpq's pipeline mode, used by one thread alone.
///
/// Nothing here waits without a bound: the socket is non-blocking, and a server that stays silent
/// for longer than it may is taken for dead.
final class Connection {
    let handle: OpaquePointer
    private var statements: StatementCache
    private var parameters = ParameterBuffer()
    /// Set when the connection cannot be used any more.
    fileprivate(set) var isLost = false
    /// Seconds the server may stay silent while it owes an answer; nil is no limit.
    var silenceSeconds: Double?

    private init(handle: OpaquePointer, silenceSeconds: Double?) {
        self.handle = handle
        self.silenceSeconds = silenceSeconds
        statements = StatementCache(capacity: Limits.preparedStatements)
    }

    deinit {
        PQfinish(handle)
    }

    var socket: Int32 { PQsocket(handle) }

    /// True between BEGIN and its end, also when the transaction has failed.
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    var errorMessage: String {
        String(cString: PQerrorMessage(handle)).withoutTrailingSpace
    }

    // MARK: Opening

    /// Connects within the time the configuration allows.
    static func open(_ configuration: PoolConfiguration) throws(PostgresError) -> Connection {
        let pairs = try ConnectionParameters(configuration).pairs
        let handle = start(pairs)
        guard let handle else {
            throw PostgresError(.unavailable, "no memory for a connection")
        }
        let grace = Limits.silenceGraceSeconds
        let limit = configuration.statementTimeoutSeconds
        let connection = Connection(
            handle: handle,
            silenceSeconds: limit > 0 ? limit + grace : nil
        )
        try connection.finishOpening(
            deadline: MonotonicClock.now(plusSeconds: configuration.connectSeconds)
        )
        return connection
    }

    private static func start(_ pairs: [(keyword: String, value: String)]) -> OpaquePointer? {
        let keywords = pairs.map { strdup($0.keyword) }
        let values = pairs.map { strdup($0.value) }
        defer {
            for string in keywords + values {
                free(string)
            }
        }
        let keywordPointers = keywords.map { UnsafePointer($0) } + [nil]
        let valuePointers = values.map { UnsafePointer($0) } + [nil]
        return PQconnectStartParams(keywordPointers, valuePointers, 1)
    }

    private func finishOpening(deadline: Int64) throws(PostgresError) {
        watchNotices()
        var isReading = false
        while PQstatus(handle) != CONNECTION_BAD {
            // libpq: as if PQconnectPoll had said "writing" before the first call.
            guard try waitForSocket(events: isReading ? POLLIN : POLLOUT, until: deadline) else {
                throw PostgresError(.unavailable, "the server does not answer in time")
            }
            let progress = PQconnectPoll(handle)
            if progress == PGRES_POLLING_OK {
                break
            }
            if progress == PGRES_POLLING_FAILED {
                break
            }
            isReading = progress == PGRES_POLLING_READING
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            throw PostgresError(.unavailable, errorMessage)
        }
        PQsetnonblocking(handle, 1)
        guard PQenterPipelineMode(handle) == 1 else {
            throw PostgresError(.unavailable, errorMessage)
        }
    }

    /// Notices are not shown. But what a server says to an idle connection before it ends it comes
    /// as a notice too, a moment before the socket is closed.
    private func watchNotices() {
        // The connection outlives the handle: `deinit` finishes it, and with it the receiver.
        let itself = Unmanaged.passUnretained(self).toOpaque()
        PQsetNoticeReceiver(
            handle,
            { argument, result in
                let severity = PQresultErrorField(result, Int32(UInt8(ascii: "V")))
                guard let argument, let severity else {
                    return
                }
                if ["FATAL", "PANIC"].contains(String(cString: severity)) {
                    Unmanaged<Connection>.fromOpaque(argument).takeUnretainedValue().isLost = true
                }
            },
            itself
        )
    }

    // MARK: Waiting

    /// Waits until the socket is ready; false when the deadline has passed.
    private func waitForSocket(
        events: Int32,
        until deadline: Int64?
    ) throws(PostgresError) -> Bool {
        var request = pollfd(fd: socket, events: Int16(events), revents: 0)
        while true {
            var milliseconds: Int32 = -1
            if let deadline {
                let rest = deadline - MonotonicClock.now()
                milliseconds = Int32(clamping: max(0, (rest + 999_999) / 1_000_000))
            }
            let ready = poll(&request, 1, milliseconds)
            if ready > 0 {
                return true
            }
            if ready == 0 {
                return false
            }
            guard errno == EINTR else {
                throw lose("poll: \(String(cString: strerror(errno)))")
            }
        }
    }

    private var silenceDeadline: Int64? {
        silenceSeconds.map { MonotonicClock.now(plusSeconds: $0) }
    }

    /// Marks the connection as lost.
    private func lose(_ message: String? = nil) -> PostgresError {
        isLost = true
        let text = message ?? errorMessage
        return PostgresError(.unavailable, text.isEmpty ? "the connection was lost" : text)
    }

    /// Sends what is queued and reads until a result is there.
    private func waitForResult() throws(PostgresError) {
        var deadline = silenceDeadline
        while true {
            let unsent = PQflush(handle)
            guard unsent >= 0 else {
                throw lose()
            }
            if unsent == 0, PQisBusy(handle) == 0 {
                return
            }
            let events = unsent == 1 ? POLLIN | POLLOUT : POLLIN
            guard try waitForSocket(events: events, until: deadline) else {
                isLost = true
                throw PostgresError(.timeout, "the server is silent")
            }
            guard PQconsumeInput(handle) == 1 else {
                // What came with the end of the connection, such as the reason, is still read.
                isLost = true
                return
            }
            deadline = silenceDeadline
        }
    }

    /// The next result, nil at the end of one statement's results.
    private func nextResult() throws(PostgresError) -> OpaquePointer? {
        try waitForResult()
        return PQgetResult(handle)
    }

    /// Looks, without waiting, whether the server has ended this idle connection.
    func checkIdle() -> Bool {
        var request = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        while !isLost, PQstatus(handle) == CONNECTION_OK {
            guard poll(&request, 1, 0) != 0 else {
                return true
            }
            // PQisBusy makes libpq look at what it has read, such as notices.
            guard PQconsumeInput(handle) == 1, PQisBusy(handle) >= 0 else {
                break
            }
        }
        isLost = true
        return false
    }

    // MARK: Statements

    /// What the pipeline will answer next.
    private enum Expectation {
        case preparation(text: String)
        case statement(text: String)
    }

    /// Runs the statements in one round trip: all or none of them, unless they stand in a
    /// transaction that an earlier call began.
    func run(_ batch: [SQL]) throws(PostgresError) -> [Rows] {
        for sql in batch {
            try ParameterBuffer.check(sql)
        }
        let isFree = !isInTransaction
        do {
            return try runOnce(batch)
        } catch  where error.isStalePlan && isFree && !isLost && !isInTransaction {
            // The schema changed under a prepared statement: nothing of the batch was kept.
            return try runOnce(batch)
        }
    }

    private func runOnce(_ batch: [SQL]) throws(PostgresError) -> [Rows] {
        if !statements.discarded.isEmpty, !isInTransaction {
            try deallocateDiscarded()
        }
        var expectations: [Expectation] = []
        expectations.reserveCapacity(batch.count)
        for sql in batch {
            try send(sql, &expectations)
        }
        guard PQpipelineSync(handle) == 1 else {
            throw lose()
        }
        return try receive(expectations, count: batch.count)
    }

    private func send(
        _ sql: SQL,
        _ expectations: inout [Expectation]
    ) throws(PostgresError) {
        let text = sql.text
        guard text.utf8.count <= Limits.preparedTextBytes else {
            let sent = parameters.withPointers(of: sql) { count, values in
                PQsendQueryParams(handle, text, count, nil, values, nil, nil, 0)
            }
            guard sent == 1 else {
                throw lose()
            }
            expectations.append(.statement(text: text))
            return
        }
        let name: String
        if let known = statements.name(for: text) {
            name = known
        } else {
            name = statements.insert(text)
            guard PQsendPrepare(handle, name, text, 0, nil) == 1 else {
                throw lose()
            }
            expectations.append(.preparation(text: text))
        }
        let sent = parameters.withPointers(of: sql) { count, values in
            PQsendQueryPrepared(handle, name, count, values, nil, nil, 0)
        }
        guard sent == 1 else {
            throw lose()
        }
        expectations.append(.statement(text: text))
    }

    /// Reads the answers up to the end of the round trip; throws the first error among them.
    private func receive(
        _ expectations: [Expectation],
        count: Int
    ) throws(PostgresError) -> [Rows] {
        var answers: [Rows] = []
        answers.reserveCapacity(count)
        var failure: PostgresError?
        for expectation in expectations {
            guard let result = try nextResult() else {
                throw failure ?? lose()
            }
            let rows = Rows(adopting: result)
            let status = PQresultStatus(result)
            switch status {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                if case .statement = expectation {
                    answers.append(rows)
                }
            default:
                forgetPreparation(expectation)
                if failure == nil {
                    failure = error(of: rows, result, status, expectation)
                }
            }
            if isLost || PQstatus(handle) == CONNECTION_BAD {
                throw failure.map(unavailable) ?? lose()
            }
            // The end of this statement's results.
            while let extra = try nextResult() {
                PQclear(extra)
                if isLost {
                    throw failure.map(unavailable) ?? lose()
                }
            }
        }
        guard let end = try nextResult() else {
            throw failure ?? lose()
        }
        let isEnd = PQresultStatus(end) == PGRES_PIPELINE_SYNC
        // A deferred constraint is checked here, at the end of an implicit transaction.
        if !isEnd, failure == nil {
            failure = PostgresError(result: end)
        }
        PQclear(end)
        if !isEnd {
            try readToSync()
        }
        if let failure {
            throw failure
        }
        return answers
    }

    private func readToSync() throws(PostgresError) {
        // NULL ends the error's own results; then the end of the round trip follows.
        for _ in 0..<4 {
            guard let result = try nextResult() else {
                guard !isLost, PQstatus(handle) == CONNECTION_OK else {
                    throw lose()
                }
                continue
            }
            let isEnd = PQresultStatus(result) == PGRES_PIPELINE_SYNC
            PQclear(result)
            if isEnd {
                return
            }
        }
        throw lose("the answers are out of step")
    }

    private func forgetPreparation(_ expectation: Expectation) {
        if case .preparation(let text) = expectation {
            statements.forget(text)
        }
    }

    private func error(
        of rows: Rows,
        _ result: OpaquePointer,
        _ status: ExecStatusType,
        _ expectation: Expectation
    ) -> PostgresError {
        let error = withExtendedLifetime(rows) {
            status == PGRES_FATAL_ERROR || status == PGRES_NONFATAL_ERROR
                ? PostgresError(result: result)
                : PostgresError(
                    .invalidValue,
                    "a statement with the answer \(String(cString: PQresStatus(status)))"
                )
        }
        if error.isStalePlan, case .statement(let text) = expectation {
            statements.remove(text)
        }
        return error
    }

    private func unavailable(_ error: PostgresError) -> PostgresError {
        isLost = true
        var error = error
        error.code = .unavailable
        return error
    }

    /// Tells the server of the statements that nobody will use again, in a round trip of its own.
    private func deallocateDiscarded() throws(PostgresError) {
        var expectations: [Expectation] = []
        for name in statements.discarded {
            guard PQsendQueryParams(handle, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 0) == 1
            else {
                throw lose()
            }
            expectations.append(.statement(text: ""))
        }
        let count = expectations.count
        statements.clearDiscarded()
        guard PQpipelineSync(handle) == 1 else {
            throw lose()
        }
        do {
            _ = try receive(expectations, count: count)
        } catch  where error.sqlState == .invalidStatementName {
            // The server does not know it: that is what was wanted.
        }
    }

    // MARK: Scripts and COPY, outside of pipeline mode

    /// Runs statements separated by semicolons, without parameters.
    func runScript(_ script: String) throws(PostgresError) {
        guard !script.utf8.contains(0) else {
            throw PostgresError(.invalidValue, "a script with a NUL character")
        }
        try leavePipeline()
        guard PQsendQuery(handle, script) == 1 else {
            throw lose()
        }
        let failure = try drain()
        try enterPipeline()
        if let failure {
            throw failure
        }
    }

    /// Begins a COPY … FROM STDIN.
    func beginCopy(_ sql: String) throws(PostgresError) {
        try leavePipeline()
        guard PQsendQuery(handle, sql) == 1 else {
            throw lose()
        }
        guard let result = try nextResult() else {
            throw lose()
        }
        defer { PQclear(result) }
        guard PQresultStatus(result) != PGRES_COPY_IN else {
            return
        }
        var failure = PostgresError(.invalidValue, "no COPY FROM STDIN")
        if PQresultStatus(result) == PGRES_FATAL_ERROR {
            failure = PostgresError(result: result)
        }
        _ = try drain()
        try enterPipeline()
        throw failure
    }

    func copy(_ chunk: [UInt8]) throws(PostgresError) {
        let sent = chunk.withUnsafeBytes { bytes in
            let characters = bytes.assumingMemoryBound(to: CChar.self)
            return PQputCopyData(handle, characters.baseAddress, Int32(characters.count))
        }
        guard sent == 1 else {
            throw lose()
        }
        while PQflush(handle) == 1 {
            guard try waitForSocket(events: POLLIN | POLLOUT, until: silenceDeadline) else {
                isLost = true
                throw PostgresError(.timeout, "the server takes no more data")
            }
            guard PQconsumeInput(handle) == 1 else {
                throw lose()
            }
        }
    }

    /// Ends the COPY.
    /// - Parameter refusal: why the data is incomplete; the server then keeps nothing of it.
    /// - Returns: the rows copied.
    func endCopy(refusal: String?) throws(PostgresError) -> Int {
        guard PQputCopyEnd(handle, refusal) == 1 else {
            throw lose()
        }
        var rows = 0
        let failure = try drain { rows = max(rows, $0.affected) }
        try enterPipeline()
        if let failure {
            throw failure
        }
        return rows
    }

    /// Reads all results; returns the first error among them.
    private func drain(_ take: (Rows) -> Void = { _ in }) throws(PostgresError) -> PostgresError? {
        var failure: PostgresError?
        while let result = try nextResult() {
            let rows = Rows(adopting: result)
            withExtendedLifetime(rows) {
                switch PQresultStatus(result) {
                case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE:
                    failure = failure ?? PostgresError(result: result)
                case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                    // A script cannot carry data; without this the loop would not end.
                    isLost = true
                    failure = failure ?? PostgresError(.invalidValue, "COPY in a script")
                default:
                    take(rows)
                }
            }
            if isLost {
                break
            }
        }
        if PQstatus(handle) == CONNECTION_BAD {
            throw failure.map(unavailable) ?? lose()
        }
        return failure
    }

    private func leavePipeline() throws(PostgresError) {
        guard PQexitPipelineMode(handle) == 1 else {
            throw lose()
        }
    }

    private func enterPipeline() throws(PostgresError) {
        guard PQenterPipelineMode(handle) == 1 else {
            throw lose()
        }
    }
}
