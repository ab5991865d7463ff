import Cryptography
import Foundation

/// The key that seals what the database must not show. It is in a file of the server, never in the
/// database, and so in no dump of it.
package struct ServerKey: Sendable {
    private let bytes: [UInt8]

    /// The file's name in the data directory.
    package static let fileName = "server.key"

    /// A key of this process alone; what it sealed is lost with it.
    package static func temporary() -> ServerKey { ServerKey(bytes: Random.bytes(32)) }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads the key, and makes it when there is none. Of two processes that make it at once, both
    /// end with the one that was first.
    ///
    /// - Throws: `.unavailable` with a sentence for the administrator.
    package init(at path: String) throws(ForumError) {
        if let found = try Self.read(path) {
            bytes = found
            return
        }
        try Self.make(path)
        guard let made = try Self.read(path) else {
            throw ForumError(.unavailable, "The key file \(path) went away while it was made.")
        }
        bytes = made
    }

    private static func read(_ path: String) throws(ForumError) -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ForumError(.unavailable, "The key file \(path) cannot be read.")
        }
        let text = String(decoding: data.prefix(200), as: UTF8.self).trimmingWhitespace
        guard let bytes = Hex.decode(text), bytes.count == SealedBytes.keyLength else {
            throw ForumError(
                .unavailable,
                "The key file \(path) must hold 64 hexadecimal digits and nothing else."
            )
        }
        return bytes
    }

    /// By a link to a whole file, so that nobody reads half of it.
    private static func make(_ path: String) throws(ForumError) {
        let folder = (path as NSString).deletingLastPathComponent
        let fresh = "\(path).\(Random.hex(6)).part"
        defer { unlink(fresh) }
        do {
            try PrivateFolder.make(folder.isEmpty ? "." : folder)
        } catch {
            throw ForumError(.unavailable, "The folder \(folder) cannot be made: \(error)")
        }
        let line = Data((Random.hex(SealedBytes.keyLength) + "\n").utf8)
        let isWritten = FileManager.default.createFile(
            atPath: fresh,
            contents: line,
            attributes: [.posixPermissions: 0o600]
        )
        guard isWritten, link(fresh, path) == 0 || errno == EEXIST else {
            throw ForumError(.unavailable, "The key file \(path) cannot be written.")
        }
    }

    /// - Parameter context: What the bytes are and whose.
    func seal(_ plain: [UInt8], context: String) -> [UInt8] {
        SealedBytes.seal(plain, key: bytes, context: context)
    }

    /// A key for one purpose, from a secret of the database: neither alone is enough to make it.
    func derive(_ purpose: String, from secret: [UInt8] = []) -> [UInt8] {
        HMAC.sha256(
            key: bytes,
            message: Array("key for \(purpose):".utf8) + secret
        )
    }

    /// `nil` for what another key sealed, or for something else.
    func open(_ sealed: [UInt8], context: String) -> [UInt8]? {
        SealedBytes.open(sealed, key: bytes, context: context)
    }
}
