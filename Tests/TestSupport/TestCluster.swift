import Foundation
import Logging
import Postgres
import Synchronization

/// The PostgreSQL server of this test process: made with the first database that is asked for,
/// removed when the process ends. Nothing in it outlives a crash, so it need not write carefully.
actor TestCluster {
    static let shared = TestCluster()

    /// Connections of one test database.
    static let poolSize = 4

    private var starting: Task<Pool, any Error>?
    private var databases = 0

    /// A pool on the server's own database, as its administrator.
    private func administration() async throws -> Pool {
        if let starting {
            return try await starting.value
        }
        let task = Task { try await Self.start() }
        starting = task
        return try await task.value
    }

    private static func start() async throws -> Pool {
        let cluster = EmbeddedCluster(
            dataDirectory: "\(Leftovers.directory)/server",
            logger: TestDatabase.logger,
            role: "forum_test",
            database: "forum_test",
            settings: [
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
                "max_connections": "400",
                "shared_buffers": "64MB",
                "autovacuum": "off",
                "max_wal_size": "4GB",
            ],
            isThrowaway: true
        )
        let address = try await cluster.start()
        let template = Pool(
            configuration: PoolConfiguration(connectionString: address, size: 1),
            logger: TestDatabase.logger
        )
        try await template.start()
        try await Migrator(migrations: MigrationFiles.all()).migrate(template)
        await template.close()
        var configuration = PoolConfiguration(
            connectionString: Self.address(address, role: "postgres", database: "postgres"),
            size: 2
        )
        configuration.waitSeconds = 60
        configuration.statementTimeoutSeconds = 60
        configuration.lockTimeoutSeconds = 60
        let pool = Pool(configuration: configuration, logger: TestDatabase.logger)
        try await pool.start()
        return pool
    }

    /// Clones the migrated template.
    /// - Returns: the address and the name of the new database.
    func makeDatabase(isMigrated: Bool) async throws -> (address: String, name: String) {
        let pool = try await administration()
        databases += 1
        let name = "test_\(databases)"
        let template = isMigrated ? "forum_test" : "template0"
        let options = "OWNER forum_test TEMPLATE \(template) STRATEGY file_copy"
        try await pool.administer("CREATE DATABASE \(name) \(options)")
        let address = Self.address(
            pool.configuration.connectionString,
            role: "forum_test",
            database: name
        )
        return (address, name)
    }

    /// Clones a test database that nobody is connected to.
    func cloneDatabase(_ source: String) async throws -> (address: String, name: String) {
        let pool = try await administration()
        databases += 1
        let name = "test_\(databases)"
        let options = "OWNER forum_test TEMPLATE \(source) STRATEGY file_copy"
        try await pool.administer("CREATE DATABASE \(name) \(options)")
        let address = Self.address(
            pool.configuration.connectionString,
            role: "forum_test",
            database: name
        )
        return (address, name)
    }

    func drop(_ name: String) async throws {
        try await administration().administer("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    /// Of a keyword that stands twice libpq takes the last.
    private static func address(_ base: String, role: String, database: String) -> String {
        "\(base) user='\(role)' dbname='\(database)'"
    }
}

/// What test processes leave in the temporary directory, and how it goes away.
package enum Leftovers {
    private static let root = "/tmp"
    private static let prefix = "forum-test-"

    /// This process's own directory. Each entry may hold a cluster; all of it goes at the end.
    package static let directory: String = {
        sweep()
        let path = "\(root)/\(prefix)\(getpid())"
        // PostgreSQL's account must be able to pass through.
        mkdir(path, 0o711)
        atexit { Leftovers.remove(Leftovers.directory) }
        return path
    }()

    /// Removes what processes left that did not end in order.
    private static func sweep() {
        for name in entries(of: root) {
            guard name.hasPrefix(prefix), let pid = pid_t(name.dropFirst(prefix.count)),
                kill(pid, 0) != 0, errno == ESRCH
            else {
                continue
            }
            remove("\(root)/\(name)")
        }
    }

    private static func remove(_ directory: String) {
        for entry in entries(of: directory) {
            endServer(in: "\(directory)/\(entry)")
        }
        do {
            try FileManager.default.removeItem(atPath: directory)
        } catch {
            FileHandle.standardError.write(Data("\(directory) stays behind: \(error)\n".utf8))
        }
    }

    private static func entries(of directory: String) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            return []
        }
    }

    /// Ends the server that runs in the cluster, at once.
    private static func endServer(in cluster: String) {
        let data = "\(cluster)/postgres/data"
        guard let content = FileManager.default.contents(atPath: "\(data)/postmaster.pid"),
            let pid = pid_t(String(decoding: content.prefix { $0 != 10 }, as: UTF8.self)),
            isPostmaster(pid, of: data)
        else {
            return
        }
        kill(pid, SIGQUIT)
        for _ in 0..<200 where isPostmaster(pid, of: data) {
            usleep(10_000)
        }
    }

    private static func isPostmaster(_ pid: pid_t, of data: String) -> Bool {
        var here = stat()
        var there = stat()
        return stat(data, &here) == 0 && stat("/proc/\(pid)/cwd", &there) == 0
            && here.st_ino == there.st_ino && here.st_dev == there.st_dev
    }
}
