import Postgres

/// How the posts of what somebody follows come to them by mail.
package enum MailDelivery: String, Sendable, CaseIterable {
    case each
    case digest
    case none

    fileprivate var level: NotificationLevel {
        switch self {
        case .each: .watching
        case .digest: .tracking
        case .none: .regular
        }
    }
}

extension Rule where Action == Subscribe {
    /// As `subscribe`, for who has proved to read an address: a staged user's only reader of notices
    /// is that mailbox.
    fileprivate static var subscribeByMail: Self { Rule { _, _ in .allow } }
}

extension Community {
    /// Follows a category by mail.
    ///
    /// - Throws: `.notFound` when the principal cannot see it.
    func follow(
        category id: CategoryID,
        _ delivery: MailDelivery,
        by principal: Principal
    ) async throws {
        let rows = try await database.query(
            SubscriptionQueries.visibleCategory(id, for: .member(principal))
        )
        guard !rows.isEmpty else { throw ForumError.notFound }
        let permitted = try principal.may(.subscribeByMail, VisibleCategory(id: id))
        _ = try await database.batch(
            [
                SubscriptionQueries.setLevel(delivery.level, permitted),
                SubscriptionQueries.followTopics(of: permitted, at: delivery.level),
            ] + digests(delivery, of: principal)
        )
    }

    /// Follows a tag by mail.
    ///
    /// - Throws: `.notFound` when there is no such tag among the topics the principal can see.
    func follow(
        tag name: String,
        _ delivery: MailDelivery,
        by principal: Principal
    ) async throws {
        let rows = try await database.query(
            SubscriptionQueries.visibleTag(name, for: .member(principal))
        )
        guard let row = rows.first else { throw ForumError.notFound }
        let id = TagID(try row.get(0, as: Int64.self))
        let permitted = try principal.may(.subscribeByMail, VisibleTag(id: id))
        _ = try await database.batch(
            [
                SubscriptionQueries.setLevel(delivery.level, permitted),
                SubscriptionQueries.followTopics(of: permitted, at: delivery.level),
            ] + digests(delivery, of: principal)
        )
    }

    /// What a digest tells of is what somebody tracks; so they have to get digests at all.
    private func digests(_ delivery: MailDelivery, of principal: Principal) -> [SQL] {
        delivery == .digest ? [SubscriptionQueries.sendDigests(to: principal)] : []
    }
}
