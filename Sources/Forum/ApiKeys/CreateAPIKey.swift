import Cryptography
import Postgres

extension Community {
    /// Makes a key. It is 64 hexadecimal digits and shown this once.
    ///
    /// - Parameter user: Whom the key acts as; `nil` acts as whoever a request names.
    /// - Throws: `.forbidden` for anybody but administrators, `.invalid` for the description.
    package func createAPIKey(
        description: String,
        for user: Principal?,
        by principal: Principal
    ) async throws -> (id: Int64, key: String) {
        let permitted = try principal.mayAdministerSite()
        let description = description.trimmingWhitespace
        guard !description.isEmpty else {
            throw ForumError(.invalid, "Description can't be blank", field: "description")
        }
        guard description.unicodeScalars.count <= Limits.apiKeyDescriptionMax,
            !description.utf8.contains(0)
        else {
            throw ForumError(
                .invalid,
                "Description is too long (maximum is \(Limits.apiKeyDescriptionMax) characters)",
                field: "description"
            )
        }
        let key = Random.hex(32)
        let id: Int64? = try await database.value(
            APIKeyQueries.insert(
                hash: Digest.sha256(key),
                truncated: String(key.prefix(4)),
                description: description,
                user: user?.id,
                permitted,
                at: clock()
            )
        )
        guard let id else { throw ForumError(.bug, "The key was not stored.") }
        return (id, key)
    }

    /// Every key, newest first, without the keys themselves.
    package func apiKeys(by principal: Principal) async throws -> [APIKey] {
        _ = try principal.mayAdministerSite()
        return try await database.all(APIKeyQueries.list())
    }

    package func apiKey(_ id: Int64, by principal: Principal) async throws -> APIKey {
        _ = try principal.mayAdministerSite()
        let key: APIKey? = try await database.first(APIKeyQueries.key(id))
        guard let key else { throw ForumError.notFound }
        return key
    }

    /// Makes a key useless, or useful again.
    ///
    /// - Throws: `.forbidden`, `.notFound`.
    package func setAPIKey(
        _ id: Int64,
        revoked: Bool,
        by principal: Principal
    ) async throws -> APIKey {
        let permitted = try principal.mayAdministerSite()
        try await database.execute(
            APIKeyQueries.setRevoked(id, revoked, permitted, at: clock())
        )
        return try await apiKey(id, by: principal)
    }

    /// - Throws: `.forbidden`, `.notFound`.
    package func deleteAPIKey(_ id: Int64, by principal: Principal) async throws {
        let permitted = try principal.mayAdministerSite()
        guard try await database.execute(APIKeyQueries.delete(id, permitted)) > 0 else {
            throw ForumError.notFound
        }
    }
}
