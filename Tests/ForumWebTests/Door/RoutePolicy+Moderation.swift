extension RoutePolicyTests {
    private static let staffOnly = [404, 404, 200, 200]
    private static let adminOnly = [404, 404, 404, 200]
    private static let nobody = [404, 404, 404, 404]
    /// Staff gets past the door and is told what is missing.
    private static let refusedToStaff = [404, 404, 400, 400]

    /// Accounts, flags, the review queue and the logs. Where a number is named nothing has it, so that
    /// nothing is done.
    static let moderation: [Line] = [
        Line("GET /admin/users", "/admin/users.json", staffOnly),
        Line("GET /admin/users/list/{flag}", "/admin/users/list/active.json", staffOnly),
        Line("GET /admin/users/{id}", "/admin/users/author.json", staffOnly),
        Line("GET /admin/users/{id}/{username}", "/admin/users/author/author.json", staffOnly),
        Line("DELETE /admin/users/{id}", "/admin/users/99999.json", nobody),
        Line("PUT /admin/users/{id}/activate", "/admin/users/99999/activate.json", nobody),
        Line("PUT /admin/users/{id}/deactivate", "/admin/users/99999/deactivate.json", nobody),
        Line("PUT /admin/users/{id}/suspend", "/admin/users/99999/suspend.json", refusedToStaff),
        Line("PUT /admin/users/{id}/unsuspend", "/admin/users/99999/unsuspend.json", nobody),
        Line("PUT /admin/users/{id}/silence", "/admin/users/99999/silence.json", refusedToStaff),
        Line("PUT /admin/users/{id}/unsilence", "/admin/users/99999/unsilence.json", nobody),
        Line("PUT /admin/users/{id}/anonymize", "/admin/users/99999/anonymize.json", nobody),
        Line("POST /admin/users/{id}/log_out", "/admin/users/99999/log_out.json", nobody),
        Line(
            "PUT /admin/users/{id}/trust_level",
            "/admin/users/99999/trust_level.json",
            #"{"level":1}"#,
            nobody
        ),
        Line(
            "PUT /admin/users/{id}/trust_level_lock",
            "/admin/users/99999/trust_level_lock.json",
            #"{"locked":true}"#,
            nobody
        ),
        Line("PUT /admin/users/{id}/grant_admin", "/admin/users/99999/grant_admin.json", nobody),
        Line("PUT /admin/users/{id}/revoke_admin", "/admin/users/99999/revoke_admin.json", nobody),
        Line(
            "PUT /admin/users/{id}/grant_moderation",
            "/admin/users/99999/grant_moderation.json",
            nobody
        ),
        Line(
            "PUT /admin/users/{id}/revoke_moderation",
            "/admin/users/99999/revoke_moderation.json",
            nobody
        ),
        Line("PUT /admin/users/{id}/approve", "/admin/users/99999/approve.json", nobody),
        Line(
            "PUT /admin/users/approve-bulk",
            "/admin/users/approve-bulk.json",
            #"{"users":[99999]}"#,
            staffOnly
        ),
        Line(
            "PUT /admin/users/{id}/primary_group",
            "/admin/users/99999/primary_group.json",
            #"{"primary_group_id":""}"#,
            nobody
        ),
        Line(
            "POST /admin/users/{id}/merge",
            "/admin/users/99999/merge.json",
            #"{"target_username":"author"}"#,
            [404, 404, 403, 404]
        ),
        Line(
            "POST /admin/users/{id}/reset_bounce_score",
            "/admin/users/99999/reset_bounce_score.json",
            nobody
        ),
        Line(
            "PUT /admin/users/{id}/delete_posts_batch",
            "/admin/users/99999/delete_posts_batch.json",
            nobody
        ),
        Line(
            "PUT /admin/users/{id}/disable_second_factor",
            "/admin/users/99999/disable_second_factor.json",
            nobody
        ),
        Line(
            "POST /admin/impersonate",
            "/admin/impersonate.json",
            #"{"username_or_email":"author"}"#,
            [404, 404, 404, 403]
        ),
        Line(
            "PUT /review/{review_id}",
            "/review/99999.json",
            #"{"version":0,"reviewable":{}}"#,
            nobody
        ),
        Line("GET /review", "/review.json", staffOnly),
        Line("GET /review/count", "/review/count.json", staffOnly),
        Line("GET /review/settings", "/review/settings.json", adminOnly),
        Line("GET /review/{review_id}", "/review/99999.json", nobody),
        Line(
            "PUT /review/{review_id}/perform/{action}",
            "/review/99999/perform/ignore.json?version=0",
            nobody
        ),
        Line("DELETE /review/{review_id}", "/review/99999.json", [403, 404, 404, 404]),
        Line(
            "POST /reviewable_claimed_topics",
            "/reviewable_claimed_topics.json",
            #"{"reviewable_claimed_topic":{"topic_id":99999}}"#,
            nobody
        ),
        Line(
            "DELETE /reviewable_claimed_topics/{topic_id}",
            "/reviewable_claimed_topics/99999.json",
            nobody
        ),
        Line(
            "GET /posts/{username}/pending",
            "/posts/author/pending.json",
            [403, 404, 200, 200]
        ),
        Line("GET /admin/logs/staff_action_logs", "/admin/logs/staff_action_logs.json", staffOnly),
        Line("GET /admin/logs/screened_emails", "/admin/logs/screened_emails.json", adminOnly),
        Line(
            "DELETE /admin/logs/screened_emails/{id}",
            "/admin/logs/screened_emails/99999.json",
            nobody
        ),
        Line(
            "GET /admin/logs/screened_ip_addresses",
            "/admin/logs/screened_ip_addresses.json",
            adminOnly
        ),
        Line(
            "POST /admin/logs/screened_ip_addresses",
            "/admin/logs/screened_ip_addresses.json",
            #"{"ip_address":"192.0.2.0/24","action_name":"block"}"#,
            adminOnly
        ),
        Line(
            "PUT /admin/logs/screened_ip_addresses/{id}",
            "/admin/logs/screened_ip_addresses/99999.json",
            #"{"action_name":"block"}"#,
            nobody
        ),
        Line(
            "DELETE /admin/logs/screened_ip_addresses/{id}",
            "/admin/logs/screened_ip_addresses/99999.json",
            nobody
        ),
        Line("GET /admin/logs/screened_urls", "/admin/logs/screened_urls.json", adminOnly),
        Line(
            "GET /admin/customize/watched_words",
            "/admin/customize/watched_words.json",
            staffOnly
        ),
        Line(
            "POST /admin/customize/watched_words",
            "/admin/customize/watched_words.json",
            #"{"words":["outrageous"],"action_key":"block"}"#,
            staffOnly
        ),
        Line(
            "DELETE /admin/customize/watched_words/{id}",
            "/admin/customize/watched_words/99999.json",
            nobody
        ),
        Line(
            "DELETE /admin/customize/watched_words/action/{action_name}",
            "/admin/customize/watched_words/action/block.json",
            staffOnly
        ),
        Line("GET /admin/reports", "/admin/reports.json", adminOnly),
        Line("GET /admin/reports/{type}", "/admin/reports/signups.json", adminOnly),
        Line("GET /admin/email", "/admin/email.json", adminOnly),
        Line("GET /admin/email/sent", "/admin/email/sent.json", adminOnly),
        Line("GET /admin/email/skipped", "/admin/email/skipped.json", adminOnly),
        Line("GET /admin/email/bounced", "/admin/email/bounced.json", adminOnly),
        Line("GET /admin/email/received", "/admin/email/received.json", adminOnly),
        Line("GET /admin/email/rejected", "/admin/email/rejected.json", adminOnly),
        Line("GET /admin/email/incoming/{id}", "/admin/email/incoming/99999.json", nobody),
    ]
}
