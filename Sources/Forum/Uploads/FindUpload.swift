import Logging
package import Postgres

extension Community {
    /// A file that the viewer may have.
    ///
    /// - Throws: `.notFound`.
    package func upload(_ name: UploadName, for viewer: Viewer) async throws -> Upload {
        guard
            let found = try await uploads([name], for: viewer).first
        else { throw ForumError.notFound }
        return found
    }

    /// Those of the files that the viewer may have.
    package func uploads(
        _ names: [UploadName],
        for viewer: Viewer
    ) async throws(PostgresError) -> [Upload] {
        guard !names.isEmpty else { return [] }
        let known = names.prefix(Limits.lookedUpUploads).map(\.hex)
        return try await database.all(UploadQueries.uploads(named: known, for: viewer))
    }

    /// The content of a file.
    ///
    /// - Throws: `.notFound` when it is not in the folder (any more).
    package func content(of upload: Upload) async throws -> [UInt8] {
        guard let bytes = try await files.read(upload.file) else {
            logger.error("a file is missing", metadata: ["file": "\(upload.file)"])
            throw ForumError.notFound
        }
        return bytes
    }

    /// Removes files that nothing refers to, once they are as old as the setting says.
    package func cleanUpUploads() async throws {
        let settings = settings.current
        guard settings.cleanUpUploads else { return }
        let hours = Double(settings.cleanOrphanUploadsGracePeriodHours)
        let orphans: [Upload] = try await database.all(
            UploadQueries.orphans(before: clock() - hours * 3600)
        )
        guard !orphans.isEmpty else { return }
        // The row goes first: a file without a row is nobody's, a row without a file is an error.
        let gone: [String] = try await database.values(
            UploadQueries.deleteOrphans(orphans.map(\.id.value))
        )
        for name in gone { try await files.remove(Upload.file(UploadName(hex: name))) }
    }
}
