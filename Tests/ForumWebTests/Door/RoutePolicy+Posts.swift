/// What is done to one topic or one post. In this order: what a moderator changed, an administrator
/// finds changed.
extension RoutePolicyTests {
    private static let nobody = [404, 404, 404, 404]
    private static let unknown = [403, 404, 404, 404]

    static let postsReading: [Line] = [
        Line("GET /posts/{post_id}/raw", "/posts/{reply}/raw", all),
        Line("GET /posts/{post_id}/cooked", "/posts/{reply}/cooked.json", all),
        Line("GET /posts/{post_id}/reply-history", "/posts/{reply}/reply-history.json", all),
        Line("GET /posts/{post_id}/reply-ids", "/posts/{first}/reply-ids.json", all),
        Line(
            "GET /posts/{post_id}/revisions/{number}",
            "/posts/{reply}/revisions/latest.json",
            nobody
        ),
        Line(
            "GET /post_action_users",
            "/post_action_users.json?id={reply}&post_action_type_id=2",
            all
        ),
        Line("GET /raw/{topic_id}/{post_number}", "/raw/{topic}/1", all),
        Line("GET /t/{topic_id}/post_ids", "/t/{topic}/post_ids.json?post_number=0", all),
        Line("GET /t/{topic_id}/excerpts", "/t/{topic}/excerpts.json?post_ids[]={reply}", all),
        Line("GET /t/{topic_id}/wordpress", "/t/{topic}/wordpress.json?best=3", all),
        Line(
            "GET /polls/voters",
            "/polls/voters.json?post_id={reply}&poll_name=poll",
            [422, 422, 422, 422]
        ),
        Line("GET /drafts", "/drafts.json", members),
        Line("GET /drafts/{draft_key}", "/drafts/new_topic.json", members),
        Line("GET /draft", "/draft.json?draft_key=new_topic", members),
        Line("GET /u/{username}/bookmarks", "/u/author/bookmarks.json", [403, 404, 404, 200]),
        Line("GET /u/{username}/bookmarks.ics", "/u/author/bookmarks.ics", [403, 404, 404, 200]),
    ]

