import ArgumentParser
import Forum
import ForumMail
import Foundation
import MailMessage
import Postgres

struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "Take mail in, see what becomes of it, and mind what goes out.",
        subcommands: [
            Deliver.self, Inspect.self, Trim.self, Log.self, Queue.self, Suppression.self,
            DKIMKey.self,
        ]
    )

    struct Deliver: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take the mail on standard input, as an MTA's pipe transport.",
            discussion: """
                The exit status is sysexits.h's: 0 taken, 65 the mail cannot be used, 67 no such \
                recipient, 75 try again later, 77 not allowed.
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Option(help: "The envelope recipient.")
        var recipient: String
        @Option(help: "The envelope sender; empty for bounces.")
        var sender = ""

        func run() async throws {
            let raw = try StandardInput.bytes(limit: 26 * 1024 * 1024)
            let verdict: ForumMail.Verdict
            do {
                verdict = try await withCommunity(database) { community, configuration in
                    let intake = try MailComposition.intake(community, configuration)
                    return await intake.take(raw, for: recipient, from: sender, via: "pipe")
                }
            } catch let failure as CommandFailure {
                // Whatever keeps us from the database may pass: the MTA keeps the mail.
                FileHandle.standardError.write(Data("\(failure.message)\n".utf8))
                throw ExitCode(75)
            }
            FileHandle.standardError.write(Data("\(verdict.summary)\n".utf8))
            throw ExitCode(verdict.exitStatus)
        }
    }

    struct Inspect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Explain, as JSON, how the mail on standard input is understood."
        )

        func run() async throws {
            let raw = try StandardInput.bytes(limit: 26 * 1024 * 1024)
            try CommandOutput.printJSON(Message.parse(raw).inspect())
        }
    }

    struct Trim: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print what is kept of the plain-text reply on standard input."
        )

        @Flag(help: "Print what is kept and elided, and why, line by line, as JSON.")
        var json = false

        func run() async throws {
            let text = try StandardInput.text(limit: 26 * 1024 * 1024)
            let reply = ReplyTrimmer.trim(text)
            guard json else {
                print(reply.kept)
                return
            }
            try CommandOutput.printJSON(reply)
        }
    }

    struct Log: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The mails that came in, newest first, with their verdicts."
        )

        @OptionGroup var database: DatabaseOptions
        @Option(help: "Only received, posted, rejected or ignored ones.")
        var state: String?
        @Option(help: "How many.")
        var limit = 50

        func run() async throws {
            let wanted = try state.map { name in
                guard let state = IncomingEmail.State(rawValue: name) else {
                    throw ValidationError("--state is received, posted, rejected or ignored.")
                }
                return state
            }
            try await withCommunity(database) { community, _ in
                let mails = try await community.incomingEmails(wanted, limit: limit)
                guard !mails.isEmpty else {
                    print("No mail has come in yet.")
                    return
                }
                for mail in mails {
                    let verdict =
                        mail.error.map { "\($0): \(mail.rejectionMessage ?? "")" }
                        ?? mail.postID.map { "post \($0)" } ?? mail.rejectionMessage ?? ""
                    print(
                        Terminal.safe(
                            """
                            \(mail.id)  \(mail.receivedAt.iso8601)  \(mail.state.rawValue)  \
                            \(mail.fromAddress ?? mail.mailFrom) → \(mail.recipient)  \
                            \(mail.subject ?? "")  \(verdict)
                            """
                        )
                    )
                }
            }
        }
    }
}

/// What commands print for programs.
enum CommandOutput {
    static func printJSON(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}

enum Terminal {
    /// What came from outside may hold characters that move a terminal's cursor.
    static func safe(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    scalar.properties.generalCategory == .control
                        || scalar.properties.generalCategory == .format ? "\u{FFFD}" : scalar
                }
            )
        )
    }
}
