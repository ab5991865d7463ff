import ArgumentParser
import ForumClient
import Foundation
import TerminalUI

/// A command that talks to a site and ends.
protocol Verb: ParsableCommand, Sendable {
    func perform() async throws(Failure)
}

/// Exit codes that scripts can rely on.
enum ExitStatus {
    static let success: Int32 = 0
    static let usage: Int32 = 1
    static let unreadExist: Int32 = 2
    static let network: Int32 = 3
    static let auth: Int32 = 4
    static let notFound: Int32 = 5
    static let rateLimited: Int32 = 6
    /// The site failed.
    static let server: Int32 = 7

    static func of(_ failure: Failure) -> Int32 {
        switch failure.kind {
        case .network, .cancelled: network
        case .auth, .forbidden: auth
        case .notFound: notFound
        case .rateLimited: rateLimited
        case .refused: usage
        case .server: server
        }
    }
}

/// Which site a command is about.
struct SiteOptions: ParsableArguments, Sendable {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The address of the site.",
            discussion: "By default PARLEY_SITE, or the site that was used last.",
            valueName: "url"
        )
    )
    var site: String?

    @Option(
        name: .long,
        help: "Which of your accounts on the site; by default PARLEY_ACCOUNT, or the only one."
    )
    var account: String?

    /// Opens the site for the length of `body`.
    func withSite(
        _ body: (ForumSite, SiteAddress) async throws(Failure) -> Void
    ) async throws(Failure) {
        if let account {
            setenv("PARLEY_ACCOUNT", account, 1)
        }
        try await Visit.open(try Visit.address(named: site), body)
    }
}

/// Finding and opening a site.
enum Visit {
    /// The address that counts: the one named, `PARLEY_SITE`, or the site that was used last.
    static func address(named name: String?) throws(Failure) -> SiteAddress {
        guard let text = name ?? usual else {
            throw Failure(
                .refused,
                "No site is known yet. Name one with --site, PARLEY_SITE or “parley URL”."
            )
        }
        do {
            return try SiteAddress(text)
        } catch {
            throw Failure(error)
        }
    }

    /// The site of this environment; nil when none is known.
    static var usual: String? {
        let environment = ProcessInfo.processInfo.environment["PARLEY_SITE"]
        return environment.flatMap { $0.isEmpty ? nil : $0 } ?? Configuration.current.site
            ?? KnownSites.all().first
    }

    static func site(_ address: SiteAddress) throws(Failure) -> ForumSite {
        do {
            return try ForumSite(
                address,
                store: CredentialStore(folder: StateFolder.credentials.path)
            )
        } catch {
            throw Failure(error)
        }
    }

    /// Opens a site for the length of `body` and remembers it when all went well.
    static func open(
        _ address: SiteAddress,
        _ body: (ForumSite, SiteAddress) async throws(Failure) -> Void
    ) async throws(Failure) {
        let site = try site(address)
        do {
            try await body(site, address)
        } catch {
            await site.close()
            throw error
        }
        KnownSites.remember(address)
        await site.close()
    }
}

/// How a command prints.
struct OutputOptions: ParsableArguments, Sendable {
    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Print labelled lines without columns, as screen readers like them.")
    var plain = false
}

/// A topic, and perhaps a post in it, as people name them: `12`, `12/3`, or a link.
struct TopicArgument: ExpressibleByArgument, Sendable {
    var topic: Int
    var post: Int?

    init?(argument: String) {
        let parts = argument.split(separator: "/")
        if let topic = parts.first.flatMap({ Int($0) }), parts.count <= 2, topic > 0 {
            self.topic = topic
            post = parts.count == 2 ? Int(parts[1]) : nil
            return
        }
        guard let path = argument.range(of: "/t/"),
            let address = TopicAddress(String(argument[path.lowerBound...]), site: "")
        else { return nil }
        topic = address.topic
        post = address.post
    }
}

/// Where the text of a post comes from.
enum BodySource {
    /// The argument, standard input for `-`, or the editor when there is no argument.
    static func read(_ argument: String?, present: String = "") throws(Failure) -> String {
        let text: String
        switch argument {
        case "-":
            let data = FileHandle.standardInput.readDataToEndOfFile()
            text = String(decoding: data, as: UTF8.self)
        case let argument?:
            text = argument
        case nil:
            guard isatty(STDIN_FILENO) == 1 else {
                throw Failure(.refused, "Give the text as an argument, or - to read it from input.")
            }
            let editor = ExternalEditor(folder: StateFolder.url.appending(path: "editing"))
            text = try editor.edit(present, errorOutput: -1).get()
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw Failure(.refused, "There is no text; nothing was sent.")
        }
        return text
    }
}
