import Postgres

/// Who somebody is at another provider, such as `discourse_connect`.
package struct ExternalAccount: Sendable, Equatable {
    package let provider: String
    package let externalID: String

    /// The provider that signs people in for this site (Discourse's word).
    package static let connect = "discourse_connect"

    /// - Throws: `.invalid` for an empty name or one that is too long.
    package init(provider: String, externalID: String) throws(ForumError) {
        let id = externalID.trimmingWhitespace
        guard (1...100).contains(provider.unicodeScalars.count), !provider.utf8.contains(0) else {
            throw ForumError(.invalid, "The provider of an external id has no name.")
        }
        guard (1...Limits.externalIDMax).contains(id.unicodeScalars.count), !id.utf8.contains(0)
        else {
            throw ForumError(
                .invalid,
                "An external id must have 1 to \(Limits.externalIDMax) characters.",
                field: "external_ids"
            )
        }
        self.provider = provider
        self.externalID = id
    }
}

extension ForumError {
    static var externalIDTaken: Self {
        ForumError(
            .invalid,
            "That external id belongs to somebody else.",
            field: "external_ids"
        )
    }
}

extension Community {
    /// Who has the id at the provider; for administrators.
    ///
    /// - Throws: `.notFound`, `.forbidden`.
    package func user(
        provider: String,
        externalID: String,
        by principal: Principal
    ) async throws -> User {
        _ = try principal.mayAdministerSite()
        let id = try await database.value(
            ExternalAccountQueries.user(provider.cleanedOfNUL, externalID.cleanedOfNUL),
            as: UserID.self
        )
        guard let id, let user = try await user(id) else { throw ForumError.notFound }
        return user
    }
}
