import Postgres

extension Community {
    /// Takes somebody out of a message: they cannot read it any more.
    ///
    /// - Throws: `.notFound` for a topic that cannot be seen or who is not in it, `.forbidden`.
    package func removeReader(
        named username: String,
        from topicID: TopicID,
        by principal: Principal
    ) async throws {
        let topic = try await topicAccess(topicID, for: .member(principal))
        guard let user = try await user(named: username) else { throw ForumError.notFound }
        let permitted = try await removal(of: user.id, from: topic, by: principal)
        let query = MessageQueries.removeUser(user.id, permitted, at: clock())
        guard try await database.value(query, as: Int.self) ?? 0 > 0 else {
            throw ForumError.notFound
        }
        signals.committed(.topic(topicID))
    }

    /// As `removeReader`, for a group.
    package func removeReaders(
        ofGroupNamed name: String,
        from topicID: TopicID,
        by principal: Principal
    ) async throws {
        let topic = try await topicAccess(topicID, for: .member(principal))
        let permitted = try await removal(of: nil, from: topic, by: principal)
        guard let key = UsernameRules.lookupKey(name),
            let group: GroupName = try await database.first(GroupQueries.ids(nameKeys: [key])),
            try await database.value(
                MessageQueries.removeGroup(group.id, permitted, at: clock()),
                as: Int.self
            ) ?? 0 > 0
        else { throw ForumError.notFound }
        signals.committed(.topic(topicID))
    }

    private func removal(
        of user: UserID?,
        from topic: TopicAccess,
        by principal: Principal
    ) async throws -> Permitted<RemovingFromMessage, MessageReader> {
        let count: Int = try await database.value(MessageQueries.readerCount(topic.id)) ?? 0
        return try principal.may(
            .removingFromMessage,
            MessageReader(topic: topic, user: user, userCount: count)
        )
    }
}
