@testable import ForumWeb

/// Routes of lists by filter, groups, keys, people's own things, files and the staff's tools.
extension TwoWorldTable {
    static let others: [TwoWorldLine] =
        filters + tagging + single + own + members + groups + groups.map(\.shortened) + tokens
        + files + staff + keys
        + webHooks + jobs

    /// Pages that a link in a mail leads to, and files by their place.
    private static let tokens: [TwoWorldLine] =
        ["/u", "/users"].flatMap { root in
            [
                TwoWorldLine("GET \(root)", "\(root).json", "\(root).json?username=insider"),
                TwoWorldLine(
                    "GET \(root)/activate-account/{token}",
                    "\(root)/activate-account/0123"
                ),
                TwoWorldLine(
                    "GET \(root)/confirm-new-email/{token}",
                    "\(root)/confirm-new-email/01"
                ),
                TwoWorldLine("GET \(root)/password-reset/{token}", "\(root)/password-reset/0123"),
            ]
        } + [
            TwoWorldLine(
                "GET /uploads/{site}/original/{level}/{name}",
                "/uploads/default/original/1X/nothing.png"
            ),
            TwoWorldLine(
                "GET /secure-uploads/original/{level}/{name}",
                "/secure-uploads/original/1X/nothing.png"
            ),
        ]

    private static let filters: [TwoWorldLine] = [
        TwoWorldLine("GET /l/{filter}", "/l/latest.json", "/l/top.json"),
        TwoWorldLine("GET /top/{period}", "/top/weekly.json"),
        TwoWorldLine("GET /c/{slug}/l/{filter}", "/c/side/l/top.json", "/c/vault/l/latest.json"),
        TwoWorldLine(
            "GET /c/{slug}/{category_id}/l/{filter}",
            "/c/side/{side}/l/latest.json",
            "/c/vault/{secret_category}/l/top.json"
        ),
        TwoWorldLine(
            "GET /c/{parent_slug}/{slug}/{category_id}/l/{filter}",
            "/c/up/open/{category}/l/latest.json",
            "/c/up/cellar/{secret_child}/l/latest.json"
        ),
        TwoWorldLine(
            "GET /c/{slug}/{category_id}/none",
            "/c/up/{parent}/none.json",
            "/c/vault/{secret_category}/none.json"
        ),
        TwoWorldLine("GET /c/{slug}/{category_id}/all", "/c/up/{parent}/all.json"),
        TwoWorldLine(
            "GET /c/{category_id}/visible_groups",
            "/c/{category}/visible_groups.json",
            "/c/{secret_category}/visible_groups.json"
        ),
        TwoWorldLine("GET /unseen", "/unseen.json"),
        TwoWorldLine("GET /posted", "/posted.json"),
        TwoWorldLine("GET /bookmarks", "/bookmarks.json"),
        TwoWorldLine(
            "GET /filter",
            "/filter.json",
            "/filter.json?q=tags:swift",
            "/filter.json?q=category:vault",
            "/filter.json?q=status:deleted",
            "/filter.json?q=status:unlisted",
            "/filter.json?q=created-by:insider%20order:likes",
            "/filter.json?q=tags:vault-tag",
            "/filter.json?q=quetzalcoatl",
            "/filter.json?q=order:posters"
        ),
        TwoWorldLine("GET /categories_and_latest", "/categories_and_latest.json"),
        TwoWorldLine("GET /categories_and_top", "/categories_and_top.json"),
        TwoWorldLine("GET /categories_and_hot", "/categories_and_hot.json"),
        TwoWorldLine(
            "GET /categories/find",
            "/categories/find.json?ids[]={category}&ids[]={secret_category}",
            "/categories/find.json?slug_path_with_id=vault/{secret_category}"
        ),
        TwoWorldLine(
            "GET /categories/search",
            "/categories/search.json?term=va",
            "/categories/search.json"
        ),
        TwoWorldLine(
            "GET /search/query",
            "/search/query.json?term=quetzalcoatl",
            "/search/query.json?term=vault",
            "/search/query.json?term=topic&type_filter=topic",
            "/search/query.json?term=vault&type_filter=category",
            "/search/query.json?term=vault-tag&type_filter=tag"
        ),
    ]