    static let postsWriting: [Line] = [
        Line(
            "POST /bookmarks",
            "/bookmarks.json",
            #"{"bookmarkable_id":{reply},"bookmarkable_type":"Post"}"#,
            members
        ),
        Line("PUT /bookmarks/{bookmark_id}", "/bookmarks/987654.json", "{}", unknown),
        Line(
            "PUT /bookmarks/{bookmark_id}/toggle_pin",
            "/bookmarks/987654/toggle_pin",
            "{}",
            unknown
        ),
        Line("DELETE /bookmarks/{bookmark_id}", "/bookmarks/987654.json", unknown),
        Line("PUT /t/{topic_id}/bookmark", "/t/{topic}/bookmark.json", members),
        Line("PUT /t/{topic_id}/remove_bookmarks", "/t/{topic}/remove_bookmarks", members),
        Line(
            "POST /drafts",
            "/drafts.json",
            #"{"draft_key":"new_topic","data":"{}","sequence":0}"#,
            members
        ),
        Line(
            "POST /draft",
            "/draft.json",
            #"{"draft_key":"new_topic","data":"{}","sequence":0}"#,
            members
        ),
        Line("DELETE /drafts/{draft_key}", "/drafts/new_topic.json?sequence=0", members),
        Line("DELETE /draft", "/draft.json?draft_key=new_topic", members),
        Line(
            "PUT /polls/vote",
            "/polls/vote.json",
            #"{"post_id":{reply},"poll_name":"poll","options":["0"]}"#,
            [403, 422, 422, 422]
        ),
        Line(
            "DELETE /polls/vote",
            "/polls/vote.json",
            #"{"post_id":{reply},"poll_name":"poll"}"#,
            [403, 422, 422, 422]
        ),
        Line(
            "PUT /polls/toggle_status",
            "/polls/toggle_status.json",
            #"{"post_id":{reply},"poll_name":"poll","status":"closed"}"#,
            [403, 422, 422, 422]
        ),
        Line(
            "PUT /posts/{post_id}/locked",
            "/posts/{reply}/locked.json",
            #"{"locked":"false"}"#,
            staff
        ),
        Line("PUT /posts/{post_id}/wiki", "/posts/{reply}/wiki.json", #"{"wiki":"false"}"#, staff),
        Line(
            "PUT /posts/{post_id}/post_type",
            "/posts/{reply}/post_type",
            #"{"post_type":1}"#,
            staff
        ),
        Line("PUT /posts/{post_id}/rebake", "/posts/{reply}/rebake", staff),
        Line(
            "PUT /posts/{post_id}/revisions/{number}/revert",
            "/posts/{reply}/revisions/99/revert",
            unknown
        ),
        Line(
            "PUT /posts/{post_id}/revisions/{number}/hide",
            "/posts/{reply}/revisions/99/hide",
            [403, 403, 404, 404]
        ),
        Line(
            "PUT /posts/{post_id}/revisions/{number}/show",
            "/posts/{reply}/revisions/99/show",
            [403, 403, 404, 404]
        ),
        Line("POST /solution/accept", "/solution/accept.json", #"{"id":{reply}}"#, staff),
        Line("POST /solution/unaccept", "/solution/unaccept.json", #"{"id":{reply}}"#, staff),
        Line("DELETE /posts/destroy_many", "/posts/destroy_many.json?post_ids[]=987654", unknown),
        Line(
            "PUT /t/{topic_id}/change-timestamp",
            "/t/{topic}/change-timestamp.json",
            #"{"timestamp":"1594291380"}"#,
            staff
        ),
        Line(
            "POST /t/{topic_id}/timer",
            "/t/{topic}/timer.json",
            #"{"time":"2040-01-01","status_type":"close"}"#,
            staff
        ),
        Line(
            "DELETE /t/{topic_id}/timer",
            "/t/{topic}/timer.json",
            #"{"status_type":"close"}"#,
            staff
        ),
        Line("PUT /t/{topic_id}/slow_mode", "/t/{topic}/slow_mode", #"{"seconds":0}"#, staff),
        Line("PUT /t/{topic_id}/reset-bump-date", "/t/{topic}/reset-bump-date", staff),
        Line("PUT /t/{topic_id}/tags", "/t/{topic}/tags", #"{"tags":["swift"]}"#, staff),
        Line(
            "PUT /t/{topic_id}/publish",
            "/t/{topic}/publish",
            #"{"destination_category_id":{category}}"#,
            staff
        ),
        Line("PUT /t/{topic_id}/clear-pin", "/t/{topic}/clear-pin", members),
        Line("PUT /t/{topic_id}/re-pin", "/t/{topic}/re-pin", members),
        Line(
            "POST /t/{topic_id}/timings",
            "/t/{topic}/timings",
            #"{"topic_time":1000,"timings":{"1":1000}}"#,
            members
        ),
        Line("DELETE /t/{topic_id}/timings", "/t/{topic}/timings?last=1", members),
        Line(
            "POST /t/{topic_id}/change-owner",
            "/t/{topic}/change-owner.json",
            #"{"username":"author","post_ids":[{reply}]}"#,
            admins
        ),
        Line(
            "POST /t/{topic_id}/move-posts",
            "/t/{topic}/move-posts.json",
            #"{"title":"Posts that were moved","post_ids":[987654]}"#,
            [403, 403, 404, 404]
        ),
        Line(
            "POST /t/{topic_id}/merge-topic",
            "/t/{topic}/merge-topic.json",
            #"{"destination_topic_id":987654}"#,
            [403, 403, 404, 404]
        ),
        Line(
            "PUT /topics/bulk",
            "/topics/bulk.json",
            #"{"topic_ids":[{topic}],"operation":{"type":"reset_read"}}"#,
            members
        ),
    ]
}
