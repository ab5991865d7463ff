/// Discourse's names of routes, `controller/action`, as it sends them in `X-Discourse-Route`.
enum DiscourseRoute {
    static func name(_ method: String, _ path: String) -> String {
        let segments = path.split(separator: "/").filter { !$0.hasPrefix(" ") }
        let shape = segments.map { $0.first == "{" ? "{}" : String($0) }.joined(separator: "/")
        if let name = known["\(method) /\(shape)"] { return name }
        let literals = segments.filter { $0.first != "{" }
        guard let controller = literals.first else { return "list/latest" }
        let last = segments.last.map { $0.first == "{" } ?? false
        let action =
            switch method {
            case "POST": literals.count > 1 ? String(literals[literals.count - 1]) : "create"
            case "PUT": last ? "update" : String(literals[literals.count - 1])
            case "DELETE": last ? "destroy" : String(literals[literals.count - 1])
            default:
                last
                    ? "show" : literals.count > 1 ? String(literals[literals.count - 1]) : "index"
            }
        let name = controllers[String(controller)] ?? String(controller)
        return "\(name)/\(action)".replacing("-", with: "_")
    }

    private static let controllers = [
        "t": "topics", "u": "users", "c": "categories", "tag": "tags", "g": "groups",
        "category": "categories",
    ]

    private static let known = [
        "GET /latest": "list/latest", "GET /top": "list/top", "GET /new": "list/new",
        "GET /unread": "list/unread", "GET /hot": "list/hot", "GET /filter": "list/filter",
        "GET /c/{}": "list/category_default", "GET /c/{}/{}": "list/category_default",
        "GET /c/{}/{}/{}": "list/category_default", "GET /c/{}/l/latest": "list/category_latest",
        "GET /c/{}/show": "categories/show", "GET /t/{}/posts": "topics/posts",
        "GET /raw/{}": "posts/markdown_num", "GET /search": "search/show",
        "GET /search/query": "search/query", "GET /site": "site/site",
        "GET /site/basic-info": "site/basic_info", "GET /about": "about/index",
        "GET /session/csrf": "session/csrf", "GET /session/current": "session/current",
        "GET /topics/created-by/{}": "list/topics_by",
        "GET /topics/private-messages/{}": "list/private_messages",
        "GET /topics/private-messages-sent/{}": "list/private_messages_sent",
        "GET /topics/private-messages-unread/{}": "list/private_messages_unread",
        "GET /notifications/totals": "notifications/totals",
    ]
}
