import Postgres

extension Community {
    /// Measures anew how hot the topics of the last weeks are.
    package func measureHotTopics() async throws {
        _ = try await database.batch(HotTopicQueries.measure)
    }
}