    private static let tagging: [TwoWorldLine] = [
        TwoWorldLine("GET /tag/{tag_name}/{tag_id}", "/tag/swift/1.json", "/tag/vault-tag/3.json"),
        TwoWorldLine(
            "GET /tag/{tag_name}/l/{filter}",
            "/tag/swift/l/latest.json",
            "/tag/vault-tag/l/top.json"
        ),
        TwoWorldLine(
            "GET /tags/c/{category_slug}/{tag_name}",
            "/tags/c/side/swift.json",
            "/tags/c/vault/swift.json"
        ),
        TwoWorldLine(
            "GET /tags/c/{category_slug}/{category_id}/{tag_name}",
            "/tags/c/side/{side}/swift.json",
            "/tags/c/vault/{secret_category}/swift.json"
        ),
        TwoWorldLine(
            "GET /tags/c/{parent_slug}/{category_slug}/{category_id}/{tag_name}",
            "/tags/c/up/cellar/{secret_child}/swift.json"
        ),
        TwoWorldLine(
            "GET /tags/c/{category_slug}/{category_id}/{tag_name}/l/{filter}",
            "/tags/c/side/{side}/swift/l/latest.json",
            "/tags/c/vault/{secret_category}/swift/l/latest.json"
        ),
        TwoWorldLine(
            "GET /tags/intersection/{tag_name}/{other_tag}",
            "/tags/intersection/swift/linux.json",
            "/tags/intersection/swift/vault-tag.json"
        ),
        TwoWorldLine(
            "GET /tag/{tag_name}/info",
            "/tag/swift/info.json",
            "/tag/vault-tag/info.json"
        ),
        TwoWorldLine(
            "GET /tags/filter/search",
            "/tags/filter/search.json?q=va",
            "/tags/filter/search.json?q=s"
        ),
        TwoWorldLine("GET /tags/unused", "/tags/unused.json"),
        TwoWorldLine(
            "GET /tags/personal_messages/{username}",
            "/tags/personal_messages/newbie.json",
            "/tags/personal_messages/insider.json"
        ),
        TwoWorldLine(
            "GET /tag/{tag_name}/notifications",
            "/tag/swift/notifications.json",
            "/tag/vault-tag/notifications.json"
        ),
        TwoWorldLine("GET /tag_groups", "/tag_groups.json"),
        TwoWorldLine("GET /tag_groups/{tag_group_id}", "/tag_groups/1.json"),
        TwoWorldLine("GET /tag_groups/filter/search", "/tag_groups/filter/search.json?q=a"),
    ]

    private static let single: [TwoWorldLine] = [
        TwoWorldLine(
            "GET /raw/{topic_id}/{post_number}",
            "/raw/{topic3}/3",
            "/raw/{secret_topic}/1"
        ),
        TwoWorldLine(
            "GET /posts/{post_id}/raw",
            "/posts/{reply}/raw",
            "/posts/{hidden}/raw",
            "/posts/{secret_post}/raw"
        ),
        TwoWorldLine(
            "GET /posts/{post_id}/cooked",
            "/posts/{reply}/cooked.json",
            "/posts/{hidden}/cooked.json",
            "/posts/{withdrawn}/cooked.json",
            "/posts/{secret_post}/cooked.json"
        ),
        TwoWorldLine(
            "GET /posts/{post_id}/reply-history",
            "/posts/{reply}/reply-history.json",
            "/posts/{secret_post}/reply-history.json"
        ),
        TwoWorldLine(
            "GET /posts/{post_id}/reply-ids",
            "/posts/{first}/reply-ids.json",
            "/posts/{secret_first}/reply-ids.json"
        ),
        TwoWorldLine(
            "GET /posts/{post_id}/revisions/{number}",
            "/posts/{hidden}/revisions/2.json",
            "/posts/{whisper}/revisions/latest.json",
            "/posts/{secret_post}/revisions/2.json"
        ),
        TwoWorldLine(
            "GET /post_action_users",
            "/post_action_users.json?id={first}&post_action_type_id=2",
            "/post_action_users.json?id={hidden}&post_action_type_id=2",
            "/post_action_users.json?id={secret_first}&post_action_type_id=2"
        ),
        TwoWorldLine(
            "GET /polls/voters",
            "/polls/voters.json?post_id={first}&poll_name=poll",
            "/polls/voters.json?post_id={secret_first}&poll_name=poll"
        ),
        TwoWorldLine(
            "GET /t/{topic_id}/post_ids",
            "/t/{topic3}/post_ids.json?post_number=1",
            "/t/{secret_topic}/post_ids.json?post_number=1"
        ),
        TwoWorldLine(
            "GET /t/{topic_id}/excerpts",
            "/t/{topic3}/excerpts.json?post_ids[]={hidden}&post_ids[]={whisper}",
            "/t/{secret_topic}/excerpts.json?post_ids[]={secret_post}"
        ),
        TwoWorldLine(
            "GET /t/{topic_id}/wordpress",
            "/t/{topic3}/wordpress.json?best=9",
            "/t/{secret_topic}/wordpress.json?best=9"
        ),
        TwoWorldLine("GET /discourse-post-event/events", "/discourse-post-event/events.json"),
        TwoWorldLine("GET /discourse-post-event/events.ics", "/discourse-post-event/events.ics"),
    ]

