package import Postgres

/// A mail in the queue, or one that has left it, as an administrator sees it.
package struct QueuedEmail: Sendable, RowDecodable {
    package let id: OutgoingEmailID
    package let emailType: String
    package let username: String?
    package let toAddress: String
    /// `queued`, `sending`, `held`, `sent`, `skipped` or `failed`.
    package let state: String
    package let attempts: Int
    package let createdAt: Timestamp
    package let nextAttemptAt: Timestamp
    package let expiresAt: Timestamp
    package let finishedAt: Timestamp?
    package let messageID: String?
    /// What the relay said last, or why the mail was not sent.
    package let response: String?
    package let topicTitle: String?
    package let postURL: String?

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        emailType = try row.next()
        username = try row.next()
        toAddress = try row.next()
        state = try row.next()
        attempts = try row.next()
        createdAt = try row.next()
        nextAttemptAt = try row.next()
        expiresAt = try row.next()
        finishedAt = try row.next()
        messageID = try row.next()
        response = try row.next()
        topicTitle = try row.next()
        postURL = try row.next()
    }
}

/// Which mails of the queue are meant.
package enum QueueSelection: Sendable, Equatable {
    case ids([OutgoingEmailID])
    /// Every mail that waits.
    case all
    /// Mails that wait, to one address or to all of one domain.
    case destination(String)
}

/// What is done to mails in the queue.
package enum QueueAction: String, Sendable, CaseIterable {
    /// Try now, also what was held or given up.
    case retry
    /// Keep back until it is retried.
    case hold
    /// Never send.
    case discard
}

extension Community {
    /// Mails that wait, the next to be tried first; or those of one state, newest first.
    ///
    /// - Parameter state: `failed`, `sent` or `skipped`; nil for what waits.
    /// - Throws: `.forbidden` for anybody but administrators.
    package func mailQueue(
        _ state: String? = nil,
        limit: Int,
        for principal: Principal
    ) async throws -> [QueuedEmail] {
        let permitted = try principal.mayAdministerSite()
        let bounded = min(max(limit, 1), Limits.queuedMailsShown)
        return try await database.all(MailQueueQueries.list(state, limit: bounded, permitted))
    }

    /// - Throws: `.notFound`, `.forbidden`.
    package func queuedMail(
        _ id: OutgoingEmailID,
        for principal: Principal
    ) async throws -> QueuedEmail {
        let permitted = try principal.mayAdministerSite()
        guard
            let mail: QueuedEmail = try await database.first(MailQueueQueries.find(id, permitted))
        else { throw ForumError.notFound }
        return mail
    }

    /// Does something to mails that wait. What is being sent at this moment stays as it is.
    ///
    /// - Returns: The mails that it was done to.
    /// - Throws: `.forbidden`.
    package func act(
        _ action: QueueAction,
        on selection: QueueSelection,
        by principal: Principal
    ) async throws -> [OutgoingEmailID] {
        let permitted = try principal.mayAdministerSite()
        let done = try await database.values(
            MailQueueQueries.act(action, on: selection, permitted),
            as: OutgoingEmailID.self
        )
        if action == .retry, !done.isEmpty { signals.mailQueued() }
        return done
    }
}
