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
        let made = try await TestCluster.shared.makeDatabase(isMigrated: isMigrated)
        return try await connect(made.address, made.name, configure)
    }

    /// Closes this one's pool and makes copies of it, row by row and number by number the same, each
    /// with a pool of its own. The first of them is this database again.
    package func copied(_ count: Int) async throws -> [TestDatabase] {
        await pool.close()
        var copies = [try await Self.connect(connectionString, name)]
        for _ in 1..<count {
            await copies[0].pool.close()
            let made = try await TestCluster.shared.cloneDatabase(name)
            copies.append(try await Self.connect(made.address, made.name))
            copies[0] = try await Self.connect(connectionString, name)
        }
        return copies
    }

    private static func connect(
        _ address: String,
        _ name: String,
        _ configure: (inout PoolConfiguration) -> Void = { _ in }
    ) async throws -> TestDatabase {
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
