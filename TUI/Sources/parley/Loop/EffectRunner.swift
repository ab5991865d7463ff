import ForumClient
import Foundation
import Synchronization
import TerminalUI

/// Carries effects out on other threads and answers with messages.
final class EffectRunner: Sendable {
    /// How long somebody waits without a word.
    private static let patience = Duration.milliseconds(300)

    let service: any SiteService
    let siteURL: String
    let editorFolder: URL
    let queue: PostQueue
    private let mailbox: Mailbox
    private let drafts: DraftStore
    private let sync: DraftSync
    private let reading: ReadMarks
    private let prefetcher: Prefetcher
    private let kept: KeptAnswers
    private let following = Mutex<Task<Void, Never>?>(nil)
    private let loggingIn = Mutex<Task<Void, Never>?>(nil)
    private let isFlushing = Mutex(false)
    /// The last of the requests that go out one after the other.
    private let ordered = Mutex<Task<Void, Never>?>(nil)
    private let knowsLimits = Mutex(false)
    /// Nobody waits for answers any more.
    private let isOver = Mutex(false)

    init(
        service: any SiteService,
        kept: KeptAnswers,
        at folders: SiteFolders,
        mailbox: Mailbox
    ) {
        self.service = service
        self.kept = kept
        self.mailbox = mailbox
        siteURL = folders.url
        editorFolder = folders.editing
        queue = PostQueue(folder: folders.queue)
        drafts = DraftStore(folder: folders.drafts) { key, reason in
            mailbox.post(.draftNotSaved(key, reason: reason))
        } saved: { key in
            mailbox.post(.draftSaved(key))
        }
        sync = DraftSync(service: service, folder: folders.drafts) { mailbox.post($0) }
        reading = ReadMarks(service: service)
        prefetcher = Prefetcher(service: service, kept: kept) { mailbox.post($0) }
    }

    /// Leaves a message for the loop.
    func post(_ message: Message) {
        guard !isOver.withLock({ $0 }) else { return }
        mailbox.post(message)
    }

    /// Begins to carry an effect out and returns at once.
    func perform(_ effect: Effect) {
        switch effect {
        case .saveDraft(let key, let draft):
            drafts.save(draft, for: key)
            sync.save(draft, key)
        case .deleteDraft(let key):
            drafts.delete(key)
            sync.delete(key)
        case .loadDraft(let key):
            loadDraft(key)
            loadLimits()
        case .openLink(let url):
            openLink(url)
        case .follow(let topic):
            follow(topic)
        case .markRead(let topic, let numbers):
            reading.add(topic: topic, numbers: numbers)
        case .logInByBrowser:
            let task = Task { await request(effect) }
            loggingIn.withLock { $0 = task }
        case .cancelLogIn:
            loggingIn.withLock { $0?.cancel() }
        case .prefetch(let places, let beyond):
            prefetcher.want(places, beyond: beyond)
        case .deliver(let all):
            Task { await flushQueue(all: all) }
        case .openImage(let url):
            Task { await openImage(url) }
        case .redraw, .suspend, .quit, .edit, .copy, .ring, .run, .enterSite:
            // The loop does these itself.
            break
        default:
            prefetcher.makeWay()
            begin(effect)
        }
    }

    private func begin(_ effect: Effect) {
        guard effect.isOrdered else {
            Task { await request(effect) }
            return
        }
        ordered.withLock { last in
            let earlier = last
            last = Task {
                await earlier?.value
                await request(effect)
            }
        }
    }

