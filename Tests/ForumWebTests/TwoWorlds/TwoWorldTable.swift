@testable import ForumWeb

/// Every route that reads, with the addresses to ask it by. A route that is declared without a line here
/// fails the test; a line for a route that is not declared is not asked.
enum TwoWorldTable {
    static let lines: [TwoWorldLine] = reading + others + identity + pages + mailIn + mailOut

    /// Lines of which it is known what must not be in their answers: the control holds them to it.
    static let reading: [TwoWorldLine] = lists + topics + posts + people + site + forms + archives

    private static let lists: [TwoWorldLine] = [
        TwoWorldLine(
            "GET /latest",
            "/latest.json",
            "/latest.json?order=posts",
            "/latest.json?per_page=2&page=1"
        ),
        TwoWorldLine("GET /top", "/top.json", "/top.json?period=daily"),
        TwoWorldLine("GET /hot", "/hot.json"),
        TwoWorldLine("GET /new", "/new.json"),
        TwoWorldLine("GET /unread", "/unread.json"),
        TwoWorldLine(
            "GET /categories",
            "/categories.json",
            "/categories.json?include_subcategories=true",
            "/categories.json?parent_category_id={parent}",
            "/categories.json?parent_category_id={secret_category}"
        ),
        TwoWorldLine(
            "GET /c/{category_id}",
            "/c/{category}.json",
            "/c/{parent}.json",
            "/c/{secret_category}.json"
        ),
        TwoWorldLine(
            "GET /c/{category_id}/show",
            "/c/{category}/show.json",
            "/c/{parent}/show.json",
            "/c/{secret_category}/show.json",
            "/c/{secret_child}/show.json"
        ),
        TwoWorldLine(
            "GET /c/{slug}/{category_id}",
            "/c/open/{category}.json",
            "/c/up/{parent}.json",
            "/c/vault/{secret_category}.json"
        ),
        TwoWorldLine(
            "GET /c/{parent_slug}/{slug}/{category_id}",
            "/c/up/open/{category}.json",
            "/c/up/cellar/{secret_child}.json"
        ),
        TwoWorldLine("GET /c/{slug}/l/latest", "/c/side/l/latest.json", "/c/vault/l/latest.json"),
        TwoWorldLine("GET /tags", "/tags.json"),
        TwoWorldLine("GET /tag/{tag_name}", "/tag/swift.json", "/tag/vault-tag.json"),
    ]

    private static let topics: [TwoWorldLine] = [
        TwoWorldLine(
            "GET /t/{topic_id}",
            "/t/{topic}.json",
            "/t/{topic2}.json",
            "/t/{topic3}.json?include_raw=true",
            "/t/{message}.json",
            "/t/{unlisted}.json",
            "/t/{secret_topic}.json",
            "/t/{secret_message}.json",
            "/t/about-quetzalcoatl-number-1.json",
            "/t/quetzalcoatl.json"
        ),
        TwoWorldLine(
            "GET /t/{slug}/{topic_id}",
            "/t/x/{topic}.json",
            "/t/{topic}/2.json",
            "/t/x/{secret_topic}.json",
            "/t/{secret_topic}/2.json",
            "/t/x/{unlisted}.json"
        ),
        TwoWorldLine(
            "GET /t/{slug}/{topic_id}/{post_number}",
            "/t/x/{topic}/3.json",
            "/t/x/{topic3}/3.json",
            "/t/x/{secret_topic}/1.json"
        ),
        TwoWorldLine(
            "GET /t/{topic_id}/posts",
            "/t/{topic}/posts.json",
            "/t/{topic}/posts.json?post_ids[]={withdrawn}&post_ids[]={secret_post}&post_ids[]={first}",
            "/t/{topic3}/posts.json?post_ids[]={hidden}&post_ids[]={whisper}",
            "/t/{secret_topic}/posts.json?post_ids[]={secret_post}"
        ),
        TwoWorldLine("GET /t/external_id/{external_id}", "/t/external_id/secret.json"),
        TwoWorldLine(
            "GET /raw/{topic_id}",
            "/raw/{topic}",
            "/raw/{topic3}",
            "/raw/{unlisted}",
            "/raw/{secret_topic}"
        ),
        TwoWorldLine(
            "GET /search",
            "/search.json?q=quetzalcoatl",
            "/search.json?q=topic",
            "/search.json?q=said%20order:latest",
            "/search.json?q=word%20%40insider",
            "/search.json?q=tags:vault-tag",
            "/search.json?q=number%20category:vault",
            "/search.json?q=vault"
        ),
        TwoWorldLine(
            "GET /topics/created-by/{username}",
            "/topics/created-by/insider.json",
            "/topics/created-by/author.json"
        ),
        TwoWorldLine(
            "GET /topics/private-messages/{username}",
            "/topics/private-messages/insider.json",
            "/topics/private-messages/newbie.json"
        ),
        TwoWorldLine(
            "GET /topics/private-messages-sent/{username}",
            "/topics/private-messages-sent/insider.json"
        ),
        TwoWorldLine(
            "GET /topics/private-messages-unread/{username}",
            "/topics/private-messages-unread/newbie.json"
        ),
        TwoWorldLine(
            "GET /topics/private-messages-new/{username}",
            "/topics/private-messages-new/newbie.json"
        ),
    ]

