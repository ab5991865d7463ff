package import Postgres
import Synchronization

/// The live messages as one node hands them to whoever waits for them here.
///
/// Messages are rows; PostgreSQL's NOTIFY only says which channel to look at again. So any number of
/// nodes on one database see each other's posts, and a hint that is lost costs time, not a message.
package final class LiveBus: Sendable {
    /// What a client knows of a channel: the id after which it wants messages, or a negative number
    /// as Discourse's MessageBus reads it (−1 only new ones, −N the last N − 1 of the backlog).
    package typealias Positions = [String: Int64]

    /// One call that looks at the backlog and then waits. It is registered before it looks, so that a
    /// hint between the look and the wait is not lost.
    fileprivate struct Registration {
        let channels: Set<String>
        let client: Client
        /// Counts the calls of the client, when it does.
        let sequence: Int?
        var wake: Wake?
        var continuation: CheckedContinuation<Wake, Never>?
    }

    /// A client is known by its id and its user: nobody ends somebody else's waiting.
    fileprivate struct Client: Equatable {
        let id: String
        let user: UserID?
    }

    fileprivate enum Wake: Sendable {
        case message
        case timeout
        case replaced
    }

    fileprivate struct State {
        var registrations: [UInt64: Registration] = [:]
        var nextID: UInt64 = 0
        var isClosed = false
    }

    private let community: Community
    private let state = Mutex(State())

    package init(community: Community) {
        self.community = community
    }

    /// What a call got, and after which ids the next one is to ask.
    package struct Delivery: Sendable {
        package var messages: [LiveMessage]
        package var positions: Positions
    }

    /// Follows NOTIFY until cancelled.
    package func run(listener: Listener) async {
        for await event in listener.listen([LiveQueries.notifyChannel]) {
            switch event {
            case .connected:
                // What changed while nobody listened is not known: forget all, then follow again.
                community.signals.changedElsewhere(.site)
                community.signals.isFollowing = true
                wake(as: .message) { _ in true }
            case .notification(_, let channel):
                wake(as: .message) { $0.channels.contains(channel) }
                if let topic = Self.topic(of: channel) {
                    community.signals.changedElsewhere(.topic(topic))
                }
                if channel == "/site" { community.signals.changedElsewhere(.site) }
            case .disconnected: community.signals.isFollowing = false
            }
        }
        community.signals.isFollowing = false
    }

    private static func topic(of channel: String) -> TopicID? {
        guard channel.hasPrefix("/topic/") else { return nil }
        return Int64(channel.dropFirst("/topic/".count)).map { TopicID($0) }
    }

    /// The messages of the channels after the given positions; waits for the first ones when there
    /// are none yet, at most `waitSeconds`.
    ///
    /// When a position is −1, or larger than what the channel has (another database), a `/__status`
    /// message tells the client where such channels stand.
    ///
    /// - Parameters:
    ///   - clientID: A newer call of the same viewer with the same id ends an older one's waiting.
    ///   - sequence: Which call of the client this is. One that was overtaken on its way by a later one
    ///     does not wait.
    package func messages(
        after asked: Positions,
        for viewer: Viewer,
        clientID: String,
        sequence: Int? = nil,
        waitSeconds: Int
    ) async throws -> Delivery {
        let (positions, status) = try await resolve(asked, for: viewer)
        let client = Client(id: clientID, user: viewer.principal?.id)
        let token = register(Set(positions.keys), client, sequence)
        defer { unregister(token) }
        var messages = try await backlog(positions, for: viewer)
        if let status { messages.append(status) }
        let deadline = ContinuousClock.now.advanced(by: .seconds(waitSeconds))
        while messages.isEmpty, ContinuousClock.now < deadline, !Task.isCancelled {
            switch await wait(token, until: deadline) {
            case .timeout, .replaced: return Delivery(messages: [], positions: positions)
            case .message: messages = try await backlog(positions, for: viewer)
            }
        }
        var next = positions
        for message in messages where message.messageID > 0 {
            next[message.channel] = message.messageID
        }
        return Delivery(messages: messages, positions: next)
    }

    /// Where channels stand now, for answers that tell a client where to begin.
    package func positions(of channels: [String]) async throws -> Positions {
        try await read(LiveQueries.positions(channels))
            .merging(channels.map { ($0, 0) }) { known, _ in known }
    }

    private func read(_ positions: SQL) async throws -> Positions {
        var found = Positions()
        for row in try await community.database.query(positions) {
            found[try row.get(0, as: String.self)] = try row.get(1, as: Int64.self)
        }
        return found
    }

    private func backlog(
        _ positions: Positions,
        for viewer: Viewer
    ) async throws -> [LiveMessage] {
        guard !positions.isEmpty else { return [] }
        let asked = positions.map { (channel: $0.key, after: $0.value) }
        let rows = try await community.database.query(LiveQueries.backlog(asked, for: viewer))
        return try rows.decode(LiveMessage.self)
    }

    /// Turns what the client sent into ids to look after.
    ///
    /// A channel whose name no channel can have is left out.
    private func resolve(
        _ asked: Positions,
        for viewer: Viewer
    ) async throws -> (Positions, LiveMessage?) {
        let possible = asked.filter { !$0.key.utf8.contains(0) && $0.key.utf8.count <= 255 }
        guard !possible.isEmpty else { return ([:], nil) }
        let current = try await read(LiveQueries.positions(Array(possible.keys), for: viewer))
        var resolved = Positions()
        var told: [(String, Int64)] = []
        for (channel, position) in possible {
            let last = current[channel] ?? 0
            if position >= 0, position <= last {
                resolved[channel] = position
            } else if position < -1 {
                resolved[channel] = max(0, last + position + 1)
            } else {
                resolved[channel] = last
                told.append((channel, last))
            }
        }
        guard !told.isEmpty else { return (resolved, nil) }
        let entries = told.sorted { $0.0 < $1.0 }
            .map { "\(JSONText.string($0.0)):\($0.1)" }
            .joined(separator: ",")
        let status = LiveMessage(
            globalID: -1,
            messageID: -1,
            channel: "/__status",
            data: "{\(entries)}"
        )
        return (resolved, status)
    }
}

