import TestSupport

@testable import Postgres

/// One empty database for all tests of this module that leave nothing behind in it.
enum SharedDatabase {
    private static let database = Task { try await TestDatabase.make(isMigrated: false) }

    static var pool: Pool {
        get async throws { try await database.value.pool }
    }

    static var address: String {
        get async throws { try await database.value.connectionString }
    }

    /// Runs the body with a pool of its own, all of whose connections are open.
    static func withPool(
        size: Int = 2,
        waitSeconds: Double = 10,
        statementTimeoutSeconds: Double = 5,
        _ body: (Pool) async throws -> Void
    ) async throws {
        var configuration = PoolConfiguration(connectionString: try await address, size: size)
        configuration.waitSeconds = waitSeconds
        configuration.statementTimeoutSeconds = statementTimeoutSeconds
        let pool = Pool(configuration: configuration, logger: TestDatabase.logger)
        try await pool.start()
        try await until { pool.statistics.idle == size }
        do {
            try await body(pool)
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }

    /// Waits, a bounded time, until the condition holds.
    static func until(_ condition: () -> Bool) async throws {
        for _ in 0..<2_000 where !condition() {
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
