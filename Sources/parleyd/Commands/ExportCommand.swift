import ArgumentParser
import Forum
import ForumMail
import Foundation

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write down what the community has said, for other programs.",
        subcommands: [Mbox.self]
    )

    struct Mbox: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write topics as mails into an mbox file (mboxrd).",
            discussion: """
                Threads are those of the topics. Whispers, hidden posts and private messages are left \
                out, and addresses too, unless --addresses is given. An archive that is imported into \
                the same forum adds nothing; into another, the same threads.
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The file to write; - for standard output.", completion: .file())
        var file: String
        @Option(
            help: "The slug of a category, with its subcategories; parent:child for one of those."
        )
        var category: String?
        @Option(help: "The number of a topic.")
        var topic: Int64?
        @Flag(help: "Every topic of the site.")
        var all = false
        @Flag(help: "Compress it; the default for a name that ends in .gz.")
        var gzip = false
        @Flag(help: "Put the authors' own addresses in: for moving to another forum.")
        var addresses = false

        func validate() throws {
            guard [category != nil, topic != nil, all].count(where: { $0 }) == 1 else {
                throw ValidationError("Say what: --category SLUG, --topic NUMBER, or --all.")
            }
        }

        func run() async throws {
            try await withCommunity(database) { community, _ in
                let scope = try await scope(community)
                let viewer = Viewer.member(.system)
                let total: Int
                do {
                    total = try await community.archiveSize(scope, for: viewer)
                } catch let error as ForumError where error.code == .notFound {
                    throw CommandFailure(message: "There is no topic number \(topic ?? 0).")
                }
                let archive = MboxArchive(
                    scope,
                    of: community,
                    for: viewer,
                    includesAddresses: addresses,
                    isCompressed: gzip || file.hasSuffix(".gz")
                )
                let posts = try await write(archive, total)
                FileHandle.standardError.write(Data("\(posts) mails written.\n".utf8))
            }
        }

        private func scope(_ community: Community) async throws -> ArchiveScope {
            if let topic { return .topic(TopicID(topic)) }
            guard let category else { return .site }
            return .category(try await community.category(named: category, "Nothing was written."))
        }

        /// Under another name first: a file of this name is whole.
        private func write(_ archive: MboxArchive, _ total: Int) async throws -> Int {
            guard file != "-" else {
                return try await write(archive, total, to: FileHandle.standardOutput)
            }
            let part = file + ".part"
            guard FileManager.default.createFile(atPath: part, contents: nil),
                let handle = FileHandle(forWritingAtPath: part)
            else { throw CommandFailure(message: "\(part) cannot be written.") }
            let posts = try await write(archive, total, to: handle)
            try handle.synchronize()
            try handle.close()
            guard rename(part, file) == 0 else {
                throw CommandFailure(
                    message: "\(file) cannot be written: \(String(cString: strerror(errno)))"
                )
            }
            return posts
        }

        private func write(
            _ archive: MboxArchive,
            _ total: Int,
            to handle: FileHandle
        ) async throws -> Int {
            let bar = ProgressBar(isShown: isatty(STDERR_FILENO) == 1)
            defer { bar.end() }
            var pieces = archive.makeAsyncIterator()
            while let piece = try await pieces.next() {
                try handle.write(contentsOf: piece)
                bar.show(pieces.posts, of: total, mails: pieces.posts)
            }
            return pieces.posts
        }
    }
}

extension Community {
    /// The category that a command names.
    func category(named name: String, _ advice: String) async throws -> CategoryID {
        do {
            let path = name.split(separator: ":").map(String.init)
            return try await category(path: path, for: .member(.system)).id
        } catch let error as ForumError where error.code == .notFound {
            throw CommandFailure(message: "There is no category “\(name)”. \(advice)")
        }
    }
}
