/// An administrator's key.
package struct AdminAPIKeyBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    /// Only when it was made just now.
    @IfPresent package var key: String?
    package var truncatedKey: String = ""
    package var description: String = ""
    package var lastUsedAt: String?
    package var createdAt: String = ""
    package var updatedAt: String = ""
    package var revokedAt: String?
    /// `global`, `read_only` or `granular`.
    package var scopeMode: String = "global"
    /// Whom it acts as; null acts as whoever a request names.
    package var user: BasicUserBody?
    package var createdBy: BasicUserBody?
    package var apiKeyScopes: [APIKeyScopeBody] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case key
        case truncatedKey = "truncated_key"
        case description
        case lastUsedAt = "last_used_at"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case revokedAt = "revoked_at"
        case scopeMode = "scope_mode"
        case user
        case createdBy = "created_by"
        case apiKeyScopes = "api_key_scopes"
    }
}

package struct APIKeyScopeBody: Codable, Sendable, Equatable {
    package var resource: String = ""
    package var action: String = ""
    package var key: String = ""
    package var name: String = ""
    package var parameters: [String] = []
    package var urls: [String] = []
    package var allowedParameters: [String: [String]] = [:]

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case resource
        case action
        case key
        case name
        case parameters
        case urls
        case allowedParameters = "allowed_parameters"
    }
}

/// One key.
package struct AdminAPIKeyReply: Codable, Sendable, Equatable {
    package var key: AdminAPIKeyBody = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case key
    }
}

/// `GET /admin/api/keys`.
package struct AdminAPIKeyListReply: Codable, Sendable, Equatable {
    package var keys: [AdminAPIKeyBody] = []
    package var offset: Int = 0
    package var limit: Int = 0

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case keys
        case offset
        case limit
    }
}

package struct AdminAPIKeyListQuery: Codable, Sendable, Equatable {
    package var offset: Int?
    package var limit: Int?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case offset
        case limit
    }
}

/// `POST /admin/api/keys`, `PUT /admin/api/keys/{id}`.
package struct AdminAPIKeyRequest: Codable, Sendable, Equatable {
    package var key: AdminAPIKeyFields = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case key
    }
}

package struct AdminAPIKeyFields: Codable, Sendable, Equatable {
    package var description: String?
    /// Whom it acts as; empty acts as whoever a request names.
    package var username: String?
    /// `global`, `read_only` or `granular`.
    package var scopeMode: String?
    /// `scope_id`, and values for the parameters of the scope.
    package var scopes: [WireValue]?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case description
        case username
        case scopeMode = "scope_mode"
        case scopes
    }
}

/// `GET /admin/api/keys/scopes`.
package struct APIKeyScopesReply: Codable, Sendable, Equatable {
    package var scopes: [String: [APIKeyScopeKindBody]] = [:]

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case scopes
    }
}

package struct APIKeyScopeKindBody: Codable, Sendable, Equatable {
    package var scopeID: String = ""
    package var key: String = ""
    package var name: String = ""
    package var params: [String] = []
    package var urls: [String] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case scopeID = "scope_id"
        case key
        case name
        case params
        case urls
    }
}
