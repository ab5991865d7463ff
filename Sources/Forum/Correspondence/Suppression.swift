package import Postgres

/// An address that gets no mail, because the relay said there is no such mailbox or staff said so.
package struct EmailSuppression: Sendable, RowDecodable {
    package let address: String
    package let reason: String
    /// `refusal` or `staff`.
    package let source: String
    package let createdAt: Timestamp
    package let expiresAt: Timestamp?

    package init(from row: inout RowReader) throws(PostgresError) {
        address = try row.next()
        reason = try row.next()
        source = try row.next()
        createdAt = try row.next()
        expiresAt = try row.next()
    }
}

extension Community {
    /// Notes that the relay knows no such mailbox. It may be made later: after a month one mail is
    /// tried again.
    package func suppress(refused address: String, reason: String) async throws {
        _ = try await database.query(
            SuppressionQueries.add(
                address,
                reason: reason,
                source: "refusal",
                days: Limits.refusedAddressDays
            )
        )
    }

    /// Stops all mail to an address, until it is taken off the list.
    ///
    /// - Throws: `.invalid` for what is no address, `.forbidden`.
    package func suppress(
        _ address: String,
        reason: String,
        by principal: Principal
    ) async throws {
        _ = try principal.mayAdministerSite()
        guard let address = EmailAddressRules.normalise(address, allowingLocalDomains: true) else {
            throw ForumError(.invalid, "That is no mail address.")
        }
        _ = try await database.query(
            SuppressionQueries.add(address, reason: reason, source: "staff", days: nil)
        )
    }

    /// Takes an address off the list.
    ///
    /// - Throws: `.notFound` when it is not on it, `.forbidden`.
    package func endSuppression(of address: String, by principal: Principal) async throws {
        let permitted = try principal.mayAdministerSite()
        let removed = try await database.values(
            SuppressionQueries.remove(address, permitted),
            as: String.self
        )
        guard !removed.isEmpty else { throw ForumError.notFound }
    }

    /// Addresses that get no mail, newest first.
    package func suppressions(
        limit: Int,
        for principal: Principal
    ) async throws -> [EmailSuppression] {
        let permitted = try principal.mayAdministerSite()
        let bounded = min(max(limit, 1), Limits.queuedMailsShown)
        return try await database.all(SuppressionQueries.list(limit: bounded, permitted))
    }
}
