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

    let community: Community
    let waiting = LiveWaiting()
    private let access = Mutex(AccessChanges())

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
                access.withLock { $0.note("*") }
                waiting.wakeAll()
            case .notification(_, let payload): await heard(payload)
            case .disconnected: community.signals.isFollowing = false
            }
        }
        community.signals.isFollowing = false
    }

    private func heard(_ payload: String) async {
        if payload.hasPrefix(Self.accessPrefix) {
            access.withLock { $0.note(payload.dropFirst(Self.accessPrefix.count)) }
            return
        }
        if let topic = Self.topic(of: payload) {
            community.signals.changedElsewhere(.topic(topic))
        }
        if payload == "/site" { community.signals.changedElsewhere(.site) }
        await tell(payload)
    }

    private static let accessPrefix = "access:"

    private static func topic(of channel: String) -> TopicID? {
        guard channel.hasPrefix("/topic/") else { return nil }
        return Int64(channel.dropFirst("/topic/".count)).map { TopicID($0) }
    }

    /// Counts the changes of what a viewer may do: as long as the number stays the same, so does who
    /// they are. A change is heard of before the messages that are published after it.
    ///
    /// - Returns: `nil` while this node hears of nothing.
    package func accessVersion(of viewer: Viewer) -> Int? {
        guard community.signals.isFollowing else { return nil }
        return access.withLock { $0.version(of: viewer.principal?.id) }
    }

    /// How many wait for messages here.
    package var waitingCount: Int { waiting.count }

    /// Begins to listen to channels after the given positions.
    ///
    /// - Parameters:
    ///   - clientID: A newer call of the same viewer with the same id ends an older one's waiting.
    ///   - sequence: Which call of the client this is. One that was overtaken on its way by a later one
    ///     does not wait.
    package func listen(
        after asked: Positions,
        for viewer: Viewer,
        clientID: String,
        sequence: Int? = nil
    ) async throws -> LiveListening {
        let place = try await resolve(asked, for: viewer)
        let token = waiting.register(
            LiveWaiting.Registration(
                positions: place.positions,
                viewer: viewer,
                client: LiveWaiting.Client(id: clientID, user: viewer.principal?.id),
                sequence: sequence
            )
        )
        do {
            return LiveListening(
                bus: self,
                token: token,
                viewer: viewer,
                place: place,
                found: try await backlog(place.positions, for: viewer)
            )
        } catch {
            waiting.unregister(token)
            throw error
        }
    }

    /// Waits until there may be something to tell somebody who listens, at most until `deadline`.
    ///
    /// Tens of thousands are in here at once, each with the memory of its calls; so this does nothing else.
    package func wait(
        for token: UInt64,
        at positions: Positions,
        until deadline: ContinuousClock.Instant
    ) async -> LiveWake {
        guard deadline > .now, !Task.isCancelled else { return .timeout }
        return await waiting.wait(token, at: positions, until: deadline)
    }

    /// What `listen` hears first, when nothing more is asked for.
    package func messages(
        after asked: Positions,
        for viewer: Viewer,
        clientID: String,
        sequence: Int? = nil,
        waitSeconds: Int
    ) async throws -> Delivery {
        var listening = try await listen(
            after: asked,
            for: viewer,
            clientID: clientID,
            sequence: sequence
        )
        defer { listening.end() }
        return try await listening.next(waitSeconds: waitSeconds)
    }

    /// Lets all waiting end, now and from now on: a server that stops lets nobody hang.
    package func close() { waiting.close() }

    /// Whether the server stops: what stays open ends itself then.
    package var isClosed: Bool { waiting.isClosed }

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

    func backlog(
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
    private func resolve(_ asked: Positions, for viewer: Viewer) async throws -> LivePlace {
        let possible = asked.filter { !$0.key.utf8.contains(0) && $0.key.utf8.count <= 255 }
        guard !possible.isEmpty else { return LivePlace() }
        let current = try await read(LiveQueries.positions(Array(possible.keys), for: viewer))
        return LivePlace(asked: possible, current: current)
    }
}

/// When this node heard that the rights of people changed, in the order of hearing.
private struct AccessChanges {
    private var count = 0
    private var lastOfAll = 0
    private var lastOfPerson: [UserID: Int] = [:]

    /// - Parameter who: The number of a person, or `*` for all.
    mutating func note(_ who: some StringProtocol) {
        count += 1
        if let id = Int64(who), lastOfPerson.count < Limits.accessChangesKept {
            lastOfPerson[UserID(id)] = count
        } else {
            lastOfAll = count
            lastOfPerson = [:]
        }
    }

    func version(of user: UserID?) -> Int {
        max(lastOfAll, user.flatMap { lastOfPerson[$0] } ?? 0)
    }
}
