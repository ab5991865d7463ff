import Forum
import ForumAPI

/// What the key of a request lets it do, asked for every route before its handler runs.
///
/// A scope names routes by method and shape; what stands in braces is the name under which the scope
/// can hold that part of the path to certain values.
enum KeyScopes {
    /// - Parameters:
    ///   - template: The path as the route declares it.
    ///   - path: What stands in the path for the route's parameters, in their order.
    ///   - parameters: Everything that the request says.
    /// - Throws: `.forbidden` for what the key is not for.
    static func check(
        _ grant: KeyGrant,
        _ method: String,
        template: String,
        path: [String],
        _ parameters: WireValue
    ) throws(ForumError) {
        let allowed: Bool
        switch grant {
        case .everything: return
        case .scoped(let scopes):
            allowed = scopes.contains { scope in
                permits(scope, method, template: template, path: path, parameters)
            }
        case .user(let key): allowed = permits(key, method, template: template)
        }
        guard allowed else { throw .forbidden }
    }

    // MARK: Administrators' keys

    private static func permits(
        _ scope: APIKeyScope,
        _ method: String,
        template: String,
        path: [String],
        _ parameters: WireValue
    ) -> Bool {
        if scope.id == "global:read" { return method == "GET" }
        guard let routes = routes[scope.id] else { return false }
        return routes.contains { route in
            guard route.method == method, route.shape == shape(template) else { return false }
            return scope.parameters.allSatisfy { name, values in
                values.isEmpty
                    || route.value(of: name, in: path, parameters).map(values.contains) ?? false
            }
        }
    }

    /// The routes of each scope, for people who choose one.
    static func urls(of id: String) -> [String] {
        (routes[id] ?? []).map { "\($0.template) (\($0.method))" }
    }

    struct Route: Sendable {
        let method: String
        let template: String
        let shape: String

        init(_ signature: String) {
            let parts = signature.split(separator: " ", maxSplits: 1)
            method = String(parts[0])
            template = String(parts[1])
            shape = KeyScopes.shape(template)
        }

        /// The value that stands for `name`: in the path where the path has it, else as a parameter.
        func value(of name: String, in path: [String], _ parameters: WireValue) -> String? {
            let names = template.split(separator: "/").filter { $0.hasPrefix("{") }
                .map { String($0.dropFirst().dropLast()) }
            let values = Dictionary(zip(names, path)) { first, _ in first }
            // `/t/{topic}/{post}` has the shape of `/t/{slug}/{topic}`: a number in front is the topic.
            if name == "topic_id", let slug = values["slug"], Int64(slug) != nil { return slug }
            if let value = values[name] { return value }
            switch parameters[name] {
            case .string(let text), .number(let text): return text
            case .bool(let flag): return flag ? "true" : "false"
            default: return nil
            }
        }
    }

    /// `/t/{topic_id}/posts` → `/t/{}/posts`.
    static func shape(_ template: String) -> String {
        template.split(separator: "/").map { $0.hasPrefix("{") ? "/{}" : "/\($0)" }.joined()
    }

    /// Scope to what it allows.
    private static let routes: [String: [Route]] = table.mapValues { $0.map { Route($0) } }

