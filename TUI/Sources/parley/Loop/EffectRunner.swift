import Foundation
import Synchronization
import TerminalUI

/// Carries effects out on other threads and answers with messages.
final class EffectRunner: Sendable {
    private let service: any SiteService
    private let mailbox: Mailbox
    private let drafts: DraftStore
    let editorFolder: URL
    private let reading: ReadMarks
    private let kept: KeptAnswers
    private let following = Mutex<Task<Void, Never>?>(nil)

    init(
        service: any SiteService,
        kept: KeptAnswers,
        mailbox: Mailbox,
        stateFolder: URL,
        draftFolder: URL
    ) {
        self.service = service
        self.kept = kept
        self.mailbox = mailbox
        editorFolder = stateFolder.appending(path: "editing")
        drafts = DraftStore(folder: draftFolder) { key, reason in
            mailbox.post(.draftNotSaved(key, reason: reason))
        }
        reading = ReadMarks(service: service)
    }

    /// Begins to carry an effect out and returns at once.
    func perform(_ effect: Effect) {
        switch effect {
        case .saveDraft(let key, let draft):
            drafts.save(draft, for: key)
        case .deleteDraft(let key):
            drafts.delete(key)
        case .loadDraft(let key):
            loadDraft(key)
        case .openLink(let url):
            openLink(url)
        case .follow(let topic):
            follow(topic)
        case .markRead(let topic, let numbers):
            reading.add(topic: topic, numbers: numbers)
        case .redraw, .suspend, .quit, .edit:
            // The loop does these itself.
            break
        default:
            Task { await request(effect) }
        }
    }

    /// Returns when all drafts are on disk.
    func flush() {
        drafts.flush()
    }

    /// Ends everything: drafts are on disk and read marks are sent, within a second.
    func finish() {
        drafts.flush()
        following.withLock { $0?.cancel() }
        let isDone = DispatchSemaphore(value: 0)
        Task {
            await reading.send()
            isDone.signal()
        }
        _ = isDone.wait(timeout: .now() + 1)
    }

    // MARK: Requests

    /// Shows at once what is kept on this machine, then what the site says; without a network, what is
    /// kept has to do.
    private func request(_ effect: Effect) async {
        let early = await kept.early(effect)
        if let early {
            mailbox.post(early)
        }
        do throws(Failure) {
            for message in try await answer(effect) {
                mailbox.post(early == nil ? message : message.withoutMoving)
                if let problem = await kept.keep(message) {
                    mailbox.post(
                        .notice("What you read cannot be kept on this machine: \(problem)")
                    )
                }
            }
        } catch {
            if error.kind == .network, let answer = await kept.answer(to: effect) {
                mailbox.post(.connected(false))
                mailbox.post(answer)
                mailbox.post(.notice("No network: this is what was kept on this machine."))
            } else {
                mailbox.post(.failed(effect, error))
            }
        }
    }

    private func answer(_ effect: Effect) async throws(Failure) -> [Message] {
        switch effect {
        case .loadSite:
            return [.siteLoaded(try await service.info())]
        case .loadTopics(let kind, let page):
            return [.topicsLoaded(kind, page: page, try await service.topics(kind, page: page))]
        case .loadTopic(let id, let near):
            return [.topicLoaded(try await service.topic(id, near: near), near: near)]
        case .loadPosts(let topic, let ids):
            return [
                .postsLoaded(topic: topic, posts: try await service.posts(topic: topic, ids: ids))
            ]
        case .loadRaw(let post):
            return [.rawLoaded(post: post, raw: try await service.raw(post: post))]
        case .submit(let submission):
            let receipt = try await service.submit(submission)
            return [
                .submitted(
                    submission.key,
                    topic: receipt.topic,
                    postNumber: receipt.postNumber,
                    isPending: receipt.isPending
                )
            ]
        case .setLike(let topic, let post, let on):
            return [.postChanged(topic: topic, post: try await service.setLike(post: post, on: on))]
        case .delete(let topic, let post):
            try await service.delete(post: post)
            return [.postDeleted(topic: topic, post: post)]
        case .recover(let topic, let post):
            try await service.recover(post: post)
            return [.postRecovered(topic: topic, post: post)]
        case .loadNotifications:
            return [.notificationsLoaded(try await service.notifications())]
        case .markNotificationsRead(let id):
            try await service.markNotificationsRead(id: id)
            return []
        case .setLevel(let topic, let level):
            try await service.setLevel(topic: topic, level)
            return [.levelSet(topic: topic, level)]
        case .logIn(let username, let password, let code):
            switch try await service.logIn(username: username, password: password, code: code) {
            case .loggedIn(let username): return [.loggedIn(username: username)]
            case .codeNeeded: return [.codeNeeded]
            }
        case .logOut:
            try await service.logOut()
            return [.loggedOut]
        default:
            return []
        }
    }

