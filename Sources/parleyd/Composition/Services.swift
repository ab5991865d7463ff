import Forum
import ForumMail
import ForumWeb
import Hummingbird
import Logging
import Postgres
import SMTP
import ServiceLifecycle

/// Something that works until its task is cancelled; a shutdown cancels it and waits for it.
struct Worker: Service {
    let name: String
    let work: @Sendable () async throws -> Void

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await work() }
    }
}

/// Lets go of those who wait for live messages before the web server is told to stop: it waits for
/// the requests that are under way.
struct LiveBusClosing: Service {
    let bus: LiveBus

    func run() async throws {
        defer { bus.close() }
        try await gracefulShutdown()
    }
}

/// The database, which has to outlive everything that uses it: it goes last.
struct DatabaseService: Service {
    let database: OpenDatabase

    func run() async throws {
        if let cluster = database.cluster {
            let supervision = Task { try await cluster.run() }
            await waitForShutdown()
            await database.pool.close()
            supervision.cancel()
            try await supervision.value
        } else {
            await waitForShutdown()
            await database.pool.close()
        }
    }

    private func waitForShutdown() async {
        do {
            try await gracefulShutdown()
        } catch {
            // Cancelled: the same as being told to stop.
            return
        }
    }
}
