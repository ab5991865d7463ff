import ArgumentParser
import TerminalUI

/// Lists topics.
struct Latest: Verb {
    static let configuration = CommandConfiguration(
        abstract: "List the latest topics, or those of a category."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Only topics of this category.", valueName: "slug"))
    var category: String?

    @Flag(help: "Only topics with unread posts.")
    var unread = false

    @Flag(help: "Only topics that were never opened.")
    var new = false

    @Option(help: "The page, from 0 on.")
    var page = 0

    func validate() throws {
        guard page >= 0 else { throw ValidationError("A page has a number from 0 on.") }
        guard !(unread && new) else { throw ValidationError("Choose --unread or --new.") }
    }

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            let info = try await forum.info()
            var kind = unread ? TopicListKind.unread : new ? .new : .latest
            if let category {
                guard let found = info.categories.first(where: { $0.slug == category }) else {
                    throw Failure(.notFound, "There is no category with the slug “\(category)”.")
                }
                kind = .category(id: found.id, slug: found.slug, name: found.name)
            }
            let topics = try await forum.topics(kind, page: page)
            TopicOutput(options: output, site: info, now: Loop.now()).print(topics.rows)
        }
    }
}

/// Finds topics and posts.
struct Search: Verb {
    static let configuration = CommandConfiguration(abstract: "Search the site.")

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The page, from 0 on.")
    var page = 0

    @Argument(help: "What to look for.")
    var words: [String]

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            let info = try await forum.info()
            let kind = TopicListKind.search(words.joined(separator: " "))
            let topics = try await forum.topics(kind, page: max(0, page))
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

    @Flag(help: "Print nothing; exit with 2 when something is unread.")
    var check = false

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            let topics = try await forum.topics(.unread, page: 0)
            if check {
                guard topics.rows.isEmpty else { Parley.leave(ExitStatus.unreadExist) }
                return
            }
            let info = try await forum.info()
            TopicOutput(options: output, site: info, now: Loop.now()).print(topics.rows)
        }
    }
}
