/// One thing that an administrator's key may do; a key without any may do everything.
package struct APIKeyScope: Sendable, Equatable {
    package let resource: String
    package let action: String
    /// Parameter of a request to the values it may have. A name that is missing may have any.
    package let parameters: [String: [String]]

    package init(resource: String, action: String, parameters: [String: [String]] = [:]) {
        self.resource = resource
        self.action = action
        self.parameters = parameters
    }

    /// `topics:write`.
    package var id: String { "\(resource):\(action)" }

    /// A scope that can be given, and which parameters can be held to values.
    package struct Kind: Sendable, Equatable {
        package let resource: String
        package let action: String
        package let parameters: [String]

        package var id: String { "\(resource):\(action)" }

        init(_ resource: String, _ action: String, _ parameters: [String] = []) {
            self.resource = resource
            self.action = action
            self.parameters = parameters
        }
    }

    /// Discourse's scopes, as far as there is something here that they allow.
    package static let kinds: [Kind] = [
        Kind("global", "read"),
        Kind("topics", "write", ["topic_id"]),
        Kind("topics", "update", ["topic_id", "category_id"]),
        Kind("topics", "delete", ["topic_id"]),
        Kind("topics", "recover", ["topic_id"]),
        Kind("topics", "read", ["topic_id", "external_id"]),
        Kind("topics", "read_lists", ["category_id"]),
        Kind("topics", "status", ["topic_id", "status", "enabled"]),
        Kind("posts", "edit", ["post_id"]),
        Kind("posts", "delete", ["post_id"]),
        Kind("posts", "recover", ["post_id"]),
        Kind("posts", "list"),
        Kind("tags", "list"),
        Kind("tag_groups", "list"),
        Kind("tag_groups", "show", ["id"]),
        Kind("tag_groups", "create"),
        Kind("tag_groups", "update", ["id"]),
        Kind("categories", "list"),
        Kind("categories", "show", ["category_id"]),
        Kind("uploads", "create"),
        Kind("users", "bookmarks", ["username"]),
        Kind("users", "sync_sso", ["sso", "sig"]),
        Kind("users", "show", ["username", "external_id"]),
        Kind("users", "check_emails", ["username"]),
        Kind("users", "update", ["username"]),
        Kind("users", "log_out"),
        Kind("users", "anonymize"),
        Kind("users", "suspend"),
        Kind("users", "delete"),
        Kind("users", "list"),
        Kind("user_status", "read"),
        Kind("user_status", "update"),
        Kind("email", "receive_emails"),
        Kind("invites", "create"),
        Kind("badges", "create"),
        Kind("badges", "show"),
        Kind("badges", "update"),
        Kind("badges", "delete"),
        Kind("badges", "list_user_badges", ["username"]),
        Kind("badges", "assign_badge_to_user", ["username"]),
        Kind("badges", "revoke_badge_from_user", ["username"]),
        Kind("groups", "manage_groups", ["id"]),
        Kind("groups", "administer_groups", ["id"]),
        Kind("search", "show", ["q", "page"]),
        Kind("search", "query", ["term"]),
        Kind("wordpress", "publishing"),
        Kind("wordpress", "commenting"),
        Kind("wordpress", "discourse_connect"),
        Kind("wordpress", "utilities"),
    ]

    package var kind: Kind? { Self.kinds.first { $0.id == id } }

    /// - Throws: `.malformed` for a scope or parameter that there is not.
    func check() throws(ForumError) {
        guard let kind else {
            throw ForumError(.malformed, "There is no scope \(id.prefix(100)).", field: "scopes")
        }
        for (name, values) in parameters {
            guard kind.parameters.contains(name) else {
                throw ForumError(
                    .malformed,
                    "The scope \(id) has no parameter \(name.prefix(50)).",
                    field: "scopes"
                )
            }
            guard values.count <= Limits.scopeValuesMax,
                values.allSatisfy({ $0.unicodeScalars.count <= 255 && !$0.utf8.contains(0) })
            else {
                throw ForumError(
                    .malformed,
                    "The scope \(id) has too many or too long values of \(name).",
                    field: "scopes"
                )
            }
        }
    }
}

/// What the key of a request lets it do.
package enum KeyGrant: Sendable, Equatable {
    /// No key, or one that may do everything.
    case everything
    /// An administrator's key that is for some things only.
    case scoped([APIKeyScope])
    /// A key that a member gave to a program.
    case user(UserKeyGrant)

    package var isUnrestricted: Bool { self == .everything }
}

package struct UserKeyGrant: Sendable, Equatable {
    package let keyID: Int64
    package let clientID: String
    package let scopes: Set<UserAPIKeyScope>
}
