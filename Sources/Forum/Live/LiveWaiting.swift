import Synchronization

/// Who waits for live messages on this node.
///
/// Tens of thousands may: a call that waits costs its registration and one entry for each of its
/// channels; one clock ends the waiting of all of them.
final class LiveWaiting: Sendable {
    /// A client is known by its id and its user: nobody ends somebody else's waiting.
    struct Client: Hashable, Sendable {
        let id: String
        let user: UserID?
    }

    /// One call that looks at the backlog and then waits. It is registered before it looks, so that a
    /// hint between the look and the wait is not lost.
    struct Registration: Sendable {
        fileprivate(set) var positions: LiveBus.Positions
        let viewer: Viewer
        let client: Client
        /// Counts the calls of the client, when it does.
        let sequence: Int?
        fileprivate var deadline = ContinuousClock.Instant.now
        fileprivate var wake: LiveWake?
        fileprivate var continuation: CheckedContinuation<LiveWake, Never>?

        init(
            positions: LiveBus.Positions,
            viewer: Viewer,
            client: Client,
            sequence: Int?
        ) {
            self.positions = positions
            self.viewer = viewer
            self.client = client
            self.sequence = sequence
        }
    }

    /// Somebody who waits for a channel.
    struct Reader: Sendable {
        let token: UInt64
        let viewer: Viewer
        let after: Int64
    }

    fileprivate struct State {
        var registrations: [UInt64: Registration] = [:]
        var byChannel: [String: Set<UInt64>] = [:]
        var byClient: [Client: Set<UInt64>] = [:]
        var nextID: UInt64 = 0
        var isClosed = false
        var isTicking = false
    }

    private let state = Mutex(State())

    func register(_ registration: Registration) -> UInt64 {
        var registration = registration
        let client = registration.client
        let (token, replaced) = state.withLock { state in
            let others = state.byClient[client] ?? []
            let later = others.filter { state.registrations[$0].isLater(than: registration) }
            let replaced = others.subtracting(later).compactMap { state.take($0, .replaced) }
            if !later.isEmpty { registration.wake = .replaced }
            state.nextID += 1
            let token = state.nextID
            state.registrations[token] = registration
            for channel in registration.positions.keys {
                state.byChannel[channel, default: []].insert(token)
            }
            state.byClient[client, default: []].insert(token)
            return (token, replaced)
        }
        for continuation in replaced { continuation.resume(returning: .replaced) }
        return token
    }

    func unregister(_ token: UInt64) {
        state.withLock { state in
            guard let gone = state.registrations.removeValue(forKey: token) else { return }
            for channel in gone.positions.keys {
                state.byChannel[channel]?.remove(token)
                if state.byChannel[channel]?.isEmpty == true { state.byChannel[channel] = nil }
            }
            state.byClient[gone.client]?.remove(token)
            if state.byClient[gone.client]?.isEmpty == true { state.byClient[gone.client] = nil }
        }
    }

    /// Waits until somebody wakes this call, or until its time is over.
    ///
    /// - Parameter positions: Of the channels that were registered.
    func wait(
        _ token: UInt64,
        at positions: LiveBus.Positions,
        until deadline: ContinuousClock.Instant
    ) async -> LiveWake {
        startTicking()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let early = state.withLock { state -> LiveWake? in
                    guard var known = state.registrations[token] else { return .timeout }
                    defer { state.registrations[token] = known }
                    if let wake = known.wake {
                        // Whoever was replaced stays so.
                        if case .replaced = wake { return wake }
                        known.wake = nil
                        return wake
                    }
                    guard !state.isClosed else { return .replaced }
                    known.positions = positions
                    known.deadline = deadline
                    known.continuation = continuation
                    return nil
                }
                if let early { continuation.resume(returning: early) }
            }
        } onCancel: {
            wake([token], as: .timeout)
        }
    }

    /// Those who wait for a channel.
    func readers(of channel: String) -> [Reader] {
        state.withLock { state in
            (state.byChannel[channel] ?? []).compactMap { token in
                state.registrations[token].map {
                    Reader(token: token, viewer: $0.viewer, after: $0.positions[channel] ?? 0)
                }
            }
        }
    }

    /// A call that does not wait yet looks for itself when it would have been told messages: it may
    /// have looked before they were there.
    func wake(_ tokens: some Sequence<UInt64>, as wake: LiveWake) {
        let sleepers = state.withLock { state in tokens.compactMap { state.take($0, wake) } }
        for continuation in sleepers { continuation.resume(returning: wake) }
    }

    func wakeAll() { wake(state.withLock { Array($0.registrations.keys) }, as: .look) }

    func close() {
        let sleepers = state.withLock { state in
            state.isClosed = true
            // Who has been told that there is something looks first, and ends then.
            return state.registrations.filter { $0.value.continuation != nil }.keys
                .compactMap { state.take($0, .replaced) }
        }
        for continuation in sleepers { continuation.resume(returning: .replaced) }
    }

    var count: Int { state.withLock { $0.registrations.count } }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// The clock runs as long as anybody waits.
    private func startTicking() {
        let starts = state.withLock { state in
            defer { state.isTicking = true }
            return !state.isTicking
        }
        guard starts else { return }
        Task { [weak self] in
            let pause = Doorbell()
            while let self, self.endOverdue() { await pause.wait(seconds: Limits.busTickSeconds) }
        }
    }

    /// - Returns: Whether there is anybody left to watch over.
    private func endOverdue() -> Bool {
        let now = ContinuousClock.now
        let overdue = state.withLock { state -> [UInt64]? in
            guard !state.registrations.isEmpty else {
                state.isTicking = false
                return nil
            }
            return state.registrations.filter {
                $0.value.continuation != nil && $0.value.deadline <= now
            }.map(\.key)
        }
        guard let overdue else { return false }
        wake(overdue, as: .timeout)
        return true
    }
}

extension LiveWaiting.Registration? {
    fileprivate func isLater(than other: LiveWaiting.Registration) -> Bool {
        guard let known = self?.sequence, let sequence = other.sequence else { return false }
        return known > sequence
    }
}

extension LiveWaiting.State {
    /// The continuation to resume; a call that is not waiting yet finds `wake` when it starts to.
    fileprivate mutating func take(
        _ token: UInt64,
        _ wake: LiveWake
    ) -> CheckedContinuation<LiveWake, Never>? {
        guard var known = registrations[token] else { return nil }
        defer { registrations[token] = known }
        if let continuation = known.continuation {
            known.continuation = nil
            return continuation
        }
        // Whoever was replaced stays so, whatever comes after.
        if case .replaced? = known.wake { return nil }
        if case .messages = wake { known.wake = .look } else { known.wake = wake }
        return nil
    }
}
