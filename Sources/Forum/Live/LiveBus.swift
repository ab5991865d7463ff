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

    /// The messages of the channels after the given positions; waits for the first ones when there
    /// are none yet, at most `waitSeconds`.
    ///
    /// A `/__status` message tells the client where those channels stand whose position is −1 or larger
    /// than what the channel has (another database), and those that go on with messages that are not
    /// for this viewer.
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
        var place = try await resolve(asked, for: viewer)
        let token = waiting.register(
            LiveWaiting.Registration(
                positions: place.positions,
                viewer: viewer,
                client: LiveWaiting.Client(id: clientID, user: viewer.principal?.id),
                sequence: sequence,
                deadline: .now.advanced(by: .seconds(waitSeconds))
            )
        )
        defer { waiting.unregister(token) }
        var messages = try await backlog(place.positions, for: viewer)
        if let status = place.status(beside: messages) { messages.append(status) }
        while messages.isEmpty, waitSeconds > 0, !Task.isCancelled {
            switch await waiting.wait(token) {
            case .timeout, .replaced: return Delivery(messages: [], positions: place.positions)
            case .look: messages = try await backlog(place.positions, for: viewer)
            case .messages(let told):
                messages = told.filter { $0.messageID > place.positions[$0.channel, default: 0] }
            }
        }
        for message in messages where message.messageID > 0 {
            place.positions[message.channel] = message.messageID
        }
        return Delivery(messages: messages, positions: place.positions)
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
    private func resolve(_ asked: Positions, for viewer: Viewer) async throws -> LivePlace {
        let possible = asked.filter { !$0.key.utf8.contains(0) && $0.key.utf8.count <= 255 }
        guard !possible.isEmpty else { return LivePlace() }
        let current = try await read(LiveQueries.positions(Array(possible.keys), for: viewer))
        return LivePlace(asked: possible, current: current)
    }
}

/// Where one call stands: after which ids it looks, and where its channels stand now.
private struct LivePlace {
    var positions = LiveBus.Positions()
    private var current = LiveBus.Positions()
    private var told: Set<String> = []

    init() {}

    init(asked: LiveBus.Positions, current: LiveBus.Positions) {
        self.current = current
        for (channel, position) in asked {
            let last = current[channel] ?? 0
            if position >= 0, position <= last {
                positions[channel] = position
            } else if position < -1 {
                positions[channel] = max(0, last + position + 1)
            } else {
                positions[channel] = last
                told.insert(channel)
            }
        }
    }

    /// What tells the client where channels stand that it could not know of from `messages`.
    mutating func status(beside messages: [LiveMessage]) -> LiveMessage? {
        var delivered = LiveBus.Positions()
        for message in messages { delivered[message.channel] = message.messageID }
        // With as many as one answer holds, there may be more of the same channels.
        let isAll = messages.count < Limits.busMessagesAtOnce
        for (channel, position) in positions where isAll {
            guard let last = current[channel], last > max(position, delivered[channel] ?? 0)
            else { continue }
            positions[channel] = last
            told.insert(channel)
        }
        guard !told.isEmpty else { return nil }
        let entries = told.sorted()
            .map { "\(JSONText.string($0)):\(positions[$0] ?? 0)" }
            .joined(separator: ",")
        return LiveMessage(
            globalID: -1,
            messageID: -1,
            channel: "/__status",
            data: "{\(entries)}"
        )
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