    private static let own: [TwoWorldLine] = [
        TwoWorldLine(
            "GET /u/{username}/bookmarks",
            "/u/full/bookmarks.json",
            "/u/insider/bookmarks.json"
        ),
        TwoWorldLine("GET /u/{username}/bookmarks.ics", "/u/insider/bookmarks.ics"),
        TwoWorldLine("GET /drafts", "/drafts.json"),
        TwoWorldLine("GET /draft", "/draft.json?draft_key=topic_{secret_topic}"),
        TwoWorldLine("GET /drafts/{draft_key}", "/drafts/topic_{secret_topic}.json"),
        TwoWorldLine(
            "GET /u/{username}/topic-tracking-state",
            // One's own also tells how far the channels that all share have come: a known limit.
            "/u/insider/topic-tracking-state.json"
        ),
        TwoWorldLine(
            "GET /topics/private-messages-archive/{username}",
            "/topics/private-messages-archive/newbie.json"
        ),
        TwoWorldLine(
            "GET /topics/private-messages-group/{username}/{group_name}",
            "/topics/private-messages-group/outsider/others.json",
            "/topics/private-messages-group/outsider/insiders.json"
        ),
        TwoWorldLine(
            "GET /topics/private-messages-group/{username}/{group_name}/unread",
            "/topics/private-messages-group/outsider/insiders/unread.json"
        ),
        TwoWorldLine(
            "GET /topics/private-messages-group/{username}/{group_name}/new",
            "/topics/private-messages-group/outsider/insiders/new.json"
        ),
        TwoWorldLine(
            "GET /topics/private-messages-group/{username}/{group_name}/archive",
            "/topics/private-messages-group/outsider/insiders/archive.json"
        ),
        TwoWorldLine("GET /topics/groups/{name}", "/topics/groups/insiders.json"),
        TwoWorldLine("GET /user-status", "/user-status.json"),
    ]

    private static let members: [TwoWorldLine] = [
        TwoWorldLine("GET /u/by-external/{external_id}", "/u/by-external/1.json"),
        TwoWorldLine("GET /u/by-external/{provider}/{external_id}", "/u/by-external/google/1.json"),
        TwoWorldLine("GET /users/by-external/{external_id}", "/users/by-external/1.json"),
        TwoWorldLine(
            "GET /users/by-external/{provider}/{external_id}",
            "/users/by-external/google/1.json"
        ),
        TwoWorldLine(
            "GET /directory_items",
            "/directory_items.json?period=all&order=post_count",
            "/directory_items.json?period=daily&order=topic_count"
        ),
        TwoWorldLine(
            "GET /user_actions",
            "/user_actions.json?username=insider",
            "/user_actions.json?username=insider&filter=4,5",
            "/user_actions.json?username=author&filter=1,2,6,7,9",
            "/user_actions.json?username=insider&filter=12,13"
        ),
        TwoWorldLine("GET /u/check_username", "/u/check_username.json?username=insider"),
        TwoWorldLine("GET /users/check_username", "/users/check_username.json?username=insider"),
        TwoWorldLine("GET /u/check_email", "/u/check_email.json?email=nobody@example.org"),
        TwoWorldLine("GET /users/check_email", "/users/check_email.json?email=nobody@example.org"),
        TwoWorldLine(
            "GET /u/is_local_username",
            "/u/is_local_username.json?usernames[]=insider&topic_id={secret_topic}"
        ),
        TwoWorldLine(
            "GET /users/is_local_username",
            "/users/is_local_username.json?usernames[]=insider"
        ),
        TwoWorldLine(
            "GET /u/search/users",
            "/u/search/users.json?term=in",
            "/u/search/users.json?term=&topic_id={topic3}",
            "/u/search/users.json?term=&topic_id={secret_topic}",
            "/u/search/users.json?term=in&include_groups=true"
        ),
        TwoWorldLine("GET /users/search/users", "/users/search/users.json?term=in"),
        TwoWorldLine(
            "GET /u/{username}/summary",
            "/u/insider/summary.json",
            "/u/author/summary.json"
        ),
        TwoWorldLine("GET /users/{username}/summary", "/users/insider/summary.json"),
        TwoWorldLine("GET /u/{username}/card", "/u/insider/card.json"),
        TwoWorldLine("GET /users/{username}/card", "/users/insider/card.json"),
        TwoWorldLine("GET /user-cards", "/user-cards.json?user_ids={insider_id},{author_id}"),
        TwoWorldLine("GET /users/{username}/emails", "/users/insider/emails.json"),
        TwoWorldLine("GET /invites/retrieve", "/invites/retrieve.json?email=nobody@example.org"),
        TwoWorldLine("GET /invites/{key}", "/invites/0123"),
        TwoWorldLine(
            "GET /u/{username}/invited",
            "/u/insider/invited.json",
            "/u/full/invited.json"
        ),
        TwoWorldLine("GET /session/sso", "/session/sso"),
        TwoWorldLine("GET /session/sso_login", "/session/sso_login?sso=x&sig=y"),
        TwoWorldLine("GET /session/sso_provider", "/session/sso_provider?sso=x&sig=y"),
        TwoWorldLine("GET /site/statistics", "/site/statistics.json"),
        TwoWorldLine("GET /srv/status", "/srv/status"),
        TwoWorldLine("GET /openapi", "/openapi.json"),
    ]

