/// What the server asks of the program behind it.
///
/// One connection asks one thing at a time; several connections ask at once.
package protocol MailHandler: Sendable {
    /// The verdict on one recipient, given before the mail is sent.
    ///
    /// - Parameters:
    ///   - address: `local-part@domain` with the sender's letter case, or `postmaster` alone.
    ///   - from: the sender of the envelope; empty for `<>`.
    /// - Returns: 2xx takes the recipient; 5xx (550 5.1.1) or 4xx (451 4.3.0) is sent as it is.
    func recipient(_ address: String, from: String) async -> SMTPReply

    /// Takes a mail into the program's keeping. Only what this returns is sent to the peer, so a
    /// 2xx reply says that the mail is stored for good.
    ///
    /// - Parameter data: the mail with CRLF line ends, without dot-stuffing.
    /// - Returns: one reply for each recipient of the envelope, in the same order. Missing ones
    ///   are sent as 451.
    func deliver(_ envelope: Envelope, data: [UInt8]) async -> [SMTPReply]
}

/// Who a mail is from and for, by the transport (RFC 5321 §2.3.1), whatever its header says.
package struct Envelope: Sendable, Hashable {
    /// `local-part@domain`; empty for `<>`.
    package var mailFrom: String

    /// Those that ``MailHandler/recipient(_:from:)`` took, in the order of the peer.
    package var recipients: [String]

    package var peer: MailPeer

    package init(mailFrom: String, recipients: [String], peer: MailPeer) {
        self.mailFrom = mailFrom
        self.recipients = recipients
        self.peer = peer
    }
}

/// Who gave us a mail: for the Received field, and for asking whether they may send it.
package struct MailPeer: Sendable, Hashable {
    /// `ESMTP`, `ESMTPS`, `SMTP`, `LMTP` or `LMTPS` (RFC 3848).
    package var transport: String
    /// What it calls itself.
    package var name: String
    /// Its network address; nil for a socket file.
    package var address: String?
    /// It speaks for others: a relay of ours.
    package var isRelay: Bool

    package init(transport: String, name: String, address: String?, isRelay: Bool = false) {
        self.transport = transport
        self.name = name
        self.address = address
        self.isRelay = isRelay
    }
}
