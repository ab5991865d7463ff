package import Postgres

/// A mail that came in for one recipient, and what became of it.
package struct IncomingEmail: Sendable, RowDecodable {
    package enum State: String, Sendable, CaseIterable {
        /// Stored; no verdict yet.
        case received
        /// It made a post, or did what it asked for.
        case posted
        case rejected
        /// Dropped on purpose, silently: `ignore_by_title`.
        case ignored
    }

    package let id: IncomingEmailID
    package let state: State
    /// Discourse's class of the refusal, such as `TopicClosedError`.
    package let error: String?
    package let rejectionMessage: String?
    package let postID: PostID?
    package let topicID: TopicID?
    package let recipient: String
    package let mailFrom: String
    package let fromAddress: String?
    package let messageID: String
    package let subject: String?
    package let createdVia: String
    package let receivedAt: Timestamp
    /// SHA-256 of the mail.
    package let contentHash: [UInt8]
    /// Who gave it to our own server, as ``ReceivedEmail/Origin`` says.
    package let peerAddress: String?
    package let peerName: String?

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        state = State(rawValue: try row.next(String.self)) ?? .received
        error = try row.next()
        rejectionMessage = try row.next()
        postID = try row.next()
        topicID = try row.next()
        recipient = try row.next()
        mailFrom = try row.next()
        fromAddress = try row.next()
        messageID = try row.next()
        subject = try row.next()
        createdVia = try row.next()
        receivedAt = try row.next()
        contentHash = try row.next()
        peerAddress = try row.next()
        peerName = try row.next()
    }
}

/// A mail as it arrived, before anything was made of it.
package struct ReceivedEmail: Sendable {
    /// The envelope recipient.
    package var recipient: String
    /// The envelope sender; empty for `<>`.
    package var mailFrom: String
    /// Without brackets; the sender of a mail without one is given the hash of its bytes.
    package var messageID: String
    /// SHA-256 of `raw`.
    package var contentHash: [UInt8]
    package var raw: [UInt8]
    /// `lmtp`, `smtp`, `pipe`, `handle_mail`, `imap`, …
    package var createdVia: String
    /// Nil where it did not come by a server of ours.
    package var origin: Origin?

    /// Where a mail came in from.
    package struct Origin: Sendable {
        /// The network address whose right to send it is asked for; nil for a relay of ours.
        package var peerAddress: String?
        /// What the peer called itself.
        package var peerName: String
        /// The fields that our server puts before the mail when it is shown (RFC 5321 §4.4).
        package var trace: String

        package init(peerAddress: String?, peerName: String, trace: String) {
            self.peerAddress = peerAddress
            self.peerName = peerName
            self.trace = trace
        }
    }

    package init(
        recipient: String,
        mailFrom: String,
        messageID: String,
        contentHash: [UInt8],
        raw: [UInt8],
        createdVia: String,
        origin: Origin? = nil
    ) {
        self.recipient = recipient
        self.mailFrom = mailFrom
        self.messageID = messageID
        self.contentHash = contentHash
        self.raw = raw
        self.createdVia = createdVia
        self.origin = origin
    }
}