    /// Says so while the site does not answer at once.
    private func watched<Answer: Sendable>(
        _ body: () async throws(Failure) -> Answer
    ) async throws(Failure) -> Answer {
        let watch = Task { [self] in
            try await Threads.sleep(for: EffectRunner.patience)
            post(.requestIsSlow(true))
        }
        let result: Result<Answer, Failure>
        do throws(Failure) {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        watch.cancel()
        if case .success = await watch.result {
            post(.requestIsSlow(false))
        }
        return try result.get()
    }

    /// Returns when all drafts are on disk.
    func flush() {
        drafts.flush()
    }

    /// Keeps a draft on disk before this returns.
    func keep(_ draft: Draft, _ key: DraftKey) {
        drafts.save(draft, for: key)
        drafts.flush()
    }

    /// The reader is at the keys: what nobody asked for waits.
    func makeWay() {
        prefetcher.makeWay()
    }

    /// Ends everything: drafts are on disk and, with posts that could still be taken back and the read
    /// marks, on the site, within a moment. What does not get through is sent the next time.
    func finish() {
        isOver.withLock { $0 = true }
        prefetcher.want([])
        drafts.flush()
        following.withLock { $0?.cancel() }
        loggingIn.withLock { $0?.cancel() }
        let isDone = DispatchSemaphore(value: 0)
        let holdsPosts = queue.all().contains { $0.due != nil && $0.problem == nil }
        Task {
            if holdsPosts {
                await flushQueue(all: true)
            }
            await reading.send()
            await sync.send()
            isDone.signal()
        }
        _ = isDone.wait(timeout: .now() + (holdsPosts ? 4 : 1))
    }

    // MARK: The queue

    /// True when nobody sends what waits at the moment; ``leaveQueue()`` lets the next one.
    func takeQueue() -> Bool {
        isFlushing.withLock { isFlushing in
            defer { isFlushing = true }
            return !isFlushing
        }
    }

    func leaveQueue() {
        isFlushing.withLock { $0 = false }
    }

    /// The drafts on disk.
    func keptDrafts() -> [(key: DraftKey, draft: Draft)] {
        drafts.all()
    }

    // MARK: Requests

    /// Shows at once what is kept on this machine, then what the site says; without a network, what is
    /// kept has to do.
    private func request(_ effect: Effect) async {
        let early = await kept.early(effect)
        if let early {
            post(early)
        }
        let era = service.era
        do throws(Failure) {
            let messages = try await watched { () async throws(Failure) in
                try await answer(effect)
            }
            for message in messages {
                post(early == nil ? message : message.withoutMoving)
            }
            // Afterwards: the disk keeps nobody waiting, and no message comes late.
            for message in messages {
                if let problem = await kept.keep(message) {
                    post(.notice("What you read cannot be kept on this machine: \(problem)"))
                }
            }
        } catch {
            guard error.kind != .cancelled else { return }
            if error.kind == .auth, era != service.era, !effect.isLogIn {
                // Somebody logged in meanwhile: the answer was about the session before.
                await request(effect)
            } else if error.kind == .network, let answer = await kept.answer(to: effect) {
                post(.connected(false))
                post(answer)
                post(.notice("No network: this is what was kept on this machine."))
            } else {
                post(.failed(effect, error))
            }
        }
    }

    /// Asks the first time that somebody writes.
    private func loadLimits() {
        guard
            knowsLimits.withLock({ knows in
                defer { knows = true }
                return !knows
            })
        else { return }
        Task {
            if let limits = await service.postLimits() {
                post(.limitsLoaded(limits))
            }
        }
    }

    private func loadDraft(_ key: DraftKey) {
        Task {
            var draft: Draft?
            do {
                draft = try drafts.load(key)
                post(.draftLoaded(key, draft))
            } catch {
                post(.draftLoaded(key, nil))
                post(.notice("An earlier draft cannot be read: \(error)"))
            }
            await sync.load(key, disk: draft)
        }
    }

    // MARK: Live

    /// Listens for what happens to the lists and to one topic.
    private func follow(_ topic: Int?) {
        let task = Task { [service] in
            for await happening in service.happenings(topic: topic) {
                await pass(happening)
            }
        }
        let earlier = following.withLock { current in
            let earlier = current
            current = task
            return earlier
        }
        earlier?.cancel()
    }

    private func pass(_ happening: Happening) async {
        switch happening {
        case .connected(let isUp):
            post(.connected(isUp))
            if isUp {
                await flushQueue(all: false)
            }
        case .notificationsCounted(let count):
            post(.notificationsCounted(count))
        case .topicBumped(let id, let highest):
            post(.topicBumped(id: id, highestNumber: highest, poster: nil))
        case .topicWaits(let id, let highest, let category, let isNew):
            post(.topicWaits(id: id, highestNumber: highest, category: category, isNew: isNew))
        case .postsCreated(let topic, let ids):
            await fetch(ids, of: topic) { posts in
                post(.postsArrived(topic: topic, ids: ids, posts: posts))
            }
        case .postChanged(let topic, let id):
            await fetch([id], of: topic) { posts in
                for changed in posts {
                    post(.postChanged(topic: topic, post: changed))
                }
            }
        }
    }

    private func fetch(
        _ ids: [Int],
        of topic: Int,
        _ take: ([Post]) -> Void
    ) async {
        do throws(Failure) {
            take(try await service.posts(topic: topic, ids: ids))
        } catch {
            // The posts stay unloaded; scrolling to them asks again.
            take([])
        }
    }
}
