import Logging
import Postgres

extension Community {
    /// Counts one more of each of `limits`, over all nodes.
    ///
    /// - Throws: `.rateLimited` when one of them is used up; the others are not counted then.
    package func take(_ limits: [RateLimit]) async throws {
        let limits = limits.filter { !$0.isOff }
        guard !limits.isEmpty else { return }
        let now = clock()
        // A count that a crash of the machine loses is no loss.
        let answers = try await database.batch([
            .relaxDurability, RateLimitQueries.take(limits, now: now),
        ])
        let taken = Set(try answers[1].values(String.self))
        let refused = limits.filter { !taken.contains($0.key) }
        guard !refused.isEmpty else { return }
        try await giveBack(limits.filter { taken.contains($0.key) })
        let states = try await database.all(
            RateLimitQueries.state(of: refused),
            as: RateLimitState.self
        )
        let errors = refused.map { limit in
            limit.error(wait: Self.wait(limit, states.first { $0.key == limit.key }, now))
        }
        throw errors.max { ($0.retryAfterSeconds ?? 0) < ($1.retryAfterSeconds ?? 0) }
            ?? ForumError.forbidden
    }

    /// What was counted and then not done counts no more.
    package func giveBack(_ limits: [RateLimit]) async throws {
        let limits = limits.filter { !$0.isOff }
        guard !limits.isEmpty else { return }
        try await database.execute(RateLimitQueries.giveBack(limits))
    }

    /// Does `action` within `limits`; what fails is not counted.
    package func within<Result>(
        _ limits: [RateLimit],
        _ action: () async throws -> Result
    ) async throws -> Result {
        try await take(limits)
        do {
            return try await action()
        } catch {
            do {
                try await giveBack(limits)
            } catch let failure {
                logger.warning("a limit keeps a count", metadata: ["error": "\(failure)"])
            }
            throw error
        }
    }

    /// Forgets what counts for nothing any more.
    package func trimRateLimits() async throws {
        try await database.execute(RateLimitQueries.trim(now: clock()))
    }

    private static func wait(_ limit: RateLimit, _ state: RateLimitState?, _ now: Timestamp) -> Int
    {
        guard let state else { return 1 }
        return limit.wait(current: state.current, previous: state.previous, at: now)
    }
}
