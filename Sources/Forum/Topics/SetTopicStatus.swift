package import Postgres

/// What can be switched on and off of a topic. The raw values are Discourse's words.
package enum TopicStatus: String, Sendable, CaseIterable {
    case closed
    case archived
    /// Off hides the topic from lists and from everybody but its author and staff.
    case visible
    /// On top of its category.
    case pinned
    /// On top of every list.
    case pinnedGlobally = "pinned_globally"
}

/// Whether readers are told in the topic, and in whose name.
package enum StatusChange: Sendable, Equatable {
    case byPerson
    case byTimer
    case silent

    /// What the small action is called.
    func code(_ status: TopicStatus, _ isEnabled: Bool) -> String {
        let prefix = self == .byTimer && status == .closed ? "auto" : ""
        return "\(prefix)\(status.rawValue).\(isEnabled ? "enabled" : "disabled")"
    }
}

extension Community {
    /// Changes it and says so in the topic, as Discourse does.
    ///
    /// - Parameter until: When a pin ends by itself.
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`, `.malformed` for a pin without end.
    package func setTopicStatus(
        _ id: TopicID,
        status: TopicStatus,
        enabled: Bool,
        until: Timestamp? = nil,
        how: StatusChange = .byPerson,
        by principal: Principal
    ) async throws {
        let topic = try await topicAccess(id, for: .member(principal))
        let permitted = try principal.may(.changingTopicStatus, topic)
        let now = clock()
        if let until, until - now > Limits.planningSeconds {
            throw ForumError(.malformed, "until is too far in the future.", field: "until")
        }
        _ = try await write([
            EditTopicQueries.setStatus(
                permitted,
                status,
                enabled,
                until: until,
                how: how,
                now: now
            )
        ])
        signals.committed(.topic(id), .site)
    }
}
