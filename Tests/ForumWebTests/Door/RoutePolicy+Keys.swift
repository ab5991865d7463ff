/// Keys of programs, and what administrators decide.
extension RoutePolicyTests {
    private static let onlyAdmins = [404, 404, 404, 200]
    private static let adminsInVain = [404, 404, 404, 404]

    static let keyReading: [Line] = [
        Line("GET /user-api-key/new", "/user-api-key/new", all),
        Line("GET /user-api-key/otp", "/user-api-key/otp", [400, 400, 400, 400]),
        Line("GET /user-api-key/activate", "/user-api-key/activate", all),
        Line("GET /session/otp/{token}", "/session/otp/0123", [404, 404, 404, 404]),
        Line("GET /admin/api/keys", "/admin/api/keys.json", onlyAdmins),
        Line("GET /admin/api/keys/scopes", "/admin/api/keys/scopes.json", onlyAdmins),
        Line("GET /admin/api/keys/{id}", "/admin/api/keys/1.json", onlyAdmins),
        Line("GET /admin/site_settings", "/admin/site_settings.json", onlyAdmins),
        Line("GET /admin/customize/site_texts", "/admin/customize/site_texts.json", onlyAdmins),
        Line(
            "GET /admin/customize/site_texts/{id}",
            "/admin/customize/site_texts/user_api_key.title.json",
            onlyAdmins
        ),
        Line("GET /admin/themes", "/admin/themes.json", onlyAdmins),
        Line("GET /admin/color_schemes", "/admin/color_schemes.json", onlyAdmins),
        Line("GET /admin/plugins", "/admin/plugins.json", onlyAdmins),
        Line("GET /admin/dashboard", "/admin/dashboard.json", onlyAdmins),
        Line("GET /admin", "/admin", onlyAdmins),
    ]

    static let keyWriting: [Line] = [
        Line("POST /user-api-key", "/user-api-key.json", "{}", [403, 400, 400, 400]),
        Line("POST /user-api-key/otp", "/user-api-key/otp.json", "{}", [403, 400, 400, 400]),
        Line("POST /user-api-key/revoke", "/user-api-key/revoke.json", "{}", [403, 400, 400, 400]),
        Line(
            "POST /user-api-key/undo-revoke",
            "/user-api-key/undo-revoke.json",
            #"{"id":9999}"#,
            [403, 404, 404, 404]
        ),
        Line(
            "POST /user-api-key/device",
            "/user-api-key/device.json",
            "{}",
            [400, 400, 400, 400]
        ),
        Line(
            "POST /user-api-key/device/poll",
            "/user-api-key/device/poll.json",
            #"{"device_code":"no device"}"#,
            all
        ),
        Line(
            "POST /user-api-key/activate",
            "/user-api-key/activate",
            #"{"user_code":"none"}"#,
            [403, 404, 404, 404]
        ),
        Line(
            "POST /user-api-key/activate/authorize",
            "/user-api-key/activate/authorize",
            #"{"user_code":"none"}"#,
            [403, 404, 404, 404]
        ),
        Line(
            "POST /user-api-key/activate/deny",
            "/user-api-key/activate/deny",
            #"{"user_code":"none"}"#,
            [403, 404, 404, 404]
        ),
        Line("POST /session/otp/{token}", "/session/otp/0123", [404, 404, 404, 404]),
        Line(
            "POST /admin/api/keys",
            "/admin/api/keys.json",
            #"{"key":{"description":"Of a test"}}"#,
            onlyAdmins
        ),
        Line(
            "PUT /admin/api/keys/{id}",
            "/admin/api/keys/1.json",
            #"{"key":{"description":"Renamed"}}"#,
            onlyAdmins
        ),
        Line(
            "POST /admin/api/keys/{id}/revoke",
            "/admin/api/keys/2/revoke.json",
            onlyAdmins
        ),
        Line(
            "POST /admin/api/keys/{id}/undo-revoke",
            "/admin/api/keys/2/undo-revoke.json",
            onlyAdmins
        ),
        Line("DELETE /admin/api/keys/{id}", "/admin/api/keys/2.json", onlyAdmins),
        Line(
            "PUT /admin/site_settings/{name}",
            "/admin/site_settings/title.json",
            #"{"title":"Another title"}"#,
            onlyAdmins
        ),
        Line(
            "PUT /admin/customize/site_texts/{id}",
            "/admin/customize/site_texts/user_api_key.title.json",
            #"{"site_text":{"value":"Let a program in"}}"#,
            onlyAdmins
        ),
        Line(
            "DELETE /admin/customize/site_texts/{id}",
            "/admin/customize/site_texts/user_api_key.title.json",
            onlyAdmins
        ),
        Line(
            "POST /admin/color_schemes",
            "/admin/color_schemes.json",
            #"{"color_scheme":{"name":"Dark","colors":[{"name":"primary","hex":"dddddd"}]}}"#,
            onlyAdmins
        ),
    ]
}
