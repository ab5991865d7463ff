package import Postgres

/// A key for programs. The key itself is shown once, when it is made; only its SHA-256 is kept.
package struct APIKey: Sendable, Equatable {
    package let id: Int64
    /// The first four characters, to tell keys apart by.
    package let truncatedKey: String
    package let description: String
    /// Whom it acts as; `nil` acts as whoever the request names.
    package let userID: UserID?
    package let username: String?
    package let createdByID: UserID?
    package let createdByUsername: String?
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
    package let lastUsedAt: Timestamp?
    package let revokedAt: Timestamp?
    /// None: it may do everything.
    package let scopes: [APIKeyScope]
}
