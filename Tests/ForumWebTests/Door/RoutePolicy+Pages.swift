@testable import ForumWeb

/// The pages for browsers and their forms.
extension RoutePolicyTests {
    private static let own = [403, 404, 404, 404]
    private static let editors = [403, 403, 200, 200]
    private static let nobody = [403, 403, 403, 403]

    private static func page(_ path: String, _ uri: String, _ statuses: [Int]) -> Line {
        Line(
            "GET \(Representation.html.signed(path))",
            Representation.html.routed(uri),
            statuses
        )
    }

    static let pageReading: [Line] =
        [
            ("/u/{username}", ""), ("/u/{username}/summary", "/summary"),
            ("/u/{username}/activity", "/activity"),
            ("/u/{username}/activity/replies", "/activity/replies"),
            ("/u/{username}/activity/topics", "/activity/topics"),
        ].map { page($0.0, "/u/author\($0.1)", all) }
        + [
            "notifications", "activity/drafts", "preferences", "preferences/account",
            "preferences/profile", "preferences/security", "preferences/notifications",
            "preferences/subscriptions", "preferences/emails", "preferences/apps",
            "preferences/second-factor",
        ].map { page("/u/{username}/\($0)", "/u/author/\($0)", own) }
        + [
            page("/new", "/new", members), page("/unread", "/unread", members),
            page("/search", "/search?q=something", all), page("/about", "/about", all),
            page("/login", "/login", all), page("/signup", "/signup", all),
            page("/password-reset", "/password-reset", all),
            page("/notifications", "/notifications", members),
            page("/u/{username}/messages", "/u/author/messages", [403, 404, 404, 200]),
            page("/u/{username}/messages/sent", "/u/author/messages/sent", [403, 404, 404, 200]),
            page(
                "/u/{username}/messages/archive",
                "/u/author/messages/archive",
                [403, 404, 404, 200]
            ),
            page(
                "/u/{username}/activity/bookmarks",
                "/u/author/activity/bookmarks",
                [403, 404, 404, 200]
            ),
            page("/new-topic", "/new-topic", members),
            page("/new-message", "/new-message", members),
            page("/compose/reply/{topic_id}", "/compose/reply/{topic}", members),
            page("/compose/edit/{post_id}", "/compose/edit/{reply}", editors),
            page("/compose/flag/{post_id}", "/compose/flag/{reply}", members),
            Line("GET /my/{page}", "/my/preferences", [303, 303, 303, 303]),
            Line("GET /my/{page}/{part}", "/my/preferences/emails", [303, 303, 303, 303]),
            Line("GET /stylesheets/{name}", "/stylesheets/nothing.css", [404, 404, 404, 404]),
        ]

    /// Programs have the API for all of these.
    static let pageWriting: [Line] =
        [
            (
                "posts/{post_id}", "posts/{reply}",
                [
                    "like", "unlike", "accept", "unaccept", "delete", "recover", "bookmark", "flag",
                ]
            ),
            ("topics/{topic_id}", "topics/{topic}", ["bookmark", "unbookmark", "read", "level"]),
            ("categories/{category_id}", "categories/{category}", ["level"]),
            ("tags/{tag_name}", "tags/swift", ["level"]),
            ("groups/{group_name}", "groups/staff", ["level"]),
            ("people/{username}", "people/author", ["level"]),
            ("bookmarks/{bookmark_id}", "bookmarks/1", ["delete", "change"]),
            ("polls", "polls", ["vote"]),
            ("compose", "compose", ["topic", "message"]),
            (
                "preferences", "preferences",
                [
                    "profile", "emails", "notifications", "username", "email", "sessions/revoke",
                    "password", "apps/revoke", "follow-category", "follow-tag", "mute-person",
                ]
            ),
            (
                "second-factor", "second-factor",
                [
                    "confirm", "stage", "enable", "remove", "backup-codes", "remove-backup-codes",
                ]
            ),
        ].flatMap { (path: String, uri: String, verbs: [String]) in
            verbs.map { Line("POST /forms/\(path)/\($0)", "/forms/\(uri)/\($0)", "{}", nobody) }
        }
        + [
            Line(
                "POST /forms/compose/reply/{topic_id}",
                "/forms/compose/reply/{topic}",
                "{}",
                nobody
            ),
            Line("POST /forms/compose/edit/{post_id}", "/forms/compose/edit/{reply}", "{}", nobody),
            Line("POST /forms/notifications/read", "/forms/notifications/read", "{}", nobody),
            Line("POST /forms/drafts/delete", "/forms/drafts/delete", "{}", nobody),
            Line("POST /forms/log-in", "/forms/log-in", "{}", [400, 403, 403, 403]),
            Line("POST /forms/log-out", "/forms/log-out", "{}", [303, 403, 403, 403]),
            Line("POST /forms/sign-up", "/forms/sign-up", "{}", [200, 403, 403, 403]),
            Line(
                "POST /forms/resend-activation",
                "/forms/resend-activation",
                "{}",
                [400, 403, 403, 403]
            ),
            Line(
                "POST /forms/forgot-password",
                "/forms/forgot-password",
                "{}",
                [400, 403, 403, 403]
            ),
        ]
}
