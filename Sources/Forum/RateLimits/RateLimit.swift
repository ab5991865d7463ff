import Postgres

/// So many times in so many seconds, by one subject.
package struct RateLimit: Sendable, Hashable {
    /// Discourse's name of it, such as `login-min`.
    package let name: String
    /// Who is counted: a network, a user, or nobody in particular.
    package let subject: Subject
    package let allowed: Int
    package let seconds: Int
    /// What clients find in `Discourse-Rate-Limit-Error-Code`.
    package let code: String?

    package enum Subject: Sendable, Hashable {
        case site
        case user(UserID)
        /// As `ClientNetwork.of` writes it.
        case network(String)
        /// Any other text, such as the hash of a key.
        case other(String)

        var text: String {
            switch self {
            case .site: "site"
            case .user(let id): "u\(id.value)"
            case .network(let network): "n\(network)"
            case .other(let text): "o\(text)"
            }
        }
    }

    package init(
        _ name: String,
        _ subject: Subject,
        allowed: Int,
        seconds: Int,
        code: String? = nil
    ) {
        self.name = name
        self.subject = subject
        self.allowed = allowed
        self.seconds = seconds
        self.code = code
    }

    /// 0 is no limit at all.
    package var isOff: Bool { allowed <= 0 }

    var key: String { String("\(name):\(subject.text)".prefix(200)) }

    func slot(at now: Timestamp) -> Int64 {
        Int64((now.secondsSince1970 / Double(seconds)).rounded(.down))
    }

    /// The share of the slot of `now` that is over.
    func elapsed(at now: Timestamp) -> Double {
        now.secondsSince1970 / Double(seconds) - Double(slot(at: now))
    }

    /// Seconds until one more is allowed, after `current` in this slot and `previous` in the one before.
    func wait(current: Int, previous: Int, at now: Timestamp) -> Int {
        let elapsed = elapsed(at: now)
        let untilNext = 1 - elapsed
        let share: Double
        if current < allowed {
            let needed = 1 - Double(allowed - current) / Double(max(previous, 1))
            share = max(0, needed - elapsed)
        } else {
            // In the next slot, once enough of this one lies too far back.
            share = untilNext + 1 - Double(allowed) / Double(max(current, 1))
        }
        return max(1, Int(share * Double(seconds)) + 1)
    }

    package func error(wait: Int) -> ForumError {
        let seconds = max(1, wait)
        var error = ForumError(
            .rateLimited,
            "You've performed this action too many times, please wait \(Self.words(seconds)) "
                + "before trying again.",
            retryAfterSeconds: seconds
        )
        error.rateLimitCode = code
        return error
    }

    /// `40 seconds`, `3 minutes`, as people are told.
    package static func words(_ seconds: Int) -> String {
        func count(_ number: Int, _ unit: String) -> String {
            "\(number) \(unit)\(number == 1 ? "" : "s")"
        }
        switch seconds {
        case ..<60: return count(seconds, "second")
        case ..<3600: return count((seconds + 59) / 60, "minute")
        default: return count((seconds + 3599) / 3600, "hour")
        }
    }
}
