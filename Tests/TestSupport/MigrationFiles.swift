package import Foundation
package import Postgres

/// The repository's own migrations, read from their folder.
package enum MigrationFiles {
    /// The repository's root, found from where this file stands.
    package static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    package static func all() throws -> [Migration] {
        let folder = root.appending(path: "Migrations")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".sql") }
            .sorted()
            .compactMap { file in
                let parts = file.dropLast(4).split(separator: "_", maxSplits: 1)
                guard parts.count == 2, let number = Int(parts[0]) else {
                    return nil
                }
                return Migration(
                    number: number,
                    name: String(parts[1]),
                    sql: try String(contentsOf: folder.appending(path: file), encoding: .utf8)
                )
            }
    }
}
