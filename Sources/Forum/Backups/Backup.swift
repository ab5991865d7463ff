package import Foundation

/// A copy of everything, in one file of the community's folder.
package struct Backup: Sendable, Equatable {
    package let filename: String
    /// Bytes.
    package let size: Int
    package let lastModified: Date

    static let folder = "backups/default"

    /// Where it stands in the community's folder.
    package var file: String { "\(Self.folder)/\(filename)" }

    /// Whether this can be the name of a backup: no path, and nothing that leads out of the folder.
    static func isName(_ text: String) -> Bool {
        let ending = ".tar.gz"
        guard text.hasSuffix(ending), (8...200).contains(text.utf8.count),
            text.utf8.first != UInt8(ascii: "."), !text.contains("..")
        else { return false }
        return text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || "._-".utf8.contains(byte)
        }
    }
}

/// What is said of a backup inside it.
struct BackupDescription: Codable, Sendable, Equatable {
    static let format = "parley-backup"
    static let newestVersion = 1

    var format = BackupDescription.format
    /// Of the form of the archive.
    var version = BackupDescription.newestVersion
    /// The last step of the schema.
    var migration: Int
    var title: String
    var baseURL: String
    /// ISO 8601.
    var createdAt: String
    var hasUploads: Bool
}

/// Whether something is going on.
package struct BackupStatus: Sendable {
    package let isOperationRunning: Bool
    package let isRestoreAllowed: Bool
}

/// A line of what was done.
package struct BackupLogLine: Sendable {
    package let kind: String
    package let message: String
    package let createdAt: String
}

extension Limits {
    /// Seconds after which the link to a backup is dead.
    static let backupTokenSeconds = 86_400.0
    /// Seconds between two signs of life of a backup that is being made, and after how many without
    /// one it counts as dead.
    static let backupHeartbeatSeconds = 10.0
    static let backupDeadSeconds = 60.0
    /// Lines of the log that are kept and shown.
    static let backupLogLines = 500
    /// Bytes of the list of what an archive holds: some million files.
    static let archiveListBytes = 256 * 1024 * 1024
    /// Bytes of the description inside an archive.
    static let archiveDescriptionBytes = 65_536
}

/// Actions on backups; they exist as types only.
package enum HandlingBackups {}

/// The backups as a whole.
package struct BackupAdministration: Sendable {}

extension Rule where Action == HandlingBackups, Resource == BackupAdministration {
    /// Administrators: a backup holds everything. To others they do not exist.
    package static var handleBackups: Self {
        Self { _, principal in principal.isAdmin ? .allow : .deny(.notFound) }
    }
}
