import Postgres

/// A notice that an administrator's program makes.
package struct NotificationDraft: Sendable {
    package var userID: UserID
    package var kind: Int
    /// A JSON object as text.
    package var data: String
    package var topicID: TopicID?
    package var postNumber: Int?

    package init(userID: UserID, kind: Int, data: String = "{}") {
        self.userID = userID
        self.kind = kind
        self.data = data
    }
}

extension Community {
    /// Makes a notice for somebody.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, `.notFound` for a person or topic that
    ///   does not exist, `.invalid` for data that is no JSON object.
    package func createNotification(
        _ new: NotificationDraft,
        by principal: Principal
    ) async throws -> Notification {
        let permitted = try principal.mayAdministerSite()
        guard new.data.utf8.count <= Limits.notificationDataBytes, (1...1000).contains(new.kind)
        else {
            throw ForumError(
                .invalid,
                "data must be a JSON object of at most \(Limits.notificationDataBytes) bytes.",
                field: "data"
            )
        }
        do {
            let rows = try await database.query(
                ManageNotificationQueries.insert(new, permitted)
            )
            guard let id: NotificationID = try rows.firstValue() else { throw ForumError.notFound }
            return try await notification(id, permitted)
        } catch let error as PostgresError where error.sqlState == .foreignKeyViolation {
            throw ForumError.notFound
        }
    }

    /// Marks somebody's notice read or unread.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, `.notFound`.
    package func updateNotification(
        _ id: NotificationID,
        isRead: Bool,
        by principal: Principal
    ) async throws -> Notification {
        let permitted = try principal.mayAdministerSite()
        _ = try await database.query(
            ManageNotificationQueries.setRead(id, isRead, permitted)
        )
        return try await notification(id, permitted)
    }

    /// Removes somebody's notice.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, `.notFound`.
    package func deleteNotification(_ id: NotificationID, by principal: Principal) async throws {
        let permitted = try principal.mayAdministerSite()
        let rows = try await database.query(ManageNotificationQueries.delete(id, permitted))
        guard rows.affected > 0 else { throw ForumError.notFound }
    }

    private func notification(
        _ id: NotificationID,
        _ permitted: Permitted<AdministerSite, WholeSite>
    ) async throws -> Notification {
        let found: Notification? = try await database.first(
            ManageNotificationQueries.notification(id, permitted)
        )
        guard let found else { throw ForumError.notFound }
        return found
    }
}
