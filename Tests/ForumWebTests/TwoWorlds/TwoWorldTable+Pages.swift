@testable import ForumWeb

/// Pages for browsers beside those of topics and lists.
extension TwoWorldTable {
    static let pages: [TwoWorldLine] = people + own + writing + withoutContent

    private static let people: [TwoWorldLine] =
        ["", "/summary", "/activity", "/activity/replies", "/activity/topics"].map { end in
            TwoWorldLine(
                .html,
                "/u/{username}\(end)",
                "/u/author\(end)",
                "/u/insider\(end)",
                "/u/full\(end)"
            )
        }
        + [
            TwoWorldLine(
                .html,
                "/search",
                "/search?q=topic",
                "/search?q=secret",
                "/search?q=vault",
                "/search?q=%40insider"
            ),
            TwoWorldLine(.html, "/about", "/about"),
        ]

    private static let own: [TwoWorldLine] =
        [
            "notifications", "messages", "messages/sent", "messages/archive",
            "activity/bookmarks", "activity/drafts", "preferences", "preferences/account",
            "preferences/profile", "preferences/security", "preferences/notifications",
            "preferences/subscriptions", "preferences/emails", "preferences/apps",
            "preferences/second-factor",
        ].map { TwoWorldLine(.html, "/u/{username}/\($0)", "/u/full/\($0)", "/u/newbie/\($0)") }
        + [
            TwoWorldLine(.html, "/notifications", "/notifications"),
            TwoWorldLine(.html, "/new", "/new"), TwoWorldLine(.html, "/unread", "/unread"),
            TwoWorldLine("GET /my/{page}", "/my/preferences"),
            TwoWorldLine("GET /my/{page}/{part}", "/my/preferences/emails"),
        ]

    private static let writing: [TwoWorldLine] = [
        TwoWorldLine(
            .html,
            "/new-topic",
            "/new-topic",
            "/new-topic?category_id={secret_category}&tags=vault-tag"
        ),
        TwoWorldLine(.html, "/new-message", "/new-message?username=insider"),
        TwoWorldLine(
            .html,
            "/compose/reply/{topic_id}",
            "/compose/reply/{topic}",
            "/compose/reply/{secret_topic}",
            "/compose/reply/{secret_message}?to=1"
        ),
        TwoWorldLine(
            .html,
            "/compose/edit/{post_id}",
            "/compose/edit/{secret_post}",
            "/compose/edit/{secret_first}"
        ),
        TwoWorldLine(.html, "/compose/flag/{post_id}", "/compose/flag/{secret_post}"),
    ]

    private static let withoutContent: [TwoWorldLine] =
        ["/login", "/signup", "/password-reset"].map { path in
            .skipped(
                "GET \(Representation.html.signed(path))",
                because: "shows nothing but a form, with a token of its own for each visitor"
            )
        } + [TwoWorldLine("GET /stylesheets/{name}", "/stylesheets/nothing.css")]
}
