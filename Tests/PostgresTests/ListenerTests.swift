import TestSupport
import Testing

@testable import Postgres

@Suite struct ListenerTests {
    @Test(.timeLimit(.minutes(1)))
    func `notifications arrive, also after the connection was lost`() async throws {
        let database = try await TestDatabase.make(isMigrated: false)
        var configuration = PoolConfiguration(
            connectionString: database.connectionString,
            applicationName: "listener of \(database.name)"
        )
        configuration.size = 1
        let listener = Listener(configuration: configuration, logger: TestDatabase.logger)
        var events = listener.listen(["outbox", "Odd \"name\""]).makeAsyncIterator()
        #expect(await events.next() == .connected)
        try await database.pool.query("SELECT pg_notify('outbox', \("first"))")
        #expect(await events.next() == .notification(channel: "outbox", payload: "first"))
        try await database.pool.query("SELECT pg_notify(\("Odd \"name\""), '')")
        #expect(await events.next() == .notification(channel: "Odd \"name\"", payload: ""))
        try await database.pool.query(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = \(configuration.applicationName)
            """
        )
        #expect(await events.next() == .disconnected)
        #expect(await events.next() == .connected)
        try await database.pool.query("SELECT pg_notify('outbox', 'second')")
        #expect(await events.next() == .notification(channel: "outbox", payload: "second"))
        try await database.drop()
    }

    @Test(.timeLimit(.minutes(1)))
    func `a listener whose reader has stopped gives its connection back`() async throws {
        let database = try await TestDatabase.make(isMigrated: false)
        let listener = Listener(
            configuration: PoolConfiguration(
                connectionString: database.connectionString,
                applicationName: "short listener"
            ),
            logger: TestDatabase.logger
        )
        let count: SQL =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'short listener'"
        for await event in listener.listen(["c"]) {
            #expect(event == .connected)
            #expect(try await database.pool.value(count, as: Int.self) == 1)
            break
        }
        var left = 1
        for _ in 0..<200 where left != 0 {
            try await Task.sleep(for: .milliseconds(10))
            left = try await database.pool.value(count, as: Int.self) ?? 0
        }
        #expect(left == 0)
        try await database.drop()
    }
}
