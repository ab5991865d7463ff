/// Lists, categories, tags and notices: what each role gets.
extension RoutePolicyTests {
    private static let unknown = [403, 404, 404, 404]

    static let listReading: [Line] = [
        Line("GET /site/statistics", "/site/statistics.json", all),
        Line("GET /srv/status", "/srv/status", all),
        Line("GET /filter", "/filter.json?q=status:open", all),
        Line("GET /unseen", "/unseen.json", members),
        Line("GET /posted", "/posted.json", members),
        Line("GET /bookmarks", "/bookmarks.json", members),
        Line("GET /top/{period}", "/top/daily.json", all),
        Line("GET /l/{filter}", "/l/latest.json", all),
        Line("GET /c/{slug}/l/{filter}", "/c/open/l/latest.json", all),
        Line("GET /c/{slug}/{category_id}/l/{filter}", "/c/open/{category}/l/top.json", all),
        Line(
            "GET /c/{parent_slug}/{slug}/{category_id}/l/{filter}",
            "/c/up/open/{category}/l/hot.json",
            all
        ),
        Line("GET /c/{slug}/{category_id}/none", "/c/open/{category}/none.json", all),
        Line("GET /c/{slug}/{category_id}/all", "/c/open/{category}/all.json", all),
        Line("GET /c/{category_id}/visible_groups", "/c/{category}/visible_groups.json", all),
        Line("GET /categories/find", "/categories/find.json?ids[]={category}", all),
        Line("GET /categories/search", "/categories/search.json?term=op", all),
        Line("GET /categories_and_latest", "/categories_and_latest.json", all),
        Line("GET /categories_and_top", "/categories_and_top.json", all),
        Line("GET /categories_and_hot", "/categories_and_hot.json", all),
        Line("GET /tag/{tag_name}/l/{filter}", "/tag/swift/l/latest.json", all),
        Line("GET /tag/{tag_name}/{tag_id}", "/tag/swift/1.json", all),
        Line("GET /tag/{tag_name}/info", "/tag/swift/info.json", all),
        Line("GET /tag/{tag_name}/notifications", "/tag/swift/notifications.json", members),
        Line("GET /tags/c/{category_slug}/{tag_name}", "/tags/c/open/swift.json", all),
        Line(
            "GET /tags/c/{category_slug}/{category_id}/{tag_name}",
            "/tags/c/open/{category}/swift.json",
            all
        ),
        Line(
            "GET /tags/c/{parent_slug}/{category_slug}/{category_id}/{tag_name}",
            "/tags/c/up/open/{category}/swift.json",
            all
        ),
        Line(
            "GET /tags/c/{category_slug}/{category_id}/{tag_name}/l/{filter}",
            "/tags/c/open/{category}/swift/l/latest.json",
            all
        ),
        Line(
            "GET /tags/intersection/{tag_name}/{other_tag}",
            "/tags/intersection/swift/swift.json",
            all
        ),
        Line("GET /tags/filter/search", "/tags/filter/search.json?q=sw", all),
        Line("GET /search/query", "/search/query.json?term=reply", all),
        Line("GET /tags/unused", "/tags/unused.json", admins),
        Line(
            "GET /tags/personal_messages/{username}",
            "/tags/personal_messages/author.json",
            unknown
        ),
        Line("GET /tag_groups", "/tag_groups.json", staff),
        Line("GET /tag_groups/{tag_group_id}", "/tag_groups/0.json", [403, 403, 404, 404]),
        Line("GET /tag_groups/filter/search", "/tag_groups/filter/search.json?q=x", all),
        Line(
            "GET /u/{username}/topic-tracking-state",
            "/u/author/topic-tracking-state.json",
            unknown
        ),
    ]

    static let listWriting: [Line] = [
        Line("POST /categories/search", "/categories/search.json", #"{"term":"op"}"#, all),
        Line(
            "POST /categories/reorder",
            "/categories/reorder.json",
            #"{"mapping":{"{category}":3}}"#,
            admins
        ),
        Line(
            "PUT /category/{category_id}/slug",
            "/category/{category}/slug.json",
            #"{"slug":"open"}"#,
            admins
        ),
        Line("PUT /tag/{tag_name}", "/tag/swift.json", #"{"tag":{"description":"A bird"}}"#, staff),
        Line(
            "POST /tag/{tag_name}/synonyms",
            "/tag/swift/synonyms.json",
            #"{"synonyms":["swift-{role}"]}"#,
            staff
        ),
        Line(
            "DELETE /tag/{tag_name}/synonyms/{synonym}",
            "/tag/swift/synonyms/swift-{role}.json",
            staff
        ),
        Line(
            "POST /tags/bulk_create",
            "/tags/bulk_create.json",
            #"{"tag_names":["made-{role}"]}"#,
            staff
        ),
        Line("DELETE /tag/{tag_name}", "/tag/made-{role}.json", [403, 403, 200, 200]),
        Line("DELETE /tags/unused", "/tags/unused.json", admins),
        Line("POST /tag_groups", "/tag_groups.json", #"{"name":"Group of {role}"}"#, staff),
        Line("PUT /tag_groups/{tag_group_id}", "/tag_groups/0.json", "{}", [403, 403, 404, 404]),
        Line("DELETE /tag_groups/{tag_group_id}", "/tag_groups/0.json", [403, 403, 404, 404]),
        Line("PUT /topics/reset-new", "/topics/reset-new.json", "{}", members),
        Line(
            "POST /notifications",
            "/notifications.json",
            #"{"notification_type":14,"user_id":-1}"#,
            admins
        ),
        Line(
            "PUT /notifications/{notification_id}",
            "/notifications/0.json",
            #"{"read":true}"#,
            [403, 403, 403, 404]
        ),
        Line(
            "DELETE /notifications/{notification_id}",
            "/notifications/0.json",
            [403, 403, 403, 404]
        ),
        Line("PUT /notifications/read", "/notifications/read.json", "{}", members),
        Line(
            "PUT /notifications/mark-unread",
            "/notifications/mark-unread.json",
            #"{"id":999999}"#,
            unknown
        ),
    ]
}
