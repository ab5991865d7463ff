package import Postgres

private struct SealedSecretRow: RowDecodable {
    let id: WebHookID
    let sealed: [UInt8]

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        sealed = try row.next()
    }
}

extension ServerKey {
    /// The webhooks whose secrets this key cannot read: another key sealed them.
    package func unreadableWebHooks(in database: Pool) async throws(PostgresError) -> [WebHookID] {
        try await database.all(WebHookQueries.sealedSecrets, as: SealedSecretRow.self)
            .filter { open($0.sealed, context: Community.secretContext(of: $0.id)) == nil }
            .map(\.id)
    }
}
