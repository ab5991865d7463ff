import ForumClient
import SiteCache
import Synchronization
import TerminalUI

/// Answers from what is kept on this machine: for the moment before the site answers, and for when it does not.
final class KeptAnswers: Sendable {
    /// The file on disk.
    private enum Store {
        case closed
        case open(SiteCache)
        /// It cannot be used; why, until that was said.
        case unusable(String?)
    }

    private struct State {
        var account: String?
        var store = Store.closed
        /// What was shown early in this run: the second time the screen itself is fresher.
        var shown: Set<Effect> = []
    }

    private let site: SiteAddress
    private let state: Mutex<State>

    /// What `account` reads on a site; nil for a guest. The file is opened when something is asked for,
    /// not before the first screen is there.
    init(site: SiteAddress, account: String?) {
        self.site = site
        state = Mutex(State(account: account))
    }

    /// What can be shown before the site answers; nil when nothing is kept, or when it was shown before.
    func early(_ effect: Effect) async -> Message? {
        switch effect {
        case .loadTopics(.search, _):
            // That nothing is found here says nothing of the site.
            return nil
        case .loadSite, .loadTopics(_, page: 0):
            guard state.withLock({ $0.shown.insert(effect).inserted }) else { return nil }
        case .loadTopic:
            break
        default:
            return nil
        }
        return await answer(to: effect)
    }

    /// What is kept of the answer to a request; nil when that is nothing.
    func answer(to effect: Effect) async -> Message? {
        guard let cache = cache() else { return nil }
        do throws(CacheError) {
            switch effect {
            case .loadSite:
                return try await cache.info().map { .siteLoaded($0) }
            case .loadTopics(.search(let words), page: 0):
                let found = try await cache.search(words)
                return .topicsLoaded(.search(words), page: 0, found)
            case .loadTopics(let kind, page: 0):
                guard let page = try await cache.topics(kind) else { return nil }
                return .topicsLoaded(kind, page: 0, page)
            case .loadTopic(let id, let near):
                guard let topic = try await cache.topic(id, near: near) else { return nil }
                return .topicLoaded(topic, near: near)
            case .loadPosts(let topic, let ids):
                let posts = try await cache.posts(ids)
                return posts.isEmpty ? nil : .postsLoaded(topic: topic, posts: posts)
            default:
                return nil
            }
        } catch {
            // What cannot be read is not kept; the site has it.
            return nil
        }
    }

    /// Whether a topic is kept with the posts that would show, as far as anybody has written.
    func holds(_ place: TopicPlace) async -> Bool {
        guard let cache = cache() else { return false }
        do throws(CacheError) {
            let topic = try await cache.topic(place.topic, near: place.near)
            return (topic?.highestNumber ?? 0) >= place.highestNumber
        } catch {
            return false
        }
    }

    /// Keeps what the site said. Returns why it cannot, the first time.
    func keep(_ message: Message) async -> String? {
        if let cache = cache() {
            do throws(CacheError) {
                try await keep(message, in: cache)
            } catch {
                state.withLock { $0.store = .unusable(error.description) }
            }
        }
        return state.withLock { state in
            guard case .unusable(let problem?) = state.store else { return nil }
            state.store = .unusable(nil)
            return problem
        }
    }

    private func keep(_ message: Message, in cache: SiteCache) async throws(CacheError) {
        switch message {
        case .siteLoaded(let info):
            try await cache.keep(info)
            try await cache.trim()
        case .topicsLoaded(let kind, let page, let topics):
            try await cache.keep(topics, number: page, of: kind)
        case .topicLoaded(let topic, _):
            try await cache.keep(topic, readAt: Loop.now())
        case .postsLoaded(let topic, let posts):
            try await cache.keep(posts, of: topic)
        case .postChanged(let topic, let post):
            try await cache.keep([post], of: topic)
        case .loggedIn(let username):
            become(username)
        case .loggedOut:
            // What a member read is not for whoever uses the machine next.
            try await cache.clear()
            become(nil)
        default:
            break
        }
    }

    private func become(_ account: String?) {
        state.withLock { $0 = State(account: account) }
    }

    private func cache() -> SiteCache? {
        state.withLock { state in
            switch state.store {
            case .open(let cache):
                return cache
            case .unusable:
                return nil
            case .closed:
                do throws(CacheError) {
                    let file = StateFolder.cache(of: site, account: state.account)
                    let cache = try SiteCache(file: file)
                    state.store = .open(cache)
                    return cache
                } catch {
                    state.store = .unusable(error.description)
                    return nil
                }
            }
        }
    }
}

extension Message {
    /// The same news for a screen that shows it already: the reader may have gone on meanwhile.
    var withoutMoving: Message {
        if case .topicLoaded(let topic, _) = self { .topicLoaded(topic, near: nil) } else { self }
    }
}
