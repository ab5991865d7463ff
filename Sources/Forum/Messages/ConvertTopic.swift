import Postgres

extension Community {
    /// Makes a topic a message between those who wrote in it.
    ///
    /// - Throws: `.notFound`, `.forbidden`, `.invalid` for what is a message already.
    package func convertToMessage(
        _ id: TopicID,
        by principal: Principal
    ) async throws -> TopicAccess {
        let topic = try await topicAccess(id, for: .member(principal))
        let permitted = try principal.may(.convertingTopic, topic)
        guard topic.archetype == .regular else {
            throw ForumError(.invalid, "That is a message already.")
        }
        try await convert(ConvertTopicQueries.toMessage(permitted, at: clock()))
        signals.committed(.topic(id), .site)
        return try await topicAccess(id, for: .member(principal))
    }

    /// Makes a message a topic that everybody sees who sees its category.
    ///
    /// - Parameter category: `nil` is uncategorized.
    /// - Throws: `.notFound` also for the category, `.forbidden`, `.invalid`.
    package func convertToTopic(
        _ id: TopicID,
        category: CategoryID?,
        by principal: Principal
    ) async throws -> TopicAccess {
        let viewer = Viewer.member(principal)
        let topic = try await topicAccess(id, for: viewer)
        let permitted = try principal.may(.convertingTopic, topic)
        guard topic.archetype == .message else {
            throw ForumError(.invalid, "That is a topic already.")
        }
        let category = category ?? .uncategorized
        guard
            let row = try await database.query(CreateTopicQueries.place(category, for: viewer))
                .first
        else { throw ForumError.notFound }
        let place = try TopicPlace(categoryID: category, from: row)
        _ = try principal.may(.creatingTopic, place)
        try await convert(ConvertTopicQueries.toTopic(permitted, in: category, at: clock()))
        signals.committed(.topic(id), .site)
        return try await topicAccess(id, for: viewer)
    }

    private func convert(_ query: SQL) async throws {
        guard try await write([query])[0].firstValue(Int.self) ?? 0 > 0 else {
            throw ForumError(.conflict, "The topic has changed. Please try again.")
        }
    }
}
