extension Limits {
    /// How long it is known what became of a mail.
    static let outgoingMailKeptDays = 90
    /// Message-IDs of one mail that are looked up.
    static let messageIDsPerMail = 50
}
