/// What an operation is called: for the documented ones by the names in Discourse's own document, so
/// that programs made from that fit.
struct OperationName: Sendable {
    let id: String
    let summary: String
    let tag: String

    init(_ id: String, _ summary: String, _ tag: String) {
        self.id = id
        self.summary = summary
        self.tag = tag
    }

    /// The names of an operation, by its method and the literal parts of its path.
    static func of(_ method: EndpointMethod, _ path: String) -> OperationName {
        let segments = path.split(separator: "/")
        let shape = segments.map { $0.first == "{" ? "{}" : String($0) }
        let key = "\(method.rawValue) /\(shape.joined(separator: "/"))"
        return known[key] ?? derived(method, segments)
    }

    private static func derived(
        _ method: EndpointMethod,
        _ segments: [Substring]
    ) -> OperationName {
        var id = method.rawValue.lowercased()
        var words: [String] = []
        for segment in segments {
            if segment.first == "{" {
                id += "By" + camelCase(segment.dropFirst().dropLast())
            } else {
                id += camelCase(segment)
                words.append(nouns[String(segment)] ?? spaced(segment))
            }
        }
        let verb =
            switch method {
            case .get: "Read"
            case .post: "Send"
            case .put: "Change"
            case .delete: "Remove"
            }
        let what = words.isEmpty ? "the front page" : words.joined(separator: ", ")
        return OperationName(id, "\(verb) \(what)", tag(segments))
    }

    private static func tag(_ segments: [Substring]) -> String {
        let first = segments.first { $0 != "admin" && $0.first != "{" } ?? "site"
        if let tag = tags[String(first)] { return tag }
        let words = spaced(first)
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    private static func camelCase(_ text: Substring) -> String {
        text.split { !$0.isLetter && !$0.isNumber }
            .map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined()
    }

    private static func spaced(_ text: Substring) -> String {
        text.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ").lowercased()
    }

    /// What the short names in paths mean.
    private static let nouns = [
        "c": "category", "t": "topic", "u": "user", "g": "group", "l": "list", "raw": "Markdown",
    ]

    private static let tags = [
        "t": "Topics", "topics": "Topics", "latest": "Topics", "top": "Topics", "hot": "Topics",
        "new": "Topics", "unread": "Topics", "filter": "Topics", "raw": "Topics",
        "c": "Categories", "category": "Categories", "categories": "Categories",
        "u": "Users", "users": "Users", "user_actions": "Users", "user_avatar": "Users",
        "session": "Users", "directory_items": "Users", "groups": "Groups", "g": "Groups",
        "tag": "Tags", "tags": "Tags", "tag_groups": "Tags", "posts": "Posts",
        "post_actions": "Posts", "post_action_users": "Posts", "user_badges": "Badges",
        "user-badges": "Badges", "badges": "Badges", "site": "Site", "about": "Site",
        "invites": "Invites", "uploads": "Uploads", "backups": "Backups",
        "user-api-key": "User API keys", "api": "Administration", "email": "Email",
        "message-bus": "Live", "jobs": "Administration",
    ]
}
