import Postgres

extension Community {
    /// The newest topic of that slug that the viewer may see.
    ///
    /// - Throws: `.notFound`.
    package func topicID(slug: String, for viewer: Viewer) async throws -> TopicID {
        try await found(TopicQueries.find(slug: slug.cleanedOfNUL, for: viewer))
    }

    /// - Throws: `.notFound`.
    package func topicID(externalID: String, for viewer: Viewer) async throws -> TopicID {
        try await found(TopicQueries.find(externalID: externalID.cleanedOfNUL, for: viewer))
    }

    /// What the rules know of a topic.
    ///
    /// - Throws: `.notFound`.
    package func topicAccess(_ id: TopicID, for viewer: Viewer) async throws -> TopicAccess {
        guard
            let topic = try await database.first(
                TopicQueries.access(id, for: viewer),
                as: TopicAccess.self
            )
        else { throw ForumError.notFound }
        return topic
    }

    private func found(_ query: SQL) async throws -> TopicID {
        guard let id = try await database.value(query, as: TopicID.self) else {
            throw ForumError.notFound
        }
        return id
    }
}
