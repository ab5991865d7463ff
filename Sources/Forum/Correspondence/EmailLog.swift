package import Postgres

/// Which mails an administrator asks for.
package struct EmailLogFilter: Sendable {
    package var offset = 0
    package var limit = Limits.adminLogsPerPage
    /// A part of a username.
    package var user: String?
    /// A part of an address: of the recipient for what went out, of the sender for what came in.
    package var address: String?
    package var recipient: String?
    package var subject: String?
    package var type: String?
    /// A part of the error of what was refused.
    package var error: String?
    /// Of what came in.
    package var state: IncomingEmail.State?

    package init() {}
}

/// Which of the mails that went out, or did not.
package enum SentEmailList: String, Sendable, CaseIterable {
    case sent
    case skipped
    /// What the relay refused for good, and what came back.
    case bounced
}

/// A mail that went out, or did not.
package struct SentEmailEntry: Sendable, RowDecodable {
    package let id: OutgoingEmailID
    package let emailType: String
    package let toAddress: String
    package let state: String
    package let response: String?
    package let createdAt: Timestamp
    package let user: UserReference?
    package let postURL: String?
    package let topicTitle: String?
    /// When a server far away reported that it did not arrive.
    package let bouncedAt: Timestamp?
    /// RFC 3463, such as `5.1.1`.
    package let bounceErrorCode: String?

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        emailType = try row.next()
        toAddress = try row.next()
        state = try row.next()
        response = try row.next()
        createdAt = try row.next()
        user = try UserReference.read(from: &row)
        postURL = try row.next()
        topicTitle = try row.next()
        bouncedAt = try row.next()
        bounceErrorCode = try row.next()
    }
}

/// A mail that came in.
package struct IncomingEmailEntry: Sendable, RowDecodable {
    package let id: IncomingEmailID
    package let recipient: String
    package let fromAddress: String?
    package let subject: String?
    package let error: String?
    package let rejectionMessage: String?
    package let receivedAt: Timestamp
    package let user: UserReference?
    package let postURL: String?
    /// Discourse's `pass`, `fail` or `gray`; `nil` when nobody was asked.
    package let senderVerdict: String?
    package let senderEvidence: String?
    package let isBounce: Bool
    package let messageID: String
    package let createdVia: String
    package let state: String

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        recipient = try row.next()
        fromAddress = try row.next()
        subject = try row.next()
        error = try row.next()
        rejectionMessage = try row.next()
        receivedAt = try row.next()
        user = try UserReference.read(from: &row)
        postURL = try row.next()
        senderVerdict = try row.next()
        senderEvidence = try row.next()
        isBounce = try row.next()
        messageID = try row.next()
        createdVia = try row.next()
        state = try row.next()
    }
}

extension Community {
    /// Mails that went out, newest first.
    ///
    /// - Throws: `.forbidden` for anybody but administrators.
    package func sentEmails(
        _ list: SentEmailList,
        _ filter: EmailLogFilter,
        for principal: Principal
    ) async throws -> [SentEmailEntry] {
        let permitted = try principal.mayAdministerSite()
        return try await database.all(
            EmailLogQueries.sent(list, bounded(filter), permitted)
        )
    }

    /// Mails that came in, newest first.
    ///
    /// - Parameter rejected: Only those that were refused, or only the others.
    /// - Throws: `.forbidden` for anybody but administrators.
    package func incomingEmails(
        rejected: Bool? = nil,
        _ filter: EmailLogFilter,
        for principal: Principal
    ) async throws -> [IncomingEmailEntry] {
        let permitted = try principal.mayAdministerSite()
        return try await database.all(
            EmailLogQueries.incoming(rejected: rejected, bounded(filter), permitted)
        )
    }

    /// One mail that came in, with the beginning of its bytes.
    ///
    /// - Throws: `.notFound`, `.forbidden`.
    package func incomingEmail(
        _ id: IncomingEmailID,
        for principal: Principal
    ) async throws -> (entry: IncomingEmailEntry, raw: [UInt8]) {
        let permitted = try principal.mayAdministerSite()
        let answers = try await database.batch([
            EmailLogQueries.incoming(id, permitted), EmailLogQueries.raw(of: id, permitted),
        ])
        guard let entry = try answers[0].first(IncomingEmailEntry.self) else {
            throw ForumError.notFound
        }
        return (entry, try answers[1].firstValue([UInt8].self) ?? [])
    }

    private func bounded(_ filter: EmailLogFilter) -> EmailLogFilter {
        var filter = filter
        filter.offset = min(max(filter.offset, 0), 1_000_000)
        filter.limit = min(max(filter.limit, 1), Limits.adminLogsPerPage)
        return filter
    }
}
