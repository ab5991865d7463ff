import Cryptography
import Postgres

/// What a link in a mail is for.
enum TokenPurpose: String, Sendable {
    case activate
    case password
    case changeEmail = "change_email"

    var seconds: Double {
        switch self {
        case .activate: Limits.activationSeconds
        case .password: Limits.passwordResetSeconds
        case .changeEmail: Limits.emailChangeSeconds
        }
    }
}

extension Community {
    /// A new link for one person, purpose and address. Only its hash is kept.
    func issueToken(
        _ purpose: TokenPurpose,
        for id: UserID,
        about email: String
    ) async throws
        -> String
    {
        let token = Random.hex(32)
        let now = clock()
        _ = try await database.query(
            AccountTokenQueries.insert(
                Digest.sha256(token),
                purpose,
                user: id,
                email: email.lowercased(),
                at: now,
                until: now + purpose.seconds
            )
        )
        return token
    }

    /// Who a link speaks of, without using it up.
    ///
    /// - Throws: `.invalid` for a link that is wrong, used, too old, or for another purpose.
    func owner(of token: String, _ purpose: TokenPurpose) async throws -> AccountToken {
        guard token.utf8.count == 64,
            let found = try await database.first(
                AccountTokenQueries.find(Digest.sha256(token), purpose, at: clock()),
                as: AccountToken.self
            )
        else { throw ForumError.linkNotValid }
        return found
    }

    /// Whether the link still counts, for the page that asks.
    package func isActivationLink(_ token: String) async throws -> Bool {
        try await isValid(token, .activate)
    }

    package func isPasswordLink(_ token: String) async throws -> Bool {
        try await isValid(token, .password)
    }

    package func isEmailLink(_ token: String) async throws -> Bool {
        try await isValid(token, .changeEmail)
    }

    /// What the owner of a link to a new password or address proves themselves by beside it; `nil` for
    /// a link that does not count.
    package func secondFactors(ofLink token: String) async throws -> SecondFactorState? {
        for purpose in [TokenPurpose.password, .changeEmail] {
            do {
                return try await secondFactors(of: owner(of: token, purpose).user)
            } catch let error as ForumError where error == .linkNotValid { continue }
        }
        return nil
    }

    private func isValid(_ token: String, _ purpose: TokenPurpose) async throws -> Bool {
        do {
            _ = try await owner(of: token, purpose)
            return true
        } catch let error as ForumError where error == .linkNotValid {
            return false
        }
    }
}

extension ForumError {
    /// One answer for a link that never was, was used, or is too old.
    static var linkNotValid: Self {
        ForumError(
            .invalid,
            "Sorry, that link is too old or was used already. Please ask for a new one.",
            field: "token"
        )
    }
}
