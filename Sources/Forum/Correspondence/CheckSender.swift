import Postgres

extension Community {
    /// Whether staff keeps mail from an address out (Discourse's screened addresses). Counts the match.
    package func isScreened(_ address: String) async throws -> Bool {
        let found = try await database.query(
            ScreeningQueries.matchEmail(address.cleanedOfNUL, clientIP: nil, at: clock())
        )
        return !found.isEmpty
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
