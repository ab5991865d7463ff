import Foundation
import Synchronization
import TerminalUI

/// Drafts of one site on disk: written within moments of each key, by a thread of its own.
final class DraftStore: Sendable {
    /// Bytes of one draft that are read back.
    private static let largestDraft = 1_000_000

    private let folder: URL
    private let queue = DispatchQueue(label: "drafts")
    /// What waits to be written; nil deletes. Only the newest of each counts.
    private let waiting = Mutex<[DraftKey: Draft?]>([:])
    /// Told when a draft cannot be written.
    private let report: @Sendable (DraftKey, String) -> Void
    /// Told when one is on disk.
    private let saved: @Sendable (DraftKey) -> Void

    init(
        folder: URL,
        report: @escaping @Sendable (DraftKey, String) -> Void,
        saved: @escaping @Sendable (DraftKey) -> Void = { _ in }
    ) {
        self.folder = folder
        self.report = report
        self.saved = saved
    }

    /// Keeps a draft; an empty one is deleted.
    func save(_ draft: Draft, for key: DraftKey) {
        put(draft.isEmpty ? nil : draft, for: key)
    }

    func delete(_ key: DraftKey) {
        put(nil, for: key)
    }

    private func put(_ draft: Draft?, for key: DraftKey) {
        let isFirst = waiting.withLock { waiting in
            let isFirst = waiting.isEmpty
            waiting.updateValue(draft, forKey: key)
            return isFirst
        }
        if isFirst {
            queue.async { self.writeWaiting() }
        }
    }

    /// Returns when everything that was kept so far is on disk.
    func flush() {
        queue.sync { writeWaiting() }
    }

    private func writeWaiting() {
        let taken = waiting.withLock { waiting in
            let taken = waiting
            waiting = [:]
            return taken
        }
        for (key, draft) in taken {
            do {
                if let draft {
                    try PrivateFile.write(try JSONEncoder().encode(Kept(draft)), to: file(key))
                    saved(key)
                } else if FileManager.default.fileExists(atPath: file(key).path) {
                    try FileManager.default.removeItem(at: file(key))
                }
            } catch {
                report(key, "\(error)")
            }
        }
    }

    /// The draft on disk; nil when there is none. A file that cannot be read stays where it is.
    func load(_ key: DraftKey) throws -> Draft? {
        flush()
        let path = file(key).path
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path),
            data.count <= DraftStore.largestDraft
        else {
            throw PrivateFile.WriteError(path: path, reason: "the draft cannot be read")
        }
        do {
            return try JSONDecoder().decode(Kept.self, from: data).draft
        } catch {
            // Nothing is lost: the file is set aside under another name before the next write.
            rename(path, path + ".broken")
            throw PrivateFile.WriteError(path: path + ".broken", reason: "not a draft")
        }
    }

    /// All drafts on disk, in the order of their names. What cannot be read is left out.
    func all() -> [(key: DraftKey, draft: Draft)] {
        flush()
        return PrivateFile.names(in: folder).compactMap { name in
            guard let key = DraftKey(name: String(name.dropLast(5))),
                let kept = PrivateFile.read(
                    Kept.self,
                    from: folder.appending(path: name),
                    atMost: DraftStore.largestDraft
                )
            else { return nil }
            return (key, kept.draft)
        }
    }

    private func file(_ key: DraftKey) -> URL {
        folder.appending(path: "\(key.name).json")
    }

    /// The form in the file.
    private struct Kept: Codable {
        var title: String
        var categoryID: Int?
        var tags: String
        var body: String
        var replyToNumber: Int?
        var recipients: String?

        init(_ draft: Draft) {
            title = draft.title
            categoryID = draft.categoryID
            tags = draft.tags
            body = draft.body
            replyToNumber = draft.replyToNumber
            recipients = draft.recipients
        }

        var draft: Draft {
            Draft(
                title: title,
                categoryID: categoryID,
                tags: tags,
                body: body,
                replyToNumber: replyToNumber,
                recipients: recipients ?? ""
            )
        }

        private enum CodingKeys: String, CodingKey {
            case title
            case categoryID = "category_id"
            case tags
            case body
            case replyToNumber = "reply_to_post_number"
            case recipients
        }
    }
}
