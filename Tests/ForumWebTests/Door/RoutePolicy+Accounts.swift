/// What each role gets from the routes of accounts, people and invitations.
extension RoutePolicyTests {
    private static let nobody = [404, 404, 404, 404]
    private static let unknown = [404, 404, 404, 404]

    static let accountReading: [Line] = [
        Line("GET /user-status", "/user-status.json", members),
        Line("GET /users/{username}/emails", "/users/author/emails.json", staff),
        Line("GET /u/{username}/summary", "/u/author/summary.json", all),
        Line("GET /u/{username}/card", "/u/author/card.json", all),
        Line("GET /user-cards", "/user-cards.json?user_ids=1,2", all),
        Line("GET /u/{username}/invited", "/u/author/invited.json", staff),
        Line("GET /u", "/u.json", all),
        Line("GET /users", "/users.json", all),
        Line("GET /directory_items", "/directory_items.json?period=all", all),
        Line("GET /user_actions", "/user_actions.json?username=author&filter=4,5", all),
        Line("GET /u/by-external/{external_id}", "/u/by-external/1.json", unknown),
        Line("GET /users/by-external/{external_id}", "/users/by-external/1.json", unknown),
        Line("GET /u/by-external/{provider}/{external_id}", "/u/by-external/a/1.json", unknown),
        Line(
            "GET /users/by-external/{provider}/{external_id}",
            "/users/by-external/a/1.json",
            unknown
        ),
        Line("GET /u/check_username", "/u/check_username.json?username=free_name", all),
        Line("GET /users/check_username", "/users/check_username.json?username=free_name", all),
        Line("GET /u/check_email", "/u/check_email.json?email=free@example.org", all),
        Line("GET /users/check_email", "/users/check_email.json?email=free@example.org", all),
        Line("GET /u/is_local_username", "/u/is_local_username.json?username=author", all),
        Line("GET /users/is_local_username", "/users/is_local_username.json?username=mia", all),
        Line("GET /u/search/users", "/u/search/users.json?term=au", all),
        Line("GET /users/search/users", "/users/search/users.json?term=au", all),
        Line("GET /u/password-reset/{token}", "/u/password-reset/0123", nobody),
        Line("GET /users/password-reset/{token}", "/users/password-reset/0123", nobody),
        Line("GET /u/activate-account/{token}", "/u/activate-account/0123", nobody),
        Line("GET /users/activate-account/{token}", "/users/activate-account/0123", nobody),
        Line("GET /u/confirm-new-email/{token}", "/u/confirm-new-email/0123", nobody),
        Line("GET /users/confirm-new-email/{token}", "/users/confirm-new-email/0123", nobody),
        Line(
            "GET /invites/retrieve",
            "/invites/retrieve.json?email=no@example.org",
            [
                403, 404, 404, 404,
            ]
        ),
        Line("GET /invites/{key}", "/invites/0123", nobody),
        Line("GET /session/sso", "/session/sso", nobody),
        Line("GET /session/sso_login", "/session/sso_login?sso=a&sig=b", nobody),
        Line("GET /session/sso_provider", "/session/sso_provider?sso=a&sig=b", nobody),
    ]

