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
            Deliver.self, Inspect.self, Trim.self, Log.self, Show.self, Queue.self,
            Suppression.self, Sources.self, DKIMKey.self, Templates.self,
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
        @Flag(help: "Exit with 0 also for refused mail, and tell senders we know by mail.")
        var answerByMail = false

        func run() async throws {
            let raw = try StandardInput.bytes(limit: 26 * 1024 * 1024)
            let via = answerByMail ? "pipe-answered" : "pipe"
            let verdict: ForumMail.Verdict
            do {
                verdict = try await withCommunity(database) { community, configuration in
                    let intake = try MailComposition.intake(community, configuration)
                    return await intake.take(raw, for: recipient, from: sender, via: via)
                }
            } catch {
                // Whatever keeps us from the database, or is set wrong, may pass: the MTA keeps the mail.
                let message = (error as? CommandFailure)?.message ?? "\(error)"
                FileHandle.standardError.write(Data("\(message)\n".utf8))
                throw ExitCode(75)
            }
            FileHandle.standardError.write(Data("\(verdict.summary)\n".utf8))
            let isAnswered = answerByMail && verdict.postponement == nil
            throw ExitCode(isAnswered ? 0 : verdict.exitStatus)
        }
    }

    struct Trim: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print what is kept of the plain-text reply on standard input."
        )

        @Flag(help: "Print what is kept and elided, and why, line by line, as JSON.")
        var json = false

        func run() async throws {
            let bytes = try StandardInput.bytes(limit: 26 * 1024 * 1024)
            // As much as is read of a mail.
            let limit = MailMessage.Limits.standard.bodyBytes
            if bytes.count > limit {
                let note = "Only the first \(limit) bytes are looked at.\n"
                FileHandle.standardError.write(Data(note.utf8))
            }
            let reply = ReplyTrimmer.trim(String(decoding: bytes.prefix(limit), as: UTF8.self))
            guard json else {
                print(reply.kept)
                return
            }
            try CommandOutput.printJSON(reply)
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
