import ForumClient
import Foundation
import Synchronization
import TerminalUI

/// Keeps drafts on the site as well, within seconds of the last key, and finds out when another
/// program has written the same draft. What is on disk counts; the site is a second copy.
final class DraftSync: Sendable {
    /// Seconds without a key before a draft goes to the site.
    private static let pause = 3
    /// Bytes of the note about what is on the site.
    private static let largestFile = 10_000_000

    /// What the site had when it was last asked.
    private struct Synced: Codable {
        var sequence: Int
        var body: String
    }

    private struct State {
        var synced: [String: Synced] = [:]
        var waiting: [DraftKey: Draft] = [:]
        var isScheduled = false
    }

    private let service: any SiteService
    private let file: URL
    private let state: Mutex<State>
    private let post: @Sendable (Message) -> Void

    init(
        service: any SiteService,
        folder: URL,
        post: @escaping @Sendable (Message) -> Void
    ) {
        self.service = service
        self.post = post
        file = folder.appending(path: "synced.json")
        let known = PrivateFile.read(
            [String: Synced].self,
            from: file,
            atMost: DraftSync.largestFile
        )
        state = Mutex(State(synced: known ?? [:]))
    }

    /// Looks whether the site has a draft that `disk` does not.
    func load(_ key: DraftKey, disk: Draft?) async {
        guard service.isMember, key.isShared, let found = await fetch(key) else { return }
        let earlier = state.withLock { $0.synced[key.name] }
        remember(key, sequence: found.sequence, body: found.draft?.body ?? "")
        guard let other = found.draft, !other.isEmpty, other.body != disk?.body else { return }
        guard let disk, !disk.isEmpty else {
            post(.draftLoaded(key, other))
            return
        }
        // The site still has what went there from here: the text on disk is the later one.
        guard other.body != earlier?.body else {
            save(disk, key)
            return
        }
        post(.draftConflict(key, other))
    }

    private func fetch(_ key: DraftKey) async -> (draft: Draft?, sequence: Int)? {
        do throws(Failure) {
            return try await service.draft(key)
        } catch {
            // Without the site the draft on disk is all there is.
            return nil
        }
    }

    /// Sends a draft soon.
    func save(_ draft: Draft, _ key: DraftKey) {
        guard service.isMember, key.isShared else { return }
        let schedules = state.withLock { state in
            state.waiting[key] = draft
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        guard schedules else { return }
        Task {
            do {
                try await Threads.sleep(for: .seconds(DraftSync.pause))
            } catch {
                // Nobody cancels this; what waits goes now.
            }
            await send()
        }
    }

    /// Sends what waits.
    func send() async {
        let waiting = state.withLock { state in
            defer {
                state.waiting = [:]
                state.isScheduled = false
            }
            return state.waiting
        }
        for (key, draft) in waiting where !draft.isEmpty {
            await send(draft, key)
        }
    }

    private func send(_ draft: Draft, _ key: DraftKey) async {
        var known = state.withLock { $0.synced[key.name] }
        if known == nil, let found = await fetch(key) {
            known = Synced(sequence: found.sequence, body: found.draft?.body ?? "")
        }
        guard let known else { return }
        do throws(Failure) {
            if let sequence = try await service.save(draft, key, sequence: known.sequence) {
                remember(key, sequence: sequence, body: draft.body)
                post(.draftShared(key, draft))
                return
            }
        } catch {
            // On disk it is safe; the next key tries again.
            return
        }
        guard let found = await fetch(key) else { return }
        remember(key, sequence: found.sequence, body: found.draft?.body ?? "")
        if let other = found.draft, !other.isEmpty, other.body != known.body {
            post(.draftConflict(key, other))
        } else {
            save(draft, key)
        }
    }

    /// The draft was sent or thrown away.
    func delete(_ key: DraftKey) {
        let known = state.withLock { state in
            state.waiting[key] = nil
            return state.synced.removeValue(forKey: key.name)
        }
        keep()
        guard service.isMember, let known, !known.body.isEmpty else { return }
        Task {
            do throws(Failure) {
                try await service.deleteDraft(key, sequence: known.sequence)
            } catch {
                // The site drops the draft of a post that was sent by itself.
                return
            }
        }
    }

    private func remember(_ key: DraftKey, sequence: Int, body: String) {
        state.withLock { $0.synced[key.name] = Synced(sequence: sequence, body: body) }
        keep()
    }

    private func keep() {
        let synced = state.withLock { $0.synced }
        do {
            try PrivateFile.write(try JSONEncoder().encode(synced), to: file)
        } catch {
            // Without the note, the next start takes both texts for different ones and keeps both.
            return
        }
    }
}
