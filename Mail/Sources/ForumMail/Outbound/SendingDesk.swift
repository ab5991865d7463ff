import Forum
import Synchronization

/// What is being sent at this moment, and whether the relay can be talked to.
final class SendingDesk: Sendable {
    private struct State {
        /// Mails under way, by the domain they go to.
        var underWay: [String: Int] = [:]
        var relayFailures = 0
        var pausedUntil: ContinuousClock.Instant?
    }

    /// How much more may be begun now.
    struct Room {
        let mails: Int
        /// Domains that have enough.
        let busy: [String]
    }

    private let state = Mutex(State())
    private let pause = Backoff(
        firstSeconds: 5,
        maxSeconds: MailLimits.relayPauseSeconds,
        attempts: .max
    )

    var room: Room {
        state.withLock { state in
            let total = state.underWay.values.reduce(0, +)
            let isPaused = state.pausedUntil.map { $0 > .now } ?? false
            return Room(
                mails: isPaused ? 0 : MailLimits.sendingAtOnce - total,
                busy: state.underWay.filter { $0.value >= MailLimits.sendingAtOnceToDomain }.map(
                    \.key
                )
            )
        }
    }

    /// Seconds until the relay is tried again; nil when nothing is wrong with it.
    var pauseSeconds: Double? {
        state.withLock { state in
            guard let until = state.pausedUntil, until > .now else { return nil }
            return (until - .now) / .seconds(1)
        }
    }

    func begin(_ email: OutgoingEmail) {
        state.withLock { $0.underWay[email.domain, default: 0] += 1 }
    }

    func end(_ email: OutgoingEmail) {
        state.withLock { state in
            let left = state.underWay[email.domain, default: 1] - 1
            state.underWay[email.domain] = left > 0 ? left : nil
        }
    }

    func relayAnswered() {
        state.withLock { state in
            state.relayFailures = 0
            state.pausedUntil = nil
        }
    }

    /// - Returns: Seconds until it makes sense to try again.
    func relayFailed() -> Double {
        state.withLock { state in
            // Those that failed together are one failure.
            if let until = state.pausedUntil, until > .now { return (until - .now) / .seconds(1) }
            state.relayFailures += 1
            let seconds =
                pause.delaySeconds(after: state.relayFailures) ?? MailLimits.relayPauseSeconds
            state.pausedUntil = .now + .seconds(seconds)
            return seconds
        }
    }
}

extension OutgoingEmail {
    fileprivate var domain: String {
        toAddress.lastIndex(of: "@").map { toAddress[toAddress.index(after: $0)...].lowercased() }
            ?? ""
    }
}