    static let accountWriting: [Line] =
        [
            Line("PUT /u/{username}", "/u/author.json", #"{"location":"{role}"}"#, staff),
            Line("PUT /users/{username}", "/users/author.json", #"{"location":"{role}"}"#, staff),
            Line(
                "PUT /u/{username}/feature-topic",
                "/u/author/feature-topic.json",
                #"{"topic_id":{topic}}"#,
                staff
            ),
            Line(
                "PUT /u/{username}/clear-featured-topic",
                "/u/author/clear-featured-topic.json",
                staff
            ),
            Line("DELETE /u/{username}", "/u/author.json", [403, 403, 403, 403]),
            Line(
                "PUT /u/{username}/preferences/email",
                "/u/author/preferences/email.json",
                #"{"email":"{role}1@example.org"}"#,
                admins
            ),
            Line(
                "PUT /users/{username}/preferences/email",
                "/users/author/preferences/email.json",
                #"{"email":"{role}2@example.org"}"#,
                admins
            ),
            Line(
                "POST /u/{username}/preferences/email",
                "/u/author/preferences/email.json",
                #"{"email":"{role}3@example.org"}"#,
                admins
            ),
            Line(
                "DELETE /u/{username}/preferences/email",
                "/u/author/preferences/email.json",
                #"{"email":"{role}3@example.org"}"#,
                admins
            ),
            Line(
                "PUT /u/{username}/preferences/primary-email",
                "/u/author/preferences/primary-email.json",
                #"{"email":"{role}4@example.org"}"#,
                [403, 403, 403, 404]
            ),
            Line(
                "PUT /u/{username}/preferences/username",
                "/u/author/preferences/username.json",
                #"{"new_username":"author"}"#,
                staff
            ),
            Line(
                "PUT /users/{username}/preferences/username",
                "/users/author/preferences/username.json",
                #"{"new_username":"author"}"#,
                staff
            ),
            Line(
                "POST /u/{username}/preferences/revoke-auth-token",
                "/u/author/preferences/revoke-auth-token.json",
                "{}",
                admins
            ),
            Line(
                "PUT /u/{username}/notification_level",
                "/u/author/notification_level.json",
                #"{"notification_level":"mute"}"#,
                members
            ),
            Line(
                "PUT /user-status",
                "/user-status.json",
                #"{"emoji":"tooth","description":"away"}"#,
                members
            ),
            Line("DELETE /user-status", "/user-status.json", members),
            Line("POST /do-not-disturb", "/do-not-disturb.json", #"{"duration":"30"}"#, members),
            Line("DELETE /do-not-disturb", "/do-not-disturb.json", members),
            Line(
                "POST /session/forgot_password",
                "/session/forgot_password.json",
                #"{"login":"author"}"#,
                all
            ),
            Line(
                "PUT /users/password-reset/{token}",
                "/users/password-reset/0123.json",
                #"{"password":"correct horse battery"}"#,
                all
            ),
            Line(
                "PUT /u/password-reset/{token}",
                "/u/password-reset/0123.json",
                #"{"password":"correct horse battery"}"#,
                all
            ),
            Line(
                "POST /users/password-reset/{token}",
                "/users/password-reset/0123",
                #"{"password":"correct horse battery"}"#,
                [400, 400, 400, 400]
            ),
            Line(
                "POST /u/password-reset/{token}",
                "/u/password-reset/0123",
                #"{"password":"correct horse battery"}"#,
                [400, 400, 400, 400]
            ),
            Line(
                "POST /u/action/send_activation_email",
                "/u/action/send_activation_email.json",
                #"{"username":"author"}"#,
                all
            ),
            Line(
                "PUT /u/update-activation-email",
                "/u/update-activation-email.json",
                #"{"username":"mia","password":"not the password","email":"a@example.org"}"#,
                [403, 403, 403, 403]
            ),
            Line("PUT /u/activate-account/{token}", "/u/activate-account/0123.json", all),
            Line("PUT /users/activate-account/{token}", "/users/activate-account/0123.json", all),
            Line(
                "POST /u/activate-account/{token}",
                "/u/activate-account/0123",
                [400, 400, 400, 400]
            ),
            Line(
                "POST /users/activate-account/{token}",
                "/users/activate-account/0123",
                [400, 400, 400, 400]
            ),
            Line(
                "PUT /u/confirm-new-email/{token}",
                "/u/confirm-new-email/01.json",
                [
                    422, 422, 422, 422,
                ]
            ),
            Line(
                "PUT /users/confirm-new-email/{token}",
                "/users/confirm-new-email/01.json",
                [
                    422, 422, 422, 422,
                ]
            ),
            Line(
                "POST /u/confirm-new-email/{token}",
                "/u/confirm-new-email/01",
                [
                    400, 400, 400, 400,
                ]
            ),
            Line(
                "POST /users/confirm-new-email/{token}",
                "/users/confirm-new-email/01",
                [
                    400, 400, 400, 400,
                ]
            ),
            Line(
                "POST /admin/users/sync_sso",
                "/admin/users/sync_sso.json",
                #"{"sso":"a","sig":"b"}"#,
                nobody
            ),
        ] + inviteWriting

    private static let inviteWriting: [Line] = [
        Line("POST /invites", "/invites.json", #"{"email":"by_{role}@example.org"}"#, staff),
        Line(
            "POST /invites/create-multiple",
            "/invites/create-multiple.json",
            #"{"email":["by2_{role}@example.org"]}"#,
            staff
        ),
        Line("PUT /invites/{id}", "/invites/1000000.json", "{}", [403, 404, 404, 404]),
        Line("DELETE /invites", "/invites.json", #"{"id":1000000}"#, [403, 404, 404, 404]),
        Line("POST /invites/destroy-all-expired", "/invites/destroy-all-expired.json", members),
        Line(
            "POST /invites/reinvite",
            "/invites/reinvite.json",
            #"{"email":"n@example.org"}"#,
            [
                403, 403, 404, 404,
            ]
        ),
        Line("POST /invites/reinvite-all", "/invites/reinvite-all.json", staff),
        Line("PUT /invites/show/{key}", "/invites/show/0123.json", "{}", [200, 404, 404, 404]),
        Line("POST /invites/accept/{key}", "/invites/accept/0123", [400, 400, 400, 400]),
    ]
}
