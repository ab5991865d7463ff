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
        let permitted = try await followable(id, by: principal, under: rule)
        var statements = [
            SubscriptionQueries.setLevel(subscription.level, permitted),
            SubscriptionQueries.followTopics(of: permitted),
        ]
        if let delivery = subscription.delivery {
            statements.append(SubscriptionQueries.setDelivery(delivery, permitted, at: clock()))
        }
        _ = try await database.batch(statements)
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
        let permitted = try await followable(name, by: principal, under: rule)
        var statements = [
            SubscriptionQueries.setLevel(subscription.level, permitted),
            SubscriptionQueries.followTopics(of: permitted),
        ]
        if let delivery = subscription.delivery {
            statements.append(SubscriptionQueries.setDelivery(delivery, permitted, at: clock()))
        }
        _ = try await database.batch(statements)
    }

    /// Chooses how the posts of a category come; its level stays.
    ///
    /// - Throws: `.notFound` when the principal cannot see the category.
    package func setSubscriptionDelivery(
        _ delivery: Delivery,
        category id: CategoryID,
        by principal: Principal
    ) async throws {
        let permitted = try await followable(id, by: principal)
        _ = try await database.query(
            SubscriptionQueries.setDelivery(delivery, permitted, at: clock())
        )
    }

    /// Chooses how the posts with a tag come; its level stays.
    ///
    /// - Throws: `.notFound` when there is no such tag among the topics the principal can see.
    package func setSubscriptionDelivery(
        _ delivery: Delivery,
        tag name: String,
        by principal: Principal
    ) async throws {
        let permitted = try await followable(name, by: principal)
        _ = try await database.query(
            SubscriptionQueries.setDelivery(delivery, permitted, at: clock())
        )
    }

    private func followable(
        _ id: CategoryID,
        by principal: Principal,
        under rule: Rule<Subscribe, VisibleCategory> = .subscribe
    ) async throws -> Permitted<Subscribe, VisibleCategory> {
        let rows = try await database.query(
            SubscriptionQueries.visibleCategory(id, for: .member(principal))
        )
        guard !rows.isEmpty else { throw ForumError.notFound }
        return try principal.may(rule, VisibleCategory(id: id))
    }

    private func followable(
        _ tag: String,
        by principal: Principal,
        under rule: Rule<Subscribe, VisibleTag> = .subscribe
    ) async throws -> Permitted<Subscribe, VisibleTag> {
        let rows = try await database.query(
            SubscriptionQueries.visibleTag(tag, for: .member(principal))
        )
        guard let row = rows.first else { throw ForumError.notFound }
        return try principal.may(rule, VisibleTag(id: TagID(try row.get(0, as: Int64.self))))
    }
}
