/// Webhooks, which only administrators know of.
extension RoutePolicyTests {
    private static let nothing = [404, 404, 404, 404]
    private static let onlyAdmins = [404, 404, 404, 200]

    static let webHookReading: [Line] = [
        Line("GET /admin/api/web_hooks", "/admin/api/web_hooks.json", onlyAdmins),
        Line("GET /admin/api/web_hooks/new", "/admin/api/web_hooks/new.json", onlyAdmins),
        Line("GET /admin/api/web_hooks/{id}", "/admin/api/web_hooks/1.json", nothing),
        Line("GET /admin/api/web_hooks/{id}/events", "/admin/api/web_hooks/1/events.json", nothing),
        Line("GET /admin/api/web_hook_events/{id}", "/admin/api/web_hook_events/1.json", nothing),
        Line(
            "GET /admin/api/web_hooks/{id}/events/bulk",
            "/admin/api/web_hooks/1/events/bulk.json?ids[]=1",
            nothing
        ),
    ]

    static let webHookWriting: [Line] = [
        Line(
            "POST /admin/api/web_hooks",
            "/admin/api/web_hooks.json",
            #"{"web_hook":{"payload_url":"https://8.8.8.8/","wildcard_web_hook":true}}"#,
            onlyAdmins
        ),
        Line(
            "PUT /admin/api/web_hooks/{id}",
            "/admin/api/web_hooks/1.json",
            #"{"web_hook":{"active":false}}"#,
            onlyAdmins
        ),
        Line("POST /admin/api/web_hooks/{id}/ping", "/admin/api/web_hooks/1/ping.json", onlyAdmins),
        Line(
            "POST /admin/api/web_hooks/{id}/events/{event_id}/redeliver",
            "/admin/api/web_hooks/1/events/999999/redeliver.json",
            nothing
        ),
        Line(
            "POST /admin/api/web_hooks/{id}/events/failed_redeliver",
            "/admin/api/web_hooks/1/events/failed_redeliver.json",
            #"{"event_ids":[999999]}"#,
            nothing
        ),
        Line("DELETE /admin/api/web_hooks/{id}", "/admin/api/web_hooks/1.json", onlyAdmins),
    ]
}
