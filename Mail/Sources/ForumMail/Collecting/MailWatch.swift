import Forum
import MailStores

/// Has mail collected as it comes in, where a server tells of it (IDLE): beside the collection, which
/// asks again and again and so misses nothing when this does.
package struct MailWatch: Sendable {
    private let collection: MailCollection
    private let backoff = Backoff(firstSeconds: 5, maxSeconds: 300, attempts: .max)

    package init(_ collection: MailCollection) { self.collection = collection }

    /// Works until cancelled.
    package func run() async {
        var failures = 0
        while !Task.isCancelled {
            let began = ContinuousClock.now
            do {
                try await watch(collection.address.openWatch())
            } catch let error as MailStoreError where error.kind == .unsupported {
                await Doorbell().wait(seconds: MailLimits.watchAgainSeconds)
            } catch {
                // What is wrong with the place, the collection says. Every connection has its end.
                let hasWorked = .now - began > .seconds(MailLimits.pollSeconds)
                failures = hasWorked ? 1 : failures + 1
            }
            await Doorbell().wait(seconds: backoff.delaySeconds(after: failures) ?? 300)
        }
    }

    private func watch(_ store: IMAPStore) async throws {
        do {
            try await store.beginWatching()
            // What came while nobody listened.
            try await collect()
            while true {
                try await store.nextMail()
                try await collect()
            }
        } catch {
            await store.abandon()
            throw error
        }
    }

    /// A collection under way may have seen the place as it was before: then it is asked for once more.
    private func collect() async throws {
        while try await !collection.hurry() {
            try await Task.sleep(for: .seconds(1))
        }
    }
}
