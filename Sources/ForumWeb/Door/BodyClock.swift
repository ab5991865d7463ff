import Synchronization

/// Ends the reading of bodies that take too long to arrive.
///
/// One clock for all: a sleep of its own for each request would be cancelled with it, but stay in memory
/// until its time had come.
final class BodyClock: Sendable {
    private typealias Reading = Task<[UInt8], any Error>

    private struct State {
        var readings: [UInt64: (deadline: ContinuousClock.Instant, task: Reading)] = [:]
        var nextID: UInt64 = 0
        var isTicking = false
    }

    private let state = Mutex(State())

    /// - Throws: `UnreadBody.tooSlow` when it took longer than `seconds`, by a tick of the clock at most.
    func read(
        within seconds: Int,
        _ work: @escaping @Sendable () async throws -> [UInt8]
    ) async throws -> [UInt8] {
        let reading = Task { try await work() }
        let deadline = ContinuousClock.now.advanced(by: .seconds(seconds))
        let id = watch(reading, until: deadline)
        defer { state.withLock { $0.readings[id] = nil } }
        let result = await withTaskCancellationHandler {
            await reading.result
        } onCancel: {
            reading.cancel()
        }
        try Task.checkCancellation()
        // What was cancelled may look like a body that ended early.
        guard !reading.isCancelled else { throw UnreadBody.tooSlow }
        return try result.get()
    }

    private func watch(_ reading: Reading, until deadline: ContinuousClock.Instant) -> UInt64 {
        let (id, startsTicking) = state.withLock { state in
            defer { state.isTicking = true }
            state.nextID += 1
            state.readings[state.nextID] = (deadline, reading)
            return (state.nextID, !state.isTicking)
        }
        if startsTicking { Task { [weak self] in await Self.tick { self?.endOverdue() ?? false } } }
        return id
    }

    private static func tick(while goesOn: () -> Bool) async {
        while goesOn() {
            do {
                try await Task.sleep(for: .seconds(1))
            } catch {
                return
            }
        }
    }

    /// - Returns: Whether there is anybody left to watch over.
    private func endOverdue() -> Bool {
        let now = ContinuousClock.now
        let (overdue, goesOn) = state.withLock { state in
            state.isTicking = !state.readings.isEmpty
            return (state.readings.values.filter { $0.deadline <= now }, state.isTicking)
        }
        for reading in overdue { reading.task.cancel() }
        return goesOn
    }
}
