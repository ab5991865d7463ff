import Foundation
package import MailMessage

/// Mails one after the other, from wherever they are kept.
package protocol MailSource: AnyObject {
    /// Bytes there are, and how many of them were read: for a progress bar.
    var totalBytes: Int { get }
    var position: Int { get }
    /// What ended the source before its time.
    var damage: String? { get }

    /// The next mail; nil at the end.
    func next() -> MboxReader.Item?
}

extension MboxReader: MailSource {}

/// Reads the mails of a Maildir, each a file in `cur` or `new`, in the order of their delivery.
package final class MaildirReader: MailSource {
    private struct Entry {
        let path: String
        let bytes: Int
        /// Of the file: seconds since 1970. A Maildir keeps the time of delivery there.
        let delivered: Int64
    }

    package let totalBytes: Int
    package private(set) var position = 0
    package private(set) var damage: String?

    private let entries: [Entry]
    private let limit: Int
    private var number = 0

    /// Whether a path is a Maildir.
    package static func isMaildir(_ path: String) -> Bool {
        ["cur", "new"].allSatisfy { folder in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(
                atPath: "\(path)/\(folder)",
                isDirectory: &isFolder
            )
            return exists && isFolder.boolValue
        }
    }

    package init(path: String, limits: Limits = .standard) throws(MboxError) {
        limit = limits.messageBytes
        var entries: [Entry] = []
        for folder in ["cur", "new"] {
            let names: [String]
            do {
                names = try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")
            } catch {
                throw MboxError(description: "\(path)/\(folder): \(error.localizedDescription)")
            }
            entries += names.filter { !$0.hasPrefix(".") }.compactMap { name in
                Self.entry("\(path)/\(folder)/\(name)")
            }
        }
        self.entries = entries.sorted { ($0.delivered, $0.path) < ($1.delivered, $1.path) }
        totalBytes = entries.reduce(0) { $0 + $1.bytes }
    }

    private static func entry(_ path: String) -> Entry? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Entry(
            path: path,
            bytes: Int(status.st_size),
            delivered: Int64(status.st_mtim.tv_sec)
        )
    }

    package func next() -> MboxReader.Item? {
        while number < entries.count {
            let entry = entries[number]
            number += 1
            position += entry.bytes
            let isTooLarge = entry.bytes > limit
            guard isTooLarge || FileManager.default.isReadableFile(atPath: entry.path) else {
                damage = "\(entry.path) cannot be read"
                continue
            }
            let data = isTooLarge ? nil : FileManager.default.contents(atPath: entry.path)
            return MboxReader.Item(
                raw: data.map { Array($0) } ?? [],
                number: number,
                offset: position - entry.bytes,
                envelopeSender: nil,
                envelopeDate: MailDate(seconds: entry.delivered),
                skippedBytes: isTooLarge ? entry.bytes : nil
            )
        }
        return nil
    }
}
