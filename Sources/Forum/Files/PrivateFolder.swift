import Foundation

/// Folders that only the server can look into.
enum PrivateFolder {
    /// Makes it with what is above it, unless it is there.
    static func make(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// Removes it with all that is in it.
    static func remove(_ path: String) {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            // Never made, or gone: either way nothing is left to remove.
            return
        }
    }
}
