import ArgumentParser
import DNS
import Forum
import ForumMail
import Foundation
import MailMessage
import Postgres

extension MailCommand {
    struct Inspect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Explain, as JSON, how the mail on standard input is understood."
        )

        @Flag(help: "Also what was kept and elided of the body, and why, line by line.")
        var lines = false
        @Option(
            help: "Also what the server of this name says of the sender (Authentication-Results)."
        )
        var authservID: String?
        @Flag(help: "Also whether signatures and seals fit, which asks the DNS.")
        var checkSender = false
        @Option(help: "With --check-sender: the address of the host that sent it, for SPF.")
        var host: String?
        @Option(help: "What the host called itself.")
        var helo = ""
        @Option(help: "The envelope sender that it gave; empty for bounces.")
        var sender = ""

        func validate() throws {
            guard let host else { return }
            guard checkSender, IPAddress(host) != nil else {
                throw ValidationError("--host is an address, and goes with --check-sender.")
            }
        }

        func run() async throws {
            let raw = try StandardInput.bytes(limit: 26 * 1024 * 1024)
            let message = Message.parse(raw)
            let inspection = message.inspect()
            guard lines || checkSender || authservID != nil else {
                try CommandOutput.printJSON(inspection)
                return
            }
            try CommandOutput.printJSON(
                MailExplanation(
                    mail: inspection,
                    lines: lines ? inspection.body.shownLines : nil,
                    authenticationResults: authservID.map { id in
                        message.authenticationResults(of: id).senderVerdict.rawValue
                    },
                    senderCheck: checkSender ? await check(message) : nil
                )
            )
        }

        private func check(_ message: Message) async -> String {
            guard message.from.count == 1, let domain = message.from.first?.domain else {
                return "the mail does not come from exactly one address"
            }
            let now = Int64(Date.now.timeIntervalSince1970)
            let client = host.flatMap { IPAddress($0) }.map { address in
                SPFClient(address: address, helo: helo, mailFrom: sender)
            }
            return await SenderVerifier(resolver: SystemResolver())
                .check(message, from: domain, by: client, now: now).line
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Explain, as JSON, a mail that came in: its verdict, and how it was understood."
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The number of the mail, as `parleyd mail log` prints it.")
        var id: Int64
        @Flag(help: "Print the mail itself, as it came.")
        var raw = false

        func run() async throws {
            try await withCommunity(database) { community, _ in
                let (entry, _) = try await community.incomingEmail(
                    IncomingEmailID(id),
                    for: .system
                )
                let bytes = try await community.rawEmail(entry.id)
                if raw {
                    FileHandle.standardOutput.write(Data(bytes))
                } else {
                    let inspection = Message.parse(bytes).inspect()
                    try CommandOutput.printJSON(
                        MailExplanation(
                            log: LoggedMail(entry),
                            mail: inspection,
                            lines: inspection.body.shownLines
                        )
                    )
                }
            }
        }
    }

    struct Log: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The mails that came in, newest first, with their verdicts."
        )

        @OptionGroup var database: DatabaseOptions
        @Option(help: "Only received, posted, rejected or ignored ones.")
        var state: String?
        @Option(help: "Only those whose error holds this, such as Bounced.")
        var error: String?
        @Option(help: "Only those whose sender holds this.")
        var from: String?
        @Option(help: "How many.")
        var limit = 50
        @Flag(help: "As JSON.")
        var json = false

        func run() async throws {
            var filter = EmailLogFilter()
            filter.error = error
            filter.address = from
            filter.limit = limit
            if let state {
                guard let state = IncomingEmail.State(rawValue: state) else {
                    throw ValidationError("--state is received, posted, rejected or ignored.")
                }
                filter.state = state
            }
            try await withCommunity(database) { [filter] community, _ in
                let mails = try await community.incomingEmails(filter, for: .system)
                if json {
                    try CommandOutput.printJSON(mails.map(LoggedMail.init))
                } else if mails.isEmpty {
                    print("No mail has come in yet.")
                }
                for mail in mails where !json { print(Terminal.safe(LoggedMail(mail).line)) }
            }
        }
    }
}

/// A mail with everything that is known about how it was taken.
private struct MailExplanation: Encodable {
    var log: LoggedMail?
    let mail: Inspection
    var lines: [TrimmedReply.Line]?
    var authenticationResults: String?
    var senderCheck: String?

    private enum CodingKeys: String, CodingKey {
        case log
        case mail
        case lines
        case authenticationResults = "authentication_results"
        case senderCheck = "sender_check"
    }
}

/// A mail in the log of what came in.
private struct LoggedMail: Encodable {
    let id: Int64
    let receivedAt: String
    let state: String
    let error: String?
    let message: String?
    let from: String?
    let recipient: String
    let subject: String?
    let messageID: String
    let createdVia: String
    let senderVerdict: String?
    let senderEvidence: String?
    let isBounce: Bool
    let post: String?

    init(_ entry: IncomingEmailEntry) {
        id = entry.id.value
        receivedAt = entry.receivedAt.iso8601
        state = entry.state
        error = entry.error
        message = entry.rejectionMessage
        from = entry.fromAddress
        recipient = entry.recipient
        subject = entry.subject
        messageID = entry.messageID
        createdVia = entry.createdVia
        senderVerdict = entry.senderVerdict
        senderEvidence = entry.senderEvidence
        isBounce = entry.isBounce
        post = entry.postURL
    }

    var line: String {
        let verdict = error.map { "\($0): \(message ?? "")" } ?? post ?? message ?? ""
        let sender = senderVerdict.map { " (\($0))" } ?? ""
        return """
            \(id)  \(receivedAt)  \(state)  \(from ?? "<>")\(sender) → \(recipient)  \
            \(subject ?? "")  \(verdict)
            """
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case receivedAt = "received_at"
        case state
        case error
        case message
        case from
        case recipient
        case subject
        case messageID = "message_id"
        case createdVia = "created_via"
        case senderVerdict = "sender_verdict"
        case senderEvidence = "sender_evidence"
        case isBounce = "is_bounce"
        case post
    }
}
