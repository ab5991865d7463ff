import Cryptography
import Foundation
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
        let until = clock() + Limits.activationSeconds
        return LinkToken.make("activate", id, about: email, until: until, key: secrets.links)
    }

    /// Confirms the address that the token was sent to.
    ///
    /// - Throws: `.invalid` for a token that is wrong, too old, or for an address since changed.
    package func activateUser(token: String) async throws -> User {
        let id = try await checkedOwner(of: token, purpose: "activate") { $0.email }
        _ = try await database.batch(UserQueries.activate(id, at: clock()))
        signals.committed(.site)
        guard let user = try await user(id) else { throw ForumError.notFound }
        return user
    }

    /// Who a token of a link speaks of, when it is genuine and still true.
    func checkedOwner(
        of token: String,
        purpose: String,
        _ subject: (Account) async throws -> String?
    ) async throws -> UserID {
        let refusal = ForumError(.invalid, "This link is not valid any more.", field: "token")
        guard let id = LinkToken.owner(of: token), let account = try await account(for: id),
            let about = try await subject(account),
            LinkToken.isGenuine(token, purpose, about: about, at: clock(), key: secrets.links)
        else { throw refusal }
        return id
    }
}

/// A token that proves itself: the user, an end, and an HMAC over both, the purpose and something
/// that changes when the token shall no longer count. Nothing of it is stored.
enum LinkToken {
    static func make(
        _ purpose: String,
        _ id: UserID,
        about subject: String,
        until end: Timestamp,
        key: [UInt8]
    ) -> String {
        let until = Int64(end.secondsSince1970)
        return "\(id)-\(until)-" + proof(purpose, id, subject, until, key)
    }

    static func owner(of token: String) -> UserID? { fields(of: token)?.id }

    static func isGenuine(
        _ token: String,
        _ purpose: String,
        about subject: String,
        at now: Timestamp,
        key: [UInt8]
    ) -> Bool {
        guard let fields = fields(of: token), now.secondsSince1970 < Double(fields.until) else {
            return false
        }
        let expected = proof(purpose, fields.id, subject, fields.until, key)
        return constantTimeEqual(Array(expected.utf8), Array(fields.proof.utf8))
    }

    private static func fields(of token: String) -> (id: UserID, until: Int64, proof: String)? {
        guard token.utf8.count <= 200 else { return nil }
        let parts = token.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let id = Int64(parts[0]), let until = Int64(parts[1]) else {
            return nil
        }
        return (UserID(id), until, String(parts[2]))
    }

    private static func proof(
        _ purpose: String,
        _ id: UserID,
        _ subject: String,
        _ until: Int64,
        _ key: [UInt8]
    ) -> String {
        Hex.encode(HMAC.sha256(key: key, message: "\(purpose)\n\(id)\n\(until)\n\(subject)"))
    }
}
