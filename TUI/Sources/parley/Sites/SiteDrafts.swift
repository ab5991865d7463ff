import ForumAPI
import ForumClient
import Foundation
import TerminalUI

/// Drafts and files on the site.
extension ForumSite {
    /// The draft on the site, with the number that a change has to bear.
    func draft(_ key: DraftKey) async throws(Failure) -> (draft: Draft?, sequence: Int) {
        try await ask { () async throws(ClientError) in
            let reply = try await client.call(
                API.Drafts.show,
                path: ["draft_key": key.name],
                body: DraftQuery()
            )
            return (reply.draft.flatMap { Draft(siteText: $0) }, reply.draftSequence)
        }
    }

    /// Keeps a draft on the site and answers the next number; nil when somebody else has changed
    /// it since `sequence`.
    func save(
        _ draft: Draft,
        _ key: DraftKey,
        sequence: Int
    ) async throws(Failure) -> Int? {
        try await ask { () async throws(ClientError) in
            do throws(ClientError) {
                let reply = try await client.call(
                    API.Drafts.save,
                    body: SaveDraftRequest(
                        draftKey: key.name,
                        data: .string(draft.siteText(key)),
                        sequence: sequence,
                        owner: "parley"
                    )
                )
                return reply.draftSequence
            } catch .conflict {
                return nil
            } catch {
                throw error
            }
        }
    }

    func deleteDraft(_ key: DraftKey, sequence: Int) async throws(Failure) {
        try await ask { () async throws(ClientError) in
            _ = try await client.call(
                API.Drafts.delete,
                path: ["draft_key": key.name],
                body: DraftQuery(sequence: sequence)
            )
        }
    }

    /// The drafts on the site, each with its text.
    func drafts() async throws(Failure) -> [(key: DraftKey, title: String, draft: Draft)] {
        try await ask { () async throws(ClientError) in
            try await client.call(API.Drafts.list, body: DraftQuery()).drafts.compactMap { body in
                guard let key = DraftKey(name: body.draftKey),
                    let draft = Draft(siteText: body.data)
                else { return nil }
                return (key, body.title ?? draft.title, draft)
            }
        }
    }

    /// Sends a file; the answer is the Markdown that shows it.
    func upload(
        path: String,
        progress: @escaping @Sendable (Int) -> Void
    ) async throws(Failure) -> String {
        let file = URL(fileURLWithPath: NSString(string: path).expandingTildeInPath)
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: file))
        } catch {
            throw Failure(.refused, "\(file.path) cannot be read.")
        }
        return try await ask { () async throws(ClientError) in
            let body = try await client.upload(bytes, name: file.lastPathComponent) { sent, all in
                progress(all == 0 ? 0 : sent * 100 / all)
            }
            let name = body.originalFilename.filter { $0 != "[" && $0 != "]" && $0 != "|" }
            guard let width = body.width, let height = body.height else {
                return "[\(name)|attachment](\(body.shortURL)) (\(body.humanFilesize))"
            }
            return "![\(name)|\(width)x\(height)](\(body.shortURL))"
        }
    }
}

extension Draft {
    /// Reads what Discourse's composer keeps.
    init?(siteText text: String) {
        guard let data = text.data(using: .utf8),
            let kept = SiteDraft.read(data)
        else { return nil }
        self.init(
            title: kept.title ?? "",
            categoryID: kept.categoryId,
            tags: (kept.tags ?? []).joined(separator: ","),
            body: kept.reply ?? "",
            recipients: kept.recipients ?? ""
        )
    }

    /// The same as Discourse's composer keeps it, so that it opens there too.
    func siteText(_ key: DraftKey) -> String {
        var kept = SiteDraft()
        kept.reply = body
        switch key {
        case .newTopic:
            kept.action = "createTopic"
            kept.title = title
            kept.categoryId = categoryID
            kept.tags = tags.split { $0 == "," || $0 == " " }.map(String.init)
            kept.archetypeId = "regular"
        case .message:
            kept.action = "privateMessage"
            kept.title = title
            kept.recipients = recipients
            kept.archetypeId = "private_message"
        case .reply: kept.action = "reply"
        case .edit: kept.action = "edit"
        }
        do {
            return String(decoding: try JSONEncoder().encode(kept), as: UTF8.self)
        } catch {
            // Strings and numbers always have a JSON form.
            return "{}"
        }
    }
}

/// The form of Discourse's composer; the names are its own.
private struct SiteDraft: Codable {
    var reply: String?
    var action: String?
    var title: String?
    var categoryId: Int?
    var tags: [String]?
    var recipients: String?
    var archetypeId: String?

    static func read(_ data: Data) -> SiteDraft? {
        do {
            return try JSONDecoder().decode(SiteDraft.self, from: data)
        } catch {
            // Another program's draft of a form unknown here: it stays where it is.
            return nil
        }
    }
}
