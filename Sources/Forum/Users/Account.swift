package import Postgres

/// A principal with everything that may keep it from acting.
package struct Account: Sendable {
    package let principal: Principal
    package let isActive: Bool
    package let isApproved: Bool
    package let suspendedTill: Timestamp?
    /// The address the account was asked for by, else its primary one.
    package let email: String?
    /// Whether its owner has proved to receive mail at `email`.
    package let isEmailVerified: Bool

    package func isSuspended(at now: Timestamp) -> Bool {
        suspendedTill.map { $0 > now } ?? false
    }

    /// Why the account may do nothing at all, or `nil`. A staged account may: what it may do is
    /// decided by each rule.
    package func obstacle(at now: Timestamp) -> ForumError? {
        if isSuspended(at: now) {
            return ForumError(.forbidden, "This account is suspended.", reason: .suspended)
        }
        if principal.isStaged { return nil }
        guard isActive, isApproved else {
            return ForumError(.forbidden, "This account is not active.", reason: .inactive)
        }
        return nil
    }
}

extension Community {
    /// The account of a user, whatever its state.
    package func account(for id: UserID) async throws(PostgresError) -> Account? {
        try await database.first(AccountQueries.account(id: id, at: clock()))
    }

    /// The account of that name, in any case and normal form.
    package func account(named username: String) async throws(PostgresError) -> Account? {
        guard let key = UsernameRules.lookupKey(username) else { return nil }
        return try await database.first(AccountQueries.account(usernameKey: key, at: clock()))
    }

    /// The account that has the address, verified or not.
    package func account(email address: String) async throws(PostgresError) -> Account? {
        guard let address = EmailAddressRules.normalise(address, allowingLocalDomains: true)
        else { return nil }
        return try await database.first(AccountQueries.account(email: address, at: clock()))
    }

    /// Who may act as that user: `nil` when there is no such user, or it is suspended, not active
    /// or not approved. A staged user is a principal.
    package func principal(for id: UserID) async throws(PostgresError) -> Principal? {
        usable(try await account(for: id))
    }

    /// As `principal(for:)`, by name.
    package func principal(named username: String) async throws(PostgresError) -> Principal? {
        usable(try await account(named: username))
    }

    /// As `principal(for:)`, by an address. An address that a member has not verified is nobody's.
    package func principal(email address: String) async throws(PostgresError) -> Principal? {
        guard let account = try await account(email: address),
            account.isEmailVerified || account.principal.isStaged
        else { return nil }
        return usable(account)
    }

    private func usable(_ account: Account?) -> Principal? {
        guard let account, account.obstacle(at: clock()) == nil else { return nil }
        return account.principal
    }
}
