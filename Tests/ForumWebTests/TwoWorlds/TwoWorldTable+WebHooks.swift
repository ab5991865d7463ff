@testable import ForumWeb

/// What only administrators know of says nothing to others.
extension TwoWorldTable {
    static let webHooks: [TwoWorldLine] = [
        TwoWorldLine("GET /admin/api/web_hooks", "/admin/api/web_hooks.json"),
        TwoWorldLine("GET /admin/api/web_hooks/new", "/admin/api/web_hooks/new.json"),
        TwoWorldLine("GET /admin/api/web_hooks/{id}", "/admin/api/web_hooks/1.json"),
        TwoWorldLine("GET /admin/api/web_hooks/{id}/events", "/admin/api/web_hooks/1/events.json"),
        TwoWorldLine("GET /admin/api/web_hook_events/{id}", "/admin/api/web_hook_events/1.json"),
        TwoWorldLine(
            "GET /admin/api/web_hooks/{id}/events/bulk",
            "/admin/api/web_hooks/1/events/bulk.json?ids[]=1"
        ),
    ]
}
