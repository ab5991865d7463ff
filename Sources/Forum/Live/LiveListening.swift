/// Somebody listens to channels, from one answer to the next, until `end()`.
///
/// What is new is told from memory as far as possible; the database is asked at the beginning, and when
/// something came while the last answer was being written.
package struct LiveListening: Sendable {
    private let bus: LiveBus
    package let token: UInt64
    package let viewer: Viewer
    private var place: LivePlace
    /// What there was at the beginning, until it is told.
    private var found: [LiveMessage]

    init(
        bus: LiveBus,
        token: UInt64,
        viewer: Viewer,
        place: LivePlace,
        found: [LiveMessage]
    ) {
        self.bus = bus
        self.token = token
        self.viewer = viewer
        self.place = place
        self.found = found
        if let status = self.place.status(beside: found) { self.found.append(status) }
    }

    /// Whether there is something to tell already.
    package var isReady: Bool { !found.isEmpty }

    /// The messages that came since the last call.
    ///
    /// The first time, a `/__status` message tells the client where those channels stand whose position
    /// is −1 or larger than what the channel has (another database), and those that go on with messages
    /// that are not for this viewer.
    ///
    /// - Returns: `nil` where there is nothing yet, and time left to wait for it.
    package mutating func delivery(after wake: LiveWake) async throws -> LiveBus.Delivery? {
        var messages = found
        found = []
        guard messages.isEmpty else { return delivery(of: messages) }
        switch wake {
        case .timeout, .replaced: return delivery(of: [])
        case .look: messages = try await bus.backlog(place.positions, for: viewer)
        case .messages(let told):
            messages = told.filter { $0.messageID > place.positions[$0.channel, default: 0] }
        }
        return messages.isEmpty ? nil : delivery(of: messages)
    }

    /// The messages that came since the last call; waits for the first ones when there are none yet,
    /// at most `waitSeconds`.
    mutating func next(waitSeconds: Int) async throws -> LiveBus.Delivery {
        let deadline = ContinuousClock.now.advanced(by: .seconds(waitSeconds))
        while true {
            let wake =
                isReady ? .look : await bus.wait(for: token, at: place.positions, until: deadline)
            if let delivery = try await delivery(after: wake) { return delivery }
        }
    }

    /// After which ids it goes on.
    package var positions: LiveBus.Positions { place.positions }

    package func end() { bus.waiting.unregister(token) }

    private mutating func delivery(of messages: [LiveMessage]) -> LiveBus.Delivery {
        for message in messages where message.messageID > 0 {
            place.positions[message.channel] = message.messageID
        }
        return LiveBus.Delivery(messages: messages, positions: place.positions)
    }
}

/// Why the waiting of somebody is over.
package enum LiveWake: Sendable {
    /// There may be something new.
    case look
    case messages([LiveMessage])
    case timeout
    case replaced
}

/// Where one call stands: after which ids it looks, and where its channels stand now.
struct LivePlace {
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

    /// What tells the client where channels stand that it could not know of from `messages`; asked once,
    /// and what it is made of is forgotten then.
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
        defer { (current, told) = ([:], []) }
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
