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
        try await setSubscription(Subscription(level: level), category: id, by: principal)
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
        try await setSubscription(Subscription(level: level), tag: name, by: principal)
    }

    /// Follows a category: how closely, and how its posts come. The topics in it follow, but for
    /// those whose level the user chose.
    ///
    /// - Throws: `.notFound` when the principal cannot see the category.
    package func setSubscription(
        _ subscription: Subscription,
        category id: CategoryID,
        by principal: Principal,
        under rule: Rule<Subscribe, VisibleCategory> = .subscribe
    ) async throws {
        let rows = try await database.query(
            SubscriptionQueries.visibleCategory(id, for: .member(principal))
        )
        guard !rows.isEmpty else { throw ForumError.notFound }
        try await keep(subscription, try principal.may(rule, VisibleCategory(id: id)))
    }

    /// Follows a tag, as `setSubscription(_:category:by:)`.
    ///
    /// - Throws: `.notFound` when there is no such tag among the topics the principal can see.
    package func setSubscription(
        _ subscription: Subscription,
        tag name: String,
        by principal: Principal,
        under rule: Rule<Subscribe, VisibleTag> = .subscribe
    ) async throws {
        let id: TagID? = try await database.value(
            SubscriptionQueries.visibleTag(name, for: .member(principal))
        )
        guard let id else { throw ForumError.notFound }
        try await keep(subscription, try principal.may(rule, VisibleTag(id: id)))
    }

    private func keep<Place: VisiblePlace>(
        _ subscription: Subscription,
        _ place: Permitted<Subscribe, Place>
    ) async throws {
        var statements: [SQL] = []
        if let level = subscription.level {
            statements = [
                SubscriptionQueries.setLevel(level, place),
                SubscriptionQueries.followTopics(of: place),
            ]
        }
        if let delivery = subscription.delivery {
            statements.append(SubscriptionQueries.setDelivery(delivery, place, at: clock()))
        }
        _ = try await database.batch(statements)
    }
}
