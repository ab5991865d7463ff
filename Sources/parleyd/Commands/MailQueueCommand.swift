import ArgumentParser
import Forum
import Foundation
import Postgres

extension MailCommand {
    /// What waits to be sent, and what is done about it.
    struct Queue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "See the mails that wait to be sent, and act on them.",
            subcommands: [List.self, Show.self, Retry.self, Hold.self, Discard.self],
            defaultSubcommand: List.self
        )
    }

    /// Addresses that get no mail.
    struct Suppression: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Addresses that get no mail: refused by the relay, or stopped by hand.",
            subcommands: [SuppressionList.self, SuppressionAdd.self, SuppressionRemove.self],
            defaultSubcommand: SuppressionList.self
        )
    }
}

extension MailCommand.Queue {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The mails that wait, the next to be tried first."
        )

        @OptionGroup var database: DatabaseOptions
        @Option(help: "failed, sent or skipped: mails that have left the queue, newest first.")
        var state: String?
        @Option(help: "How many.")
        var limit = 50
        @Flag(help: "Print JSON.")
        var json = false

        func validate() throws {
            guard state.map({ ["failed", "sent", "skipped"].contains($0) }) ?? true else {
                throw ValidationError("--state is failed, sent or skipped.")
            }
        }

        func run() async throws {
            let mails = try await withCommunity(database) { community, _ in
                try await community.mailQueue(state, limit: limit, for: .system)
            }
            if json {
                try CommandOutput.printJSON(mails.map(QueuedMailReport.init))
                return
            }
            guard !mails.isEmpty else {
                print(state == nil ? "No mail waits." : "There is none.")
                return
            }
            for mail in mails {
                let time = mail.finishedAt ?? mail.nextAttemptAt
                print(
                    Terminal.safe(
                        """
                        \(mail.id)  \(mail.state)  \(time.iso8601)  \(mail.attempts) tries  \
                        \(mail.toAddress)  \(mail.topicTitle ?? mail.emailType)  \
                        \(mail.response ?? "")
                        """
                    )
                )
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All that is known of one mail.")

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The number of the mail, from the list.")
        var id: Int64
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let report = QueuedMailReport(
                try await withCommunity(database) { community, _ in
                    do {
                        return try await community.queuedMail(OutgoingEmailID(id), for: .system)
                    } catch let error as ForumError where error.code == .notFound {
                        throw CommandFailure(message: "There is no mail number \(id).")
                    }
                }
            )
            if json {
                try CommandOutput.printJSON(report)
                return
            }
            for (name, value) in report.lines { print("\(name): \(Terminal.safe(value))") }
        }
    }

    /// Which mails a command means.
    struct Selection: ParsableArguments {
        @Argument(help: "The numbers of the mails.")
        var ids: [Int64] = []
        @Flag(help: "Every mail that waits.")
        var all = false
        @Option(help: "Those to an address, or to all of a domain.")
        var to: String?
        @Flag(help: "Print JSON.")
        var json = false

        func validate() throws {
            let ways = [!ids.isEmpty, all, to != nil]
            guard ways.count(where: { $0 }) == 1 else {
                throw ValidationError("Say which: numbers, --to ADDRESS-OR-DOMAIN, or --all.")
            }
        }

        var selection: QueueSelection {
            if all { return .all }
            return to.map { .destination($0) } ?? .ids(ids.map { OutgoingEmailID($0) })
        }

        func run(_ action: QueueAction, _ database: DatabaseOptions) async throws {
            let done = try await withCommunity(database) { community, _ in
                try await community.act(action, on: selection, by: .system)
            }
            if json {
                try CommandOutput.printJSON(done.map(\.value))
                return
            }
            print("\(done.count) \(done.count == 1 ? "mail" : "mails"): \(action.rawValue)")
            guard !ids.isEmpty else { return }
            for id in ids where !done.contains(OutgoingEmailID(id)) {
                print("\(id): not in the queue, or being sent at this moment")
            }
            if done.count < ids.count { throw ExitCode.failure }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try mails now, also held ones and, by number, those given up."
        )

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var which: Selection

        func run() async throws { try await which.run(.retry, database) }
    }

    struct Hold: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep mails back until they are retried."
        )

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var which: Selection

        func run() async throws { try await which.run(.hold, database) }
    }

    struct Discard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Never send these mails.")

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var which: Selection

        func run() async throws { try await which.run(.discard, database) }
    }
}

