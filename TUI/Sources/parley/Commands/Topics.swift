import ArgumentParser
import ForumClient
import TerminalUI

/// Lists topics.
struct Topics: Verb {
    static let configuration = CommandConfiguration(
        abstract: "List topics: the latest, or those that an option names.",
        aliases: ["latest"]
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var network: OfflineOptions

    @Option(help: ArgumentHelp("Only topics of this category.", valueName: "slug"))
    var category: String?

    @Option(help: "Only topics with this tag.")
    var tag: String?

    @Flag(help: "Only topics with unread posts.")
    var unread = false

    @Flag(help: "Only topics that were never opened.")
    var new = false

    @Flag(help: "The topics that were most talked about.")
    var top = false

    @Flag(help: "The topics that are talked about now.")
    var hot = false

    @Flag(help: "What you bookmarked.")
    var bookmarks = false

    @Option(help: "The page, from 0 on.")
    var page = 0

    @Option(help: "Print at most this many.")
    var limit: Int?

    func validate() throws {
        guard page >= 0 else { throw ValidationError("A page has a number from 0 on.") }
        guard (limit ?? 1) > 0 else { throw ValidationError("A limit is at least 1.") }
        let chosen = [unread, new, top, hot, bookmarks, category != nil, tag != nil]
        guard chosen.count(where: \.self) <= 1 else {
            throw ValidationError("Choose one of the lists.")
        }
    }

    func perform() async throws(Failure) {
        try await site.withReader(network) { (reader) async throws(Failure) in
            let info = try await reader.info()
            let topics = try await reader.topics(try kind(in: info), page: page)
            let rows = limit.map { Array(topics.rows.prefix($0)) } ?? topics.rows
            TopicOutput(options: output, site: info, now: Loop.now()).print(rows)
        }
    }

    private func kind(in site: SiteInfo) throws(Failure) -> TopicListKind {
        if let category {
            let found = try site.named(category)
            return .category(id: found.id, slug: found.slug, name: found.name)
        }
        if let tag { return .tag(tag) }
        if bookmarks { return .bookmarks }
        return unread ? .unread : new ? .new : top ? .top : hot ? .hot : .latest
    }
}

extension SiteInfo {
    /// The category with a slug.
    func named(_ slug: String) throws(Failure) -> TerminalUI.Category {
        guard let found = categories.first(where: { $0.slug == slug }) else {
            throw Failure(.notFound, "There is no category with the slug “\(slug)”.")
        }
        return found
    }
}

/// Lists messages between people.
struct Messages: Verb {
    static let configuration = CommandConfiguration(abstract: "List your messages.")

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var network: OfflineOptions

    func perform() async throws(Failure) {
        try await site.withReader(network) { (reader) async throws(Failure) in
            let info = try await reader.info()
            let topics = try await reader.topics(.messages)
            TopicOutput(options: output, site: info, now: Loop.now()).print(topics.rows)
        }
    }
}

/// Finds topics and posts.
struct Search: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Search the site.",
        discussion: "Filters are Discourse's: @user, #category, tags:x, in:title, order:latest."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var network: OfflineOptions

    @Option(help: "The page, from 0 on.")
    var page = 0

    @Argument(help: "What to look for.")
    var words: [String]

    func perform() async throws(Failure) {
        try await site.withReader(network) { (reader) async throws(Failure) in
            let info = try await reader.info()
            let kind = TopicListKind.search(words.joined(separator: " "))
            let topics = try await reader.topics(kind, page: max(0, page))
            TopicOutput(options: output, site: info, now: Loop.now()).print(topics.rows)
        }
    }
}

/// Says whether there is something unread, for scripts and prompts.
struct Unread: Verb {
    static let configuration = CommandConfiguration(
        abstract: "List topics with unread posts.",
        discussion: "With --check nothing is printed, and the exit status is 2 when there are some."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var network: OfflineOptions

    @Flag(help: "Print nothing; exit with 2 when something is unread.")
    var check = false

    @Flag(help: "Print the number of topics only.")
    var count = false

    @Flag(help: "Of all sites on which you have an account.")
    var everywhere = false

    func perform() async throws(Failure) {
        try await site.withReader(network) { (reader) async throws(Failure) in
            var rows = try await reader.topics(.unread).rows
            if everywhere {
                rows += await SiteSet.unread(
                    on: SiteSet.others(than: reader.forum.client.site.text)
                )
            }
            if check {
                guard rows.isEmpty else { Parley.leave(ExitStatus.unreadExist) }
                return
            }
            guard !count else {
                Talk.print(lines: [String(rows.count)])
                return
            }
            let info = try await reader.info()
            TopicOutput(options: output, site: info, now: Loop.now()).print(rows)
        }
    }
}
