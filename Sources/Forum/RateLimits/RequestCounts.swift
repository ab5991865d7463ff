import Logging
package import Postgres
import Synchronization

/// How many requests came lately, counted in this process, so that a request costs no round trip.
///
/// What one subject has done here is told to the other nodes, and theirs to this one, once a second
/// (``share(with:)``), as soon as it has used up a quarter of what it is allowed. So with one node the
/// count is exact to the share of the last slot; with k nodes a subject that spreads its requests
/// evenly gets at most (k - 1) quarters more, and what comes in within one second.
package final class RequestCounts: Sendable {
    private struct Count {
        var limit: RateLimit
        var slot: Int64
        var current = 0
        var previous = 0
        /// Of other nodes, as last heard.
        var elsewhere = 0
        var elsewherePrevious = 0
        /// Of `current`, what the others know.
        var told = 0

        mutating func move(to slot: Int64) {
            guard slot > self.slot else { return }
            let isNext = slot == self.slot + 1
            previous = isNext ? current : 0
            elsewherePrevious = isNext ? elsewhere : 0
            current = 0
            elsewhere = 0
            told = 0
            self.slot = slot
        }

        func wait(at now: Timestamp) -> Int? {
            let all = current + elsewhere
            let before = previous + elsewherePrevious
            let lately = Double(all) + Double(before) * (1 - limit.elapsed(at: now))
            guard lately >= Double(limit.allowed) else { return nil }
            return limit.wait(current: all, previous: before, at: now)
        }
    }

    struct ID: Hashable, Sendable {
        let name: String
        let subject: RateLimit.Subject
    }

    /// What is told to other nodes about one key.
    struct Share: Sendable {
        let id: ID
        let key: String
        let seconds: Int
        let allowed: Int
        let slot: Int64
        let added: Int
    }

    private let counts = Mutex<[ID: Count]>([:])

    package init() {}

    /// Counts one more of all of `limits`, unless one of them is used up.
    ///
    /// - Returns: The refusal; `nil` when the request may go on.
    package func take(_ limits: [RateLimit], at now: Timestamp) -> ForumError? {
        counts.withLock { counts in
            for limit in limits where !limit.isOff {
                let id = ID(name: limit.name, subject: limit.subject)
                counts[id]?.limit = limit
                counts[id]?.move(to: limit.slot(at: now))
                if let wait = counts[id]?.wait(at: now) { return limit.error(wait: wait) }
            }
            for limit in limits where !limit.isOff {
                let id = ID(name: limit.name, subject: limit.subject)
                if counts[id] == nil {
                    if counts.count >= Limits.requestCounts { Self.forget(&counts, at: now) }
                    counts[id] = Count(limit: limit, slot: limit.slot(at: now))
                }
                counts[id]?.current += 1
            }
            return nil
        }
    }

    /// Whether one is used up, without counting.
    package func isUsedUp(_ limit: RateLimit, at now: Timestamp) -> Bool {
        counts.withLock { counts in
            let id = ID(name: limit.name, subject: limit.subject)
            counts[id]?.move(to: limit.slot(at: now))
            return counts[id]?.wait(at: now) != nil
        }
    }

    /// Room for new ones: first what is over, then all.
    private static func forget(_ counts: inout [ID: Count], at now: Timestamp) {
        counts = counts.filter { $0.value.slot + 1 >= $0.value.limit.slot(at: now) }
        if counts.count >= Limits.requestCounts { counts.removeAll() }
    }

    // MARK: Other nodes

    /// Tells the other nodes of those who ask much, and hears what they told.
    func share(with database: Pool, at now: Timestamp) async throws {
        let shares = sharesToTell(at: now)
        guard !shares.isEmpty else { return }
        let states: [RateLimitState]
        do {
            states = try await database.all(RateLimitQueries.share(shares))
        } catch {
            takeBack(shares)
            throw error
        }
        hear(states, Dictionary(shares.map { ($0.key, $0.id) }) { first, _ in first })
    }

    private func sharesToTell(at now: Timestamp) -> [Share] {
        counts.withLock { counts in
            var shares: [Share] = []
            for (id, count) in counts where shares.count < Limits.requestCountsShared {
                let slot = count.limit.slot(at: now)
                let isCurrent = count.slot == slot
                guard isCurrent, count.current * 4 >= count.limit.allowed else { continue }
                shares.append(
                    Share(
                        id: id,
                        key: count.limit.key,
                        seconds: count.limit.seconds,
                        allowed: count.limit.allowed,
                        slot: count.slot,
                        added: count.current - count.told
                    )
                )
                counts[id]?.told = count.current
            }
            return shares
        }
    }

    private func takeBack(_ shares: [Share]) {
        counts.withLock { counts in
            for share in shares where counts[share.id]?.slot == share.slot {
                counts[share.id]?.told -= share.added
            }
        }
    }

    private func hear(_ states: [RateLimitState], _ ids: [String: ID]) {
        counts.withLock { counts in
            for state in states {
                guard let id = ids[state.key], let count = counts[id], state.slot == count.slot
                else { continue }
                counts[id]?.elsewhere = max(0, state.current - count.told)
                counts[id]?.elsewherePrevious = max(0, state.previous - count.previous)
            }
        }
    }
}

extension Community {
    /// Keeps the counts of requests of all nodes together until cancelled.
    package func shareRequestCounts() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(Limits.requestCountsShareSeconds))
                try await requestCounts.share(with: database, at: clock())
            } catch is CancellationError {
                return
            } catch {
                logger.debug("request counts are not shared", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Tells and hears once.
    package func shareRequestCountsNow() async throws {
        try await requestCounts.share(with: database, at: clock())
    }
}
