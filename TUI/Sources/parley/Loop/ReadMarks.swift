import ForumClient
import Synchronization
import TerminalUI

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
                try await Threads.sleep(for: .seconds(ReadMarks.pause))
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
