import Postgres

extension Community {
    /// Follows a topic at `level`, by choice: automation never undoes it.
    ///
    /// - Throws: `.notFound` when the principal cannot see the topic, `.invalid` for a level that
    ///   topics do not have.
    package func setNotificationLevel(
        _ level: NotificationLevel,
        topic id: TopicID,
        by principal: Principal
    ) async throws {
        guard level != .watchingFirstPost else {
            throw ForumError(
                .invalid,
                "A topic's notification level is 0 (muted), 1 (regular), 2 (tracking) or 3 (watching).",
                field: "notification_level"
            )
        }
        let rows = try await database.query(
            SubscriptionQueries.visibleTopic(id, for: .member(principal))
        )
        guard !rows.isEmpty else { throw ForumError.notFound }
        let permitted = try principal.may(.subscribe, VisibleTopic(id: id))
        _ = try await database.batch(
            [SubscriptionQueries.setLevel(level, permitted)]
                + LiveMessages.levelChanged(level, of: id, for: principal)
        )
    }

    /// Follows a category at `level`; the topics in it follow, but for those whose level the user
    /// chose.
    ///
    /// - Throws: `.notFound` when the principal cannot see the category.
    package func setNotificationLevel(
        _ level: NotificationLevel,
        category id: CategoryID,
        by principal: Principal
    ) async throws {
        let rows = try await database.query(
            SubscriptionQueries.visibleCategory(id, for: .member(principal))
        )
        guard !rows.isEmpty else { throw ForumError.notFound }
        let permitted = try principal.may(.subscribe, VisibleCategory(id: id))
        _ = try await database.batch([
            SubscriptionQueries.setLevel(level, permitted),
            SubscriptionQueries.followTopics(of: permitted, at: level),
        ])
    }

    /// Follows a tag at `level`; the topics that bear it follow, but for those whose level the user
    /// chose.
    ///
    /// - Throws: `.notFound` when there is no such tag among the topics the principal can see.
    package func setNotificationLevel(
        _ level: NotificationLevel,
        tag name: String,
        by principal: Principal
    ) async throws {
        let rows = try await database.query(
            SubscriptionQueries.visibleTag(name, for: .member(principal))
        )
        guard let row = rows.first else { throw ForumError.notFound }
        let permitted = try principal.may(
            .subscribe,
            VisibleTag(id: TagID(try row.get(0, as: Int64.self)))
        )
        _ = try await database.batch([
            SubscriptionQueries.setLevel(level, permitted),
            SubscriptionQueries.followTopics(of: permitted, at: level),
        ])
    }
}
