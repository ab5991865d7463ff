import NIOCore
import Synchronization

/// The connections of a server and what each is doing: who may be ended, and when.
///
/// A connection is ended by others only while it waits for its peer. The step from waiting to
/// working is taken under the lock, so a 421 never gets between a mail and its reply.
final class ConnectionRegistry: Sendable {
    private enum Activity {
        case working
        case waiting(since: NIODeadline)
        case writing(since: NIODeadline)
        /// Someone else has said goodbye for it.
        case ending
    }

    private struct Entry {
        let channel: any Channel
        let began: NIODeadline
        var activity: Activity
        var isInTransaction = false
        /// Whose limits it counts for.
        var peer: PeerAddress?
    }

    private struct State {
        var entries: [Int: Entry] = [:]
        var nextID = 0
        var isDraining = false
    }

    /// A connection to be closed: with a reply when the peer listens, without when it does not.
    struct Ending {
        let channel: any Channel
        let reply: SMTPReply?
    }

    private let state = Mutex(State())
    private let limits: ServerLimits

    init(limits: ServerLimits) {
        self.limits = limits
    }

    var isEmpty: Bool { state.withLock(\.entries.isEmpty) }

    /// Takes a connection in; nil when there are enough.
    func add(_ channel: any Channel) -> Int? {
        state.withLock { state in
            guard state.entries.count < limits.connections else { return nil }
            state.nextID += 1
            state.entries[state.nextID] = Entry(
                channel: channel,
                began: .now(),
                activity: .working
            )
            return state.nextID
        }
    }

    /// Says whose connection it is.
    ///
    /// - Returns: false when its network address has enough of them.
    func attribute(_ id: Int, to peer: PeerAddress) -> Bool {
        guard let limit = limits.connectionsOfPeer else { return true }
        return state.withLock { state in
            let network = peer.network
            guard state.entries.values.count(where: { $0.peer == network }) < limit else {
                return false
            }
            state.entries[id]?.peer = network
            return true
        }
    }

    func remove(_ id: Int) {
        state.withLock { _ = $0.entries.removeValue(forKey: id) }
    }

    /// The peer has sent something, or a reply has left.
    ///
    /// - Returns: false when the connection was ended meanwhile.
    func work(_ id: Int) -> Bool {
        change(id) { $0.activity = .working }
    }

    func write(_ id: Int) -> Bool {
        change(id) { $0.activity = .writing(since: .now()) }
    }

    /// All that has come is answered.
    ///
    /// - Returns: false when the server is stopping and the connection has nothing to finish.
    func wait(_ id: Int, isInTransaction: Bool) -> Bool {
        state.withLock { state in
            guard var entry = state.entries[id] else { return false }
            if case .ending = entry.activity {
                return false
            }
            guard isInTransaction || !state.isDraining else { return false }
            entry.activity = .waiting(since: .now())
            entry.isInTransaction = isInTransaction
            state.entries[id] = entry
            return true
        }
    }

    private func change(_ id: Int, _ body: (inout Entry) -> Void) -> Bool {
        state.withLock { state in
            guard var entry = state.entries[id] else { return false }
            if case .ending = entry.activity {
                return false
            }
            body(&entry)
            state.entries[id] = entry
            return true
        }
    }

    /// Those whose time is up.
    func sweep(now: NIODeadline) -> [Ending] {
        collect { entry in
            switch entry.activity {
            case .waiting(let since)
            where now - since >= TimeAmount(limits.idle)
                || now - entry.began >= TimeAmount(limits.lifetime):
                Ending(channel: entry.channel, reply: .idle)
            case .writing(let since) where now - since >= TimeAmount(limits.write):
                Ending(channel: entry.channel, reply: nil)
            default: nil
            }
        }
    }

    /// From now on every connection ends with its transaction; those without one end at once.
    func beginDrain() -> [Ending] {
        state.withLock { $0.isDraining = true }
        return collect { entry in
            guard case .waiting = entry.activity, !entry.isInTransaction else { return nil }
            return Ending(channel: entry.channel, reply: .shuttingDown)
        }
    }

    /// Those that wait for their peer or for a reply to leave, transaction or not.
    func endDrain() -> [Ending] {
        collect { entry in
            switch entry.activity {
            case .waiting: Ending(channel: entry.channel, reply: .shuttingDown)
            case .writing: Ending(channel: entry.channel, reply: nil)
            case .working, .ending: nil
            }
        }
    }

    private func collect(_ ending: (Entry) -> Ending?) -> [Ending] {
        state.withLock { state in
            var endings: [Ending] = []
            for (id, entry) in state.entries {
                guard let end = ending(entry) else { continue }
                endings.append(end)
                state.entries[id]?.activity = .ending
            }
            return endings
        }
    }
}
