import Cryptography
import Postgres

extension Community {
    /// Makes a key. It is 64 hexadecimal digits and shown this once.
    ///
    /// - Parameters:
    ///   - user: Whom the key acts as; `nil` acts as whoever a request names.
    ///   - scopes: What it is for; none lets it do everything.
    /// - Throws: `.forbidden` for anybody but administrators, `.invalid` for the description.
    package func createAPIKey(
        description: String,
        for user: Principal?,
        scopes: [APIKeyScope] = [],
        by principal: Principal
    ) async throws -> (id: Int64, key: String) {
        let permitted = try principal.mayAdministerSite()
        let description = try Self.checkedDescription(description)
        for scope in scopes { try scope.check() }
        guard Set(scopes.map(\.id)).count == scopes.count else {
            throw ForumError(.malformed, "A scope can be given once.", field: "scopes")
        }
        let key = Random.hex(32)
        let now = clock()
        let id = try await database.transaction { transaction -> Int64 in
            let inserted: Int64? = try await transaction.value(
                APIKeyQueries.insert(
                    hash: Digest.sha256(key),
                    truncated: String(key.prefix(4)),
                    description: description,
                    user: user?.id,
                    permitted,
                    at: now
                )
            )
            guard let inserted else { throw ForumError(.bug, "The key was not stored.") }
            for scope in scopes {
                try await transaction.execute(
                    APIKeyQueries.addScope(scope, to: inserted, permitted)
                )
            }
            try await transaction.execute(
                logLine(
                    StaffAction(.createdAPIKey, of: user?.id, subject: description),
                    by: principal
                )
            )
            return inserted
        }
        return (id, key)
    }

    private static func checkedDescription(_ text: String) throws(ForumError) -> String {
        let description = text.trimmingWhitespace
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
        return description
    }

    /// Calls a key something else.
    ///
    /// - Throws: `.forbidden`, `.notFound`, `.invalid`.
    package func describeAPIKey(
        _ id: Int64,
        as description: String,
        by principal: Principal
    ) async throws -> APIKey {
        let permitted = try principal.mayAdministerSite()
        let description = try Self.checkedDescription(description)
        let key = try await apiKey(id, by: principal)
        let action = StaffAction(
            .changedAPIKey,
            subject: key.description,
            from: key.description,
            to: description
        )
        _ = try await database.batch([
            APIKeyQueries.describe(id, description, permitted, at: clock()),
            logLine(action, by: principal),
        ])
        return try await apiKey(id, by: principal)
    }

    /// A page of the keys, newest first.
    package func apiKeys(
        limit: Int,
        offset: Int,
        by principal: Principal
    ) async throws -> [APIKey] {
        _ = try principal.mayAdministerSite()
        return try await database.all(
            APIKeyQueries.list(
                limit: min(max(limit, 1), Limits.apiKeysPerPage),
                offset: min(max(offset, 0), 1_000_000)
            )
        )
    }

    /// Revokes what nobody has used for as long as the settings say.
    func revokeUnusedKeys() async throws {
        let settings = settings.current
        if settings.revokeAPIKeysUnusedDays > 0 {
            try await database.execute(
                APIKeyQueries.revokeUnused(days: settings.revokeAPIKeysUnusedDays, at: clock())
            )
        }
        if settings.revokeUserAPIKeysUnusedDays > 0 {
            try await database.execute(
                UserAPIKeyQueries.revokeUnused(
                    days: settings.revokeUserAPIKeysUnusedDays,
                    at: clock()
                )
            )
        }
        try await database.batch(UserAPIKeyQueries.expire(at: clock()))
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
        let key = try await apiKey(id, by: principal)
        let action = StaffAction(
            .changedAPIKey,
            subject: key.description,
            to: revoked ? "revoked" : "no longer revoked"
        )
        _ = try await database.batch([
            APIKeyQueries.setRevoked(id, revoked, permitted, at: clock()),
            logLine(action, by: principal),
        ])
        return try await apiKey(id, by: principal)
    }

    /// - Throws: `.forbidden`, `.notFound`.
    package func deleteAPIKey(_ id: Int64, by principal: Principal) async throws {
        let permitted = try principal.mayAdministerSite()
        let key = try await apiKey(id, by: principal)
        _ = try await database.batch([
            APIKeyQueries.delete(id, permitted),
            logLine(StaffAction(.deletedAPIKey, subject: key.description), by: principal),
        ])
    }
}
