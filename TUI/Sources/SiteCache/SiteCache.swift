package import Foundation
import GRDB
package import TerminalUI

/// What was read of one site, kept in a SQLite file: lists, topics and posts as they were when they were
/// last seen, with an index over their words.
///
/// It is a convenience: whatever is in it can be had from the site again, so a file of another version
/// is emptied, and a row that cannot be read counts as missing.
package final class SiteCache: Sendable {
    let database: DatabaseQueue

    /// Opens the file, which only its owner can read, and makes it when it is not there.
    package init(file: URL) throws(CacheError) {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            // Made here, so that SQLite never makes one that others can read.
            let descriptor = Foundation.open(file.path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw CocoaError(.fileWriteNoPermission) }
            Foundation.close(descriptor)
            database = try DatabaseQueue(path: file.path, configuration: SiteCache.configuration)
            try Schema.migrator.migrate(database)
        } catch {
            throw CacheError(error)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        // A second `parley` on the same site writes as well.
        configuration.busyMode = .timeout(Limits.busySeconds)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        return configuration
    }

    /// Ends the use of the file. Calls after this one fail.
    package func close() throws(CacheError) {
        do {
            try database.close()
        } catch {
            throw CacheError(error)
        }
    }

    // MARK: Inside

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(CacheError) -> Value {
        do {
            return try await database.read(body)
        } catch {
            throw CacheError(error)
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(CacheError) -> Value {
        do {
            return try await database.write(body)
        } catch {
            throw CacheError(error)
        }
    }

    /// A value of the site as a whole, such as its name and categories.
    func value<Value: Decodable & Sendable>(_ name: String) async throws(CacheError) -> Value? {
        try await read { database in
            let data = try Data.fetchOne(
                database,
                sql: "SELECT value FROM site WHERE name = ?",
                arguments: [name]
            )
            return Stored.decode(Value.self, from: data)
        }
    }

    func keep(_ value: some Encodable & Sendable, as name: String) async throws(CacheError) {
        try await write { try SiteCache.keep(value, as: name, $0) }
    }

    static func keep(_ value: some Encodable, as name: String, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO site (name, value) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """,
            arguments: [name, try JSONEncoder().encode(value)]
        )
    }

    // MARK: The site

    /// The site as it was when it was last reached.
    package func info() async throws(CacheError) -> SiteInfo? {
        try await value("info")
    }

    package func keep(_ info: SiteInfo) async throws(CacheError) {
        try await keep(info, as: "info")
    }

    /// Forgets everything, as when somebody logs out: the bytes are not in the file any more either.
    package func clear() async throws(CacheError) {
        do {
            try await database.writeWithoutTransaction { database in
                for table in Schema.tables {
                    try database.execute(sql: "DELETE FROM \(table)")
                }
                try database.execute(sql: "VACUUM")
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        } catch {
            throw CacheError(error)
        }
    }
}

/// Why something cannot be kept or found on disk.
package struct CacheError: Error, CustomStringConvertible {
    package let description: String

    init(_ error: any Error) {
        description = "\(error)"
    }
}

/// Values in columns are JSON. What an older or newer program wrote in another form is no value.
enum Stored {
    static func decode<Value: Decodable>(_ type: Value.Type, from data: Data?) -> Value? {
        guard let data else { return nil }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch {
            return nil
        }
    }
}

/// What this module keeps and waits for, in one table.
package enum Limits {
    /// Seconds for another process to finish writing.
    static let busySeconds = 5.0
    /// Bytes of the file above which the topics that were read longest ago go.
    package static let fileBytes = 256 * 1_024 * 1_024
    /// Topics that go at once.
    static let evictedTopics = 200
    /// Topics of one list.
    static let listed = 500
    /// Topics that a search finds.
    static let found = 50
    /// Characters of a search.
    static let searchCharacters = 500
}
