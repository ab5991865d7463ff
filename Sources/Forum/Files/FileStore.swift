import Cryptography
import Dispatch
package import Foundation

/// The folder of a community's files: uploads and backups. Nodes that serve one community share it,
/// by a file system that all of them mount.
package struct FileStore: Sendable {
    /// Without a slash at its end.
    package let directory: String

    package init(directory: String) {
        self.directory = directory.hasSuffix("/") ? String(directory.dropLast()) : directory
    }

    /// A folder of its own below the system's temporary one; made when something is written.
    package static func temporary() -> FileStore {
        FileStore(directory: NSTemporaryDirectory() + "parley-" + Random.hex(12))
    }

    /// The path of a file that this program named; what people named never comes here.
    package func path(_ relative: String) -> String { "\(directory)/\(relative)" }

    /// - Returns: `nil` when there is no such file.
    package func read(_ relative: String) async throws -> [UInt8]? {
        let path = path(relative)
        return try await Self.aside {
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        }
    }

    /// Writes a file whole or not at all; it is on the disk when this returns.
    ///
    /// - Throws: `.unavailable` when the disk refuses it.
    package func write(_ bytes: [UInt8], to relative: String) async throws {
        let path = path(relative)
        try await Self.aside {
            let folder = (path as NSString).deletingLastPathComponent
            try PrivateFolder.make(folder)
            let fresh = "\(path).\(Random.hex(6)).part"
            do {
                try Data(bytes).write(to: URL(fileURLWithPath: fresh))
                let handle = try FileHandle(forUpdating: URL(fileURLWithPath: fresh))
                try handle.synchronize()
                try handle.close()
                guard rename(fresh, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
            } catch {
                unlink(fresh)
                throw error
            }
        }
    }

    /// A file that is gone already is no error.
    package func remove(_ relative: String) async throws {
        let path = path(relative)
        try await Self.aside {
            guard unlink(path) != 0, errno != ENOENT else { return }
            throw CocoaError(.fileWriteUnknown)
        }
    }

    /// A folder that is gone already, or not empty, stays as it is.
    func removeEmptyFolder(_ relative: String) async throws {
        let path = path(relative)
        try await Self.aside { _ = rmdir(path) }
    }

    /// The names and sizes of the files of a folder; none when the folder is not there.
    package func list(
        _ relative: String
    ) async throws -> [(name: String, size: Int, modifiedAt: Date)] {
        let path = path(relative)
        return try await Self.aside {
            guard FileManager.default.fileExists(atPath: path) else { return [] }
            return try FileManager.default.contentsOfDirectory(atPath: path).compactMap { name in
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
                guard attributes[.type] as? FileAttributeType == .typeRegular,
                    let size = attributes[.size] as? Int,
                    let date = attributes[.modificationDate] as? Date
                else { return nil }
                return (name, size, date)
            }
        }
    }

    private static let queue = DispatchQueue(label: "parley.files", attributes: .concurrent)

    /// Waiting for a disk is not for the threads that serve everybody.
    static func aside<T: Sendable>(
        _ work: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                do {
                    continuation.resume(returning: try work())
                } catch {
                    continuation.resume(
                        throwing: ForumError(
                            .unavailable,
                            "The server cannot use its files at the moment: "
                                + error.localizedDescription,
                            retryAfterSeconds: 30
                        )
                    )
                }
            }
        }
    }
}
