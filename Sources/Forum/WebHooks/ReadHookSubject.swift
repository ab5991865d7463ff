package import Postgres

/// What a pushed notice says.
package struct PushNotice: Sendable, RowDecodable {
    package let kind: Int
    package let postNumber: Int?
    package let topicID: TopicID?
    package let topicTitle: String?
    package let topicSlug: String?
    package let cooked: String?
    package let username: String?
    package let groupName: String?
    package let isRead: Bool
    package let clientID: String
    package let pushURL: String
    package let isKeyUsable: Bool
    package let lastSeenAt: Timestamp?

    package init(from row: inout RowReader) throws(PostgresError) {
        kind = try row.next()
        postNumber = try row.next()
        topicID = try row.next()
        topicTitle = try row.next()
        topicSlug = try row.next()
        cooked = try row.next()
        username = try row.next()
        groupName = try row.next()
        isRead = try row.next()
        clientID = try row.next()
        pushURL = try row.next()
        isKeyUsable = try row.next()
        lastSeenAt = try row.next()
    }
}

/// Whether a notice is pushed now.
package enum PushDecision: Sendable {
    case push(PushNotice)
    case skip(String)
    /// The member is on the site.
    case wait(seconds: Double)
}

extension Community {
    /// One notice, whoever's it is.
    ///
    /// - Throws: `.notFound`, also for one of a personal message.
    package func notificationForWebHook(_ id: NotificationID) async throws -> Notification {
        let found: Notification? = try await database.first(HookSubjectQueries.notification(id))
        guard let found else { throw ForumError.notFound }
        return found
    }

    /// Decides on a notice for a member's program from what is true now: what the member may see, whether
    /// they have read it or are on the site, whether the address is still allowed.
    package func decideOnPush(_ request: OutgoingRequest) async throws -> PushDecision {
        guard let user = request.userID, let notification = request.objectID,
            let principal = try await principal(for: user)
        else { return .skip("the user is gone or may not log in") }
        let found: PushNotice? = try await database.first(
            HookSubjectQueries.push(request.id, notification, for: principal)
        )
        guard let notice = found else { return .skip("what it tells of is gone or not to be seen") }
        guard notice.isKeyUsable else { return .skip("the key is revoked") }
        guard !notice.isRead else { return .skip("the user has read it") }
        let settings = settings.current
        let scopes = settings.allowUserAPIKeyScopes.split(separator: "|")
        let isAllowed = settings.allowedUserAPIPushURLs.split(separator: "|")
            .contains { $0 == notice.pushURL }
        guard isAllowed, scopes.contains("push") || scopes.contains("notifications") else {
            return .skip("notices may not be pushed there")
        }
        let age = (clock().microseconds - request.createdAt.microseconds) / 1_000_000
        guard age < Int64(Limits.pushKeptHours) * 3600 else { return .skip("it is too old") }
        if let seen = notice.lastSeenAt {
            let window = Int64(settings.pushNotificationTimeWindowMins) * 60_000_000
            let away = clock().microseconds - seen.microseconds
            if away < window { return .wait(seconds: Double(window - away) / 1_000_000) }
        }
        return .push(notice)
    }
}
