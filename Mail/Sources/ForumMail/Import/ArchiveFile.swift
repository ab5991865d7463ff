import Foundation
import MailMessage

/// One archive of mails, of whatever kind: found where somebody pointed, opened when its turn comes.
package struct ArchiveFile {
    /// For messages.
    package let name: String
    package let open: () throws -> any MailSource

    /// The archives at a path: an mbox file, gzipped or not; a Maildir; a public-inbox repository, or
    /// the folder of its epochs; a folder or a zip of Google Takeout, or any other with `.mbox` files.
    ///
    /// - Throws: `MboxError`.
    package static func all(at path: String) throws -> [ArchiveFile] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw MboxError(description: "\(path): there is no such file")
        }
        guard isFolder.boolValue else {
            return ZipArchive.isZip(path) ? try inZip(path) : [mbox(path)]
        }
        if MaildirReader.isMaildir(path) {
            return [ArchiveFile(name: path) { try MaildirReader(path: path) }]
        }
        let repositories = PublicInboxReader.repositories(at: path)
        if !repositories.isEmpty {
            return repositories.map { repository in
                ArchiveFile(name: repository) { try PublicInboxReader(repository: repository) }
            }
        }
        let files = try inFolder(path)
        guard !files.isEmpty else {
            throw MboxError(
                description: "\(path) is no Maildir and no public-inbox, and holds no .mbox files"
            )
        }
        return files
    }

    private static func mbox(_ path: String) -> ArchiveFile {
        ArchiveFile(name: path) { try MboxReader(path: path) }
    }

    private static func isMbox(_ name: String) -> Bool {
        name.hasSuffix(".mbox") || name.hasSuffix(".mbox.gz")
    }

    private static func inFolder(_ path: String) throws -> [ArchiveFile] {
        let names: [String]
        do {
            names = try FileManager.default.subpathsOfDirectory(atPath: path)
        } catch {
            throw MboxError(description: "\(path): \(error.localizedDescription)")
        }
        return names.filter(isMbox).sorted().map { mbox("\(path)/\($0)") }
    }

    private static func inZip(_ path: String) throws -> [ArchiveFile] {
        let zip = ZipArchive(path: path)
        let names = try zip.names().filter(isMbox).sorted()
        guard !names.isEmpty else { throw MboxError(description: "\(path) holds no .mbox files") }
        return names.map { name in
            ArchiveFile(name: "\(path)/\(name)") { try ZippedMbox(zip, entry: name) }
        }
    }
}
