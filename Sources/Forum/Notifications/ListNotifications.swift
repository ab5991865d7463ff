import Postgres

/// One page of notices, with what a client needs to show their number.
package struct NotificationPage: Sendable {
    package let notifications: [Notification]
    package let totalCount: Int
    package let unreadCount: Int
    package let unreadHighPriorityCount: Int
}

extension Community {
    /// The notices of a principal, newest first.
    ///
    /// - Parameter unreadOnly: `true` unread ones, `false` read ones, `nil` all.
    package func notifications(
        of principal: Principal,
        unreadOnly: Bool? = nil,
        offset: Int = 0,
        limit: Int = Limits.notificationsPerPage
    ) async throws -> NotificationPage {
        let answers = try await database.batch([
            NotificationQueries.list(
                for: principal,
                unreadOnly: unreadOnly,
                offset: min(max(offset, 0), 10_000),
                limit: min(max(limit, 1), Limits.notificationsPerPage)
            ),
            NotificationQueries.counts(for: principal),
        ])
        let counts = answers[1][0]
        return NotificationPage(
            notifications: try answers[0].decode(Notification.self),
            totalCount: try counts.get(0, as: Int.self),
            unreadCount: try counts.get(1, as: Int.self),
            unreadHighPriorityCount: try counts.get(2, as: Int.self)
        )
    }

    /// Marks one notice read, or all when `id` is `nil`. Marking somebody else's changes nothing.
    package func markNotificationsRead(
        _ id: NotificationID? = nil,
        by principal: Principal
    ) async throws {
        _ = try await database.query(NotificationQueries.markRead(id, by: principal))
    }
}
