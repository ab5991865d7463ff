import Cryptography
import Foundation
import Postgres

/// Makes and reads the files that backups are: `meta.json`, `database.dump` and `uploads/`, in a
/// compressed tape archive.
struct BackupArchive: Sendable {
    private let files: FileStore
    /// A folder of its own, removed at the end.
    private let work: String
    let connectionString: String

    init(files: FileStore, connectionString: String) {
        self.files = files
        self.connectionString = connectionString
        work = files.path("backups/work-\(Random.hex(8))")
    }

    private var output: String { "\(work)/output" }
    private var dump: DatabaseDump {
        DatabaseDump(connectionString: connectionString, output: output)
    }

    func prepare() throws {
        for folder in [work, "\(work)/content", files.path(Backup.folder)] {
            try PrivateFolder.make(folder)
        }
    }

    func cleanUp() {
        PrivateFolder.remove(work)
    }

    // MARK: Making

    func dumpDatabase() async throws {
        // What belongs to this moment alone: that a backup is being made, and links to others.
        try await dump.write(
            to: "\(work)/content/database.dump",
            withoutRowsOf: ["backup_operation", "backup_log", "backup_tokens"]
        )
    }

    /// Packs what was dumped, with the uploads when they are to be in it.
    ///
    /// - Returns: The path of the archive, which has no final name yet.
    func pack(_ description: BackupDescription) async throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(description).write(to: URL(fileURLWithPath: "\(work)/content/meta.json"))
        let archive = "\(work)/archive.tar.gz"
        var arguments = [
            "--create", "--gzip", "--file=\(archive)", "--owner=0", "--group=0",
            "--numeric-owner", "--directory=\(work)/content", "meta.json", "database.dump",
        ]
        let originals = "uploads/default/original"
        let hasFiles = FileManager.default.fileExists(atPath: files.path(originals))
        if description.hasUploads, hasFiles {
            arguments += ["--directory=\(files.directory)", originals]
        }
        try await DatabaseDump.run("tar", arguments, output: output)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: archive))
        try handle.synchronize()
        try handle.close()
        return archive
    }

    // MARK: Reading

    /// Unpacks an archive after looking at every name in it.
    ///
    /// - Throws: `.invalid` with what is wrong with it.
    func unpack(_ archive: String) async throws -> BackupDescription {
        let list = "\(work)/list"
        do {
            try await DatabaseDump.run(
                "tar",
                ["--list", "--verbose", "--gzip", "--numeric-owner", "--file=\(archive)"],
                output: list
            )
        } catch {
            throw Self.refusal("is no archive: \(error.message)")
        }
        try Self.checkNames(in: list)
        try await DatabaseDump.run(
            "tar",
            [
                "--extract", "--gzip", "--no-same-owner", "--no-same-permissions",
                "--file=\(archive)", "--directory=\(work)/content",
            ],
            output: output
        )
        return try describe()
    }

    /// - Throws: `.invalid` when the copy of the database is damaged.
    func checkDump() async throws {
        do {
            try await dump.check("\(work)/content/database.dump")
        } catch {
            throw Self.refusal("holds a damaged copy of the database: \(error.message)")
        }
    }

    private func describe() throws -> BackupDescription {
        let path = "\(work)/content/meta.json"
        guard let data = FileManager.default.contents(atPath: path),
            data.count <= Limits.archiveDescriptionBytes
        else { throw Self.refusal("says nothing of itself (meta.json is missing)") }
        do {
            let description = try JSONDecoder().decode(BackupDescription.self, from: data)
            guard description.format == BackupDescription.format else {
                throw Self.refusal("is no backup of this program")
            }
            return description
        } catch is DecodingError {
            throw Self.refusal("is no backup of this program (meta.json cannot be read)")
        }
    }

    /// Files and folders alone, under the names that backups have.
    private static func checkNames(in list: String) throws {
        guard let data = FileManager.default.contents(atPath: list),
            data.count <= Limits.archiveListBytes
        else { throw refusal("holds too many files") }
        var names: Set<String> = []
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let columns = line.split(separator: " ", maxSplits: 5)
            guard columns.count == 6, let kind = line.first, kind == "-" || kind == "d" else {
                throw refusal("holds something that is neither a file nor a folder")
            }
            let name = String(columns[5])
            guard isAllowed(name) else { throw refusal("holds a file that belongs to no backup") }
            names.insert(name)
        }
        guard names.contains("meta.json"), names.contains("database.dump") else {
            throw refusal("is no backup: meta.json or database.dump is missing")
        }
    }

    static func isAllowed(_ name: String) -> Bool {
        if name == "meta.json" || name == "database.dump" { return true }
        let root = "uploads/default/original/"
        guard name.hasPrefix(root) else { return false }
        return name.dropFirst(root.count).split(separator: "/").allSatisfy { part in
            part == "1X"
                || [2, 40].contains(part.utf8.count)
                    && part.utf8.allSatisfy {
                        (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
                    }
        }
    }

    func restoreDatabase() async throws {
        try await dump.restore(from: "\(work)/content/database.dump")
    }

    /// Puts the unpacked uploads in the place of those that are there.
    func restoreUploads() throws {
        let manager = FileManager.default
        let fresh = "\(work)/content/uploads"
        let place = files.path("uploads")
        if manager.fileExists(atPath: place) {
            try manager.moveItem(atPath: place, toPath: "\(work)/replaced")
        }
        if manager.fileExists(atPath: fresh) {
            try manager.moveItem(atPath: fresh, toPath: place)
        }
    }

    static func refusal(_ problem: String) -> ForumError {
        ForumError(.invalid, "The file \(problem).")
    }
}
