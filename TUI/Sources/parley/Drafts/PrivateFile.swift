import Foundation

/// Files that only the member can read.
enum PrivateFile {
    struct WriteError: Error, CustomStringConvertible {
        let path: String
        let reason: String

        var description: String { "\(path): \(reason)" }
    }

    /// Writes beside the file and renames, so that the file is whole at every moment.
    static func write(_ data: Data, to file: URL) throws {
        let folder = file.deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let fresh = folder.appending(path: ".\(file.lastPathComponent).\(getpid())")
        unlink(fresh.path)
        let descriptor = open(
            fresh.path,
            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
            0o600
        )
        guard descriptor >= 0 else { throw failure(fresh) }
        var sent = 0
        let isWritten = data.withUnsafeBytes { bytes in
            while sent < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
                let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
        let problem = isWritten ? nil : failure(fresh)
        close(descriptor)
        if let problem {
            unlink(fresh.path)
            throw problem
        }
        guard rename(fresh.path, file.path) == 0 else { throw failure(file) }
    }

    private static func failure(_ file: URL) -> WriteError {
        WriteError(path: file.path, reason: String(cString: strerror(errno)))
    }
}
