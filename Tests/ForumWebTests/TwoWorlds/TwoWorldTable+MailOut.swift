@testable import ForumWeb

/// Archives, and the mails that posts came by.
extension TwoWorldTable {
    static let archives: [TwoWorldLine] = [
        TwoWorldLine(.mbox, "/t/{topic_id}", "/t/{topic}", "/t/{topic3}", "/t/{secret_topic}"),
        TwoWorldLine(.mbox, "/t/{slug}/{topic_id}", "/t/x/{topic3}", "/t/x/{secret_topic}"),
        TwoWorldLine(
            .mbox,
            "/c/{slug}/{category_id}",
            "/c/side/{side}",
            "/c/vault/{secret_category}"
        ),
        TwoWorldLine(
            .mbox,
            "/c/{parent_slug}/{slug}/{category_id}",
            "/c/up/open/{category}",
            "/c/up/cellar/{secret_child}"
        ),
        TwoWorldLine(.mbox, "/site", "/site"),
        TwoWorldLine(.mbox, "/c/{category_id}", "/c/{parent}", "/c/{secret_category}"),
    ]

    static let mailOut: [TwoWorldLine] =
        archives.map { line in
            .skipped(
                line.signature.replacing(".mbox", with: ".mbox.gz"),
                because: "the same bytes as without .gz, but not as text"
            )
        } + [
            TwoWorldLine(
                "GET /posts/{post_id}/raw-email",
                "/posts/{reply}/raw-email.json",
                "/posts/{secret_post}/raw-email.json"
            ),
            TwoWorldLine(
                "GET /posts/{post_id}/elided",
                "/posts/{reply}/elided.json",
                "/posts/{secret_post}/elided.json"
            ),
        ]
}
