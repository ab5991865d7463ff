package import Postgres

/// A key that a member gave to a program, without the key.
package struct HeldUserAPIKey: Sendable, RowDecodable {
    package let id: Int64
    package let applicationName: String
    package let scopes: [UserAPIKeyScope]
    package let createdAt: Timestamp
    package let lastUsedAt: Timestamp?
    package let expiresAt: Timestamp?

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        applicationName = try row.next()
        scopes = try row.next([String].self).compactMap { UserAPIKeyScope(rawValue: $0) }
        createdAt = try row.next()
        lastUsedAt = try row.next()
        expiresAt = try row.next()
    }
}

extension Community {
    /// The programs that may act for somebody now, the latest first; at most a page of them.
    package func userAPIKeys(of principal: Principal) async throws -> [HeldUserAPIKey] {
        try await database.all(UserAPIKeyQueries.held(by: principal.id, at: clock()))
    }
}
