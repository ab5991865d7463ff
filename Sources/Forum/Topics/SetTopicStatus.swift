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

extension Community {
    /// - Parameter until: When a pin ends by itself.
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`.
    package func setTopicStatus(
        _ id: TopicID,
        status: TopicStatus,
        enabled: Bool,
        until: Timestamp? = nil,
        by principal: Principal
    ) async throws {
        let topic = try await topicAccess(id, for: .member(principal))
        let permitted = try principal.may(.changingTopicStatus, topic)
        _ = try await database.query(
            EditTopicQueries.setStatus(permitted, status, enabled, until: until, now: clock())
        )
        signals.committed(.topic(id), .site)
    }
}
