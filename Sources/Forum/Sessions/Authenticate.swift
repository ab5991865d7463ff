import Cryptography
package import Postgres

extension Community {
    /// Who a session token speaks for, or `nil` when it is unknown, over, or of an account that may
    /// do nothing any more.
    package func authenticate(
        sessionToken: String
    ) async throws(PostgresError) -> Principal? {
        guard sessionToken.utf8.count == 64 else { return nil }
        let hash = Digest.sha256(sessionToken)
        let now = clock()
        let found: StoredSession? = try await database.first(
            SessionQueries.authenticate(tokenHash: hash, at: now)
        )
        guard let found, found.account.obstacle(at: now) == nil,
            !found.account.principal.isStaged
        else { return nil }
        if found.isStale {
            try await database.execute(
                SessionQueries.touch(
                    tokenHash: hash,
                    user: found.account.principal.id,
                    at: now
                )
            )
        }
        return found.account.principal
    }

    /// Ends one session; a token that is none changes nothing.
    package func logOut(sessionToken: String) async throws(PostgresError) {
        try await database.execute(
            SessionQueries.delete(tokenHash: Digest.sha256(sessionToken))
        )
    }

    /// Ends every session of a person: oneself, or anybody for an administrator.
    package func logOutEverywhere(_ id: UserID, by principal: Principal) async throws {
        guard principal.isAdmin || principal.id == id else { throw ForumError.forbidden }
        _ = try await database.batch(
            [SessionQueries.deleteAll(of: id)] + LivePresence.loggedOut(id)
        )
    }

    /// Removes sessions that are over; for a task that runs now and then.
    ///
    /// - Returns: How many.
    @discardableResult
    package func deleteExpiredSessions() async throws(PostgresError) -> Int {
        try await database.execute(SessionQueries.deleteExpired(at: clock()))
    }
}
