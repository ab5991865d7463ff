/// Uploads, pictures of people, badges, backups and calendar events.
extension RoutePolicyTests {
    private static let nothing = [404, 404, 404, 404]
    private static let onlyAdmins = [404, 404, 404, 200]
    private static let notThere = [403, 404, 404, 404]

    static let filesReading: [Line] = [
        Line("GET /uploads/short-url/{name}", "/uploads/short-url/0.png", nothing),
        Line(
            "GET /uploads/{site}/original/{level}/{name}",
            "/uploads/default/original/1X/0123456789012345678901234567890123456789.png",
            nothing
        ),
        Line(
            "GET /secure-uploads/original/{level}/{name}",
            "/secure-uploads/original/1X/0123456789012345678901234567890123456789.png",
            nothing
        ),
        Line(
            "GET /letter_avatar/{username}/{size}/{version}",
            "/letter_avatar/author/48/1.png",
            all
        ),
        Line(
            "GET /user_avatar/{host}/{username}/{size}/{version}",
            "/user_avatar/forum.example/author/48/1_2.png",
            all
        ),
        Line(
            "GET /letter_avatar_proxy/{version}/letter/{letter}/{color}/{size}",
            "/letter_avatar_proxy/v4/letter/a/3be4f8/48.png",
            all
        ),
        Line("GET /badges", "/badges.json", all),
        Line("GET /badges/{id}", "/badges/1.json", all),
        Line("GET /badges/{id}/{slug}", "/badges/1/basic.json", all),
        Line("GET /user-badges/{username}", "/user-badges/author.json", all),
        Line("GET /user_badges", "/user_badges.json?badge_id=1", all),
        Line(
            "GET /discourse-post-event/events",
            "/discourse-post-event/events.json",
            all
        ),
        Line(
            "GET /discourse-post-event/events.ics",
            "/discourse-post-event/events.ics",
            all
        ),
    ]

    static let filesWriting: [Line] =
        [
            Line("POST /uploads", "/uploads.json", #"{"type":"composer"}"#, [403, 400, 400, 400]),
            Line(
                "POST /uploads/lookup-urls",
                "/uploads/lookup-urls.json",
                #"{"short_urls":["upload://0"]}"#,
                [403, 200, 200, 200]
            ),
            Line(
                "POST /uploads/lookup-metadata",
                "/uploads/lookup-metadata.json",
                #"{"url":"upload://0"}"#,
                notThere
            ),
            Line(
                "PUT /u/{username}/preferences/avatar/pick",
                "/u/author/preferences/avatar/pick.json",
                #"{"type":"system"}"#,
                [403, 403, 200, 200]
            ),
            Line(
                "DELETE /u/{username}/preferences/avatar",
                "/u/author/preferences/avatar.json",
                [403, 403, 200, 200]
            ),
            Line(
                "POST /user_avatar/{username}/refresh_gravatar",
                "/user_avatar/author/refresh_gravatar.json",
                [403, 403, 200, 200]
            ),
            Line("GET /admin/badges", "/admin/badges.json", onlyAdmins),
            Line(
                "POST /admin/badges",
                "/admin/badges.json",
                #"{"name":"By {role}","badge_type_id":3}"#,
                onlyAdmins
            ),
            Line("PUT /admin/badges/{id}", "/admin/badges/6.json", #"{"icon":"x"}"#, onlyAdmins),
            Line("DELETE /admin/badges/{id}", "/admin/badges/9999.json", nothing),
            Line(
                "POST /user_badges",
                "/user_badges.json",
                #"{"username":"author","badge_id":1}"#,
                [403, 403, 403, 403]
            ),
            Line("DELETE /user_badges/{id}", "/user_badges/9999.json", [403, 403, 404, 404]),
            Line(
                "PUT /user_badges/{id}/toggle_favorite",
                "/user_badges/9999/toggle_favorite.json",
                notThere
            ),
            Line("GET /admin/backups", "/admin/backups.json", onlyAdmins),
            Line("POST /admin/backups", "/admin/backups.json", "{}", [404, 404, 404, 400]),
            Line("GET /admin/backups/status", "/admin/backups/status.json", onlyAdmins),
            Line("GET /admin/backups/logs", "/admin/backups/logs.json", onlyAdmins),
        ]
        + ["PUT", "GET", "DELETE"].map {
            Line("\($0) /admin/backups/{filename}", "/admin/backups/none.tar.gz", nothing)
        }
        + [
            Line(
                "POST /admin/backups/{filename}/restore",
                "/admin/backups/none.tar.gz/restore.json",
                nothing
            )
        ]
        + [
            Line(
                "PUT /uploads/external/{identifier}/{part}",
                "/uploads/external/0123/1?expires=1&signature=0",
                nothing
            ),
            Line(
                "POST /uploads/generate-presigned-put",
                "/uploads/generate-presigned-put.json",
                #"{"type":"composer","file_name":"a.png","file_size":10}"#,
                [403, 200, 200, 200]
            ),
            Line(
                "POST /uploads/create-multipart",
                "/uploads/create-multipart.json",
                #"{"type":"composer","file_name":"a.png","file_size":10}"#,
                [403, 200, 200, 200]
            ),
            Line(
                "POST /uploads/batch-presign-multipart-parts",
                "/uploads/batch-presign-multipart-parts.json",
                #"{"part_numbers":[1],"unique_identifier":"none"}"#,
                notThere
            ),
            Line(
                "POST /uploads/complete-external-upload",
                "/uploads/complete-external-upload.json",
                #"{"unique_identifier":"none"}"#,
                notThere
            ),
            Line(
                "POST /uploads/complete-multipart",
                "/uploads/complete-multipart.json",
                #"{"unique_identifier":"none","parts":[]}"#,
                notThere
            ),
            Line(
                "POST /uploads/abort-multipart",
                "/uploads/abort-multipart.json",
                #"{"external_upload_identifier":"none"}"#,
                notThere
            ),
        ]
}
