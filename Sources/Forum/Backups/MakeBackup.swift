import Foundation
import Logging
import Markup
import Postgres

extension Community {
    /// The backups that are there, newest first.
    package func backups(by principal: Principal) async throws -> [Backup] {
        _ = try principal.may(.handleBackups, BackupAdministration())
        return try await storedBackups()
    }

    private func storedBackups() async throws -> [Backup] {
        try await files.list(Backup.folder).filter { Backup.isName($0.name) }
            .map { Backup(filename: $0.name, size: $0.size, lastModified: $0.modifiedAt) }
            .sorted { ($0.lastModified, $0.filename) > ($1.lastModified, $1.filename) }
    }

    /// One of them.
    ///
    /// - Throws: `.notFound`.
    func backup(_ filename: String) async throws -> Backup {
        guard Backup.isName(filename),
            let found = try await storedBackups().first(where: { $0.filename == filename })
        else { throw ForumError.notFound }
        return found
    }

    package func backupStatus(by principal: Principal) async throws -> BackupStatus {
        _ = try principal.may(.handleBackups, BackupAdministration())
        let isRunning: Bool? = try await database.value(BackupQueries.isRunning())
        return BackupStatus(
            isOperationRunning: isRunning ?? false,
            isRestoreAllowed: settings.current.allowRestore
        )
    }

    package func backupLog(by principal: Principal) async throws -> [BackupLogLine] {
        _ = try principal.may(.handleBackups, BackupAdministration())
        let rows: [BackupLogRow] = try await database.all(BackupQueries.logLines())
        return rows.map {
            BackupLogLine(kind: $0.kind, message: $0.message, createdAt: $0.createdAt.iso8601)
        }
    }

    /// Begins a backup and returns; how it goes is told on the live bus and in the log.
    ///
    /// - Throws: `.conflict` while another backup or a restore runs.
    package func startBackup(withUploads: Bool, by principal: Principal) async throws {
        try await beginOperation("backup", by: principal)
        Task {
            do {
                _ = try await runBackup(withUploads: withUploads) { await tell("backup", $0) }
            } catch {
                await fail("backup", error)
            }
        }
    }

    /// Makes a backup and returns when it is there.
    ///
    /// - Parameter file: Where to; without one among the others of the community's folder.
    /// - Returns: The path of the archive.
    package func makeBackup(
        withUploads: Bool,
        to file: String? = nil,
        by principal: Principal,
        progress: @escaping @Sendable (String) async -> Void
    ) async throws -> String {
        try await beginOperation("backup", by: principal)
        do {
            return try await runBackup(withUploads: withUploads, to: file, progress: progress)
        } catch {
            await fail("backup", error)
            throw error
        }
    }

    /// - Throws: `.conflict` when something is going on already.
    func beginOperation(_ kind: String, by principal: Principal) async throws {
        let permitted = try principal.may(.handleBackups, BackupAdministration())
        let action =
            kind == "backup"
            ? StaffAction(.makeBackup) : StaffAction(.custom, context: "restore_backup")
        try await database.transaction { transaction in
            let begun: UserID? = try await transaction.value(
                BackupQueries.begin(permitted, kind: kind)
            )
            guard begun != nil else {
                throw ForumError(
                    .conflict,
                    "An operation is currently running. Can't start a new job right now."
                )
            }
            try await transaction.execute(logLine(action, by: principal))
        }
    }

    private func runBackup(
        withUploads: Bool,
        to file: String? = nil,
        progress: @escaping @Sendable (String) async -> Void
    ) async throws -> String {
        let archive = BackupArchive(
            files: files,
            connectionString: addresses?.backup ?? database.configuration.connectionString
        )
        defer { archive.cleanUp() }
        try archive.prepare()
        return try await beating {
            await progress("Dumping the database…")
            try await archive.dumpDatabase()
            let migration: Int? = try await database.value(BackupQueries.lastMigration())
            await progress(withUploads ? "Packing it with the uploads…" : "Packing it…")
            let packed = try await archive.pack(
                BackupDescription(
                    migration: migration ?? 0,
                    title: settings.current.title,
                    baseURL: baseURL,
                    createdAt: clock().iso8601,
                    hasUploads: withUploads
                )
            )
            let filename = backupName(migration: migration ?? 0)
            let target = file ?? files.path("\(Backup.folder)/\(filename)")
            if file == nil { try await pruneBackups(adding: 1) }
            await progress("Done: \((target as NSString).lastPathComponent)")
            // Over when it can be seen: whoever sees it may begin the next one.
            _ = try await database.query(BackupQueries.end())
            try Self.move(packed, to: target)
            return target
        }
    }

    private static func move(_ file: String, to target: String) throws {
        if rename(file, target) == 0 { return }
        // On another file system.
        do {
            try FileManager.default.copyItem(atPath: file, toPath: target)
        } catch {
            throw ForumError(
                .invalid,
                "The backup cannot be written to \(target): \(error.localizedDescription)"
            )
        }
    }

    /// `site-2026-11-25-164500-123-v12.tar.gz`.
    private func backupName(migration: Int) -> String {
        let digits = clock().iso8601.filter { $0.isNumber || $0 == "-" || $0 == "T" || $0 == "." }
        let stamp = digits.map { $0 == "T" || $0 == "." ? "-" : String($0) }.joined()
        let slug = Slug.make(settings.current.title).utf8.filter {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-")
        }
        let site = slug.isEmpty ? "parley" : String(decoding: slug.prefix(60), as: UTF8.self)
        return "\(site)-\(stamp)-v\(migration).tar.gz"
    }

    /// Keeps as many as the setting says, `adding` of them still to come.
    private func pruneBackups(adding: Int) async throws {
        let kept = max(settings.current.maximumBackups - adding, 0)
        for old in try await storedBackups().dropFirst(kept) { try await files.remove(old.file) }
    }

    /// Shows that this node lives, for as long as `work` takes.
    func beating<T: Sendable>(
        _ work: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        let heart = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(Limits.backupHeartbeatSeconds))
                _ = try await database.query(BackupQueries.beat())
            }
        }
        defer { heart.cancel() }
        return try await work()
    }

    /// Writes into the log and tells administrators who watch.
    func tell(_ kind: String, _ message: String) async {
        logger.notice("\(kind)", metadata: ["progress": "\(message)"])
        let data = """
            {"timestamp":\(JSONText.string(clock().iso8601)),\
            "operation":\(JSONText.string(kind)),"message":\(JSONText.string(message))}
            """
        do {
            _ = try await database.batch(
                BackupQueries.log(kind: kind, message)
                    + LiveQueries.publish(
                        channel: "/admin/backups/logs",
                        data: data,
                        to: .administrators,
                        about: nil
                    )
            )
        } catch {
            logger.warning("the log of a backup waits", metadata: ["error": "\(error)"])
        }
    }

    func fail(_ kind: String, _ error: any Error) async {
        let message = (error as? ForumError)?.message ?? "\(error)"
        logger.error("a \(kind) failed", metadata: ["error": "\(error)"])
        await tell(kind, "[FAILED] \(message)")
        do {
            _ = try await database.query(BackupQueries.end())
        } catch {
            // Its heart stands still: it counts as over in a minute.
            logger.warning("a \(kind) is not noted as over", metadata: ["error": "\(error)"])
        }
    }
}
