import Cryptography
import Postgres

extension Community {
    /// Staff vouches for somebody's address.
    ///
    /// - Throws: `.forbidden`, `.notFound`.
    package func activateUser(_ id: UserID, by principal: Principal) async throws {
        guard principal.isStaff else { throw ForumError.forbidden }
        guard let user = try await user(id), !user.isStaged else { throw ForumError.notFound }
        try await administer(id, by: principal, StaffAction(.activateUser, of: id)) { _, now in
            UserQueries.activate(user.id, at: now)
        }
    }

    /// What a link in a mail to the primary address carries to confirm it; good for two days.
    ///
    /// - Throws: `.notFound` for a user without an address.
    package func activationToken(for id: UserID) async throws -> String {
        guard let account = try await account(for: id), let email = account.email else {
            throw ForumError.notFound
        }
        return try await issueToken(.activate, for: id, about: email)
    }

    /// Confirms the address that the token was sent to; the token is used up.
    ///
    /// - Throws: `.invalid` for a token that is wrong, used, too old, or for an address since changed.
    package func activateUser(token: String) async throws -> User {
        let found = try await owner(of: token, .activate)
        let now = clock()
        try await database.transaction { transaction in
            let taken = try await transaction.first(
                AccountTokenQueries.take(Digest.sha256(token), .activate, at: now),
                as: AccountToken.self
            )
            let email = try await transaction.value(
                AccountQueries.primaryEmailForUpdate(of: found.user),
                as: String.self
            )
            guard let taken, taken.email == email else { throw ForumError.linkNotValid }
            _ = try await transaction.batch(UserQueries.activate(found.user, at: now))
        }
        signals.committed(.site)
        guard let user = try await user(found.user) else { throw ForumError.notFound }
        return user
    }
}
