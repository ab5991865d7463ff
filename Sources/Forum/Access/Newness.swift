package import Postgres

/// What decides which topics count as new to somebody.
package struct Newness: Sendable, Equatable {
    /// Minutes that a topic is new, `always`, or `sinceLastVisit`; `nil` as the site has it.
    package var durationMinutes: Int?
    /// What is older than the account was never new to it.
    package var memberSince: Timestamp
    /// When the person was here before the present visit.
    package var lastVisitAt: Timestamp?

    /// Discourse's number for topics that are new until they are seen.
    package static let always = -1
    /// Discourse's number for topics that came after the last visit.
    package static let sinceLastVisit = -2

    package init(
        durationMinutes: Int? = nil,
        memberSince: Timestamp = .distantPast,
        lastVisitAt: Timestamp? = nil
    ) {
        self.durationMinutes = durationMinutes
        self.memberSince = memberSince
        self.lastVisitAt = lastVisitAt
    }

    /// Topics younger than this can be new.
    ///
    /// - Parameter minutes: Of those who did not choose.
    func start(otherwise minutes: Int, now: Timestamp) -> Timestamp {
        switch durationMinutes ?? minutes {
        case Self.always: memberSince
        case Self.sinceLastVisit: max(memberSince, lastVisitAt ?? memberSince)
        case let minutes: max(memberSince, now - Double(minutes) * 60)
        }
    }
}
