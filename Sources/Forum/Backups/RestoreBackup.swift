import Foundation
import Postgres

extension Community {
    /// Begins to replace everything by a backup, and returns.
    ///
    /// - Throws: `.notFound`, `.forbidden` unless the setting allows it, `.conflict`.
    package func startRestore(_ filename: String, by principal: Principal) async throws {
        _ = try principal.may(.handleBackups, BackupAdministration())
        let backup = try await backup(filename)
        guard settings.current.allowRestore else {
            throw ForumError(
                .forbidden,
                "Restoring over the web is turned off. Set allow_restore, or stop the server and "
                    + "use parleyd restore."
            )
        }
        try await beginOperation("restore", by: principal)
        let path = files.path(backup.file)
        Task {
            do {
                try await runRestore(path, allowsOlder: false) { await tell("restore", $0) }
                await tell("restore", "Restart the server to take over the keys of the backup.")
            } catch {
                await fail("restore", error)
            }
        }
    }

    /// Replaces everything by a backup.
    ///
    /// - Parameters:
    ///   - path: The archive.
    ///   - isForced: Also when somebody has used this community already.
    /// - Returns: Whether the schema is older than this program and has to be migrated.
    /// - Throws: `.invalid` for what is no backup or a newer one's, `.conflict` for a community that
    ///   is in use. Nothing has changed then.
    package func restore(
        from path: String,
        isForced: Bool,
        progress: @escaping @Sendable (String) async -> Void
    ) async throws -> Bool {
        let isInUse: Bool? = try await database.value(BackupQueries.isInUse())
        if isInUse == true, !isForced {
            throw ForumError(
                .conflict,
                "This community has users or topics already. To replace them by the backup, add "
                    + "--force."
            )
        }
        try await beginOperation("restore", by: .system)
        do {
            return try await runRestore(path, allowsOlder: true, progress: progress)
        } catch {
            await fail("restore", error)
            throw error
        }
    }

    @discardableResult
    private func runRestore(
        _ path: String,
        allowsOlder: Bool,
        progress: @escaping @Sendable (String) async -> Void
    ) async throws -> Bool {
        let archive = BackupArchive(
            files: files,
            connectionString: addresses?.owner ?? database.configuration.connectionString
        )
        defer { archive.cleanUp() }
        try archive.prepare()
        return try await beating {
            await progress("Checking the archive…")
            let description = try await archive.unpack(path)
            let known = try await database.value(BackupQueries.lastMigration(), as: Int.self) ?? 0
            try Self.check(description, known: known, allowsOlder: allowsOlder)
            try await archive.checkDump()
            await progress("Restoring the database of \(description.createdAt)…")
            try await replaceDatabase(by: archive)
            if description.hasUploads {
                await progress("Restoring the uploads…")
                try archive.restoreUploads()
            }
            await progress("Done.")
            try await settings.reload()
            signals.committed(.site)
            return description.migration < known
        }
    }

    private static func check(
        _ description: BackupDescription,
        known: Int,
        allowsOlder: Bool
    ) throws(ForumError) {
        guard description.version <= BackupDescription.newestVersion,
            description.migration <= known
        else {
            throw ForumError(
                .invalid,
                "The backup was made by a newer version of this program (schema "
                    + "\(description.migration), here \(known)). Update it first."
            )
        }
        guard allowsOlder || description.migration == known else {
            throw ForumError(
                .invalid,
                "The backup was made by an older version. Stop the server and use parleyd restore."
            )
        }
    }

    /// What is there stays aside until the copy is complete.
    private func replaceDatabase(by archive: BackupArchive) async throws {
        try await asOwner { owner in
            try await Self.changeSchema(BackupQueries.setAside, owner)
            do {
                try await archive.restoreDatabase()
                try await DatabaseRole.grantRights(on: owner)
            } catch {
                try await Self.changeSchema(BackupQueries.bringBack, owner)
                throw error
            }
            try await Self.changeSchema(BackupQueries.forget, owner)
        }
    }

    /// Runs `work` as who may change the schema.
    private func asOwner(_ work: (Pool) async throws -> Void) async throws {
        guard let addresses, addresses.hasRoles else { return try await work(database) }
        let owner = Pool(
            configuration: PoolConfiguration(connectionString: addresses.owner, size: 1),
            logger: logger
        )
        try await owner.start()
        do {
            try await work(owner)
        } catch {
            await owner.close()
            throw error
        }
        await owner.close()
    }

    private static func changeSchema(_ statements: [SQL], _ owner: Pool) async throws {
        try await owner.transaction(timeoutSeconds: 0) { transaction in
            for statement in statements { try await transaction.query(statement) }
        }
    }
}
