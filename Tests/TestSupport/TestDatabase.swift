package import Logging
package import Postgres

/// A migrated database of its own, cloned from a template, with a started pool.
package struct TestDatabase: Sendable {
    package let pool: Pool
    package let name: String
    package let connectionString: String

    package static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// - Parameters:
    ///   - isMigrated: false for an empty database.
    ///   - configure: changes to how the pool works.
    package static func make(
        isMigrated: Bool = true,
        _ configure: (inout PoolConfiguration) -> Void = { _ in }
    ) async throws -> TestDatabase {
        let (address, name) = try await TestCluster.shared.makeDatabase(isMigrated: isMigrated)
        var configuration = PoolConfiguration(
            connectionString: address,
            size: TestCluster.poolSize,
            applicationName: name
        )
        // The machine that runs the tests may be slower than a server.
        configuration.waitSeconds = 10
        configure(&configuration)
        let pool = Pool(configuration: configuration, logger: logger)
        try await pool.start()
        return TestDatabase(pool: pool, name: name, connectionString: address)
    }

    /// Closes the pool and removes the database.
    package func drop() async throws {
        await pool.close()
        try await TestCluster.shared.drop(name)
    }
}