    private static let posts: [TwoWorldLine] = [
        TwoWorldLine("GET /posts", "/posts.json", "/posts.json?before={reply}"),
        TwoWorldLine(
            "GET /posts/{post_id}",
            "/posts/{first}.json",
            "/posts/{reply}.json",
            "/posts/{withdrawn}.json",
            "/posts/{hidden}.json",
            "/posts/{whisper}.json",
            "/posts/{unlisted_post}.json",
            "/posts/{secret_post}.json",
            "/posts/{secret_message_post}.json"
        ),
        TwoWorldLine(
            "GET /posts/{post_id}/replies",
            "/posts/{first}/replies.json",
            "/posts/{secret_first}/replies.json"
        ),
        TwoWorldLine(
            "GET /posts/by_number/{topic_id}/{post_number}",
            "/posts/by_number/{topic}/3.json",
            "/posts/by_number/{topic3}/3.json",
            "/posts/by_number/{topic3}/4.json",
            "/posts/by_number/{secret_topic}/1.json"
        ),
    ]

    private static let people: [TwoWorldLine] = [
        TwoWorldLine(
            "GET /u/{username}",
            "/u/insider.json",
            "/u/author.json",
            "/u/newbie.json",
            "/u/boss.json"
        ),
        TwoWorldLine("GET /users/{username}", "/users/insider.json"),
        TwoWorldLine("GET /u/{username}/emails", "/u/insider/emails.json"),
        TwoWorldLine(
            "GET /notifications",
            "/notifications.json",
            "/notifications.json?recent=true"
        ),
        TwoWorldLine("GET /notifications/totals", "/notifications/totals.json"),
        TwoWorldLine("GET /session/current", "/session/current.json"),
        TwoWorldLine(
            "GET /session/csrf",
            "/session/csrf.json",
            masking: ["csrf"],
            because: "a random token"
        ),
        TwoWorldLine(
            "GET /session/hp",
            "/session/hp.json",
            masking: ["value", "challenge"],
            because: "random each time, and decides nothing"
        ),
        TwoWorldLine("GET /email/unsubscribe/{key}", "/email/unsubscribe/0123"),
    ]

