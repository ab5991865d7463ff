import Synchronization
import TestSupport
import Testing

@testable import Postgres

@Suite struct TransactionTests {
    private struct Refusal: Error, Equatable {}

    private func makeTable() async throws -> TestDatabase {
        let database = try await TestDatabase.make(isMigrated: false)
        try await database.pool.execute("CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL)")
        try await database.pool.execute("INSERT INTO t SELECT i, 0 FROM generate_series(1, 4) i")
        return database
    }

    private func sum(_ database: TestDatabase) async throws -> Int? {
        try await database.pool.value("SELECT sum(n)::int FROM t", as: Int.self)
    }

    /// The error of what is expected to fail, inside of bodies where `#expect` cannot stand.
    private func failure(
        _ body: () async throws -> Rows
    ) async -> PostgresError? {
        do {
            _ = try await body()
            Issue.record("no error")
            return nil
        } catch {
            return error as? PostgresError
        }
    }

    @Test func `what returns is kept`() async throws {
        let database = try await makeTable()
        let value = try await database.pool.transaction { transaction in
            try await transaction.execute("UPDATE t SET n = 1")
            let answers = try await transaction.batch([
                "UPDATE t SET n = n + 1", "SELECT sum(n)::int FROM t",
            ])
            return try answers[1].firstValue(Int.self)
        }
        #expect(value == 8)
        #expect(try await sum(database) == 8)
        try await database.drop()
    }

