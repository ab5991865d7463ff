import ArgumentParser
import Forum
import ForumMail
import Foundation
import MailMessage
import Postgres

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring in what a community has said elsewhere.",
        subcommands: [
            Mbox.self, ImportSubscribers.self, ImportUsers.self, ImportList.self,
            ImportPublish.self, ImportDiscard.self,
        ]
    )

    struct Mbox: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring in mailing lists: from mbox files and what else keeps mails.",
            discussion: """
                Taken are mbox files (mboxo, mboxrd, also gzipped: of Mailman 2, of HyperKitty's \
                export, of any mail program), Maildirs, repositories of public-inbox (of both \
                formats; an epoch, or the folder of all), and what Google Takeout gives of groups, \
                as a zip or as a folder.

                Threads stay threads, dates are kept, authors become staged users who take their \
                posts over when they sign up. Files come along within the site's limits. Mails that \
                are in already are skipped by their Message-ID, so an interrupted import can be run \
                again, and one of a list that goes on adds what is new.

                Only staff sees what was brought in, until “parleyd import publish”; “discard” \
                takes it back.
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The files and folders.", completion: .file())
        var files: [String]
        @Option(help: "The slug of the category the mails go to; parent:child for a subcategory.")
        var category: String?
        @Flag(name: .customLong("by-list-id"), help: "Make each List-Id a category of its own.")
        var byListID = false
        @Option(help: "What it is called until it is published; by default as the first file.")
        var name: String?
        @Flag(help: "Publish it at once.")
        var publish = false
        @Flag(name: .customLong("dry-run"), help: "Only read, and say what would be done.")
        var isDryRun = false
        @Flag(help: "Print what was done as JSON.")
        var json = false

        func validate() throws {
            guard category != nil || byListID else {
                throw ValidationError("Say where the mails go: --category SLUG or --by-list-id.")
            }
            guard !files.isEmpty else { throw ValidationError("Name at least one file.") }
        }

        func run() async throws {
            for file in files where !FileManager.default.isReadableFile(atPath: file) {
                throw CommandFailure(message: "\(file) cannot be read. Nothing was imported.")
            }
            let summary = try await withCommunity(database) { community, _ in
                let work = ArchiveImport(
                    community: community,
                    destination: try await destination(community),
                    name: name ?? Self.name(of: files[0]),
                    isDryRun: isDryRun
                )
                let bar = ProgressBar(isShown: isatty(STDERR_FILENO) == 1)
                defer { bar.end() }
                do {
                    let summary = try await work.run(files: files) { bar.show($0) }
                    if publish, let id = summary.importID {
                        try await community.publishImport(id, by: .system)
                    }
                    return summary
                } catch let error as MboxError {
                    throw CommandFailure(message: error.description)
                }
            }
            try report(summary)
        }

        /// `list` for `/archives/list.mbox.gz`.
        private static func name(of file: String) -> String {
            var name = URL(filePath: file).standardizedFileURL.lastPathComponent
            for ending in [".gz", ".mbox", ".zip", ".git"] where name.hasSuffix(ending) {
                name = String(name.dropLast(ending.count))
            }
            return name.isEmpty ? "import" : String(name.prefix(100))
        }

        private func destination(
            _ community: Community
        ) async throws -> ArchiveImport.Destination {
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
                try CommandOutput.printJSON(ImportReport(summary, isPublished: publish))
                return
            }
            print(
                """
                \(summary.mails) mails: \(summary.posts) \(isDryRun ? "would be" : "new") posts\
                \(isDryRun ? "" : " in \(summary.topics.count) topics"), \(summary.known) were there \
                already, \(summary.refusals.count) refused, \(summary.damaged) damaged but taken.
                """
            )
            for refusal in summary.refusals {
                print("  refused: \(refusal.file) #\(refusal.number): \(refusal.reason)")
            }
            for file in summary.damagedFiles { print("  damaged file: \(file)") }
            if isDryRun { describe(summary) }
            if let id = summary.importID, !publish {
                print("Only staff sees them until “parleyd import publish \(id)”.")
            }
        }

        /// What a dry run has seen.
        private func describe(_ summary: ImportSummary) {
            let lists = summary.lists.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            for (list, count) in lists {
                print("  \(count) of \(list.isEmpty ? "no list" : list)")
            }
            print("  \(summary.authors.count) authors")
            if let period = summary.period {
                print("  \(period.lowerBound.iso8601) to \(period.upperBound.iso8601)")
            }
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
    let importID: Int64?
    let isPublished: Bool
    let lists: [String: Int]
    let authors: Int

    private enum CodingKeys: String, CodingKey {
        case mails
        case posts
        case known
        case topics
        case damaged
        case refused
        case damagedFiles = "damaged_files"
        case importID = "import_id"
        case isPublished = "published"
        case lists
        case authors
    }

    init(_ summary: ImportSummary, isPublished: Bool) {
        mails = summary.mails
        posts = summary.posts
        known = summary.known
        topics = summary.topics.count
        damaged = summary.damaged
        refused = summary.refusals.map {
            Refusal(file: $0.file, number: $0.number, reason: $0.reason)
        }
        damagedFiles = summary.damagedFiles
        importID = summary.importID?.value
        self.isPublished = isPublished && summary.importID != nil
        lists = summary.lists
        authors = summary.authors.count
    }
}
