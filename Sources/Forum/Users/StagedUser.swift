package import Postgres

extension Community {
    /// Who writes from an address: the account that has it, or a staged one made now.
    ///
    /// Calls at the same time for the same address answer with the same account.
    ///
    /// - Parameter evenIfBarred: True for an import, which gives old words to whoever wrote them,
    ///   suspended or not.
    /// - Throws: `.invalid` for what is no address; `.forbidden` when the account may not act
    ///   (`reason` `.suspended`, `.inactive`) or staged accounts are switched off (`.staged`).
    package func stagedUser(
        address: String,
        name: String?,
        evenIfBarred: Bool = false
    ) async throws -> Principal {
        guard let email = EmailAddressRules.normalise(address, allowingLocalDomains: true) else {
            throw ForumError(.invalid, "Email is invalid.", field: "email")
        }
        let name = PersonNameRules.cleaned(name)
        for attempt in 0..<Limits.stagedUserAttempts {
            let found: Account? = try await database.first(
                AccountQueries.account(email: email, at: clock())
            )
            if let found {
                if evenIfBarred { return found.principal }
                if let obstacle = found.obstacle(at: clock()) { throw obstacle }
                guard found.isEmailVerified || found.principal.isStaged else {
                    throw ForumError(
                        .forbidden,
                        "This address has not been confirmed.",
                        reason: .inactive
                    )
                }
                return found.principal
            }
            guard settings.current.enableStagedUsers || evenIfBarred else {
                throw ForumError(
                    .forbidden,
                    "Only members may write here by mail.",
                    reason: .staged
                )
            }
            guard settings.current.allowsAccounts(with: email) || evenIfBarred else {
                throw ForumError.emailNotAllowed
            }
            try await insertStagedUser(email: email, name: name, attempt: attempt)
        }
        throw ForumError(.unavailable, "The account could not be made.", retryAfterSeconds: 10)
    }

    /// Makes the account, unless somebody else takes the name or the address first; the caller
    /// looks again either way.
    private func insertStagedUser(email: String, name: String?, attempt: Int) async throws {
        let username = try await freeUsername(
            like: UsernameRules.suggest(name: name, email: email),
            byChance: attempt > 1
        )
        let record = UserRecord(username: username, email: email, name: name, isStaged: true)
        do throws(any Error) {
            _ = try await database.query(UserQueries.insert(record, at: clock()))
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            return
        }
    }

    /// The name itself, or with a number behind it when it is taken.
    package func freeUsername(
        like base: String,
        byChance: Bool = false
    ) async throws(PostgresError) -> String {
        var candidates: [String] = []
        if !byChance {
            candidates.append(base)
            candidates += (1...Limits.usernameNumbers).map { UsernameRules.numbered(base, $0) }
        }
        candidates += (0..<10).map { _ in
            UsernameRules.numbered(base, Int.random(in: 1000...9_999_999))
        }
        let keys = candidates.map { UsernameRules.fold($0) }
        let taken = Set(try await database.values(UserQueries.takenNames(keys), as: String.self))
        for (candidate, key) in zip(candidates, keys) where !taken.contains(key) {
            return candidate
        }
        return UsernameRules.numbered(base, Int.random(in: 10_000_000...999_999_999))
    }
}
