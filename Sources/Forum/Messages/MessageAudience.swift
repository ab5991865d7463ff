import Postgres

/// Whom a message in a list is addressed to.
package struct MessageAudience: Sendable, Equatable {
    /// The first few.
    package let users: [UserCard]
    package let userCount: Int
}

extension Community {
    /// Whom the messages of a page are addressed to; the page has checked that they can be seen.
    package func audiences(of page: TopicListPage) async throws -> [TopicID: MessageAudience] {
        let messages = page.topics.map(\.topic).filter { $0.archetype == .message }.map(\.id)
        guard !messages.isEmpty else { return [:] }
        let rows: [AudienceRow] = try await database.all(MessageQueries.audiences(messages))
        return Dictionary(grouping: rows, by: \.topicID).mapValues { rows in
            MessageAudience(users: rows.map(\.user), userCount: rows.first?.total ?? 0)
        }
    }
}