    private static let site: [TwoWorldLine] = [
        TwoWorldLine("GET /", "/"),
        TwoWorldLine("GET /site", "/site.json"),
        TwoWorldLine("GET /site/basic-info", "/site/basic-info.json"),
        TwoWorldLine("GET /site/settings", "/site/settings.json"),
        TwoWorldLine("GET /about", "/about.json"),
        TwoWorldLine("GET /robots.txt", "/robots.txt"),
        TwoWorldLine("GET /manifest", "/manifest.json"),
        TwoWorldLine("GET /manifest.webmanifest", "/manifest.webmanifest"),
        TwoWorldLine(
            "GET /changes",
            "/changes.json?limit=1000&include_raw=true",
            "/changes.json?limit=1000&since={cursor}",
            masking: ["cursor"],
            because: "sealed with a random number, so that it tells nothing"
        ),
        .skipped(
            "GET /events",
            because: "an answer without an end; EventStreamTests look at what it sends to whom"
        ),
    ]

    private static let forms: [TwoWorldLine] =
        [Representation.rss, .html, .markdown].flatMap { form in
            [
                TwoWorldLine(form, "/latest", "/latest"),
                TwoWorldLine(form, "/top", "/top"),
                TwoWorldLine(form, "/hot", "/hot"),
                TwoWorldLine(
                    form,
                    "/c/{slug}/{category_id}",
                    "/c/side/{side}",
                    "/c/vault/{secret_category}"
                ),
                TwoWorldLine(
                    form,
                    "/c/{parent_slug}/{slug}/{category_id}",
                    "/c/up/open/{category}",
                    "/c/up/cellar/{secret_child}"
                ),
                TwoWorldLine(form, "/c/{category_id}", "/c/{parent}", "/c/{secret_category}"),
                TwoWorldLine(form, "/tag/{tag_name}", "/tag/swift", "/tag/vault-tag"),
                TwoWorldLine(
                    form,
                    "/t/{topic_id}",
                    "/t/{topic}",
                    "/t/{topic3}",
                    "/t/{unlisted}",
                    "/t/{secret_topic}",
                    "/t/{secret_message}"
                ),
                TwoWorldLine(
                    form,
                    "/t/{slug}/{topic_id}",
                    "/t/x/{topic3}",
                    "/t/x/{secret_topic}"
                ),
            ]
        }
        + [Representation.html, .markdown].flatMap { form in
            [
                TwoWorldLine(form, "/", "/"), TwoWorldLine(form, "/categories", "/categories"),
                TwoWorldLine(form, "/tags", "/tags"),
                TwoWorldLine(
                    form,
                    "/t/{slug}/{topic_id}/{post_number}",
                    "/t/x/{topic3}/3",
                    "/t/x/{secret_topic}/1"
                ),
            ]
        }
        + [
            TwoWorldLine(
                .markdown,
                "/posts/{post_id}",
                "/posts/{reply}",
                "/posts/{hidden}",
                "/posts/{withdrawn}",
                "/posts/{secret_post}"
            ),
            TwoWorldLine(
                .stream,
                "/t/{topic_id}",
                "/t/{topic}?print=true",
                "/t/{secret_topic}?print=true"
            ),
            TwoWorldLine(.stream, "/t/{slug}/{topic_id}", "/t/x/{topic3}?print=true"),
            TwoWorldLine(
                .stream,
                "/t/{topic_id}/posts",
                "/t/{topic3}/posts?post_ids[]={hidden}&post_ids[]={whisper}&post_ids[]={secret_post}"
            ),
            TwoWorldLine(.rss, "/posts", "/posts"),
            TwoWorldLine(.rss, "/private-posts", "/private-posts"),
            TwoWorldLine(
                .rss,
                "/u/{username}/activity",
                "/u/insider/activity",
                "/u/author/activity"
            ),
            TwoWorldLine(.rss, "/u/{username}/activity/topics", "/u/insider/activity/topics"),
            TwoWorldLine(.xml, "/opensearch", "/opensearch"),
            TwoWorldLine(.xml, "/sitemap", "/sitemap"),
            TwoWorldLine(.xml, "/sitemap/{page}", "/sitemap/1"),
            TwoWorldLine(.xml, "/sitemap_recent", "/sitemap_recent"),
            TwoWorldLine(.xml, "/news", "/news"),
        ]
}
