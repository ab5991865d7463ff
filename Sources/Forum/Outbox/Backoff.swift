/// How long to wait before trying again: doubling from `firstSeconds`, never more than `maxSeconds`.
package struct Backoff: Sendable {
    package let firstSeconds: Double
    package let maxSeconds: Double
    package let attempts: Int

    package init(firstSeconds: Double, maxSeconds: Double, attempts: Int) {
        self.firstSeconds = firstSeconds
        self.maxSeconds = maxSeconds
        self.attempts = attempts
    }

    /// - Parameter attempt: 1 after the first failure.
    /// - Returns: `nil` when it was the last attempt.
    package func delaySeconds(after attempt: Int) -> Double? {
        guard attempt < attempts else { return nil }
        var delay = firstSeconds
        for _ in 1..<max(attempt, 1) where delay < maxSeconds { delay *= 2 }
        return min(delay, maxSeconds)
    }

    /// As `delaySeconds(after:)`, up to a quarter more or less, so that what failed together is not
    /// tried together.
    package func jitteredSeconds(after attempt: Int) -> Double? {
        delaySeconds(after: attempt).map { $0 * .random(in: 0.75...1.25) }
    }
}
