@testable import ForumWeb

/// Archives, and the mails that posts came by.
extension RoutePolicyTests {
    static let mailOutReading: [Line] =
        [Representation.mbox, .mboxGzip].flatMap { form in
            [
                ("/t/{topic_id}", "/t/{topic}"), ("/t/{slug}/{topic_id}", "/t/some-slug/{topic}"),
                ("/c/{slug}/{category_id}", "/c/open/{category}"),
                ("/c/{parent_slug}/{slug}/{category_id}", "/c/up/open/{category}"),
                ("/c/{category_id}", "/c/{category}"),
            ].map { path, uri in Line("GET \(form.signed(path))", form.routed(uri), all) } + [
                Line("GET \(form.signed("/site"))", form.routed("/site"), members)
            ]
        } + [
            // Nothing in the tests came by mail.
            Line(
                "GET /posts/{post_id}/raw-email",
                "/posts/{reply}/raw-email.json",
                [403, 404, 404, 404]
            ),
            Line(
                "GET /posts/{post_id}/elided",
                "/posts/{reply}/elided.json",
                [403, 404, 404, 404]
            ),
        ]

    static let mailOutWriting: [Line] = [
        Line(
            "PUT /posts/{post_id}/elided/restore",
            "/posts/{reply}/elided/restore.json",
            [403, 404, 404, 404]
        )
    ]
}
