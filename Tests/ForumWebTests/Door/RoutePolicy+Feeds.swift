@testable import ForumWeb

/// The change feed, feeds, pages, Markdown, long topics and streams.
extension RoutePolicyTests {
    /// Forms beside JSON are asked for by the paths that the router knows them by.
    private static func line(_ form: Representation, _ path: String, _ uri: String) -> Line {
        Line("GET \(form.signed(path))", form.routed(uri), all)
    }

    private static let lists: [(path: String, uri: String)] = [
        ("/latest", "/latest"), ("/top", "/top"), ("/hot", "/hot"),
        ("/c/{slug}/{category_id}", "/c/open/{category}"),
        ("/c/{parent_slug}/{slug}/{category_id}", "/c/up/open/{category}"),
        ("/c/{category_id}", "/c/{category}"), ("/tag/{tag_name}", "/tag/swift"),
    ]

    private static let topics: [(path: String, uri: String)] = [
        ("/t/{topic_id}", "/t/{topic}"), ("/t/{slug}/{topic_id}", "/t/some-slug/{topic}"),
    ]

    static let feeds: [Line] =
        lists.flatMap { list in
            [Representation.rss, .html, .markdown].map { line($0, list.path, list.uri) }
        }
        + topics.flatMap { topic in
            [Representation.rss, .html, .markdown, .stream].map { line($0, topic.path, topic.uri) }
        }
        + [Representation.html, .markdown].flatMap { form in
            [
                line(form, "/", "/"), line(form, "/categories", "/categories"),
                line(form, "/tags", "/tags"),
                line(form, "/t/{slug}/{topic_id}/{post_number}", "/t/some-slug/{topic}/2"),
            ]
        }
        + [
            line(.markdown, "/posts/{post_id}", "/posts/{reply}"),
            line(.stream, "/t/{topic_id}/posts", "/t/{topic}/posts?post_ids[]={reply}"),
            line(.rss, "/posts", "/posts"),
            Line(
                "GET \(Representation.rss.signed("/private-posts"))",
                Representation.rss.routed("/private-posts"),
                [403, 200, 200, 200]
            ),
            line(.rss, "/u/{username}/activity", "/u/author/activity"),
            line(.rss, "/u/{username}/activity/topics", "/u/author/activity/topics"),
            line(.xml, "/opensearch", "/opensearch"), line(.xml, "/sitemap", "/sitemap"),
            line(.xml, "/sitemap/{page}", "/sitemap/1"),
            line(.xml, "/sitemap_recent", "/sitemap_recent"), line(.xml, "/news", "/news"),
            Line("GET /robots.txt", "/robots.txt", all),
            Line("GET /manifest", "/manifest.json", all),
            Line("GET /manifest.webmanifest", "/manifest.webmanifest", all),
            Line("GET /changes", "/changes.json", all),
            // Without channels, because an open stream has no end.
            Line("GET /events", "/events", [400, 400, 400, 400]),
        ]
}
