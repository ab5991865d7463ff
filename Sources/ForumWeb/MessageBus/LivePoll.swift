import Forum

/// One answer that stays open, for as long as whoever asked may read what it says.
struct LivePoll: Sendable {
    private let bus: LiveBus
    private let clientID: String
    private let sequence: Int?
    private var proof: StandingProof
    private var listening: LiveListening

    static func begin(
        _ bus: LiveBus,
        _ positions: LiveBus.Positions,
        _ proof: StandingProof,
        clientID: String,
        sequence: Int? = nil
    ) async throws -> LivePoll {
        // In a task of its own: what the connection's task uses for it, it keeps while it waits.
        async let listening = bus.listen(
            after: positions,
            for: proof.viewer,
            clientID: clientID,
            sequence: sequence
        )
        return LivePoll(
            bus: bus,
            clientID: clientID,
            sequence: sequence,
            proof: proof,
            listening: try await listening
        )
    }

    /// - Returns: `nil` when the client may no longer read.
    mutating func next(waitSeconds: Int) async throws -> LiveBus.Delivery? {
        while true {
            let before = listening.positions
            let delivery = try await listening.next(waitSeconds: waitSeconds)
            guard try await proof.isStillAllowed() else { return nil }
            if proof.viewer == listening.viewer || delivery.messages.isEmpty { return delivery }
            // What was read for somebody with other rights is read again.
            listening.end()
            listening = try await bus.listen(
                after: before,
                for: proof.viewer,
                clientID: clientID,
                sequence: sequence
            )
        }
    }

    func end() { listening.end() }
}
