import ArgumentParser
import Forum
import Foundation
import Logging
import Migrations
import Postgres

/// A started pool, and the private server behind it when this process runs it.
struct OpenDatabase: Sendable {
    let pool: Pool
    let addresses: DatabaseAddresses
    /// Set when this process started the private server and has to end it.
    let cluster: EmbeddedCluster?

    var connectionString: String { addresses.application }

    /// Opens the configured database and brings its schema up to date.
    ///
    /// - Parameter isServer: Whether this is the process that is to run the private server; a
    ///   command beside a running server uses that one, and otherwise starts it for its own time.
    static func open(
        _ configuration: ProcessConfiguration,
        isServer: Bool,
        logger: Logger
    ) async throws -> OpenDatabase {
        let (addresses, cluster) = try await reach(configuration, isServer: isServer, logger)
        do {
            let usable = try await migrate(addresses, logger)
            let pool = Pool(
                configuration: PoolConfiguration(connectionString: usable.application),
                logger: logger
            )
            do {
                try await pool.start()
            } catch {
                await pool.close()
                throw error
            }
            return OpenDatabase(pool: pool, addresses: usable, cluster: cluster)
        } catch {
            await cluster?.stop()
            throw error
        }
    }

    private static func reach(
        _ configuration: ProcessConfiguration,
        isServer: Bool,
        _ logger: Logger
    ) async throws -> (DatabaseAddresses, EmbeddedCluster?) {
        if let url = configuration.databaseURL {
            let addresses = DatabaseAddresses(
                application: url,
                owner: configuration.databaseOwnerURL ?? url,
                backup: configuration.databaseBackupURL ?? configuration.databaseOwnerURL ?? url
            )
            return (addresses, nil)
        }
        let cluster = EmbeddedCluster(
            dataDirectory: configuration.dataDirectory,
            logger: logger,
            role: DatabaseRole.owner.rawValue,
            companions: DatabaseRole.companions.map(\.rawValue)
        )
        let isRunning =
            try EmbeddedCluster.connectionString(ifRunningIn: configuration.dataDirectory) != nil
        if isServer || !isRunning { _ = try await cluster.start() }
        let addresses = DatabaseAddresses(
            application: try cluster.connectionString(as: DatabaseRole.application.rawValue),
            owner: try cluster.connectionString(as: DatabaseRole.owner.rawValue),
            backup: try cluster.connectionString(as: DatabaseRole.backup.rawValue)
        )
        return (addresses, isServer || !isRunning ? cluster : nil)
    }

    /// Brings the schema up to date as the owner, and gives the other roles their rights.
    ///
    /// - Returns: The addresses to use: the owner's alone where a server of an older version has made no
    ///   other role yet.
    private static func migrate(
        _ addresses: DatabaseAddresses,
        _ logger: Logger
    ) async throws -> DatabaseAddresses {
        let owner = Pool(
            configuration: PoolConfiguration(connectionString: addresses.owner, size: 1),
            logger: logger
        )
        do {
            try await owner.start()
            let applied = try await Migrator(
                migrations: Migrations.all.map {
                    Migration(number: $0.number, name: $0.name, sql: $0.sql)
                }
            ).migrate(owner)
            for migration in applied {
                logger.notice("migrated", metadata: ["migration": "\(migration.title)"])
            }
            var usable = addresses
            if addresses.hasRoles {
                let roles = try await DatabaseRole.grantRights(on: owner)
                if !roles.contains(.application) { usable = .one(addresses.owner) }
            }
            await owner.close()
            return usable
        } catch {
            await owner.close()
            throw error
        }
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
        var community = try await Community.open(
            database: database.pool,
            baseURL: configuration.baseURL,
            dataDirectory: configuration.dataDirectory,
            logger: logger
        )
        community.addresses = database.addresses
        community.catalogues = try MailComposition.catalogues(configuration)
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
