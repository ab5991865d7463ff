import Forum
import ForumAPI
import Postgres

/// Administrators' keys: made, named, revoked.
struct AdminAPIKeyRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.AdminAPIKeys.list, .admin) { call in
            let limit = min(max(call.body.limit ?? Forum.Limits.apiKeysPerPage, 1), 50)
            let offset = max(call.body.offset ?? 0, 0)
            let keys = try await community.apiKeys(
                limit: limit,
                offset: offset,
                by: call.principal
            )
            var reply = AdminAPIKeyListReply()
            reply.keys = keys.map { Self.body($0) }
            reply.limit = limit
            reply.offset = offset
            return reply
        }
        routes.serve(API.AdminAPIKeys.scopes, .admin) { _ in Self.scopes() }
        routes.serve(API.AdminAPIKeys.show, .admin) { call in
            try await reply(community.apiKey(call.id("id"), by: call.principal))
        }
        routes.serve(API.AdminAPIKeys.create, .admin) { call in try await create(call) }
        routes.serve(API.AdminAPIKeys.update, .admin) { call in
            let id = try call.id("id")
            guard let description = call.body.key.description else {
                return try await reply(community.apiKey(id, by: call.principal))
            }
            return try await reply(
                community.describeAPIKey(id, as: description, by: call.principal)
            )
        }
        routes.serve(API.AdminAPIKeys.delete, .admin) { call in
            try await community.deleteAPIKey(call.id("id"), by: call.principal)
            return NoReply()
        }
        routes.serve(API.AdminAPIKeys.revoke, .admin) { call in
            try await reply(
                community.setAPIKey(call.id("id"), revoked: true, by: call.principal)
            )
        }
        routes.serve(API.AdminAPIKeys.undoRevoke, .admin) { call in
            try await reply(
                community.setAPIKey(call.id("id"), revoked: false, by: call.principal)
            )
        }
    }

    private func create(_ call: Call<AdminAPIKeyRequest>) async throws -> AdminAPIKeyReply {
        let fields = call.body.key
        var user: Principal?
        if let username = fields.username, !username.isEmpty {
            guard let found = try await community.principal(named: username) else {
                throw ForumError(
                    .malformed,
                    "There is no active user named \(username.prefix(60)).",
                    field: "username"
                )
            }
            user = found
        }
        let (id, key) = try await community.createAPIKey(
            description: fields.description ?? "",
            for: user,
            scopes: Self.scopes(of: fields),
            by: call.principal
        )
        var made = try await reply(community.apiKey(id, by: call.principal))
        made.key.key = key
        return made
    }

    private func reply(_ key: APIKey) -> AdminAPIKeyReply {
        var reply = AdminAPIKeyReply()
        reply.key = Self.body(key)
        return reply
    }

    /// - Throws: `.malformed` for a mode or scope that there is not: a key never may more than was
    ///   asked for.
    private static func scopes(of fields: AdminAPIKeyFields) throws(ForumError) -> [APIKeyScope] {
        let wanted = fields.scopes ?? []
        switch fields.scopeMode {
        case "global": return []
        case "read_only": return [APIKeyScope(resource: "global", action: "read")]
        case nil: break
        case "granular":
            guard !wanted.isEmpty else {
                throw ForumError(
                    .malformed,
                    "scopes must name at least one scope.",
                    field: "scopes"
                )
            }
        default:
            throw ForumError(
                .malformed,
                "scope_mode must be global, read_only or granular.",
                field: "scope_mode"
            )
        }
        return try wanted.map { value throws(ForumError) in try scope(value) }
    }

    private static func scope(_ value: WireValue) throws(ForumError) -> APIKeyScope {
        guard let object = value.objectValue, let id = object["scope_id"]?.stringValue,
            let colon = id.firstIndex(of: ":")
        else {
            throw ForumError(.malformed, "Each scope needs a scope_id.", field: "scopes")
        }
        var parameters: [String: [String]] = [:]
        for (name, value) in object where name != "scope_id" {
            // Discourse's page sends what it knows of the scope as well.
            guard !["id", "key", "name", "params", "urls", "selected"].contains(name) else {
                continue
            }
            let values = (value.arrayValue ?? [value]).flatMap {
                text(of: $0).split(separator: ",")
            }
            .map { String($0.filter { !$0.isWhitespace }) }.filter { !$0.isEmpty }
            if !values.isEmpty { parameters[name] = values }
        }
        return APIKeyScope(
            resource: String(id[..<colon]),
            action: String(id[id.index(after: colon)...]),
            parameters: parameters
        )
    }

    private static func text(of value: WireValue) -> String {
        switch value {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        default: ""
        }
    }

    private static func body(_ key: APIKey) -> AdminAPIKeyBody {
        var body = AdminAPIKeyBody()
        body.id = Int(key.id)
        body.truncatedKey = key.truncatedKey + "…"
        body.description = key.description
        body.lastUsedAt = key.lastUsedAt?.iso8601
        body.createdAt = key.createdAt.iso8601
        body.updatedAt = key.updatedAt.iso8601
        body.revokedAt = key.revokedAt?.iso8601
        body.user = user(key.userID, key.username)
        body.createdBy = user(key.createdByID, key.createdByUsername)
        body.apiKeyScopes = key.scopes.map { scope in
            var body = APIKeyScopeBody()
            body.resource = scope.resource
            body.action = scope.action
            body.key = scope.action
            body.name = scope.action.replacing("_", with: " ")
            body.parameters = scope.kind?.parameters ?? []
            body.urls = KeyScopes.urls(of: scope.id)
            body.allowedParameters = scope.parameters
            return body
        }
        if !key.scopes.isEmpty {
            body.scopeMode = key.scopes.map(\.id) == ["global:read"] ? "read_only" : "granular"
        }
        return body
    }

    private static func user(_ id: UserID?, _ username: String?) -> BasicUserBody? {
        guard let id, let username else { return nil }
        return BasicUserBody(
            id: Int(id.value),
            username: username,
            avatarTemplate: AvatarTemplate.make(username)
        )
    }

    private static func scopes() -> APIKeyScopesReply {
        var reply = APIKeyScopesReply()
        for kind in APIKeyScope.kinds {
            var body = APIKeyScopeKindBody()
            body.scopeID = kind.id
            body.key = kind.action
            body.name = kind.action.replacing("_", with: " ")
            body.params = kind.parameters
            body.urls = KeyScopes.urls(of: kind.id)
            reply.scopes[kind.resource, default: []].append(body)
        }
        return reply
    }
}
