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

    /// The peer for the log and the Received field: protocol, name by LHLO, network address.
    package var clientDescription: String

    package init(mailFrom: String, recipients: [String], clientDescription: String) {
        self.mailFrom = mailFrom
        self.recipients = recipients
        self.clientDescription = clientDescription
    }
}
