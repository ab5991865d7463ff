import ArgumentParser
import ForumClient
import SiteCache
import TerminalUI

/// Fetches a site for reading without a network.
struct Sync: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Fetch a site, to read and search it without a network.",
        discussion: """
            The first time everything is fetched that you may see, later what changed since; a sync that \
            is interrupted goes on where it was. A site with a feed of changes, such as Parley, sends a \
            thousand posts at a time. Others are asked politely, topic by topic, from the newest on.
            """
    )

    @OptionGroup var site: SiteOptions

    @Option(help: ArgumentHelp("Only this category.", valueName: "slug"))
    var category: String?

    @Option(
        help: ArgumentHelp(
            "Fetch at most this many topics, where they are fetched one by one.",
            valueName: "topics"
        )
    )
    var limit = 1000

    @Flag(help: "Forget what is kept and fetch everything again.")
    var fromScratch = false

    @Flag(help: "Print what was done as JSON.")
    var json = false

    func validate() throws {
        guard limit > 0 else { throw ValidationError("A limit is at least 1.") }
    }

    func perform() async throws(Failure) {
        try await site.withSite { (forum, address) async throws(Failure) in
            let info = try await forum.info()
            let category = try self.category.map { slug throws(Failure) in
                guard let found = info.categories.first(where: { $0.slug == slug }) else {
                    throw Failure(.notFound, "There is no category with the slug “\(slug)”.")
                }
                return found
            }
            let sync = SiteSync(
                site: forum,
                cache: try await cache(forum, address, info),
                progress: { Talk.progress("Fetched \($0.line) …") },
                waiting: { Talk.progress("The site asks to wait \($0) s …") }
            )
            let report = try await sync.run(category: category, mostTopics: limit)
            Talk.progress("")
            if json {
                Talk.print(json: report)
            } else {
                Talk.say("\(address.text): \(report.line).")
            }
        }
    }

    /// The file of what is kept, with the site's own name and categories in it.
    private func cache(
        _ forum: ForumSite,
        _ address: SiteAddress,
        _ info: SiteInfo
    ) async throws(Failure) -> SiteCache {
        do throws(CacheError) {
            let file = StateFolder.cache(of: address, account: forum.account)
            let cache = try SiteCache(file: file)
            if fromScratch { try await cache.clear() }
            try await cache.keep(info)
            return cache
        } catch {
            throw Failure(.refused, "The file of what is kept cannot be used: \(error)")
        }
    }
}
