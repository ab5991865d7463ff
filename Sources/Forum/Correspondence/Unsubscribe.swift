import Postgres

/// What an unsubscribe address would stop, for the page that asks.
package struct Unsubscription: Sendable {
    package let scope: UnsubscribeScope
    /// Of the topic, category or tag; `nil` when the mail's recipient may not see it any more.
    package let name: String?
    let userID: UserID
}

extension Community {
    /// What the key stops; changes nothing.
    ///
    /// - Throws: `.notFound` for a key that was never given out.
    package func unsubscription(_ key: UnsubscribeKey) async throws -> Unsubscription {
        let rows = try await database.query(CorrespondenceQueries.unsubscribe(key))
        guard let row = rows.first else { throw ForumError.notFound }
        let user = UserID(try row.get(0, as: Int64.self))
        let scope = try Self.scope(row)
        return Unsubscription(
            scope: scope,
            name: try await name(of: scope, for: user),
            userID: user
        )
    }

    private static func scope(_ row: Row) throws -> UnsubscribeScope {
        if let topic: TopicID = try row.get(2) { return .topic(topic) }
        if let category: CategoryID = try row.get(3) { return .digest(.category(category)) }
        if let tag: TagID = try row.get(4) { return .digest(.tag(tag)) }
        return try row.get(1, as: String.self) == UnsubscribeScope.summaries.name
            ? .summaries : .all
    }

    /// A name may have changed since the mail, and its reader may have lost what it is of.
    private func name(of scope: UnsubscribeScope, for user: UserID) async throws -> String? {
        guard let principal = try await principal(for: user) else { return nil }
        let viewer = Viewer.member(principal)
        let query: SQL
        switch scope {
        case .topic(let topic): query = CorrespondenceQueries.title(topic, for: viewer)
        case .digest(let place): query = CorrespondenceQueries.name(place, for: viewer)
        case .all, .summaries: return nil
        }
        return try await database.value(query, as: String.self)
    }

    /// Stops what the key stands for (RFC 8058: the key is all the proof there is), and takes back
    /// what is still queued. Doing it twice changes nothing.
    package func unsubscribe(_ key: UnsubscribeKey) async throws {
        let found = try await unsubscription(key)
        switch found.scope {
        case .topic(let topic):
            _ = try await database.batch([
                CorrespondenceQueries.stopTopicMail(user: found.userID, topic: topic),
                CorrespondenceQueries.takeBackMail(user: found.userID, topic: topic),
            ])
        case .summaries:
            _ = try await database.batch([
                DigestQueries.stopSummaries(of: found.userID),
                DigestQueries.takeBack(.summary, nil, of: found.userID),
            ])
        case .digest(let place):
            _ = try await database.batch([
                DigestQueries.stop(place, of: found.userID),
                DigestQueries.takeBack(.subscription, place, of: found.userID),
            ])
        case .all:
            _ = try await database.batch([
                CorrespondenceQueries.stopAllMail(user: found.userID),
                CorrespondenceQueries.takeBackMail(user: found.userID, topic: nil),
            ])
        }
    }
}
