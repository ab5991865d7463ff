import Postgres

/// What is known here of the address that a mail is from.
package struct SenderStanding: Sendable {
    /// Whether staff keeps mail from it out (Discourse's screened addresses).
    package let isScreened: Bool
    /// Whose it is, verified or not.
    package let account: Account?
}

extension Community {
    /// Counts the match where the address is screened.
    package func standing(ofSender address: String) async throws -> SenderStanding {
        let clean = address.cleanedOfNUL
        var statements = [ScreeningQueries.matchEmail(clean, clientIP: nil, at: clock())]
        if let known = EmailAddressRules.normalise(clean, allowingLocalDomains: true) {
            statements.append(AccountQueries.account(email: known, at: clock()))
        }
        let answers = try await database.batch(statements)
        return SenderStanding(
            isScreened: !answers[0].isEmpty,
            account: try answers.count > 1 ? answers[1].first() : nil
        )
    }

    /// Counts a mail that somebody sent.
    ///
    /// - Throws: `.rateLimited` when the address has sent too many within the hour.
    package func takeIncomingEmail(from address: String) async throws {
        try await take([
            RateLimit(
                "incoming-email-hr",
                .other(address),
                allowed: settings.current.maxIncomingEmailsPerHour,
                seconds: RateLimit.hour,
                code: "incoming_email"
            )
        ])
    }
}
