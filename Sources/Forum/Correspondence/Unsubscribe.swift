import Postgres

/// What an unsubscribe address would stop, for the page that asks.
package struct Unsubscription: Sendable {
    package let scope: UnsubscribeScope
    /// `nil` when the mail's recipient may not see the topic any more.
    package let topicTitle: String?
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
        guard let topic = try row.get(1, as: Int64?.self).map({ TopicID($0) }) else {
            return Unsubscription(scope: .all, topicTitle: nil, userID: user)
        }
        return Unsubscription(
            scope: .topic(topic),
            topicTitle: try await title(of: topic, for: user),
            userID: user
        )
    }

    /// A title may have changed since the mail, and its reader may have lost the topic.
    private func title(of topic: TopicID, for user: UserID) async throws -> String? {
        guard let principal = try await principal(for: user) else { return nil }
        return try await database.value(
            CorrespondenceQueries.title(topic, for: .member(principal)),
            as: String.self
        )
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
        case .all:
            _ = try await database.batch([
                CorrespondenceQueries.stopAllMail(user: found.userID),
                CorrespondenceQueries.takeBackMail(user: found.userID, topic: nil),
            ])
        }
    }
}
