import Foundation
import TestSupport
import Testing

@testable import Postgres

@Suite(.serialized, .timeLimit(.minutes(5))) struct EmbeddedClusterTests {
    /// A cluster that was made, started and ended once; the tests work on copies of it.
    private static let model = Task {
        let directory = "\(Leftovers.directory)/model"
        let cluster = makeCluster(directory)
        _ = try await cluster.start()
        await cluster.stop()
        return directory
    }

    /// Runs the body with a directory that holds a copy of the model.
    private func withCluster(
        below path: String = "",
        _ body: (String) async throws -> Void
    ) async throws {
        try await withDirectory { directory in
            let copy = directory + path
            try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
            try await ChildProcess.run(
                "/bin/cp",
                ["--archive", Self.model.value + "/postgres", copy],
                account: nil,
                output: "\(directory)/cp.log"
            )
            try await body(copy)
        }
    }

    /// Runs the body with the name of a directory that does not exist yet.
    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        try await body("\(Leftovers.directory)/\(UUID().uuidString.prefix(8))")
    }

    private func makeCluster(_ directory: String) -> EmbeddedCluster {
        Self.makeCluster(directory)
    }

    private static func makeCluster(_ directory: String) -> EmbeddedCluster {
        EmbeddedCluster(
            dataDirectory: directory,
            logger: TestDatabase.logger,
            settings: ["fsync": "off", "shared_buffers": "16MB"],
            isThrowaway: true
        )
    }

    private func openPool(_ address: String, size: Int = 2) async throws -> Pool {
        var configuration = PoolConfiguration(connectionString: address, size: size)
        configuration.waitSeconds = 1
        let pool = Pool(configuration: configuration, logger: TestDatabase.logger)
        try await pool.start()
        return pool
    }

    /// Asks until it gets an answer; tells which refusals came before.
    private func untilAnswer(_ pool: Pool) async throws -> Set<PostgresError.Code> {
        var refusals: Set<PostgresError.Code> = []
        for _ in 0..<400 {
            do throws(PostgresError) {
                try await pool.query("SELECT 1")
                return refusals
            } catch {
                refusals.insert(error.code)
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        Issue.record("no answer any more")
        return refusals
    }

    @Test func `is made, keeps its data over a restart, and ends cleanly`() async throws {
        try await withDirectory { directory in
            // What an interrupted initdb leaves is not taken for a cluster.
            let fresh = "\(directory)/postgres/data.new"
            try FileManager.default.createDirectory(
                atPath: fresh,
                withIntermediateDirectories: true
            )
            try "15\n".write(toFile: "\(fresh)/PG_VERSION", atomically: true, encoding: .utf8)
            #expect(try EmbeddedCluster.connectionString(ifRunningIn: directory) == nil)
            let cluster = makeCluster(directory)
            let address = try await cluster.start()
            #expect(try EmbeddedCluster.connectionString(ifRunningIn: directory) == address)
            let pool = try await openPool(address)
            try await pool.batch(["CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (42)"])
            let facts = try await pool.query(
                """
                SELECT current_user::text, current_database()::text,
                    current_setting('listen_addresses'), current_setting('data_checksums'),
                    current_setting('synchronous_commit'), current_setting('server_encoding')
                """
            )
            var row = facts[0].reader()
            #expect(try row.next(String.self) == "parley")
            #expect(try row.next(String.self) == "parley")
            #expect(try row.next(String.self) == "")
            #expect(try row.next(String.self) == "on")
            #expect(try row.next(String.self) == "on")
            #expect(try row.next(String.self) == "UTF8")
            await pool.close()
            let pid = try #require(cluster.processID)
            await cluster.stop()
            #expect(kill(pid, 0) != 0)
            #expect(try EmbeddedCluster.connectionString(ifRunningIn: directory) == nil)
            #expect(
                !FileManager.default.fileExists(atPath: "\(directory)/postgres/data/postmaster.pid")
            )

            let again = makeCluster(directory)
            let second = try await openPool(again.start())
            #expect(try await second.value("SELECT id FROM kept", as: Int.self) == 42)
            await second.close()
            await again.stop()
        }
    }

    @Test func `a postmaster that is killed is started again, and the pool recovers`() async throws
    {
        try await withCluster { directory in
            let cluster = makeCluster(directory)
            let pool = try await openPool(cluster.start())
            try await pool.execute("CREATE TABLE kept AS SELECT 1 AS id")
            let supervisor = Task { try await cluster.run() }
            for _ in 0..<2 {
                let pid = try #require(cluster.processID)
                kill(pid, SIGKILL)
                // Its orphans may still answer for a moment.
                try await SharedDatabase.until { cluster.processID != pid }
                let refusals = try await untilAnswer(pool)
                #expect(refusals.isSubset(of: [.unavailable]))
                #expect(try await pool.value("SELECT id FROM kept", as: Int.self) == 1)
            }
            await pool.close()
            let pid = try #require(cluster.processID)
            supervisor.cancel()
            try await supervisor.value
            #expect(kill(pid, 0) != 0)
        }
    }

    @Test func `without a server the pool refuses within its bounds`() async throws {
        try await withCluster { directory in
            let cluster = makeCluster(directory)
            let pool = try await openPool(cluster.start())
            await cluster.stop()
            let clock = ContinuousClock()
            for limit in [Duration.seconds(2), .seconds(2), .milliseconds(700)] {
                let began = clock.now
                let error = await #expect(throws: PostgresError.self) {
                    try await pool.query("SELECT 1")
                }
                #expect(error?.code == .unavailable)
                #expect(error?.outcomeUnknown == false)
                #expect(clock.now - began < limit)
            }
            _ = try await cluster.start()
            _ = try await untilAnswer(pool)
            await pool.close()
            await cluster.stop()
        }
    }

    @Test func `a server that outlived its program is taken over`() async throws {
        try await withCluster { directory in
            let first = makeCluster(directory)
            _ = try await first.start()
            let pid = try #require(first.processID)
            let second = makeCluster(directory)
            let refusal = await #expect(throws: PostgresError.self) { try await second.start() }
            #expect(refusal?.message.contains("another process") == true)
            // What kill -9 does to the program: its lock goes, its server stays.
            first.abandonForTesting()
            let pool = try await openPool(second.start())
            #expect(second.processID == pid)
            let supervisor = Task { try await second.run() }
            kill(pid, SIGKILL)
            try await SharedDatabase.until { second.processID != pid }
            _ = try await untilAnswer(pool)
            await pool.close()
            // A server that was taken over is ended as well, here under the third.
            second.abandonForTesting()
            let third = makeCluster(directory)
            _ = try await third.start()
            await third.stop()
            #expect(try EmbeddedCluster.connectionString(ifRunningIn: directory) == nil)
            try await supervisor.value
        }
    }

    @Test func `a lock file of no server does not hinder the start`() async throws {
        try await withCluster { directory in
            let first = makeCluster(directory)
            _ = try await first.start()
            await first.stop()
            let file = "\(directory)/postgres/data/postmaster.pid"
            for pid in [4_000_000, getpid(), 1] {
                try "\(pid)\n\(directory)/postgres/data\n1\n5432\n".write(
                    toFile: file,
                    atomically: true,
                    encoding: .utf8
                )
                let second = makeCluster(directory)
                let pool = try await openPool(second.start(), size: 1)
                #expect(try await pool.value("SELECT 1", as: Int.self) == 1)
                await pool.close()
                await second.stop()
            }
        }
    }

    @Test func `a long path has its socket elsewhere`() async throws {
        try await withCluster(below: "/" + String(repeating: "deep", count: 24)) { long in
            let cluster = makeCluster(long)
            let address = try await cluster.start()
            #expect(!address.contains("deep"))
            let pool = try await openPool(address, size: 1)
            #expect(try await pool.value("SELECT 1", as: Int.self) == 1)
            await pool.close()
            await cluster.stop()
            let account = try ChildProcess.accountForPostgres()
            let files = ClusterDirectory(dataDirectory: long, account: account)
            try FileManager.default.removeItem(atPath: files.sockets)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root hands the cluster to another account"))
    func `a directory that PostgreSQL's account cannot enter is named`() async throws {
        try await withDirectory { directory in
            let inner = directory + "/closed/data"
            try FileManager.default.createDirectory(
                atPath: inner,
                withIntermediateDirectories: true
            )
            chmod(directory + "/closed", 0o700)
            let error = await #expect(throws: PostgresError.self) {
                try await makeCluster(inner).start()
            }
            #expect(error?.message.contains("\(directory)/closed") == true)
        }
    }
}
