import Foundation

/// Where PostgreSQL's server programs stand on this machine.
package struct PostgresBinaries: Sendable, Hashable {
    /// The oldest version whose SQL is understood here.
    package static let oldestVersion = 15

    package var directory: String

    package init(directory: String) {
        self.directory = directory
    }

    var initdb: String { "\(directory)/initdb" }
    var postgres: String { "\(directory)/postgres" }
    var dump: String { "\(directory)/pg_dump" }
    var restore: String { "\(directory)/pg_restore" }

    /// Finds them: Debian keeps each version in a directory of its own, out of PATH; elsewhere they
    /// stand in PATH.
    package static func find() throws(PostgresError) -> PostgresBinaries {
        let root = "/usr/lib/postgresql"
        let versions = entries(of: root).compactMap { Int($0) }.filter { $0 >= oldestVersion }
        for version in versions.sorted(by: >) {
            let candidate = PostgresBinaries(directory: "\(root)/\(version)/bin")
            if candidate.isComplete {
                return candidate
            }
        }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let usual = ["/usr/pgsql/bin", "/usr/local/pgsql/bin", "/usr/local/bin"]
        for folder in path.split(separator: ":").map(String.init) + usual {
            let candidate = PostgresBinaries(directory: folder)
            if candidate.isComplete {
                return candidate
            }
        }
        throw PostgresError(
            .unavailable,
            "PostgreSQL \(oldestVersion) or later is not installed. On Debian and Ubuntu: "
                + "apt-get install postgresql. Or name a running server with a database URL."
        )
    }

    private var isComplete: Bool {
        access(initdb, X_OK) == 0 && access(postgres, X_OK) == 0
    }

    private static func entries(of directory: String) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            // Most systems have no such directory.
            return []
        }
    }
}
