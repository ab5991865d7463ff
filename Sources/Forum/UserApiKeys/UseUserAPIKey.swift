import Cryptography
import Postgres

extension Community {
    /// Who a request with a user API key acts as, and what it may do.
    ///
    /// - Parameter clientID: What the program calls itself now; another word than before binds the
    ///   key to it.
    /// - Throws: `.forbidden`, the same for every key that does not let in.
    package func grant(
        userAPIKey key: String,
        clientID: String? = nil
    ) async throws -> (principal: Principal, grant: KeyGrant) {
        guard (1...256).contains(key.utf8.count) else { throw ForumError.invalidAPICredentials }
        let now = clock()
        let found: UserKeyUse? = try await database.first(
            UserAPIKeyQueries.authenticate(hash: Digest.sha256(key), at: now)
        )
        guard let found, found.account.obstacle(at: now) == nil,
            !found.account.principal.isStaged
        else { throw ForumError.invalidAPICredentials }
        if found.isStale {
            try await database.execute(UserAPIKeyQueries.touch(found.grant.keyID, at: now))
        }
        if let clientID, !clientID.isEmpty, clientID != found.grant.clientID,
            clientID.unicodeScalars.count <= Limits.userKeyTextMax
        {
            try await database.batch(
                UserAPIKeyQueries.rebind(found.grant.keyID, to: clientID.cleanedOfNUL)
            )
        }
        return (found.account.principal, .user(found.grant))
    }

    /// Makes a key useless, or useful again: their own for members, any for administrators.
    ///
    /// - Throws: `.notFound`.
    package func setUserAPIKey(
        _ id: Int64,
        revoked: Bool,
        by principal: Principal
    ) async throws {
        let query = UserAPIKeyQueries.setRevoked(
            id,
            revoked,
            of: principal.isAdmin ? nil : principal.id,
            at: clock()
        )
        guard try await database.execute(query) > 0 else { throw ForumError.notFound }
    }

    /// Whom a way in that works once would let in.
    ///
    /// - Throws: `.notFound` when it is none, is used or is over.
    package func ownerOfOneTimePassword(_ token: String) async throws -> Principal {
        let owner: UserID? = try await database.value(
            UserAPIKeyQueries.ownerOfOneTimePassword(Digest.sha256(token), at: clock())
        )
        guard let owner, let principal = try await principal(for: owner) else {
            throw ForumError.notFound
        }
        return principal
    }

    /// Uses it up.
    ///
    /// - Returns: The token of a new session.
    /// - Throws: `.notFound`.
    package func logIn(
        oneTimePassword token: String,
        clientIP: String?,
        userAgent: String?
    ) async throws -> (sessionToken: String, principal: Principal) {
        let owner: UserID? = try await database.value(
            UserAPIKeyQueries.useOneTimePassword(Digest.sha256(token), at: clock())
        )
        guard let owner, let principal = try await principal(for: owner), !principal.isStaged
        else { throw ForumError.notFound }
        let session = try await openSession(
            for: principal,
            clientIP: clientIP,
            userAgent: userAgent
        )
        return (session, principal)
    }
}
