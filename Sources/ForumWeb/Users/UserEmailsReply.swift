/// `GET /u/{username}/emails`.
struct UserEmailsReply: Codable, Sendable {
    var email: String
    var secondaryEmails: [String]
    /// Changes of addresses take effect at once, so none waits.
    var unconfirmedEmails: [String] = []
    var associatedAccounts: [String] = []

    init(email: String, secondaryEmails: [String]) {
        self.email = email
        self.secondaryEmails = secondaryEmails
    }

    private enum CodingKeys: String, CodingKey {
        case email
        case secondaryEmails = "secondary_emails"
        case unconfirmedEmails = "unconfirmed_emails"
        case associatedAccounts = "associated_accounts"
    }
}