extension MailCommand.Suppression {
    struct SuppressionList: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "The addresses, newest first."
        )

        @OptionGroup var database: DatabaseOptions
        @Option(help: "How many.")
        var limit = 200
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let entries = try await withCommunity(database) { community, _ in
                try await community.suppressions(limit: limit, for: .system)
            }
            if json {
                try CommandOutput.printJSON(entries.map(SuppressionReport.init))
                return
            }
            guard !entries.isEmpty else {
                print("Every address gets its mail.")
                return
            }
            for entry in entries {
                let end = entry.expiresAt.map { "until \($0.iso8601)" } ?? "for ever"
                print(
                    Terminal.safe("\(entry.address)  \(entry.source)  \(end)  \(entry.reason)")
                )
            }
        }
    }

    struct SuppressionAdd: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Send an address no mail any more."
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The address.")
        var address: String
        @Option(help: "Why, for whoever reads the list.")
        var reason = "stopped by an administrator"

        func run() async throws {
            try await withCommunity(database) { community, _ in
                try await community.suppress(address, reason: reason, by: .system)
            }
            print("\(address) gets no mail any more.")
        }
    }

    struct SuppressionRemove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove",
            abstract: "Send an address mail again."
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The address.")
        var address: String

        func run() async throws {
            try await withCommunity(database) { community, _ in
                do {
                    try await community.endSuppression(of: address, by: .system)
                } catch let error as ForumError where error.code == .notFound {
                    throw CommandFailure(message: "\(address) is not on the list.")
                }
            }
            print("\(address) gets mail again.")
        }
    }
}

/// A mail of the queue for programs.
private struct QueuedMailReport: Encodable {
    let id: Int64
    let type: String
    let username: String?
    let to: String
    let state: String
    let attempts: Int
    let createdAt: String
    let nextAttemptAt: String
    let expiresAt: String
    let finishedAt: String?
    let messageID: String?
    let response: String?
    let topicTitle: String?
    let postURL: String?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id
        case type
        case username
        case to
        case state
        case attempts
        case createdAt = "created_at"
        case nextAttemptAt = "next_attempt_at"
        case expiresAt = "expires_at"
        case finishedAt = "finished_at"
        case messageID = "message_id"
        case response
        case topicTitle = "topic_title"
        case postURL = "post_url"
    }

    init(_ mail: QueuedEmail) {
        id = mail.id.value
        type = mail.emailType
        username = mail.username
        to = mail.toAddress
        state = mail.state
        attempts = mail.attempts
        createdAt = mail.createdAt.iso8601
        nextAttemptAt = mail.nextAttemptAt.iso8601
        expiresAt = mail.expiresAt.iso8601
        finishedAt = mail.finishedAt?.iso8601
        messageID = mail.messageID
        response = mail.response
        topicTitle = mail.topicTitle
        postURL = mail.postURL
    }

    /// The same for people: what is known, a line each.
    var lines: [(String, String)] {
        let values: [String?] = [
            "\(id)", type, username, to, state, "\(attempts)", createdAt, nextAttemptAt, expiresAt,
            finishedAt, messageID, response, topicTitle, postURL,
        ]
        return zip(CodingKeys.allCases, values).compactMap { key, value in
            value.map { (key.rawValue, $0) }
        }
    }
}

private struct SuppressionReport: Encodable {
    let address: String
    let source: String
    let reason: String
    let createdAt: String
    let expiresAt: String?

    private enum CodingKeys: String, CodingKey {
        case address
        case source
        case reason
        case createdAt = "created_at"
        case expiresAt = "expires_at"
    }

    init(_ entry: EmailSuppression) {
        address = entry.address
        source = entry.source
        reason = entry.reason
        createdAt = entry.createdAt.iso8601
        expiresAt = entry.expiresAt?.iso8601
    }
}