    private static let table: [String: [String]] = [
        "topics:write": ["POST /posts"],
        "topics:update": [
            "PUT /t/{slug}/{topic_id}", "PUT /t/{topic_id}", "PUT /t/{topic_id}/status",
        ],
        "topics:delete": ["DELETE /t/{topic_id}"],
        "topics:recover": ["PUT /t/{topic_id}/recover"],
        "topics:read": [
            "GET /t/{topic_id}", "GET /t/{slug}/{topic_id}",
            "GET /t/{slug}/{topic_id}/{post_number}", "GET /t/{topic_id}/posts",
            "GET /t/external_id/{external_id}", "GET /raw/{topic_id}",
            "GET /t/{slug}/{topic_id}.rss",
        ],
        "topics:read_lists": [
            "GET /latest", "GET /top", "GET /new", "GET /unread", "GET /hot",
            "GET /c/{category_id}", "GET /c/{slug}/{category_id}",
            "GET /c/{parent_slug}/{slug}/{category_id}", "GET /c/{category_id}/l/latest",
            "GET /c/{category_id}/l/new", "GET /c/{category_id}/l/top",
            "GET /c/{slug}/{category_id}/l/latest", "GET /c/{slug}/{category_id}/l/top",
            "GET /c/{slug}/{category_id}/l/new", "GET /c/{slug}/{category_id}/l/unread",
        ],
        "topics:status": ["PUT /t/{topic_id}/status"],
        "posts:edit": ["PUT /posts/{post_id}"],
        "posts:delete": ["DELETE /posts/{post_id}"],
        "posts:recover": ["PUT /posts/{post_id}/recover"],
        "posts:list": ["GET /posts"],
        "tags:list": ["GET /tags"],
        "tag_groups:list": ["GET /tag_groups"],
        "tag_groups:show": ["GET /tag_groups/{id}"],
        "tag_groups:create": ["POST /tag_groups"],
        "tag_groups:update": ["PUT /tag_groups/{id}"],
        "categories:list": ["GET /categories"],
        "categories:show": ["GET /c/{category_id}/show"],
        "uploads:create": [
            "POST /uploads", "POST /uploads/generate-presigned-put",
            "POST /uploads/complete-external-upload", "POST /uploads/create-multipart",
            "POST /uploads/batch-presign-multipart-parts", "POST /uploads/abort-multipart",
            "POST /uploads/complete-multipart",
        ],
        "users:bookmarks": ["GET /u/{username}/bookmarks"],
        "users:sync_sso": ["POST /admin/users/sync_sso"],
        "users:show": [
            "GET /u/{username}", "GET /users/{username}", "GET /u/by-external/{external_id}",
            "GET /u/by-external/{provider}/{external_id}",
        ],
        "users:check_emails": ["GET /u/{username}/emails"],
        "users:update": ["PUT /u/{username}", "PUT /users/{username}"],
        "users:log_out": ["POST /admin/users/{id}/log_out"],
        "users:anonymize": ["PUT /admin/users/{id}/anonymize"],
        "users:suspend": ["PUT /admin/users/{id}/suspend"],
        "users:delete": ["DELETE /admin/users/{id}"],
        "users:list": ["GET /admin/users", "GET /admin/users/list/{flag}"],
        "user_status:read": ["GET /user-status"],
        "user_status:update": ["PUT /user-status", "DELETE /user-status"],
        "email:receive_emails": [
            "POST /admin/email/handle_mail", "GET /admin/email/smtp_should_reject",
        ],
        "invites:create": ["POST /invites", "POST /invites/create-multiple"],
        "badges:create": ["POST /admin/badges"],
        "badges:show": ["GET /badges", "GET /badges/{id}", "GET /admin/badges"],
        "badges:update": ["PUT /admin/badges/{id}"],
        "badges:delete": ["DELETE /admin/badges/{id}"],
        "badges:list_user_badges": ["GET /user-badges/{username}"],
        "badges:assign_badge_to_user": ["POST /user_badges"],
        "badges:revoke_badge_from_user": ["DELETE /user_badges/{id}"],
        "groups:manage_groups": [
            "GET /groups/{name}/members", "PUT /groups/{id}/members", "DELETE /groups/{id}/members",
            "GET /g/{name}/members", "PUT /g/{id}/members", "DELETE /g/{id}/members",
            "PUT /admin/groups/{id}/members", "DELETE /admin/groups/{id}/members",
        ],
        "groups:administer_groups": [
            "POST /admin/groups", "PUT /groups/{id}", "PUT /g/{id}", "PUT /admin/groups/{id}",
            "DELETE /admin/groups/{id}", "PUT /groups/{id}/owners", "DELETE /groups/{id}/owners",
            "PUT /g/{id}/owners", "DELETE /g/{id}/owners", "PUT /admin/groups/{id}/owners",
            "DELETE /admin/groups/{id}/owners",
        ],
        "search:show": ["GET /search"],
        "search:query": ["GET /search/query"],
        "wordpress:publishing": [
            "GET /site", "POST /posts", "PUT /t/{slug}/{topic_id}", "PUT /t/{topic_id}",
            "PUT /t/{topic_id}/status", "GET /t/{topic_id}", "GET /t/{slug}/{topic_id}",
        ],
        "wordpress:commenting": [
            "GET /t/{topic_id}", "GET /t/{slug}/{topic_id}", "GET /t/{topic_id}/posts",
        ],
        "wordpress:discourse_connect": [
            "POST /admin/users/sync_sso", "POST /admin/users/{id}/log_out", "GET /admin/users",
            "GET /u/by-external/{external_id}",
        ],
        "wordpress:utilities": [
            "POST /posts", "GET /groups", "GET /groups/{name}", "GET /groups/{name}/members",
            "PUT /groups/{id}/members", "GET /categories", "GET /session/current",
        ],
    ]

    // MARK: Members' keys

    private static func permits(_ key: UserKeyGrant, _ method: String, template: String) -> Bool {
        let route = "\(method) \(shape(template))"
        // Every program may give its key back.
        if route == "POST /user-api-key/revoke" { return true }
        // None makes keys, or ways in, out of the one it has.
        guard !template.hasPrefix("/user-api-key"), !template.hasPrefix("/admin/api/"),
            !template.hasPrefix("/session/otp"), route != "POST /session"
        else { return false }
        return key.scopes.contains { scope in
            switch scope {
            case .read: method == "GET"
            case .write: true
            case .messageBus: route == poll
            case .notifications: route == poll || notifications.contains(route)
            case .sessionInfo: sessionInfo.contains(route)
            case .bookmarksCalendar: bookmarks.contains(route)
            case .userStatus: route.hasSuffix(" /user-status")
            case .push, .oneTimePassword: false
            }
        }
    }

    private static let poll = "POST /message-bus/{}/poll"
    private static let notifications: Set<String> = [
        "GET /notifications", "GET /notifications/totals", "PUT /notifications/mark-read",
        "PUT /notifications/read",
    ]
    private static let sessionInfo: Set<String> = [
        "GET /session/current", "GET /u/{}/topic-tracking-state",
        "GET /users/{}/topic-tracking-state",
    ]
    private static let bookmarks: Set<String> = [
        "GET /u/{}/bookmarks", "GET /u/{}/bookmarks.ics", "GET /users/{}/bookmarks",
    ]
}
