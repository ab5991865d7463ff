import ArgumentParser
import Forum
import ForumMail
import Foundation
import MailMessage

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring in what a community has said elsewhere.",
        subcommands: [Mbox.self, ImportUsers.self]
    )

    struct Mbox: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: """
                Bring in mailing lists from mbox files (mboxo, mboxrd, also gzipped) and Maildirs.
                """,
            discussion: """
                Threads stay threads, dates are kept, authors become staged users who take their \
                posts over when they sign up. Mails that are in already are skipped by their \
                Message-ID, so an interrupted import can be run again.
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The mbox files and Maildir folders.", completion: .file())
        var files: [String]
        @Option(help: "The slug of the category the mails go to; parent:child for a subcategory.")
        var category: String?
        @Flag(name: .customLong("by-list-id"), help: "Make each List-Id a category of its own.")
        var byListID = false
        @Flag(help: "Print what was done as JSON.")
        var json = false

        func validate() throws {
            guard category != nil || byListID else {
                throw ValidationError("Say where the mails go: --category SLUG or --by-list-id.")
            }
            guard !files.isEmpty else { throw ValidationError("Name at least one mbox file.") }
        }

        func run() async throws {
            for file in files where !FileManager.default.isReadableFile(atPath: file) {
                throw CommandFailure(message: "\(file) cannot be read. Nothing was imported.")
            }
            let summary = try await withCommunity(database) { community, _ in
                let work = ImportMbox(
                    community: community,
                    destination: try await destination(community)
                )
                let bar = ProgressBar(isShown: isatty(STDERR_FILENO) == 1)
                defer { bar.end() }
                do {
                    return try await work.run(files: files) { bar.show($0) }
                } catch let error as MboxError {
                    throw CommandFailure(message: error.description)
                }
            }
            try report(summary)
        }

        private func destination(
            _ community: Community
        ) async throws -> ImportMbox.Destination {
            var found: CategoryID?
            if let category {
                let advice = "Make it first, or use --by-list-id."
                found = try await community.category(named: category, advice)
            }
            if byListID { return .categoryOfListID(fallback: found) }
            guard let found else { throw ValidationError("Name a category.") }
            return .category(found)
        }

        private func report(_ summary: ImportSummary) throws {
            if json {
                print(try ImportReport(summary).text())
                return
            }
            print(
                """
                \(summary.mails) mails: \(summary.posts) new posts in \(summary.topics.count) \
                topics, \(summary.known) were there already, \(summary.refusals.count) refused, \
                \(summary.damaged) damaged but taken.
                """
            )
            for refusal in summary.refusals {
                print("  refused: \(refusal.file) #\(refusal.number): \(refusal.reason)")
            }
            for file in summary.damagedFiles { print("  damaged file: \(file)") }
        }
    }
}

/// The result of an import for programs.
private struct ImportReport: Encodable {
    struct Refusal: Encodable {
        let file: String
        let number: Int
        let reason: String
    }

    let mails: Int
    let posts: Int
    let known: Int
    let topics: Int
    let damaged: Int
    let refused: [Refusal]
    let damagedFiles: [String]

    private enum CodingKeys: String, CodingKey {
        case mails
        case posts
        case known
        case topics
        case damaged
        case refused
        case damagedFiles = "damaged_files"
    }

    init(_ summary: ImportSummary) {
        mails = summary.mails
        posts = summary.posts
        known = summary.known
        topics = summary.topics.count
        damaged = summary.damaged
        refused = summary.refusals.map {
            Refusal(file: $0.file, number: $0.number, reason: $0.reason)
        }
        damagedFiles = summary.damagedFiles
    }

    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
