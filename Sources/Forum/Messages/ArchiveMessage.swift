import Postgres

extension Community {
    /// Puts a message away, or takes it back into the inbox, for the principal and for those of
    /// their groups that it was sent to.
    ///
    /// - Returns: The name of such a group, when there is one.
    /// - Throws: `.notFound` for what is no message that the principal reads.
    package func setArchived(
        _ isArchived: Bool,
        message id: TopicID,
        by principal: Principal
    ) async throws -> String? {
        let topic = try await topicAccess(id, for: .member(principal))
        guard topic.archetype == .message else { throw ForumError.notFound }
        let answers = try await database.batch(
            isArchived
                ? MessageQueries.putAway(id, by: principal, at: clock())
                : MessageQueries.bringBack(id, by: principal)
        )
        return try answers[1].firstValue(String.self)
    }
}