    private static let groups: [TwoWorldLine] = [
        TwoWorldLine("GET /groups", "/groups.json", "/groups.json?filter=in"),
        TwoWorldLine("GET /groups/search", "/groups/search.json?term=in"),
        TwoWorldLine("GET /groups/check-name", "/groups/check-name.json?group_name=insiders"),
        TwoWorldLine("GET /groups/{name}", "/groups/insiders.json", "/groups/others.json"),
        TwoWorldLine("GET /groups/by-id/{id}", "/groups/by-id/41.json", "/groups/by-id/42.json"),
        TwoWorldLine("GET /groups/{name}/members", "/groups/insiders/members.json"),
        TwoWorldLine("GET /groups/{name}/requests", "/groups/insiders/requests.json"),
        TwoWorldLine("GET /groups/{name}/posts", "/groups/insiders/posts.json"),
        TwoWorldLine(
            "GET /groups/{name}/mentions",
            "/groups/insiders/mentions.json",
            "/groups/others/mentions.json"
        ),
        TwoWorldLine("GET /groups/{name}/topics", "/groups/insiders/topics.json"),
        TwoWorldLine("GET /groups/{name}/logs", "/groups/insiders/logs.json"),
        TwoWorldLine(
            "GET /groups/{name}/mentionable",
            "/groups/insiders/mentionable.json?name=insiders"
        ),
        TwoWorldLine(
            "GET /groups/{name}/messageable",
            "/groups/insiders/messageable.json?name=insiders"
        ),
    ]

    private static let files: [TwoWorldLine] = [
        TwoWorldLine("GET /badges", "/badges.json"),
        TwoWorldLine("GET /badges/{id}", "/badges/1.json"),
        TwoWorldLine("GET /badges/{id}/{slug}", "/badges/1/basic.json"),
        TwoWorldLine("GET /user-badges/{username}", "/user-badges/insider.json"),
        TwoWorldLine("GET /user_badges", "/user_badges.json?badge_id=1"),
        TwoWorldLine(
            "GET /letter_avatar/{username}/{size}/{version}",
            "/letter_avatar/insider/45/1.png"
        ),
        TwoWorldLine(
            "GET /user_avatar/{host}/{username}/{size}/{version}",
            "/user_avatar/forum.example/insider/45/1.png"
        ),
        TwoWorldLine(
            "GET /letter_avatar_proxy/{version}/letter/{letter}/{color}/{size}",
            "/letter_avatar_proxy/v4/letter/i/aabbcc/45.png"
        ),
        TwoWorldLine("GET /uploads/short-url/{name}", "/uploads/short-url/nothing.png"),
        TwoWorldLine("GET /admin/backups", "/admin/backups.json"),
        TwoWorldLine("GET /admin/backups/status", "/admin/backups/status.json"),
        TwoWorldLine("GET /admin/backups/logs", "/admin/backups/logs.json"),
        TwoWorldLine("GET /admin/backups/{filename}", "/admin/backups/nothing.tar.gz"),
        TwoWorldLine("GET /admin/badges", "/admin/badges.json"),
    ]

