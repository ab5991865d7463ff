import Foundation
import TestSupport
import Testing

@testable import Postgres

@Suite struct PoolTests {
    private func expectAnswer(_ pool: Pool) async throws {
        #expect(try await pool.value("SELECT 1", as: Int.self) == 1)
    }

    @Test func `a statement answers with its rows`() async throws {
        let database = try await TestDatabase.make(isMigrated: false)
        let rows = try await database.pool.query("SELECT n, n * \(2) FROM generate_series(1, 3) n")
        #expect(rows.count == 3)
        #expect(try rows.map { row in try row.get(1, as: Int.self) } == [2, 4, 6])
        #expect(
            try await database.pool.values("SELECT generate_series(1, 4)", as: Int.self).count == 4
        )
        try await database.pool.execute("CREATE TABLE t (id int)")
        let changed = try await database.pool.execute("INSERT INTO t SELECT generate_series(1, 12)")
        #expect(changed == 12)
        try await database.drop()
    }

    @Test func `the session speaks UTC and ISO, under its name and its limits`() async throws {
        let database = try await TestDatabase.make(isMigrated: false) {
            $0.statementTimeoutSeconds = 7
        }
        let settings = try await database.pool.values(
            """
            SELECT current_setting(name) FROM unnest(ARRAY['TimeZone', 'DateStyle',
                'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout',
                'client_encoding', 'application_name']) name
            """,
            as: String.self
        )
        #expect(settings == ["UTC", "ISO, MDY", "7s", "2s", "10s", "UTF8", database.name])
        try await database.drop()
    }

    @Test(
        arguments: [
            ("INSERT INTO t VALUES (1, 1)", .uniqueViolation, "t_pkey"),
            ("INSERT INTO t VALUES (2, -1)", .checkViolation, "positive"),
            ("INSERT INTO t VALUES (2, NULL)", .notNullViolation, nil),
            ("INSERT INTO child VALUES (9)", .foreignKeyViolation, "child_id_fkey"),
            ("SELECT * FROM nowhere", .undefinedTable, nil),
            ("SELECT nothing FROM t", .undefinedColumn, nil),
            ("SELEC 1", .syntaxError, nil),
            ("SELECT \("x")::int", .invalidTextRepresentation, nil),
            ("SELECT 1 / 0", SQLState("22012"), nil),
        ] as [(SQL, SQLState, String?)]
    )
    func `an error says what it is`(sql: SQL, state: SQLState, constraint: String?) async throws {
        let database = try await TestDatabase.make(isMigrated: false)
        try await database.pool.batch([
            "CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL CONSTRAINT positive CHECK (n > 0))",
            "CREATE TABLE child (id int REFERENCES t)",
            "INSERT INTO t VALUES (1, 1)",
        ])
        for _ in 0..<3 {
            let error = await #expect(throws: PostgresError.self) {
                try await database.pool.query(sql)
            }
            #expect(error?.sqlState == state)
            #expect(error?.code == .server(state))
            #expect(error?.constraint == constraint)
            #expect(error?.outcomeUnknown == false)
        }
        #expect(try await database.pool.value("SELECT count(*) FROM t", as: Int.self) == 1)
        try await database.drop()
    }

    @Test func `a statement that runs too long is ended`() async throws {
        try await SharedDatabase.withPool(statementTimeoutSeconds: 0.2) { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query("SELECT pg_sleep(5)")
            }
            #expect(error?.code == .timeout)
            #expect(error?.sqlState == .queryCanceled)
            try await expectAnswer(pool)
        }
    }

    @Test func `a statement that waits too long for a lock is ended`() async throws {
        let database = try await TestDatabase.make(isMigrated: false) {
            $0.lockTimeoutSeconds = 0.2
        }
        try await database.pool.execute("CREATE TABLE t (id int)")
        try await database.pool.transaction { transaction in
            try await transaction.execute("LOCK TABLE t")
            let error = await #expect(throws: PostgresError.self) {
                try await database.pool.query("SELECT * FROM t")
            }
            #expect(error?.sqlState == .lockNotAvailable)
        }
        try await database.drop()
    }

    // MARK: Batches

    @Test func `a batch is all or nothing`() async throws {
        let database = try await TestDatabase.make(isMigrated: false)
        try await database.pool.execute("CREATE TABLE t (id int PRIMARY KEY)")
        let error = await #expect(throws: PostgresError.self) {
            try await database.pool.batch([
                "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)", "INSERT INTO t VALUES (1)",
                "INSERT INTO t VALUES (3)",
            ])
        }
        #expect(error?.sqlState == .uniqueViolation)
        #expect(try await database.pool.value("SELECT count(*) FROM t", as: Int.self) == 0)
        let answers = try await database.pool.batch([
            "INSERT INTO t VALUES (1) RETURNING id", "SELECT id + 1 FROM t", "SELECT \("z")::text",
        ])
        #expect(try answers[0].firstValue(Int.self) == 1)
        #expect(try answers[1].firstValue(Int.self) == 2)
        #expect(try answers[2].firstValue(String.self) == "z")
        #expect(try await database.pool.batch([]).isEmpty)
        try await database.drop()
    }

    @Test func `a deferred constraint fails the batch at its end`() async throws {
        let database = try await TestDatabase.make(isMigrated: false)
        try await database.pool.batch([
            "CREATE TABLE parent (id int PRIMARY KEY)",
            "CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)",
        ])
        for _ in 0..<3 {
            let error = await #expect(throws: PostgresError.self) {
                try await database.pool.batch(["INSERT INTO child VALUES (1)", "SELECT 1"])
            }
            #expect(error?.sqlState == .foreignKeyViolation)
        }
        #expect(try await database.pool.value("SELECT count(*) FROM child", as: Int.self) == 0)
        try await database.drop()
    }

    @Test func `a batch of thousands of statements does not block itself`() async throws {
        try await SharedDatabase.withPool { pool in
            let filler = String(repeating: "x", count: 10_000)
            let answers = try await pool.batch(
                (0..<2_000).map { "SELECT \($0)::int, \(filler)::text" }
            )
            #expect(
                try answers.map { rows in try rows[0].get(0, as: Int.self) } == Array(0..<2_000)
            )
        }
    }

    // MARK: Prepared statements

    @Test func `a statement survives a change of the schema`() async throws {
        let database = try await TestDatabase.make(isMigrated: false) { $0.size = 1 }
        try await database.pool.execute("CREATE TABLE t (id int)")
        try await database.pool.execute("INSERT INTO t VALUES (7)")
        for _ in 0..<3 {
            let rows = try await database.pool.query("SELECT * FROM t")
            #expect(rows.columnCount == 1)
        }
        try await database.pool.execute("ALTER TABLE t ADD COLUMN name text DEFAULT 'new'")
        #expect(try await database.pool.query("SELECT * FROM t").columnCount == 2)
        try await database.pool.execute("ALTER TABLE t ADD COLUMN more int")
        let columns = try await database.pool.transaction { transaction in
            try await transaction.query("SELECT * FROM t").columnCount
        }
        #expect(columns == 3)
        try await database.drop()
    }

    @Test func `a statement that the server has forgotten is prepared again`() async throws {
        let database = try await TestDatabase.make(isMigrated: false) { $0.size = 1 }
        #expect(try await database.pool.value("SELECT 5", as: Int.self) == 5)
        try await database.pool.administer("DEALLOCATE ALL")
        #expect(try await database.pool.value("SELECT 5", as: Int.self) == 5)
        try await database.drop()
    }

    @Test func `prepared statements are bounded`() async throws {
        try await SharedDatabase.withPool(size: 1) { pool in
            // Different numbers of parameters make different texts.
            for count in 1...(Limits.preparedStatements + 40) {
                let list = SQL.joined(Array(repeating: "\(1)::int", count: count), separator: "+")
                #expect(try await pool.value("SELECT \(list)", as: Int.self) == count)
            }
            let held = try await pool.value(
                "SELECT count(*) FROM pg_prepared_statements",
                as: Int.self
            )
            #expect(try #require(held) <= Limits.preparedStatements + 1)
        }
    }

    @Test func `the cache forgets what was not used for longest`() {
        var cache = StatementCache(capacity: 2)
        let first = cache.insert("a")
        let second = cache.insert("b")
        #expect(cache.name(for: "a") == first)
        _ = cache.insert("c")
        #expect(cache.discarded == [second])
        #expect(cache.name(for: "b") == nil)
        #expect(cache.name(for: "a") == first)
        #expect(cache.count == 2)
    }

    // MARK: Bounds

    @Test func `a full pool says busy when the wait is over`() async throws {
        try await SharedDatabase.withPool(size: 2, waitSeconds: 0.3) { pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask { _ = try await pool.query("SELECT pg_sleep(1.2)") }
                }
                try await SharedDatabase.until { pool.statistics.idle == 0 }
                let clock = ContinuousClock()
                let began = clock.now
                let error = await #expect(throws: PostgresError.self) {
                    try await pool.query("SELECT 1")
                }
                #expect(error?.code == .busy)
                let waited = clock.now - began
                #expect(waited > .milliseconds(250) && waited < .milliseconds(900))
                try await group.waitForAll()
            }
            try await expectAnswer(pool)
        }
    }

    @Test func `hundreds of waiting tasks are all served`() async throws {
        try await SharedDatabase.withPool(size: 3) { pool in
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        try await pool.value("SELECT \(number)::int", as: Int.self) ?? 0
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 124_750)
            #expect(pool.statistics.waiting == 0)
        }
    }

    @Test func `a task that is cancelled stops waiting`() async throws {
        try await SharedDatabase.withPool(size: 1) { pool in
            let blocker = Task { try await pool.query("SELECT pg_sleep(0.8)") }
            try await SharedDatabase.until { pool.statistics.idle == 0 }
            let waiting = Task { try await pool.query("SELECT 1") }
            try await SharedDatabase.until { pool.statistics.waiting == 1 }
            #expect(pool.statistics.waiting == 1)
            waiting.cancel()
            let error = await #expect(throws: PostgresError.self) { try await waiting.value }
            #expect(error?.code == .cancelled)
            #expect(pool.statistics.waiting == 0)
            _ = try await blocker.value
        }
    }

    @Test func `a closed pool refuses and lets running work end`() async throws {
        let database = try await TestDatabase.make(isMigrated: false)
        let all = database.pool.configuration.size
        try await SharedDatabase.until { database.pool.statistics.idle == all }
        let running = Task {
            try await database.pool.value("SELECT 3 FROM pg_sleep(0.3)", as: Int.self)
        }
        try await SharedDatabase.until { database.pool.statistics.idle < all }
        await database.pool.close()
        #expect(try await running.value == 3)
        let error = await #expect(throws: PostgresError.self) {
            try await database.pool.query("SELECT 1")
        }
        #expect(error?.code == .closed)
        try await database.drop()
    }

    @Test func `BEGIN as a plain statement does not leak into the next job`() async throws {
        try await SharedDatabase.withPool(size: 1) { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query("BEGIN")
            }
            #expect(error?.code == .invalidValue)
            try await expectAnswer(pool)
        }
    }

    @Test(arguments: [
        "forum", "postgresql://[broken", "host=/nowhere/at/all dbname=x", "bogus_keyword=1",
    ])
    func `a wrong address is told at the start`(address: String) async throws {
        let pool = Pool(
            configuration: PoolConfiguration(connectionString: address),
            logger: TestDatabase.logger
        )
        let error = await #expect(throws: PostgresError.self) { try await pool.start() }
        #expect(error?.code == .unavailable)
        #expect(error?.message.isEmpty == false)
        await pool.close()
    }

    // MARK: Lost connections

    @Test func `a connection that the server ended is replaced without anyone noticing`()
        async throws
    {
        let database = try await TestDatabase.make(isMigrated: false) { $0.size = 2 }
        for _ in 0..<5 {
            let admin = try await TestDatabase.make(isMigrated: false) { $0.size = 1 }
            try await admin.pool.query(
                """
                SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
                WHERE application_name = \(database.name)
                """
            )
            #expect(try await database.pool.value("SELECT 1", as: Int.self) == 1)
            try await admin.drop()
        }
        try await database.drop()
    }

    @Test func `a connection lost within a statement is unavailable with an unknown outcome`()
        async throws
    {
        try await SharedDatabase.withPool(size: 2) { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query("SELECT pg_terminate_backend(pg_backend_pid())")
            }
            #expect(error?.code == .unavailable)
            #expect(error?.outcomeUnknown == true)
            try await expectAnswer(pool)
        }
    }

    @Test func `a server that falls silent is found out`() async throws {
        try await SharedDatabase.withPool(size: 1, statementTimeoutSeconds: 0.2) { pool in
            let pid = try #require(
                await pool.value("SELECT pg_backend_pid()", as: Int32.self)
            )
            kill(pid, SIGSTOP)
            defer { kill(pid, SIGCONT) }
            let clock = ContinuousClock()
            let began = clock.now
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query("SELECT 1")
            }
            #expect(error?.code == .timeout)
            #expect(error?.outcomeUnknown == true)
            #expect(clock.now - began < .seconds(5))
            #expect(try await pool.value("SELECT 2", as: Int.self) == 2)
            kill(pid, SIGCONT)
        }
    }
}
