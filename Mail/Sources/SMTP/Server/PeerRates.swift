import NIOCore
import Synchronization

/// What each network address has done within the current minute. A window that all share is coarse,
/// but costs nothing for peers that behave and forgets everybody at once.
final class PeerRates: Sendable {
    enum Event: Hashable {
        case connection
        case recipient
    }

    private struct Count: Hashable {
        let peer: PeerAddress
        let event: Event
    }

    private struct State {
        var windowEnd = NIODeadline.now()
        var counts: [Count: Int] = [:]
    }

    /// Addresses that are counted in one minute; those beyond are not held back.
    private static let capacity = 65_536

    private let state = Mutex(State())

    /// Counts an event.
    ///
    /// - Returns: false when there were more than `limit` within the minute.
    func allows(_ event: Event, from peer: PeerAddress, limit: Int) -> Bool {
        state.withLock { state in
            let now = NIODeadline.now()
            if now >= state.windowEnd {
                state.counts.removeAll(keepingCapacity: true)
                state.windowEnd = now + .minutes(1)
            }
            let key = Count(peer: peer.network, event: event)
            let count = state.counts[key, default: 0] + 1
            guard count > 1 || state.counts.count < Self.capacity else { return true }
            state.counts[key] = count
            return count <= limit
        }
    }
}
