import Foundation

/// Files that only the member can read.
enum PrivateFile {
    struct WriteError: Error, CustomStringConvertible {
        let path: String
        let reason: String

        var description: String { "\(reason): \(path)" }
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

    /// The names of the JSON files of a folder, in their order; none when there is no folder.
    static func names(in folder: URL) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path)
                .filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted()
        } catch {
            // Nothing was kept so far.
            return []
        }
    }

    /// What a file holds; nil when it is not there, too large or of another form.
    static func read<Value: Decodable>(
        _ type: Value.Type,
        from file: URL,
        atMost bytes: Int
    ) -> Value? {
        guard let data = FileManager.default.contents(atPath: file.path), data.count <= bytes else {
            return nil
        }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch {
            // Damaged, or of another version: it stays where it is for who wants to look.
            return nil
        }
    }
}
