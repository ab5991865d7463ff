import ArgumentParser
import ForumClient
import TerminalUI

/// What the staff does.
struct Mod: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Moderate: the review queue and what follows from it.",
        subcommands: [
            ModQueue.self, ModApprove.self, ModReject.self, ModPerform.self, ModStatus.self,
        ]
    )
}

/// Lists what waits for the staff.
struct ModQueue: Verb {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "List what waits for the staff."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    private struct Record: Encodable {
        var id: Int
        var version: Int
        var kind: String
        var author: String
        var createdAt: String
        var title: String
        var text: String
        var reasons: [String]
        var actions: [String]

        private enum CodingKeys: String, CodingKey {
            case id
            case version
            case kind
            case author
            case createdAt = "created_at"
            case title
            case text
            case reasons
            case actions
        }
    }

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            let items = try await forum.review()
            guard !output.json else {
                let records = items.map { item in
                    Record(
                        id: item.id,
                        version: item.version,
                        kind: item.kind.name,
                        author: item.author,
                        createdAt: Timestamp.text(item.createdAt),
                        title: item.title,
                        text: item.text,
                        reasons: item.reasons,
                        actions: item.actions.map(\.id)
                    )
                }
                Talk.print(json: records)
                return
            }
            let now = Loop.now()
            Talk.print(lines: items.flatMap { ModQueue.lines(of: $0, now: now) })
        }
    }

    private static func lines(of item: ReviewItem, now: Int64) -> [String] {
        let age = Age.long(since: item.createdAt, now: now)
        let title = item.title.isEmpty ? "" : ", \(item.title)"
        var lines = ["\(item.id): \(item.kind.name) by \(item.author), \(age)\(title)"]
        lines += item.reasons.map { "  reason: \($0)" }
        lines += item.text.split(separator: "\n").prefix(5).map { "  \($0)" }
        lines.append("  actions: " + item.actions.map(\.id).joined(separator: ", "))
        return lines
    }
}

/// Carries a decision out that is found by what its name begins with.
private func decide(
    _ id: Int,
    _ site: SiteOptions,
    reason: String?,
    _ wanted: @Sendable (String) -> Bool
) async throws(Failure) {
    try await site.withSite { (forum, _) async throws(Failure) in
        guard let item = try await forum.review().first(where: { $0.id == id }) else {
            throw Failure(.notFound, "Nothing with the number \(id) waits.")
        }
        guard let action = item.actions.first(where: { wanted($0.id) }) else {
            let names = item.actions.map(\.id).joined(separator: ", ")
            throw Failure(.refused, "That cannot be done with it; these can: \(names).")
        }
        try await forum.decide(
            ReviewDecision(
                item: id,
                version: item.version,
                action: action.id,
                reason: reason
            )
        )
        Talk.say("Done: \(action.label).")
    }
}

/// Lets what waits pass.
struct ModApprove: Verb {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approve what waits, or agree with a flag."
    )

    @OptionGroup var site: SiteOptions

    @Argument(help: "Its number in the queue.")
    var id: Int

    func perform() async throws(Failure) {
        try await decide(id, site, reason: nil) { $0.hasPrefix("approve") || $0.hasPrefix("agree") }
    }
}

/// Turns what waits away.
struct ModReject: Verb {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Reject what waits, or disagree with a flag."
    )

    @OptionGroup var site: SiteOptions

    @Option(help: "Words for whoever wrote it.")
    var reason: String?

    @Argument(help: "Its number in the queue.")
    var id: Int

    func perform() async throws(Failure) {
        try await decide(id, site, reason: reason) {
            $0.hasPrefix("reject") || $0.hasPrefix("disagree") || $0.hasPrefix("delete_user")
        }
    }
}

/// Does what the queue offers, by its name.
struct ModPerform: Verb {
    static let configuration = CommandConfiguration(
        commandName: "perform",
        abstract: "Carry out an action of the queue by its name."
    )

    @OptionGroup var site: SiteOptions

    @Option(help: "Words for whoever wrote it.")
    var reason: String?

    @Argument(help: "Its number in the queue.")
    var id: Int

    @Argument(help: "The name of the action, as “parley mod queue” lists it.")
    var action: String

    func perform() async throws(Failure) {
        let wanted = action
        try await decide(id, site, reason: reason) { $0 == wanted }
    }
}

/// Closes, archives, pins and so on.
struct ModStatus: Verb {
    static let configuration = CommandConfiguration(
        commandName: "topic",
        abstract: "Close, archive, pin or unlist a topic, or the opposite."
    )

    /// What is done to the topic.
    enum Change: String, ExpressibleByArgument, CaseIterable, Sendable {
        case close, open, archive, unarchive, pin, unpin, list, unlist, delete, recover

        func moderation(_ topic: Int) -> Moderation {
            switch self {
            case .close: .setStatus(topic: topic, .closed, on: true)
            case .open: .setStatus(topic: topic, .closed, on: false)
            case .archive: .setStatus(topic: topic, .archived, on: true)
            case .unarchive: .setStatus(topic: topic, .archived, on: false)
            case .pin: .setStatus(topic: topic, .pinned, on: true)
            case .unpin: .setStatus(topic: topic, .pinned, on: false)
            case .list: .setStatus(topic: topic, .listed, on: true)
            case .unlist: .setStatus(topic: topic, .listed, on: false)
            case .delete: .deleteTopic(topic)
            case .recover: .recoverTopic(topic)
            }
        }
    }

    @OptionGroup var site: SiteOptions

    @Argument(help: ArgumentHelp("The number of the topic, or a link to it.", valueName: "topic"))
    var place: TopicArgument

    @Argument
    var change: Change

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            let moderation = change.moderation(place.topic)
            try await forum.moderate(moderation)
            Talk.say(moderation.done)
        }
    }
}
