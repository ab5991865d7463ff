import ArgumentParser
import ForumClient
import Synchronization
import TerminalUI

/// Whether the network is used.
struct OfflineOptions: ParsableArguments, Sendable {
    @Flag(
        help: ArgumentHelp(
            "Answer from what is kept on this machine, without asking the site.",
            discussion: "Without a network that happens by itself, with a word about it."
        )
    )
    var offline = false
}

extension SiteOptions {
    /// Opens the site for reading, for the length of `body`.
    func withReader(
        _ options: OfflineOptions,
        _ body: (SiteReader) async throws(Failure) -> Void
    ) async throws(Failure) {
        try await withSite { (forum, address) async throws(Failure) in
            let kept = KeptAnswers(site: address, account: forum.account)
            try await body(SiteReader(forum: forum, kept: kept, isOffline: options.offline))
        }
    }
}

/// Reads a site for a command, and what is kept of it where there is no network.
final class SiteReader: Sendable {
    let forum: ForumSite
    private let kept: KeptAnswers
    private let isOffline: Bool
    /// Why the site was not reached: it is not tried again by this command.
    private let trouble = Mutex<Failure?>(nil)

    init(forum: ForumSite, kept: KeptAnswers, isOffline: Bool) {
        self.forum = forum
        self.kept = kept
        self.isOffline = isOffline
    }

    func info() async throws(Failure) -> SiteInfo {
        let answer = try await answer(.loadSite) { () async throws(Failure) in
            .siteLoaded(try await self.forum.info())
        }
        guard case .siteLoaded(let info) = answer else { throw SiteReader.notKept }
        return info
    }

    func topics(_ kind: TopicListKind, page: Int = 0) async throws(Failure) -> TopicPage {
        let answer = try await answer(.loadTopics(kind, page: page)) { () async throws(Failure) in
            .topicsLoaded(kind, page: page, try await self.forum.topics(kind, page: page))
        }
        guard case .topicsLoaded(_, _, let topics) = answer else { throw SiteReader.notKept }
        return topics
    }

    func topic(_ id: Int, near: Int?) async throws(Failure) -> TopicDetail {
        let answer = try await answer(.loadTopic(id: id, near: near)) { () async throws(Failure) in
            .topicLoaded(try await self.forum.topic(id, near: near), near: near)
        }
        guard case .topicLoaded(let topic, _) = answer else { throw SiteReader.notKept }
        return topic
    }

    func posts(topic: Int, ids: [Int]) async throws(Failure) -> [Post] {
        let answer = try await answer(.loadPosts(topic: topic, ids: ids)) {
            () async throws(Failure) in
            .postsLoaded(topic: topic, posts: try await self.forum.posts(topic: topic, ids: ids))
        }
        guard case .postsLoaded(_, let posts) = answer else { throw SiteReader.notKept }
        return posts
    }

    // MARK: Inside

    private static let notKept = Failure(
        .notFound,
        "That is not kept on this machine. “parley sync” fetches a site, to be read without a network."
    )

    private func answer(
        _ effect: Effect,
        _ ask: () async throws(Failure) -> Message
    ) async throws(Failure) -> Message {
        let trouble = self.trouble.withLock { $0 }
        guard !isOffline, trouble == nil else {
            guard let answer = await kept.answer(to: effect) else {
                throw trouble ?? SiteReader.notKept
            }
            return answer
        }
        do throws(Failure) {
            let answer = try await ask()
            if let problem = await kept.keep(answer) {
                Talk.say("What you read cannot be kept on this machine: \(problem)")
            }
            return answer
        } catch {
            guard error.kind == .network, let answer = await kept.answer(to: effect) else {
                throw error
            }
            self.trouble.withLock { $0 = error }
            Talk.say("No network: this is what was kept on this machine.")
            return answer
        }
    }
}
