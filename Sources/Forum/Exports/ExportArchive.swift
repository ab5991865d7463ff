import Cryptography
import Foundation
import Postgres

/// The file that an export is: one JSON array for each section and the person's own uploads, in a
/// compressed tape archive.
struct ExportArchive: Sendable {
    static let folder = "exports"

    private let files: FileStore
    private let work: String

    init(files: FileStore) throws {
        self.files = files
        work = files.path("export-work/\(Random.hex(8))")
        for folder in [work, files.path(Self.folder)] {
            try PrivateFolder.make(folder)
        }
    }

    func cleanUp() {
        PrivateFolder.remove(work)
    }

    /// Writes one section piece by piece.
    final class Section {
        private let handle: FileHandle
        private var isEmpty = true

        fileprivate init(path: String) throws {
            try Data().write(to: URL(fileURLWithPath: path))
            handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try handle.write(contentsOf: Data("[".utf8))
        }

        func add(_ rows: [String]) throws {
            guard !rows.isEmpty else { return }
            let text = (isEmpty ? "\n" : ",\n") + rows.joined(separator: ",\n")
            try handle.write(contentsOf: Data(text.utf8))
            isEmpty = false
        }

        func end() throws {
            try handle.write(contentsOf: Data("\n]\n".utf8))
            try handle.close()
        }
    }

    func section(_ name: String) throws -> Section { try Section(path: "\(work)/\(name).json") }

    /// - Parameters:
    ///   - uploads: Below the folder of files; those that are not there are left out.
    ///   - file: Below the folder of files.
    func pack(uploads: [String], to file: String) async throws {
        let present = uploads.filter { FileManager.default.fileExists(atPath: files.path($0)) }
        let list = "\(work)/uploads.list"
        try Data(present.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: list))
        let sections = ExportSection.allCases.map { "\($0.rawValue).json" }
        let made = "\(work)/archive"
        try await DatabaseDump.run(
            "tar",
            [
                "--create", "--gzip", "--file=\(made)", "--owner=0", "--group=0",
                "--numeric-owner", "--directory=\(work)",
            ] + sections + ["--directory=\(files.directory)", "--files-from=\(list)"],
            output: "\(work)/output"
        )
        guard rename(made, files.path(file)) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
