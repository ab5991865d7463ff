import ArgumentParser
import Forum
import Foundation
import Logging
import Migrations
import Postgres

/// A started pool, and the private server behind it when this process runs it.
struct OpenDatabase: Sendable {
    let pool: Pool
    let connectionString: String
    /// Set when this process started the private server and has to end it.
    let cluster: EmbeddedCluster?

    /// Opens the configured database and brings its schema up to date.
    ///
    /// - Parameter isServer: Whether this is the process that is to run the private server; a
    ///   command beside a running server uses that one, and otherwise starts it for its own time.
    static func open(
        _ configuration: ProcessConfiguration,
        isServer: Bool,
        logger: Logger
    ) async throws -> OpenDatabase {
        var cluster: EmbeddedCluster?
        let connectionString: String
        if let url = configuration.databaseURL {
            connectionString = url
        } else if !isServer,
            let running = try EmbeddedCluster.connectionString(
                ifRunningIn: configuration.dataDirectory
            )
        {
            connectionString = running
        } else {
            let own = EmbeddedCluster(
                dataDirectory: configuration.dataDirectory,
                logger: logger
            )
            connectionString = try await own.start()
            cluster = own
        }
        let pool = Pool(
            configuration: PoolConfiguration(connectionString: connectionString),
            logger: logger
        )
        do {
            try await pool.start()
            let applied = try await Migrator(
                migrations: Migrations.all.map {
                    Migration(number: $0.number, name: $0.name, sql: $0.sql)
                }
            ).migrate(pool)
            for migration in applied {
                logger.notice("migrated", metadata: ["migration": "\(migration.title)"])
            }
        } catch {
            await pool.close()
            await cluster?.stop()
            throw error
        }
        return OpenDatabase(pool: pool, connectionString: connectionString, cluster: cluster)
    }

    func close() async {
        await pool.close()
        await cluster?.stop()
    }
}

/// Runs a command's work on an open community, and closes it again whatever happens.
func withCommunity<Result: Sendable>(
    _ options: DatabaseOptions,
    _ work: (Community, ProcessConfiguration) async throws -> Result
) async throws -> Result {
    let configuration = try await options.load()
    let logger = ProcessLog.make(level: configuration.logLevel)
    let database = try await reporting {
        try await OpenDatabase.open(configuration, isServer: false, logger: logger)
    }
    let result: Swift.Result<Result, any Error>
    do {
        let community = try await Community.open(
            database: database.pool,
            baseURL: configuration.baseURL,
            dataDirectory: configuration.dataDirectory,
            logger: logger
        )
        result = .success(try await work(community, configuration))
    } catch {
        result = .failure(error)
    }
    await database.close()
    return try await reporting { try result.get() }
}

/// Turns what went wrong into one line for the person at the keyboard and a failing exit.
func reporting<Result: Sendable>(
    _ work: () async throws -> Result
) async throws -> Result {
    do {
        return try await work()
    } catch let error as ForumError {
        throw CommandFailure(message: error.message)
    } catch let error as PostgresError {
        throw CommandFailure(message: error.description)
    } catch let error as MigrationError {
        throw CommandFailure(message: error.description)
    }
}

/// A failure whose whole story is its message.
struct CommandFailure: Error, CustomStringConvertible {
    let message: String
    var description: String { message }
}

enum ProcessLog {
    /// Logs go to standard error: standard output belongs to what a command answers.
    static func make(level: String) -> Logger {
        var logger = Logger(label: "parleyd") { label in
            StreamLogHandler.standardError(label: label)
        }
        logger.logLevel = Logger.Level(rawValue: level.lowercased()) ?? .notice
        return logger
    }
}
