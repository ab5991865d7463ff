import Postgres

extension Community {
    /// Deletes a topic with all its posts, so that staff can bring it back.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`.
    package func deleteTopic(_ id: TopicID, by principal: Principal) async throws {
        let topic = try await topicAccess(id, for: .member(principal))
        let now = clock()
        let permitted = try principal.may(.deletingTopic(now: now), topic)
        _ = try await write(
            [DeletePostQueries.deleteTopic(permitted, now: now)]
                + Self.logOfDeletion(of: topic, by: principal, at: now)
        )
        signals.committed(.topic(id), .site)
    }

    /// - Throws: `ForumError`: `.notFound`, `.conflict` when it is not deleted.
    package func recoverTopic(_ id: TopicID, by principal: Principal) async throws {
        let topic = try await topicAccess(id, for: .member(principal))
        let permitted = try principal.may(.recoveringTopic, topic)
        _ = try await write([DeletePostQueries.recoverTopic(permitted)])
        signals.committed(.topic(id), .site)
    }
}
