import Cryptography
package import Postgres

/// The random keys of one community, made when it is opened for the first time.
package struct SiteSecrets: Sendable {
    /// Authenticates CSRF tokens.
    package let csrf: [UInt8]
    /// Derives the keys of reply addresses, which are found by their hashes again: a copy of the
    /// database does not hold what makes them.
    package let reply: [UInt8]
    /// Derives the keys of unsubscribe links, in the same way.
    package let unsubscribe: [UInt8]
    /// Authenticates the links in mails that confirm an address or set a password.
    let links: [UInt8]
    /// Authenticates what stands for a password while the second factor is asked for.
    let halfLogIn: [UInt8]

    private static let names = ["csrf", "reply", "unsubscribe", "links"]

    /// Those of a community that has been opened once, and that are gone.
    package static func missing(
        in database: any Querying
    ) async throws(PostgresError) -> [String] {
        let found = try await database.query(SettingQueries.secrets(names)).decode(SecretRow.self)
        return names.filter { name in !found.contains { $0.name == name } }
    }

    /// Reads the secrets and makes the missing ones. Processes that do so together end with the
    /// same secrets.
    package static func load(
        from database: any Querying,
        with serverKey: ServerKey
    ) async throws(PostgresError) -> SiteSecrets {
        var statements = names.map { SettingQueries.offerSecret($0, Random.bytes(32)) }
        statements.append(SettingQueries.secrets(names))
        let answers = try await database.batch(statements)
        var secrets: [String: [UInt8]] = [:]
        for row in try answers[names.count].decode(SecretRow.self) {
            secrets[row.name] = row.secret
        }
        func secret(_ name: String) throws(PostgresError) -> [UInt8] {
            guard let secret = secrets[name] else {
                throw PostgresError(.decoding, "the site has no secret named \(name)")
            }
            return secret
        }
        return SiteSecrets(
            csrf: try secret("csrf"),
            reply: serverKey.derive("reply", from: try secret("reply")),
            unsubscribe: serverKey.derive("unsubscribe", from: try secret("unsubscribe")),
            links: try secret("links"),
            halfLogIn: serverKey.derive("half log-in")
        )
    }
}
