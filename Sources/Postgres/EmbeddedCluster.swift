import Dispatch
import Foundation
package import Logging
import Synchronization

/// A private PostgreSQL server in the data directory: made when it is missing, reachable through a
/// unix socket alone, started, watched and ended by this program.
///
/// It stands in a process group of its own and is not tied to this program's life by
/// PR_SET_PDEATHSIG: that signal follows the thread which started the child, not the process, and
/// would end the database when a thread of the pool goes. A server that survives this program
/// (kill -9) is taken over by the next start. A lock file keeps two programs apart.
package final class EmbeddedCluster: Sendable {
    /// Who runs the server now.
    private enum Server {
        case child(ChildProcess)
        /// Left behind by an earlier run of this program.
        case adopted(pid_t, ClusterDirectory)

        var pid: pid_t {
            switch self {
            case .child(let child): child.pid
            case .adopted(let pid, _): pid
            }
        }
    }

    private struct State {
        var server: Server?
        var lock: Int32?
        var isStopping = false
    }

    private let directory: String
    private let role: String
    private let companions: [String]
    private let database: String
    private let settings: [String: String]
    private let isThrowaway: Bool
    private let logger: Logger
    private let state = Mutex(State())

    /// - Parameters:
    ///   - role: Owns the database.
    ///   - companions: Other roles that may log in, without rights to begin with.
    ///   - settings: PostgreSQL's parameters beside the usual ones of this module.
    ///   - isThrowaway: spares initdb's fsync, for clusters that a test removes.
    package init(
        dataDirectory: String,
        logger: Logger,
        role: String = "parley",
        companions: [String] = [],
        database: String = "parley",
        settings: [String: String] = [:],
        isThrowaway: Bool = false
    ) {
        directory = dataDirectory
        self.logger = logger
        self.role = role
        self.companions = companions
        self.database = database
        self.settings = settings
        self.isThrowaway = isThrowaway
    }

    /// The process number of the server, nil when it does not run.
    package var processID: Int32? { state.withLock { $0.server?.pid } }

    /// The address of the server that runs in the data directory, nil when none does: for commands
    /// beside a running one.
    package static func connectionString(
        ifRunningIn dataDirectory: String,
        role: String = "parley",
        database: String = "parley"
    ) throws(PostgresError) -> String? {
        let account = try ChildProcess.accountForPostgres()
        let cluster = ClusterDirectory(dataDirectory: dataDirectory, account: account)
        guard cluster.runningPostmaster() != nil else {
            return nil
        }
        return cluster.connectionString(role: role, database: database)
    }

    /// The address of the server as another role sees it.
    package func connectionString(as role: String) throws(PostgresError) -> String {
        let account = try ChildProcess.accountForPostgres()
        return ClusterDirectory(dataDirectory: directory, account: account)
            .connectionString(role: role, database: database)
    }

    // MARK: Starting

    /// Makes the cluster when there is none, starts the server or takes over a running one, and
    /// waits until it answers.
    /// - Returns: the connection string.
    package func start() async throws(PostgresError) -> String {
        let account = try ChildProcess.accountForPostgres()
        let binaries = try PostgresBinaries.find()
        if access(directory, F_OK) != 0 {
            // Made first, so that its real path is known.
            try ClusterDirectory(dataDirectory: directory, account: account).prepare()
        }
        let cluster = ClusterDirectory(dataDirectory: directory, account: account)
        try cluster.prepare()
        try takeLock(cluster)
        do throws(PostgresError) {
            if !cluster.isInitialised {
                try await initialise(cluster, binaries)
            }
            state.withLock { $0.isStopping = false }
            try await launch(cluster, binaries)
            try await makeRoleAndDatabase(cluster)
        } catch {
            await stop()
            throw error
        }
        return cluster.connectionString(role: role, database: database)
    }

    private func takeLock(_ cluster: ClusterDirectory) throws(PostgresError) {
        guard state.withLock({ $0.lock }) == nil else {
            return
        }
        let descriptor = open(cluster.lockFile, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw PostgresError(.unavailable, "\(cluster.lockFile): \(reason)")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw PostgresError(
                .unavailable,
                "another process already runs the database in \(cluster.parent)"
            )
        }
        state.withLock { $0.lock = descriptor }
    }

    /// Runs initdb in a directory that gets its name only when all is done, so that an interrupted
    /// run is never taken for a cluster.
    private func initialise(
        _ cluster: ClusterDirectory,
        _ binaries: PostgresBinaries
    ) async throws(PostgresError) {
        logger.info("creating a private database", metadata: ["directory": "\(cluster.root)"])
        let fresh = "\(cluster.root)/data.new"
        do {
            if access(fresh, F_OK) == 0 {
                try FileManager.default.removeItem(atPath: fresh)
            }
        } catch {
            throw PostgresError(.unavailable, "\(fresh): \(error.localizedDescription)")
        }
        var arguments = [
            "--pgdata=\(fresh)", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8",
            "--auth-local=trust", "--auth-host=reject", "--data-checksums",
        ]
        if isThrowaway {
            arguments.append("--no-sync")
        }
        try await ChildProcess.run(
            binaries.initdb,
            arguments,
            account: cluster.account,
            output: cluster.initdbLog
        )
        // The last setting of a parameter counts; an administrator may add more after it.
        let path = "\(fresh)/postgresql.conf"
        let original = FileManager.default.contents(atPath: path) ?? Data()
        let text = String(decoding: original, as: UTF8.self)
        try cluster.write(text + "\ninclude_if_exists = 'parley.conf'\n", to: path)
        try cluster.write(configuration(), to: "\(fresh)/parley.conf")
        guard rename(fresh, cluster.data) == 0 else {
            let reason = String(cString: strerror(errno))
            throw PostgresError(.unavailable, "rename to \(cluster.data): \(reason)")
        }
    }

    /// Parameters for one community on a small server.
    private func configuration() -> String {
        var values = [
            "max_connections": "60",
            "shared_buffers": "128MB",
            "effective_cache_size": "1GB",
            "work_mem": "8MB",
            "maintenance_work_mem": "128MB",
            "synchronous_commit": "on",
            "wal_compression": "on",
            "max_wal_size": "1GB",
            "checkpoint_timeout": "15min",
            "random_page_cost": "1.1",
            // Short statements: compiling them or sharing them out costs more than it gains.
            "jit": "off",
            "max_parallel_workers_per_gather": "0",
            "autovacuum_vacuum_scale_factor": "0.05",
            "autovacuum_analyze_scale_factor": "0.05",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "lc_messages": "C",
            "logging_collector": "on",
            // Relative to the data, so that the directory can be moved.
            "log_directory": "../log",
            // One file a weekday; each is overwritten after a week.
            "log_filename": "postgresql-%a.log",
            "log_truncate_on_rotation": "on",
            "log_rotation_age": "1d",
            "log_rotation_size": "0",
            "log_min_duration_statement": "1s",
            "log_checkpoints": "off",
            "log_lock_waits": "on",
        ]
        values.merge(settings) { _, given in given }
        return values.sorted { $0.key < $1.key }
            .map { "\($0.key) = '\($0.value.replacing("'", with: "''"))'\n" }
            .joined()
    }

    /// Starts the postmaster, or takes over the one that runs, and waits until it answers.
    private func launch(
        _ cluster: ClusterDirectory,
        _ binaries: PostgresBinaries
    ) async throws(PostgresError) {
        if let pid = cluster.runningPostmaster() {
            logger.notice("taking over a running database", metadata: ["pid": "\(pid)"])
            state.withLock { $0.server = .adopted(pid, cluster) }
            do throws(PostgresError) {
                try await waitUntilReady(cluster) { cluster.isPostgres(pid) }
                return
            } catch  where error.code != .cancelled && !cluster.isPostgres(pid) {
                // It was about to end: a new one takes its place.
                state.withLock { $0.server = nil }
            }
        }
        if try cluster.removeStalePidFile() {
            logger.notice("removed the lock file of a database that had ended uncleanly")
        }
        let child = try ChildProcess.start(
            binaries.postgres,
            [
                "-D", cluster.data, "-c", "listen_addresses=", "-c",
                "unix_socket_directories=\(cluster.sockets)", "-c",
                "unix_socket_permissions=0700", "-c", "port=5432",
            ],
            account: cluster.account,
            output: cluster.startupLog
        )
        state.withLock { $0.server = .child(child) }
        try await waitUntilReady(cluster) { !child.hasEnded }
    }

    private func waitUntilReady(
        _ cluster: ClusterDirectory,
        _ isAlive: @Sendable () -> Bool
    ) async throws(PostgresError) {
        var configuration = PoolConfiguration(
            connectionString: cluster.connectionString(role: "postgres", database: "postgres")
        )
        configuration.connectSeconds = 5
        let began = MonotonicClock.now()
        while true {
            let failure: PostgresError
            do throws(PostgresError) {
                try await Self.probe(configuration)
                return
            } catch {
                failure = error
            }
            guard isAlive() else {
                let output = ChildProcess.lastLines(of: cluster.startupLog)
                throw PostgresError(.unavailable, "the database does not start: \(output)")
            }
            let isRecovering = failure.message.contains("starting up")
            let limit = isRecovering ? Limits.clusterRecoverySeconds : Limits.clusterStartSeconds
            guard MonotonicClock.now() - began < Int64(limit * 1_000_000_000) else {
                throw failure
            }
            try await Self.pause(seconds: 0.02)
        }
    }

    private static func probe(_ configuration: PoolConfiguration) async throws(PostgresError) {
        let outcome: Result<Void, PostgresError> = await withCheckedContinuation { continuation in
            do throws(PostgresError) {
                try DedicatedThread.start {
                    do throws(PostgresError) {
                        _ = try Connection.open(configuration)
                        continuation.resume(returning: .success(()))
                    } catch {
                        continuation.resume(returning: .failure(error))
                    }
                }
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
        try outcome.get()
    }

    private static func pause(seconds: Double) async throws(PostgresError) {
        do {
            try await Task.sleep(for: .seconds(seconds))
        } catch {
            throw PostgresError(.cancelled, "cancelled while the database started")
        }
    }

    private func makeRoleAndDatabase(_ cluster: ClusterDirectory) async throws(PostgresError) {
        let configuration = PoolConfiguration(
            connectionString: cluster.connectionString(role: "postgres", database: "postgres"),
            size: 1
        )
        let pool = Pool(configuration: configuration, logger: logger)
        try await pool.start()
        do throws(PostgresError) {
            try await makeRoleAndDatabase(pool)
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }

    private func makeRoleAndDatabase(_ pool: Pool) async throws(PostgresError) {
        let roles = [role] + companions
        let statements = try await pool.values(
            """
            SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(\(roles)::text[]) name
            WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name)
            UNION ALL
            SELECT format('ALTER ROLE %I SET search_path = public', name)
            FROM unnest(\(companions)::text[]) name
            WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name)
            UNION ALL
            SELECT format('CREATE DATABASE %I OWNER %I', \(database)::text, \(role)::text)
            WHERE NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = \(database))
            """,
            as: String.self
        )
        for statement in statements { try await pool.administer(statement) }
    }

    // MARK: Supervising

    /// Keeps the server running until the task is cancelled, then ends it. ``start()`` comes first.
    package func run() async throws {
        do {
            try await withTaskCancellationHandler {
                try await supervise()
            } onCancel: {
                state.withLock { $0.isStopping = true }
            }
        } catch {
            await stop()
            guard error is CancellationError || Task.isCancelled else {
                throw error
            }
            return
        }
        await stop()
    }

    private func supervise() async throws {
        let account = try ChildProcess.accountForPostgres()
        let binaries = try PostgresBinaries.find()
        let cluster = ClusterDirectory(dataDirectory: directory, account: account)
        var pause = Limits.clusterRestartSeconds.lowerBound
        while !Task.isCancelled {
            let began = MonotonicClock.now()
            try await waitForEnd()
            guard !state.withLock({ $0.isStopping }) else {
                return
            }
            if MonotonicClock.now() - began > 60_000_000_000 {
                pause = Limits.clusterRestartSeconds.lowerBound
            }
            logger.error("the database ended unexpectedly and is started again")
            try await Task.sleep(for: .seconds(pause))
            pause = min(pause * 2, Limits.clusterRestartSeconds.upperBound)
            do throws(PostgresError) {
                try await launch(cluster, binaries)
                logger.notice("the database runs again")
            } catch {
                logger.error("the database does not start", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// Waits until the server is gone, looking several times a second: it may not be a child.
    private func waitForEnd() async throws {
        while let server = state.withLock({ $0.server }), isRunning(server) {
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    // MARK: Stopping

    /// Ends the server cleanly: sessions are ended, everything is written, no recovery is needed at
    /// the next start.
    package func stop() async {
        let server = state.withLock { state in
            state.isStopping = true
            defer { state.server = nil }
            return state.server
        }
        if let server {
            await end(server)
        }
        let lock = state.withLock { state in
            defer { state.lock = nil }
            return state.lock
        }
        if let lock {
            close(lock)
        }
    }

    /// What the sudden end of this program does: the lock goes, the server stays.
    func abandonForTesting() {
        let lock = state.withLock { state in
            defer { state = State(isStopping: true) }
            return state.lock
        }
        if let lock {
            close(lock)
        }
    }

    private func end(_ server: Server) async {
        // SIGINT is PostgreSQL's fast shutdown, SIGQUIT the immediate one.
        for signal in [SIGINT, SIGQUIT, SIGKILL] {
            guard isRunning(server) else {
                return
            }
            kill(server.pid, signal)
            let end = MonotonicClock.now(plusSeconds: Limits.clusterStopSeconds)
            while isRunning(server), MonotonicClock.now() < end {
                await Self.rest()
            }
        }
        logger.error("the database does not end", metadata: ["pid": "\(server.pid)"])
    }

    /// A short pause that goes on when the task was cancelled, unlike `Task.sleep`.
    private static func rest() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.01) {
                continuation.resume()
            }
        }
    }

    private func isRunning(_ server: Server) -> Bool {
        switch server {
        case .child(let child): !child.hasEnded
        // Not by asking for the number: a process nobody waited for keeps it after its end.
        case .adopted(let pid, let cluster): cluster.isPostgres(pid)
        }
    }
}
