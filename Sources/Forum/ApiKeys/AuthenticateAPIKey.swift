import Cryptography
import Postgres

extension Community {
    /// Who a request with a key acts as.
    ///
    /// A key of one user acts as that user, and only when no other is named; a key of nobody acts as
    /// whoever is named. Every refusal is the same, so that nothing is learned by trying.
    ///
    /// - Throws: `.forbidden`.
    package func authenticate(
        apiKey: String,
        username: String? = nil,
        userID: UserID? = nil
    ) async throws -> Principal {
        try await grant(apiKey: apiKey, username: username, userID: userID).principal
    }

    /// As `authenticate(apiKey:username:userID:)`, with what the key is for.
    package func grant(
        apiKey: String,
        username: String? = nil,
        userID: UserID? = nil
    ) async throws -> (principal: Principal, grant: KeyGrant) {
        guard (1...256).contains(apiKey.utf8.count) else { throw ForumError.invalidAPICredentials }
        var usernameKey: String?
        if let username {
            guard let key = UsernameRules.lookupKey(username) else {
                throw ForumError.invalidAPICredentials
            }
            usernameKey = key
        }
        let now = clock()
        let found: KeyUse? = try await database.first(
            APIKeyQueries.authenticate(
                hash: Digest.sha256(apiKey),
                usernameKey: usernameKey,
                userID: userID,
                at: now
            )
        )
        // A staged user is nobody's name to act under.
        guard let found, found.account.obstacle(at: now) == nil,
            !found.account.principal.isStaged
        else { throw ForumError.invalidAPICredentials }
        if found.isStale { try await database.execute(APIKeyQueries.touch(found.keyID, at: now)) }
        return (
            found.account.principal, found.scopes.isEmpty ? .everything : .scoped(found.scopes)
        )
    }
}

extension ForumError {
    /// Discourse's text for every key that does not let in.
    package static var invalidAPICredentials: Self {
        ForumError(
            .forbidden,
            "You are not permitted to view the requested resource. "
                + "The API username or key is invalid."
        )
    }
}
