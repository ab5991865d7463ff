/// What the mail edge takes and does at once, in one table.
enum MailLimits {
    static let messageBytes = 25 * 1024 * 1024
    /// Mails sent at the same time; relays dislike more from one host.
    static let sendingAtOnce = 8
    /// Of them, to one domain: a slow one must not hold up the others.
    static let sendingAtOnceToDomain = 4
    /// A relay that is away is tried again after 5, 10, 20, … seconds, at last after so many.
    static let relayPauseSeconds = 300.0
    /// How long mails in hand may still take when the server stops, in seconds.
    static let drainSeconds = 10.0
    /// How long a sender may take before another thinks it dead, in seconds.
    static let leaseSeconds = 900
    static let pollSeconds = 30.0
    /// A stored mail without a verdict after this long was left behind by a process that died.
    static let abandonedAfterSeconds = 60
    /// Servers that a mail may have passed (RFC 5321 §6.3).
    static let hops = 100
    /// Addresses of a header that are tried as the recipient of a mail without an envelope.
    static let headerRecipients = 50
    /// A server that cannot tell of mail may have learnt it after so many.
    static let watchAgainSeconds = 86_400.0
    /// Mails collected over one connection, and connections in a row while there are more.
    static let mailsPerConnection = 200
    static let collectingRounds = 50
    /// A body of one of the command words is at most this long (Discourse: 40).
    static let commandCharacters = 40
    /// Files of one mail that become uploads, and bytes of one of them.
    static let filesPerMail = 20
    static let fileBytes = 25 * 1024 * 1024
    /// Of a subject, what a regular expression is tried on.
    static let subjectCharacters = 255
    static let tagsPerAddress = 10
    static let tagsPerSubject = 10
    static let importBatch = 200
    static let importMessageBytes = 25 * 1024 * 1024
}
