package import Postgres

/// Where a mail's thread goes on.
package struct EmailParent: Sendable, RowDecodable {
    package let postID: PostID
    package let topicID: TopicID
    package let postNumber: Int

    package init(from row: inout RowReader) throws(PostgresError) {
        postID = try row.next()
        topicID = try row.next()
        postNumber = try row.next()
    }
}

/// What was decided about a stored mail.
package struct EmailConclusion: Sendable {
    package var state: IncomingEmail.State
    package var error: String?
    package var message: String?
    package var subject: String?
    package var fromAddress: String?
    package var user: UserID?
    package var topic: TopicID?
    package var post: PostID?
    /// Whether the sender is who he says: Discourse's `pass`, `fail` or `gray`; and who says so.
    package var senderVerdict: String?
    package var senderEvidence: String?
    package var isBounce = false

    package init(state: IncomingEmail.State) {
        self.state = state
    }
}

extension EmailConclusion {
    /// Without NUL, which PostgreSQL's text does not have.
    fileprivate var storable: EmailConclusion {
        var clean = self
        clean.message = message?.cleanedOfNUL
        clean.subject = subject?.cleanedOfNUL
        clean.fromAddress = fromAddress?.cleanedOfNUL
        clean.senderEvidence = senderEvidence?.cleanedOfNUL
        return clean
    }
}

extension Community {
    /// Stores a mail before anything can go wrong with it. It outlives this process at once, and the
    /// machine once its verdict does: nobody is told before that that it was taken.
    ///
    /// The same mail for the same recipient is stored once: its earlier row comes back, with the
    /// verdict it has got by then.
    package func store(_ mail: ReceivedEmail) async throws -> IncomingEmail {
        var mail = mail
        // PostgreSQL's text has no NUL; the bytes themselves are kept as they are.
        mail.recipient = mail.recipient.replacing("\0", with: "")
        mail.mailFrom = mail.mailFrom.replacing("\0", with: "")
        mail.messageID = mail.messageID.replacing("\0", with: "")
        mail.origin?.peerName.replace("\0", with: "")
        let answers = try await database.batch([.relaxDurability, IncomingEmailQueries.store(mail)])
        guard let stored = try answers[1].first(IncomingEmail.self) else {
            throw ForumError(.bug, "A stored mail did not come back from the database.")
        }
        return stored
    }

    /// Records the verdict on a stored mail; the first verdict stands. When this returns it is on disk, and
    /// so are the mail and what it became, which were committed before.
    package func conclude(
        _ id: IncomingEmailID,
        _ conclusion: EmailConclusion
    ) async throws {
        _ = try await database.query(
            IncomingEmailQueries.conclude(id, conclusion.storable)
        )
    }

    /// Stored mails without a verdict that nobody can be working on any more.
    package func unfinishedEmails(olderThanSeconds seconds: Int) async throws -> [IncomingEmail] {
        try await database.all(IncomingEmailQueries.unfinished(olderThanSeconds: seconds))
    }

    /// The bytes of a stored mail, behind the trace fields of our own server if it came by one.
    ///
    /// - Throws: `.notFound`.
    package func rawEmail(_ id: IncomingEmailID) async throws -> [UInt8] {
        try await bytes(IncomingEmailQueries.shown(id))
    }

    /// A mail without a verdict as it is now, with its bytes as they came in.
    ///
    /// - Throws: `.notFound`.
    package func unfinishedEmail(
        _ id: IncomingEmailID
    ) async throws -> (email: IncomingEmail, raw: [UInt8]) {
        let query = IncomingEmailQueries.one(id)
        guard let email = try await database.first(query, as: IncomingEmail.self) else {
            throw ForumError.notFound
        }
        return (email, try await bytes(IncomingEmailQueries.raw(id)))
    }

    private func bytes(_ query: SQL) async throws -> [UInt8] {
        guard let raw = try await database.value(query, as: [UInt8].self) else {
            throw ForumError.notFound
        }
        return raw
    }

    /// Removes mails whose time is over (`Limits.incomingMailKeptDays`, and
    /// `delete_rejected_email_after_days` for refused ones).
    package func expireIncomingEmails() async throws {
        _ = try await database.query(
            IncomingEmailQueries.expire(
                days: Limits.incomingMailKeptDays,
                rejectedDays: settings.current.deleteRejectedEmailAfterDays
            )
        )
    }

    /// The post that one of the Message-IDs names: one that came in by mail, or one of this forum's
    /// own (`discourse/post/ID@host`).
    ///
    /// - Parameter messageIDs: Best first: In-Reply-To, then References from the last to the first.
    package func post(
        answeredBy messageIDs: [String],
        in category: CategoryID? = nil
    ) async throws -> EmailParent? {
        let asked = messageIDs.prefix(Limits.messageIDsPerMail)
            .map { $0.replacing("\0", with: "") }
        return try await database.first(
            IncomingEmailQueries.post(
                messageIDs: asked,
                own: asked.map { EmailMessageID.post($0, host: host)?.value ?? 0 },
                category: category
            )
        )
    }
}
