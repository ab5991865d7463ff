import Cryptography
import Foundation
import Postgres

extension Community {
    /// Has everything collected that is kept of somebody and that they wrote; a link comes by mail.
    ///
    /// - Parameter session: The token of the session that asks, which has to be confirmed; `nil` for a
    ///   key that may do everything.
    /// - Throws: `.forbidden`, `.invalid` for a second one within a day or somebody without an address.
    package func requestExport(by principal: Principal, session: String?) async throws {
        if let session { try await checkConfirmed(session, of: principal) }
        guard try await account(for: principal.id)?.email != nil else {
            throw ForumError(.invalid, "There is no address to send the link to.")
        }
        let now = clock()
        try await database.transaction { transaction in
            _ = try await transaction.batch([SecondFactorQueries.lock(principal.id)])
            let isNew = try await transaction.execute(
                ExportQueries.request(by: principal.id, at: now)
            )
            guard isNew == 1 else {
                throw ForumError(
                    .invalid,
                    "Posts can be downloaded once per day, please try again tomorrow."
                )
            }
        }
    }

    /// Where the export stands that a link speaks of: for its owner alone, and until it is over.
    ///
    /// - Throws: `.notFound`.
    package func exportFile(
        token: String,
        by principal: Principal
    ) async throws -> (path: String, name: String) {
        let file = try await database.value(
            ExportQueries.file(Digest.sha256(token), of: principal.id, at: clock()),
            as: String.self
        )
        guard let file else { throw ForumError.notFound }
        return (files.path(file), "\(principal.username)-archive.tar.gz")
    }

    /// Makes what was asked for, one after the other, and removes what is over; any node does it.
    package func makeExports() async throws {
        try await removeOldExports()
        while let claimed: ClaimedExport = try await database.first(
            ExportQueries.claim(at: clock())
        ) {
            guard let account = try await account(for: claimed.user), let email = account.email
            else { continue }
            let file = "\(ExportArchive.folder)/\(Random.hex(20)).tar.gz"
            try await makeExport(of: account.principal, file: file)
            let now = clock()
            _ = try await database.batch([
                ExportQueries.finish(claimed.id, file: file, at: now),
                AccountEmailQueries.queue(
                    .exportReady,
                    user: claimed.user,
                    to: email,
                    at: now
                ),
            ])
            signals.mailQueued()
        }
    }

    /// The secret of the link in the mail; nothing when there is no export any more.
    func issueExportToken(for id: UserID) async throws -> String? {
        let token = Random.hex(32)
        let given = try await database.execute(
            ExportQueries.setToken(Digest.sha256(token), of: id, at: clock())
        )
        return given == 1 ? token : nil
    }

    private func makeExport(of principal: Principal, file: String) async throws {
        let archive = try ExportArchive(files: files)
        defer { archive.cleanUp() }
        let viewer = Viewer.member(principal)
        for section in ExportSection.allCases {
            let writer = try archive.section(section.rawValue)
            var last = Int64.min
            while true {
                let rows = try await database.all(
                    ExportQueries.page(of: section, principal.id, viewer, after: last),
                    as: ExportedRow.self
                )
                try writer.add(rows.map(\.json))
                guard rows.count == Limits.exportRows, let end = rows.last else { break }
                last = end.id
            }
            try writer.end()
        }
        let names = try await database.values(
            ExportQueries.uploads(of: principal.id),
            as: String.self
        )
        try await archive.pack(
            uploads: names.map { Upload.file(UploadName(hex: $0)) },
            to: file
        )
    }

    private func removeOldExports() async throws {
        try await database.execute(ExportQueries.expire(at: clock()))
        let kept = Set(try await database.values(ExportQueries.files, as: String.self))
        let hourAgo = Date(timeIntervalSinceNow: -3600)
        for found in try await files.list(ExportArchive.folder) {
            let file = "\(ExportArchive.folder)/\(found.name)"
            // One that is being made has no row yet.
            guard !kept.contains(file), found.modifiedAt < hourAgo else { continue }
            try await files.remove(file)
        }
    }
}
