import Synchronization

/// Lets one task at a time through for each key, in their order: the same mail that comes in twice
/// at once is judged once, and the second gets the verdict of the first.
final class Turnstile<Key: Hashable & Sendable>: Sendable {
    /// Those who wait for a key; a key is here while somebody is inside.
    private let queues = Mutex<[Key: [CheckedContinuation<Void, Never>]]>([:])

    func pass<Result>(_ key: Key, _ body: () async throws -> Result) async rethrows -> Result {
        await withCheckedContinuation { continuation in
            let isFree = queues.withLock { queues in
                guard queues[key] != nil else {
                    queues[key] = []
                    return true
                }
                queues[key]?.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
        defer { leave(key) }
        return try await body()
    }

    private func leave(_ key: Key) {
        let next = queues.withLock { queues -> CheckedContinuation<Void, Never>? in
            guard var waiting = queues[key], !waiting.isEmpty else {
                queues[key] = nil
                return nil
            }
            let next = waiting.removeFirst()
            queues[key] = waiting
            return next
        }
        next?.resume()
    }
}
