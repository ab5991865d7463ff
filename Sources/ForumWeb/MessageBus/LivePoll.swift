import Forum

/// One answer that stays open, for as long as whoever asked may read what it says.
///
/// Tens of thousands wait in `next` at once, each with the memory of the calls that led there. So this is
/// an object, which is not copied from one call into the next, and what only happens before and after
/// the waiting stands in functions of its own.
final class LivePoll {
    private let bus: LiveBus
    private let clientID: String
    private let sequence: Int?
    private var proof: StandingProof
    private var listening: LiveListening

    private init(
        _ bus: LiveBus,
        _ proof: StandingProof,
        clientID: String,
        sequence: Int?,
        listening: LiveListening
    ) {
        self.bus = bus
        self.proof = proof
        self.clientID = clientID
        self.sequence = sequence
        self.listening = listening
    }

    @inline(never)
    static func begin(
        _ bus: LiveBus,
        _ positions: LiveBus.Positions,
        _ proof: StandingProof,
        clientID: String,
        sequence: Int? = nil
    ) async throws -> LivePoll {
        let listening = try await apart {
            try await bus.listen(
                after: positions,
                for: proof.viewer,
                clientID: clientID,
                sequence: sequence
            )
        }
        return LivePoll(bus, proof, clientID: clientID, sequence: sequence, listening: listening)
    }

    /// What is told next, or nothing when the time is over.
    ///
    /// - Returns: `nil` when the client may no longer read.
    @inline(never)
    func next(until deadline: ContinuousClock.Instant) async throws -> LiveBus.Delivery? {
        while true {
            var wake = LiveWake.look
            if let (token, positions) = turn() {
                wake = await bus.wait(for: token, at: positions, until: deadline)
            }
            switch try await step(after: wake) {
            case .wait: continue
            case .tell(let delivery): return delivery
            case .end: return nil
            }
        }
    }

    /// What the waiting needs to know of this; nothing when there is something to tell already.
    @inline(never)
    private func turn() -> (token: UInt64, positions: LiveBus.Positions)? {
        listening.isReady ? nil : (listening.token, listening.positions)
    }

    private enum Step {
        case wait
        case tell(LiveBus.Delivery)
        case end
    }

    @inline(never)
    private func step(after wake: LiveWake) async throws -> Step {
        let before = listening.positions
        guard let delivery = try await listening.delivery(after: wake) else { return .wait }
        if !proof.isFresh {
            guard try await renewProof() else { return .end }
        }
        if proof.viewer == listening.viewer || delivery.messages.isEmpty { return .tell(delivery) }
        try await beginAgain(after: before)
        return .wait
    }

    /// What was read for somebody with other rights is read again.
    @inline(never)
    private func beginAgain(after positions: LiveBus.Positions) async throws {
        listening.end()
        let again = try await Self.begin(
            bus,
            positions,
            proof,
            clientID: clientID,
            sequence: sequence
        )
        listening = again.listening
    }

    /// - Returns: `false` when the client may no longer read.
    @inline(never)
    private func renewProof() async throws -> Bool {
        let proof = proof
        guard let renewed = try await Self.apart({ try await proof.renewed() }) else {
            return false
        }
        self.proof = renewed
        return true
    }

    /// Does something in a task of its own: what the connection's task once used, it keeps while it
    /// waits.
    private static func apart<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await Task { try await work() }.value
    }

    @inline(never)
    func end() { listening.end() }
}
