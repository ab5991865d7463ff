extension Limits {
    /// How long it is known what became of a mail.
    static let outgoingMailKeptDays = 90
    /// Message-IDs of one mail that are looked up.
    static let messageIDsPerMail = 50
    /// Mails of the queue, or addresses that get none, shown at once.
    static let queuedMailsShown = 1000
    /// How long a mailbox that the relay does not know is not tried.
    static let refusedAddressDays = 30
    /// Answers of one kind to one address in a day: of what a command address says, of why mails are refused.
    static let commandMailsPerDay = 5
    static let rejectionMailsPerDay = 1
    /// Bytes of a refused mail's header that go back.
    static let returnedHeaderBytes = 20_000
    /// How long something asked for by mail can be confirmed.
    static let commandSeconds = 3 * 86_400.0
    /// Without a report on it for so long, a mail that asks whether others arrive has arrived.
    static let probeSeconds = 3 * 86_400.0
    /// Each mail that was sent takes so much off its reader's bounce score.
    static let bounceErosion = 0.1
}
