extension Limits {
    /// How long it is known what became of a mail.
    static let outgoingMailKeptDays = 90
    /// Message-IDs of one mail that are looked up.
    static let messageIDsPerMail = 50
    /// Mails of the queue, or addresses that get none, shown at once.
    static let queuedMailsShown = 1000
    /// How long a mailbox that the relay does not know is not tried.
    static let refusedAddressDays = 30
}
