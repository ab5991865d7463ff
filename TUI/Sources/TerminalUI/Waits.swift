/// A request that the site wants to see later, and when: seconds since 1970.
struct Wait: Sendable, Hashable {
    var effect: Effect
    var until: Int64

    /// nil for a failure that does not pass by itself soon.
    init?(_ effect: Effect, _ failure: Failure, now: Int64) {
        guard case .rateLimited(let seconds) = failure.kind, effect.canBeRepeated,
            let seconds, seconds <= Limits.longestWait
        else { return nil }
        self.effect = effect
        // The clock is read in whole seconds: one more, so that the site is not asked too early.
        until = now + Int64(seconds) + 1
    }
}

/// Sites that have too many requests are asked again when they said, and the reader sees the
/// seconds go by.
extension Model {
    /// The clock has to be told every second.
    package var isCounting: Bool {
        !waits.isEmpty || held.contains { $0.due != nil }
    }

    /// Seconds until the next request is repeated.
    var secondsToWait: Int64? {
        waits.map(\.until).min().map { max(0, $0 - now) }
    }

    /// What the status line counts down.
    var countdown: String? {
        if let seconds = secondsToWait {
            return "The site asks to wait: it goes on in \(seconds) s. Esc gives up."
        }
        return deliveryCountdown
    }

    mutating func begin(_ wait: Wait) -> [Effect] {
        waits.removeAll { $0.effect == wait.effect }
        waits.append(wait)
        return []
    }

    /// Repeats what is due.
    mutating func retryWaits() -> [Effect] {
        let due = waits.filter { $0.until <= now }
        guard !due.isEmpty else { return [] }
        waits.removeAll { $0.until <= now }
        return due.map(\.effect).filter(isWanted)
    }

    /// Nobody wants what a screen needed that is gone.
    private func isWanted(_ effect: Effect) -> Bool {
        switch effect {
        case .loadTopic(let id, _), .loadPosts(let id, _):
            screens.contains { if case .topic(let state) = $0 { state.id == id } else { false } }
        case .loadTopics(let kind, _):
            screens.contains {
                if case .topicList(let state) = $0 { state.kind == kind } else { false }
            }
        default: true
        }
    }

    /// Esc gives up waiting, but not while it means something for what is being typed.
    var canCancelWaits: Bool {
        guard !waits.isEmpty else { return false }
        guard case .composer(let state) = screens[screens.count - 1] else {
            return context != .login
        }
        return state.mode == .sending
    }

    mutating func cancelWaits() -> [Effect] {
        let given = waits
        waits = []
        var effects: [Effect] = []
        for wait in given {
            effects += fail(
                wait.effect,
                Failure(.cancelled, "The site asked to wait, and you gave up.")
            )
        }
        return effects
    }
}

extension Effect {
    /// Doing it later is as good as now. Help while typing is not, and a login is begun anew by who wants it.
    var canBeRepeated: Bool {
        switch self {
        case .complete, .findSimilar, .prefetch: false
        default: !isLogIn
        }
    }

    package var isLogIn: Bool {
        switch self {
        case .logIn, .logInByBrowser, .openKey, .logOut: true
        default: false
        }
    }
}
