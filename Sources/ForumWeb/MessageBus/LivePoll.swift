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

    /// - Returns: `nil` when the client may no longer read.
    @inline(never)
    func next(waitSeconds: Int) async throws -> LiveBus.Delivery? {
        while true {
            let before = listening.positions
            let delivery = try await listening.next(waitSeconds: waitSeconds)
            if !proof.isFresh {
                guard try await renewProof() else { return nil }
            }
            if proof.viewer == listening.viewer || delivery.messages.isEmpty { return delivery }
            try await beginAgain(after: before)
        }
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

    func end() { listening.end() }
}