    @Test func `what throws is undone`() async throws {
        let database = try await makeTable()
        await #expect(throws: Refusal.self) {
            try await database.pool.transaction { transaction in
                try await transaction.execute("UPDATE t SET n = 1")
                throw Refusal()
            }
        }
        #expect(try await sum(database) == 0)
        try await database.drop()
    }

    @Test func `a failed statement whose error is swallowed does not pass for a commit`()
        async throws
    {
        let database = try await makeTable()
        let error = await #expect(throws: PostgresError.self) {
            try await database.pool.transaction { transaction in
                try await transaction.execute("UPDATE t SET n = 1")
                _ = await failure { try await transaction.query("SELECT 1 / 0") }
            }
        }
        #expect(error?.sqlState == .inFailedTransaction)
        #expect(try await sum(database) == 0)
        try await database.drop()
    }

    @Test func `a transaction without statements costs no connection`() async throws {
        let database = try await makeTable()
        #expect(try await database.pool.transaction { _ in 5 } == 5)
        try await database.drop()
    }

    @Test func `a transaction that is over refuses statements`() async throws {
        let database = try await makeTable()
        let escaped = try await database.pool.transaction { transaction in
            try await transaction.execute("UPDATE t SET n = 1")
            return transaction
        }
        let error = await #expect(throws: PostgresError.self) {
            try await escaped.query("SELECT 1")
        }
        #expect(error?.code == .closed)
        try await database.drop()
    }

    @Test func `statements side by side share the transaction`() async throws {
        let database = try await makeTable()
        try await database.pool.transaction { transaction in
            try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await transaction.value("SELECT pg_backend_pid()", as: Int.self)
                    }
                }
                var pids: Set<Int?> = []
                for try await pid in group {
                    pids.insert(pid)
                }
                #expect(pids.count == 1)
            }
        }
        try await database.drop()
    }

    @Test func `cancellation rolls back`() async throws {
        let database = try await makeTable()
        let task = Task {
            try await database.pool.transaction { transaction in
                try await transaction.execute("UPDATE t SET n = 1")
                try await Task.sleep(for: .seconds(20))
            }
        }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await sum(database) == 0)
        #expect(try await database.pool.execute("UPDATE t SET n = 3") == 4)
        try await database.drop()
    }

    @Test func `a cancelled task does not commit`() async throws {
        let database = try await makeTable()
        let task = Task {
            try await database.pool.transaction { transaction in
                try await transaction.execute("UPDATE t SET n = 1")
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await sum(database) == 0)
        try await database.drop()
    }

    @Test func `write skew is found at the commit and tried again`() async throws {
        let database = try await makeTable()
        let attempts = Counter()
        let meeting = Meeting(count: 2)
        // Each counts the rows that the other is about to change: only one order can be right.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in 1...2 {
                group.addTask {
                    try await database.pool.transaction(isolation: .serializable) { transaction in
                        attempts.increment()
                        let sum = try await transaction.value(
                            "SELECT sum(n)::int FROM t",
                            as: Int.self
                        )
                        await meeting.arrive()
                        try await transaction.execute(
                            "UPDATE t SET n = \((sum ?? 0) + 1) WHERE id = \(id)"
                        )
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(attempts.value == 3)
        // The second one saw the first one's 1 and wrote 2.
        #expect(try await sum(database) == 3)
        try await database.drop()
    }

    @Test func `a deadlock is tried again`() async throws {
        let database = try await makeTable()
        let attempts = Counter()
        let meeting = Meeting(count: 2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for order in [[1, 2], [2, 1]] {
                group.addTask {
                    try await database.pool.transaction { transaction in
                        attempts.increment()
                        try await transaction.execute(
                            "UPDATE t SET n = n + 1 WHERE id = \(order[0])"
                        )
                        await meeting.arrive()
                        try await transaction.execute(
                            "UPDATE t SET n = n + 1 WHERE id = \(order[1])"
                        )
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(attempts.value == 3)
        #expect(try await sum(database) == 4)
        try await database.drop()
    }

    @Test func `attempts are bounded`() async throws {
        let database = try await makeTable()
        let attempts = Counter()
        let error = await #expect(throws: PostgresError.self) {
            try await database.pool.transaction(retries: 2) { transaction in
                attempts.increment()
                try await transaction.execute(
                    "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$"
                )
            }
        }
        #expect(error?.sqlState == .serializationFailure)
        #expect(attempts.value == 3)
        try await database.drop()
    }

    @Test func `a savepoint undoes its own statements alone`() async throws {
        let database = try await makeTable()
        try await database.pool.transaction { transaction in
            try await transaction.execute("UPDATE t SET n = 1 WHERE id = 1")
            let error = await #expect(throws: PostgresError.self) {
                try await transaction.savepoint { inner in
                    try await inner.execute("UPDATE t SET n = 50 WHERE id = 2")
                    try await inner.execute("INSERT INTO t VALUES (1, 1)")
                }
            }
            #expect(error?.constraint == "t_pkey")
            try await transaction.savepoint { inner in
                _ = try await inner.execute("UPDATE t SET n = 2 WHERE id = 3")
            }
        }
        #expect(try await sum(database) == 3)
        try await database.drop()
    }

    @Test func `a transaction whose connection is lost is not repeated`() async throws {
        let database = try await makeTable()
        let attempts = Counter()
        let error = await #expect(throws: PostgresError.self) {
            try await database.pool.transaction { transaction in
                attempts.increment()
                try await transaction.execute("UPDATE t SET n = 1")
                _ = await failure {
                    try await transaction.query("SELECT pg_terminate_backend(pg_backend_pid())")
                }
            }
        }
        #expect(error?.code == .unavailable)
        #expect(error?.outcomeUnknown == false)
        #expect(attempts.value == 1)
        #expect(try await sum(database) == 0)
        try await database.drop()
    }

    @Test func `a COMMIT without an answer has an unknown outcome and is not repeated`()
        async throws
    {
        let database = try await makeTable()
        let attempts = Counter()
        // A deferred trigger runs within COMMIT and takes its connection with it.
        try await database.pool.administer(
            """
            CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER die AFTER UPDATE ON t DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION die();
            """
        )
        let error = await #expect(throws: PostgresError.self) {
            try await database.pool.transaction { transaction in
                attempts.increment()
                try await transaction.execute("UPDATE t SET n = 1")
            }
        }
        #expect(error?.code == .unavailable)
        #expect(error?.outcomeUnknown == true)
        #expect(attempts.value == 1)
        try await database.drop()
    }

    @Test func `its own time limit replaces the pool's`() async throws {
        let database = try await TestDatabase.make(isMigrated: false) {
            $0.statementTimeoutSeconds = 0.2
        }
        try await database.pool.transaction(timeoutSeconds: 5) { transaction in
            _ = try await transaction.query("SELECT pg_sleep(0.5)")
        }
        await #expect(throws: PostgresError.self) {
            try await database.pool.transaction(timeoutSeconds: 0.1) { transaction in
                _ = try await transaction.query("SELECT pg_sleep(0.5)")
            }
        }
        let limit = try await database.pool.value(
            "SELECT current_setting('statement_timeout')",
            as: String.self
        )
        #expect(limit == "200ms")
        try await database.drop()
    }

    @Test func `transactions in a full pool wait and then say busy`() async throws {
        let database = try await TestDatabase.make(isMigrated: false) {
            $0.size = 1
            $0.waitSeconds = 0.2
        }
        try await database.pool.transaction { outer in
            _ = try await outer.query("SELECT 1")
            let error = await #expect(throws: PostgresError.self) {
                try await database.pool.transaction { inner in
                    _ = await failure { try await inner.query("SELECT 2") }
                    // A transaction that lost its first statement must not go on with its second.
                    _ = try await inner.query("SELECT 3")
                }
            }
            #expect(error?.code == .busy)
        }
        try await database.drop()
    }

    // MARK: COPY

    @Test func `rows are copied, whatever they hold`() async throws {
        let database = try await makeTable()
        try await database.pool.execute(
            "CREATE TABLE c (id int, body text, data bytea, list text[])"
        )
        let bodies = ["a\tb\nc\\d\re", "\\N", "\\.", "", "日本 → 👩‍👩‍👧", "'\"{}", "x\u{1}\u{8}y"]
        let copied = try await database.pool.transaction { transaction in
            try await transaction.copyIn(
                table: "c",
                columns: ["id", "body", "data", "list"],
                rows: bodies.enumerated().map { index, body in
                    [index.sqlValue, body.sqlValue, Array(body.utf8).sqlValue, [body].sqlValue]
                } + [[99.sqlValue, .null, .null, .null]]
            )
        }
        #expect(copied == bodies.count + 1)
        let rows = try await database.pool.query("SELECT body, data, list FROM c ORDER BY id")
        for (index, body) in bodies.enumerated() {
            #expect(try rows[index].get(0, as: String.self) == body)
            #expect(try rows[index].get(1, as: [UInt8].self) == Array(body.utf8))
            #expect(try rows[index].get(2, as: [String].self) == [body])
        }
        #expect(try rows[bodies.count].get(0, as: String?.self) == nil)
        try await database.drop()
    }

    @Test func `a copy of many chunks`() async throws {
        let database = try await makeTable()
        try await database.pool.execute("CREATE TABLE c (id int, body text)")
        let filler = String(repeating: "y", count: 200)
        let copied = try await database.pool.transaction { transaction in
            let count = try await transaction.copyIn(
                table: "c",
                columns: ["id", "body"],
                rows: (0..<20_000).lazy.map { [$0.sqlValue, filler.sqlValue] }
            )
            let seen = try await transaction.value("SELECT count(*) FROM c", as: Int.self)
            #expect(seen == count)
            return count
        }
        #expect(copied == 20_000)
        try await database.drop()
    }

    @Test(arguments: [
        [SQLValue("1"), SQLValue("a\0b")], [SQLValue("1")],
        [SQLValue("x"), SQLValue("bad number")],
    ])
    func `a copy with a bad row keeps nothing`(bad: [SQLValue]) async throws {
        let database = try await makeTable()
        try await database.pool.execute("CREATE TABLE c (id int, body text)")
        await #expect(throws: PostgresError.self) {
            try await database.pool.transaction { transaction in
                try await transaction.copyIn(
                    table: "c",
                    columns: ["id", "body"],
                    rows: [[1.sqlValue, "good".sqlValue], bad]
                )
            }
        }
        #expect(try await database.pool.value("SELECT count(*) FROM c", as: Int.self) == 0)
        await #expect(throws: PostgresError.self) {
            try await database.pool.transaction { transaction in
                try await transaction.copyIn(
                    table: "nowhere",
                    columns: ["id"],
                    rows: [[1.sqlValue]]
                )
            }
        }
        #expect(try await database.pool.value("SELECT 1", as: Int.self) == 1)
        try await database.drop()
    }
}

/// Lets tasks go on when all of them have come; later comers go straight through.
private actor Meeting {
    private var missing: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(count: Int) {
        missing = count
    }

    func arrive() async {
        missing -= 1
        guard missing > 0 else {
            for continuation in waiting {
                continuation.resume()
            }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func increment() {
        count.withLock { $0 += 1 }
    }
}
