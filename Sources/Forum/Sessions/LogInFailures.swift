import Postgres
import Synchronization

/// Wrong passwords of the last quarter of an hour, by login name and network.
///
/// Names that do not exist are counted like those that do. One network is stopped long before a
/// name is, so that nobody locks another person out by guessing.
final class LogInFailures: Sendable {
    struct Attempt: Hashable, Sendable {
        let login: String
        let network: String
    }

    private struct Count {
        var failures: Int
        var windowEnd: Timestamp
    }

    private struct State {
        var byAttempt: [Attempt: Count] = [:]
        var byLogin: [String: Count] = [:]
    }

    private let state = Mutex(State())

    /// - Throws: `.rateLimited` when there were too many; an attempt then costs no hashing.
    func check(_ attempt: Attempt, at now: Timestamp) throws(ForumError) {
        let end = state.withLock { state -> Timestamp? in
            if let count = state.byAttempt[attempt], now < count.windowEnd,
                count.failures >= Limits.logInFailuresPerNetwork
            {
                return count.windowEnd
            }
            if let count = state.byLogin[attempt.login], now < count.windowEnd,
                count.failures >= Limits.logInFailuresPerLogin
            {
                return count.windowEnd
            }
            return nil
        }
        guard let end else { return }
        let seconds = max(1, Int((end - now).rounded(.up)))
        let minutes = (seconds + 59) / 60
        throw ForumError(
            .rateLimited,
            "You have tried to log in too often. Please wait \(minutes) "
                + (minutes == 1 ? "minute" : "minutes") + " before trying again.",
            retryAfterSeconds: seconds
        )
    }

    func record(_ attempt: Attempt, at now: Timestamp) {
        state.withLock { state in
            Self.add(&state.byAttempt, attempt, at: now)
            Self.add(&state.byLogin, attempt.login, at: now)
        }
    }

    /// The right password makes this network's failures forgotten, not those of others.
    func forget(_ attempt: Attempt) {
        state.withLock { $0.byAttempt[attempt] = nil }
    }

    private static func add<Key: Hashable>(
        _ counts: inout [Key: Count],
        _ key: Key,
        at now: Timestamp
    ) {
        if counts.count >= Limits.logInFailuresRemembered {
            counts = counts.filter { now < $0.value.windowEnd }
            if counts.count >= Limits.logInFailuresRemembered { counts.removeAll() }
        }
        if let count = counts[key], now < count.windowEnd {
            counts[key]?.failures = count.failures + 1
        } else {
            counts[key] = Count(failures: 1, windowEnd: now + Limits.logInFailureWindowSeconds)
        }
    }
}