    private func loadDraft(_ key: DraftKey) {
        DispatchQueue.global().async { [drafts, mailbox] in
            do {
                mailbox.post(.draftLoaded(key, try drafts.load(key)))
            } catch {
                mailbox.post(.draftLoaded(key, nil))
                mailbox.post(.notice("An earlier draft cannot be read: \(error)"))
            }
        }
    }

    // MARK: Links

    /// Opens a link outside; only addresses of the web leave the program.
    private func openLink(_ url: String) {
        let isWeb = ["https://", "http://", "mailto:"].contains { url.hasPrefix($0) }
        let environment = ProcessInfo.processInfo.environment
        let hasDisplay = environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil
        let browser = environment["BROWSER"] ?? (hasDisplay ? "xdg-open" : nil)
        guard isWeb, let browser else {
            mailbox.post(.notice(url))
            return
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [browser, url]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
            mailbox.post(.notice("Opened \(url)"))
        } catch {
            mailbox.post(.notice("\(browser) could not be started: \(url)"))
        }
    }

    // MARK: Live

    /// Listens for what happens to the lists and to one topic.
    private func follow(_ topic: Int?) {
        let task = Task { [service, mailbox] in
            for await happening in service.happenings(topic: topic) {
                await EffectRunner.pass(happening, from: service, to: mailbox)
            }
        }
        let earlier = following.withLock { current in
            let earlier = current
            current = task
            return earlier
        }
        earlier?.cancel()
    }

    private static func pass(
        _ happening: Happening,
        from service: any SiteService,
        to mailbox: Mailbox
    ) async {
        switch happening {
        case .connected(let isUp):
            mailbox.post(.connected(isUp))
        case .topicBumped(let id, let highest):
            mailbox.post(.topicBumped(id: id, highestNumber: highest, poster: nil))
        case .postsCreated(let topic, let ids):
            await fetch(ids, of: topic, from: service) { posts in
                mailbox.post(.postsArrived(topic: topic, ids: ids, posts: posts))
            }
        case .postChanged(let topic, let id):
            await fetch([id], of: topic, from: service) { posts in
                for post in posts {
                    mailbox.post(.postChanged(topic: topic, post: post))
                }
            }
        }
    }

    private static func fetch(
        _ ids: [Int],
        of topic: Int,
        from service: any SiteService,
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

/// Collects which posts were read and tells the site now and then, not with every key.
final class ReadMarks: Sendable {
    /// Seconds between two reports.
    private static let pause = 2

    private struct State {
        var numbers: [Int: Set<Int>] = [:]
        var since: [Int: ContinuousClock.Instant] = [:]
        var isScheduled = false
    }

    private let service: any SiteService
    private let state = Mutex(State())

    init(service: any SiteService) {
        self.service = service
    }

    func add(topic: Int, numbers: [Int]) {
        let schedules = state.withLock { state in
            state.numbers[topic, default: []].formUnion(numbers)
            state.since[topic] = state.since[topic] ?? .now
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        guard schedules else { return }
        Task {
            do {
                try await Task.sleep(for: .seconds(ReadMarks.pause))
            } catch {
                // Nobody cancels this; what is collected goes now.
            }
            await send()
        }
    }

    /// Sends what is collected. What fails is dropped: the posts stay unread on the site.
    func send() async {
        let taken = state.withLock { state in
            let taken = (state.numbers, state.since)
            state = State()
            return taken
        }
        for (topic, numbers) in taken.0 {
            let spent = ContinuousClock.now - (taken.1[topic] ?? .now)
            let milliseconds = Int(spent.components.seconds) * 1000
            do throws(Failure) {
                try await service.markRead(
                    topic: topic,
                    numbers: numbers.sorted(),
                    milliseconds: min(60_000, max(1000, milliseconds))
                )
            } catch {
                continue
            }
        }
    }
}