// MARK: - Waiting

extension LiveBus {
    private func register(
        _ channels: Set<String>,
        _ client: Client,
        _ sequence: Int?
    ) -> UInt64 {
        func isLater(_ other: Registration) -> Bool {
            guard let sequence, let known = other.sequence else { return false }
            return known > sequence
        }
        wake(as: .replaced) { $0.client == client && !isLater($0) }
        return state.withLock { state in
            let isOvertaken = state.registrations.values.contains {
                $0.client == client && isLater($0)
            }
            state.nextID += 1
            state.registrations[state.nextID] = Registration(
                channels: channels,
                client: client,
                sequence: sequence,
                wake: state.isClosed || isOvertaken ? .replaced : nil
            )
            return state.nextID
        }
    }

    /// Ends all waiting, now and from now on: a server that stops lets nobody hang.
    package func close() {
        state.withLock { $0.isClosed = true }
        wake(as: .replaced) { _ in true }
    }

    /// Whether the server stops: what stays open ends itself then.
    package var isClosed: Bool { state.withLock { $0.isClosed } }

    private func unregister(_ token: UInt64) {
        state.withLock { $0.registrations[token] = nil }
    }

    private func wait(_ token: UInt64, until deadline: ContinuousClock.Instant) async -> Wake {
        let timer = Task {
            do {
                try await Task.sleep(until: deadline, clock: .continuous)
            } catch {
                return
            }
            wake(token, as: .timeout)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let early = state.withLock { state -> Wake? in
                    if let wake = state.registrations[token]?.wake {
                        state.registrations[token]?.wake = nil
                        return wake
                    }
                    state.registrations[token]?.continuation = continuation
                    return nil
                }
                if let early { continuation.resume(returning: early) }
            }
        } onCancel: {
            wake(token, as: .timeout)
        }
    }

    private func wake(_ token: UInt64, as wake: Wake) {
        let waiting = state.withLock { $0.take(token, wake) }
        waiting?.resume(returning: wake)
    }

    private func wake(as wake: Wake, where concerns: (Registration) -> Bool) {
        let waiting = state.withLock { state in
            state.registrations.filter { concerns($0.value) }.keys
                .compactMap { state.take($0, wake) }
        }
        for continuation in waiting { continuation.resume(returning: wake) }
    }
}

extension LiveBus.State {
    /// The continuation to resume; a call that is not waiting yet finds `wake` when it starts to.
    fileprivate mutating func take(
        _ token: UInt64,
        _ wake: LiveBus.Wake
    ) -> CheckedContinuation<LiveBus.Wake, Never>? {
        guard let continuation = registrations[token]?.continuation else {
            // Whoever was replaced stays so, whatever comes after.
            if registrations[token]?.wake != .replaced { registrations[token]?.wake = wake }
            return nil
        }
        registrations[token]?.continuation = nil
        return continuation
    }
}
