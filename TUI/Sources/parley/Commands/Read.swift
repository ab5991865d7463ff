import ArgumentParser
import TerminalUI

/// Prints a topic.
struct Read: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Print the posts of a topic.",
        discussion: "Begins at POST when one is given: parley read 12/3"
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var network: OfflineOptions

    @Option(help: "Print at most this many posts.")
    var limit = 50

    @Flag(help: "Begin at the first post that was not read.")
    var fromUnread = false

    @Option(help: "Wrap text to this many columns.")
    var width: Int?

    @Argument(
        help: ArgumentHelp("The number of the topic, or a link to it.", valueName: "topic[/post]")
    )
    var place: TopicArgument

    func validate() throws {
        guard limit > 0 else { throw ValidationError("A limit is at least 1.") }
        guard (width ?? 80) >= 20 else { throw ValidationError("A width is at least 20.") }
    }

    func perform() async throws(Failure) {
        try await site.withReader(network) { (reader) async throws(Failure) in
            let info = try await reader.info()
            var topic = try await reader.topic(place.topic, near: place.post)
            var start = place.post ?? 1
            if fromUnread, let read = topic.lastRead {
                start = read + 1
                topic = try await reader.topic(place.topic, near: start)
            }
            let posts = try await Read.posts(of: topic, from: start, limit: limit, reader)
            let columns = width ?? min(Talk.columns, TerminalUI.Limits.measure)
            TopicOutput(options: output, site: info, now: Loop.now())
                .print(posts, of: topic, width: columns)
        }
    }

    /// `limit` posts from the number `start` on, fetched as they are needed.
    private static func posts(
        of topic: TopicDetail,
        from start: Int,
        limit: Int,
        _ reader: SiteReader
    ) async throws(Failure) -> [Post] {
        let loaded = Dictionary(
            topic.posts.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let first =
            start <= 1
            ? 0
            : topic.stream.firstIndex { (loaded[$0]?.number ?? 0) >= start } ?? topic.stream.count
        let ids = topic.stream[min(first, topic.stream.count)...].prefix(limit)
        let missing = ids.filter { loaded[$0] == nil }
        let more =
            missing.isEmpty
            ? [] : try await reader.posts(topic: topic.id, ids: Array(missing))
        let all = loaded.merging(more.map { ($0.id, $0) }, uniquingKeysWith: { _, new in new })
        return ids.compactMap { all[$0] }
    }
}
