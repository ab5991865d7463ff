/// A place where mail waits to be collected: a maildrop of POP3, a folder of IMAP, a Maildir.
///
/// A store belongs to one task. What is ``settle(_:)``d is done with at ``close()`` at the latest;
/// until then it may come up again.
package protocol MailStore: AnyObject {
    /// The mails that wait, the oldest first.
    func list() async throws(MailStoreError) -> [StoredMail]

    /// The octets of a mail.
    func fetch(_ mail: StoredMail) async throws(MailStoreError) -> [UInt8]

    /// The mail is in good hands: it is deleted, moved or marked, as the place is set up.
    func settle(_ mail: StoredMail) async throws(MailStoreError)

    /// Makes what was settled take effect, and says goodbye.
    func close() async throws(MailStoreError)

    /// Lets go without a goodbye, after an error.
    func abandon() async
}

/// A mail that waits in a store.
package struct StoredMail: Sendable, Hashable {
    /// Names it for as long as it is there, also for other connections.
    package let uid: String
    /// Octets of it, where the place says so.
    package let size: Int?
    /// What the store itself calls it in this session.
    let number: Int

    package init(uid: String, size: Int?, number: Int) {
        self.uid = uid
        self.size = size
        self.number = number
    }
}

/// Why mail could not be collected. Texts of servers are in it, passwords never.
package struct MailStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable {
        /// The server cannot be reached, was too slow, or ended the connection.
        case connection
        case tls
        /// The server does not let us in.
        case login
        /// What the server says makes no sense.
        case malformed
        /// The server says no.
        case refused
        /// The server lacks what is needed.
        case unsupported
        /// A mail is larger than its limit.
        case tooLarge
        /// A file or folder cannot be used.
        case file
    }

    package let kind: Kind
    package let reason: String

    package init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    package var description: String { reason }

    /// Whether only the mail at hand is concerned, and the next one may be tried.
    package var concernsOneMail: Bool { [.refused, .file, .tooLarge].contains(kind) }
}