    private static let staff: [TwoWorldLine] = [
        TwoWorldLine("GET /admin/email", "/admin/email.json"),
        TwoWorldLine("GET /admin/email/sent", "/admin/email/sent.json"),
        TwoWorldLine("GET /admin/email/skipped", "/admin/email/skipped.json"),
        TwoWorldLine("GET /admin/email/bounced", "/admin/email/bounced.json"),
        TwoWorldLine("GET /admin/email/received", "/admin/email/received.json"),
        TwoWorldLine("GET /admin/email/rejected", "/admin/email/rejected.json"),
        TwoWorldLine("GET /admin/email/incoming/{id}", "/admin/email/incoming/1.json"),
        TwoWorldLine("GET /admin/logs/staff_action_logs", "/admin/logs/staff_action_logs.json"),
        TwoWorldLine("GET /admin/logs/screened_emails", "/admin/logs/screened_emails.json"),
        TwoWorldLine(
            "GET /admin/logs/screened_ip_addresses",
            "/admin/logs/screened_ip_addresses.json"
        ),
        TwoWorldLine("GET /admin/logs/screened_urls", "/admin/logs/screened_urls.json"),
        TwoWorldLine("GET /admin/customize/watched_words", "/admin/customize/watched_words.json"),
        TwoWorldLine("GET /admin/users", "/admin/users.json"),
        TwoWorldLine(
            "GET /admin/users/list/{flag}",
            "/admin/users/list/active.json",
            "/admin/users/list/new.json?order=posts"
        ),
        TwoWorldLine("GET /admin/users/{id}", "/admin/users/{insider_id}.json"),
        TwoWorldLine("GET /admin/users/{id}/{username}", "/admin/users/{insider_id}/insider.json"),
        TwoWorldLine("GET /admin/reports", "/admin/reports.json"),
        TwoWorldLine(
            "GET /admin/reports/{type}",
            "/admin/reports/posts.json",
            "/admin/reports/topics.json"
        ),
        TwoWorldLine("GET /review", "/review.json", "/review.json?status=all"),
        TwoWorldLine("GET /review/{review_id}", "/review/1.json"),
        TwoWorldLine("GET /review/count", "/review/count.json"),
        TwoWorldLine("GET /review/settings", "/review/settings.json"),
        TwoWorldLine("GET /posts/{username}/pending", "/posts/insider/pending.json"),
    ]

    private static let keys: [TwoWorldLine] = [
        TwoWorldLine("GET /admin", "/admin.json"),
        TwoWorldLine("GET /admin/site_settings", "/admin/site_settings.json"),
        TwoWorldLine("GET /admin/customize/site_texts", "/admin/customize/site_texts.json"),
        TwoWorldLine(
            "GET /admin/customize/site_texts/{id}",
            "/admin/customize/site_texts/nothing.json"
        ),
        TwoWorldLine("GET /admin/themes", "/admin/themes.json"),
        TwoWorldLine("GET /admin/color_schemes", "/admin/color_schemes.json"),
        TwoWorldLine("GET /admin/plugins", "/admin/plugins.json"),
        TwoWorldLine("GET /admin/dashboard", "/admin/dashboard.json"),
        TwoWorldLine("GET /admin/api/keys", "/admin/api/keys.json"),
        TwoWorldLine("GET /admin/api/keys/scopes", "/admin/api/keys/scopes.json"),
        TwoWorldLine("GET /admin/api/keys/{id}", "/admin/api/keys/1.json"),
        .skipped(
            "GET /user-api-key/activate",
            because: "a form with a token that is another each time, and nothing of the forum"
        ),
        TwoWorldLine("GET /user-api-key/new", "/user-api-key/new"),
        TwoWorldLine("GET /user-api-key/otp", "/user-api-key/otp"),
        TwoWorldLine("GET /session/otp/{token}", "/session/otp/0123"),
    ]
}

extension TwoWorldLine {
    /// `/g/…` is the shorter name of `/groups/…`.
    fileprivate var shortened: TwoWorldLine {
        TwoWorldLine(
            signature: signature.replacing("/groups", with: "/g"),
            uris: uris.map { $0.replacing("/groups", with: "/g") }
        )
    }
}
