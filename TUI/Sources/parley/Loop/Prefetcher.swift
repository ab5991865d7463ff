import ForumClient
import Synchronization
import TerminalUI

/// Fetches the topics that will be opened next, so that they are on this machine when they are: one at a
/// time, when the reader has been quiet for a moment and nothing else is asked for. They do not count as
/// visited, and nothing in them as read.
final class Prefetcher: Sendable {
    /// How long the reader has to be quiet.
    private static let pause = Duration.milliseconds(400)
    /// How long a site that failed is left alone.
    private static let rest = Duration.seconds(30)

    private struct State {
        var wanted: [TopicPlace] = []
        /// What else is unread on the site is wanted too.
        var looksBeyond = false
        var task: Task<Void, Never>?
        var quietUntil: ContinuousClock.Instant?
    }

    private let service: any SiteService
    private let kept: KeptAnswers
    private let post: @Sendable (Message) -> Void
    private let state = Mutex(State())

    init(
        service: any SiteService,
        kept: KeptAnswers,
        post: @escaping @Sendable (Message) -> Void
    ) {
        self.service = service
        self.kept = kept
        self.post = post
    }

    /// From now on these are wanted, and nothing else; `beyond` as well what the site has unread besides.
    func want(_ places: [TopicPlace], beyond: Bool = false) {
        state.withLock { state in
            state.wanted = places
            state.looksBeyond = beyond
        }
        makeWay()
    }

    /// Gives up what is being fetched, and begins again when all is quiet.
    func makeWay() {
        state.withLock { state in
            state.task?.cancel()
            guard !state.wanted.isEmpty || state.looksBeyond else {
                state.task = nil
                return
            }
            state.task = Task { [weak self] in await self?.fetchWanted() }
        }
    }

    private func fetchWanted() async {
        while await pause(), let place = state.withLock({ $0.wanted.first }) {
            if await !kept.holds(place) {
                guard await fetch(place) else { return }
            }
            state.withLock { state in
                state.wanted.removeAll { $0 == place }
            }
        }
        if state.withLock({ $0.looksBeyond }), await pause() {
            await lookBeyond()
        }
    }

    private func lookBeyond() async {
        do throws(Failure) {
            let rows = try await service.allUnread()
            state.withLock { $0.looksBeyond = false }
            post(.unreadAhead(rows))
        } catch {
            guard error.kind != .cancelled, !Task.isCancelled else { return }
            // The site is asked when the reader gets there.
            state.withLock { $0.looksBeyond = false }
        }
    }

    /// Waits until the time has come; false when the reader did something meanwhile.
    private func pause() async -> Bool {
        let quiet = state.withLock { $0.quietUntil.map { $0 - .now } } ?? .zero
        do {
            try await Threads.sleep(for: max(Prefetcher.pause, quiet))
        } catch {
            return false
        }
        return !Task.isCancelled
    }

    private func fetch(_ place: TopicPlace) async -> Bool {
        do throws(Failure) {
            let topic = try await service.topic(place.topic, near: place.near, isVisit: false)
            // What cannot be kept is fetched when it is opened.
            _ = await kept.keep(.topicLoaded(topic, near: place.near))
            return true
        } catch {
            guard error.kind != .cancelled, !Task.isCancelled else { return false }
            var wait = Prefetcher.rest
            if case .rateLimited(let seconds?) = error.kind {
                wait = max(wait, .seconds(seconds))
            }
            state.withLock { state in
                state.quietUntil = .now + wait
                state.wanted.removeAll { $0 == place }
            }
            return true
        }
    }
}
