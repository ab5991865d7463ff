import ArgumentParser
import ForumClient
import Foundation
import TerminalUI

/// Drafts of this machine and of the site.
struct Drafts: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List, edit, send and remove drafts.",
        subcommands: [ListDrafts.self, EditDraft.self, SendDraft.self, RemoveDraft.self],
        defaultSubcommand: ListDrafts.self
    )
}

/// A draft as JSON has it.
private struct DraftRecord: Encodable {
    var key: String
    var title: String
    var body: String
}

/// Finds drafts by their names.
private enum KeptDrafts {
    static func key(_ name: String) throws(Failure) -> DraftKey {
        guard let key = DraftKey(name: name) else {
            throw Failure(.refused, "“\(name)” is no draft; “parley drafts” lists them.")
        }
        return key
    }

    /// The draft on disk, or that on the site.
    static func find(
        _ key: DraftKey,
        _ forum: ForumSite,
        _ address: SiteAddress
    ) async throws(Failure) -> Draft {
        if let kept = address.draftStore.all().first(where: { $0.key == key }) { return kept.draft }
        guard forum.isMember, let draft = try await forum.draft(key).draft else {
            throw Failure(.notFound, "There is no draft “\(key.name)”.")
        }
        return draft
    }

    static func remove(_ key: DraftKey, _ forum: ForumSite, _ address: SiteAddress) async {
        let store = address.draftStore
        store.delete(key)
        store.flush()
        guard forum.isMember else { return }
        do throws(Failure) {
            let found = try await forum.draft(key)
            if found.draft != nil {
                try await forum.deleteDraft(key, sequence: found.sequence)
            }
        } catch {
            Talk.say("The copy on the site stays: \(error.message)")
        }
    }
}

struct ListDrafts: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the drafts of this machine and of the site."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    func perform() async throws(Failure) {
        try await site.withSite { (forum, address) async throws(Failure) in
            var found = address.draftStore.all()
            if forum.isMember {
                let known = Set(found.map(\.key))
                found += try await forum.drafts().filter { !known.contains($0.key) }
                    .map { ($0.key, $0.draft) }
            }
            let records = found.map {
                DraftRecord(key: $0.key.name, title: $0.draft.title, body: $0.draft.body)
            }
            guard !output.json else {
                Talk.print(json: records)
                return
            }
            Talk.print(
                lines: found.map { key, draft in
                    let text = draft.body.split(separator: "\n").first ?? ""
                    return "\(key.name): \(draft.title.isEmpty ? key.words : draft.title): \(text)"
                }
            )
        }
    }
}

struct EditDraft: Verb {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Edit the text of a draft in your editor."
    )

    @OptionGroup var site: SiteOptions

    @Argument(help: "The name of the draft, as “parley drafts” lists it.")
    var name: String

    func perform() async throws(Failure) {
        let key = try KeptDrafts.key(name)
        try await site.withSite { (forum, address) async throws(Failure) in
            var draft = try await KeptDrafts.find(key, forum, address)
            let editor = ExternalEditor(folder: StateFolder.url.appending(path: "editing"))
            draft.body = try editor.edit(draft.body, errorOutput: -1).get()
            let store = address.draftStore
            store.save(draft, for: key)
            store.flush()
            Talk.say("The draft is kept; “parley drafts send \(key.name)” sends it.")
        }
    }
}

struct SendDraft: Verb {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send a draft."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The name of the draft, as “parley drafts” lists it.")
    var name: String

    func perform() async throws(Failure) {
        let key = try KeptDrafts.key(name)
        try await site.withSite { (forum, address) async throws(Failure) in
            let draft = try await KeptDrafts.find(key, forum, address)
            let receipt = try await forum.submit(try draft.submission(key))
            await KeptDrafts.remove(key, forum, address)
            receipt.print(output, site: address.text)
        }
    }
}

struct RemoveDraft: Verb {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Throw a draft away, here and on the site."
    )

    @OptionGroup var site: SiteOptions

    @Argument(help: "The name of the draft, as “parley drafts” lists it.")
    var name: String

    func perform() async throws(Failure) {
        let key = try KeptDrafts.key(name)
        try await site.withSite { (forum, address) async throws(Failure) in
            _ = try await KeptDrafts.find(key, forum, address)
            await KeptDrafts.remove(key, forum, address)
        }
    }
}

/// Posts that wait for the network.
struct Queue: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Posts that wait on this machine for the network.",
        subcommands: [ListQueue.self, FlushQueue.self, RemoveQueued.self],
        defaultSubcommand: ListQueue.self
    )
}

struct ListQueue: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the posts that wait."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    private struct Record: Encodable {
        var id: String
        var key: String
        var text: String
        var problem: String?
    }

    func perform() async throws(Failure) {
        let address = try Visit.address(named: site.site)
        let waiting = PostQueue(folder: StateFolder.queue(of: address)).all()
        guard !output.json else {
            Talk.print(
                json: waiting.map {
                    Record(
                        id: $0.id,
                        key: $0.submission.key.name,
                        text: $0.submission.raw,
                        problem: $0.problem
                    )
                }
            )
            return
        }
        Talk.print(
            lines: waiting.map { post in
                let text = post.submission.raw.split(separator: "\n").first ?? ""
                let problem = post.problem.map { " (refused: \($0))" } ?? ""
                return "\(post.id): \(post.submission.key.words): \(text)\(problem)"
            }
        )
    }
}

struct FlushQueue: Verb {
    static let configuration = CommandConfiguration(
        commandName: "flush",
        abstract: "Send what waits now."
    )

    @OptionGroup var site: SiteOptions

    func perform() async throws(Failure) {
        try await site.withSite { (forum, address) async throws(Failure) in
            let queue = PostQueue(folder: StateFolder.queue(of: address))
            guard let outcomes = await queue.flush(forum) else {
                throw Failure(.refused, "Another parley is sending them at the moment.")
            }
            var problem: Failure?
            for outcome in outcomes {
                switch outcome.result {
                case .success(let receipt):
                    Talk.print(lines: ["\(address.text)/t/\(receipt.topic)/\(receipt.postNumber)"])
                case .failure(let failure):
                    Talk.say(failure.message)
                    problem = problem ?? failure
                }
            }
            let left = queue.all().count
            guard left == 0 else {
                throw Failure(problem?.kind ?? .network, "\(left) still wait.")
            }
        }
    }
}

struct RemoveQueued: Verb {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Throw a post away that waits."
    )

    @OptionGroup var site: SiteOptions

    @Argument(help: "Its name, as “parley queue” lists it.")
    var id: String

    func perform() async throws(Failure) {
        let queue = PostQueue(folder: StateFolder.queue(of: try Visit.address(named: site.site)))
        guard queue.all().contains(where: { $0.id == id }) else {
            throw Failure(.notFound, "Nothing with the name “\(id)” waits.")
        }
        do {
            try queue.remove(id)
        } catch {
            throw Failure(.refused, "\(error)")
        }
    }
}
