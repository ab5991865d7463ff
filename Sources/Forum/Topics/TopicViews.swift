import Logging
import Postgres
import Synchronization

/// Counts views in memory and adds them to the topics every few seconds: a page that is read costs
/// no write.
package final class TopicViews: Sendable {
    private let community: Community
    private let counts = Mutex<[TopicID: Int]>([:])

    package init(community: Community) {
        self.community = community
    }

    /// Counts one view of a topic that somebody was shown.
    package func record(_ topic: TopicID) {
        counts.withLock { counts in
            guard counts.count < Limits.topicViewsBuffered || counts[topic] != nil else { return }
            counts[topic, default: 0] += 1
        }
    }

    /// Writes what was counted; what cannot be written is kept for the next time.
    package func flush() async throws {
        let taken = counts.withLock { counts in
            defer { counts = [:] }
            return counts
        }
        guard !taken.isEmpty else { return }
        do {
            _ = try await community.database.query(TopicViewQueries.add(taken))
        } catch {
            counts.withLock { counts in
                for (topic, count) in taken { counts[topic, default: 0] += count }
            }
            throw error
        }
    }

    /// Flushes until cancelled, and once more then.
    package func run() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(Limits.topicViewsFlushSeconds))
            } catch {
                break
            }
            await flushLogging()
        }
        // A cancelled task could not wait for the database any more.
        await Task { await flushLogging() }.value
    }

    private func flushLogging() async {
        do {
            try await flush()
        } catch {
            community.logger.warning(
                "views could not be counted",
                metadata: ["error": "\(error)"]
            )
        }
    }
}
