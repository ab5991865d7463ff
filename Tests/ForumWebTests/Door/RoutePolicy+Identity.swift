/// Second factors and what else proves who somebody is.
extension RoutePolicyTests {
    static let identityReading: [Line] = [
        Line("GET /u/trusted-session", "/u/trusted-session.json", members),
        Line(
            "GET /export_csv/download/{token}",
            "/export_csv/download/0123",
            [403, 404, 404, 404]
        ),
    ]

    /// Those who ask here have keys and no session, so that nothing is confirmed.
    private static let never = [403, 403, 403, 403]

    static let identityWriting: [Line] = [
        Line("POST /u/confirm-session", "/u/confirm-session.json", "{}", never),
        Line("PUT /u/{username}/anonymize", "/u/author/anonymize.json", "{}", never),
        Line(
            "POST /export_csv/export_entity",
            "/export_csv/export_entity.json",
            #"{"entity":"user_list"}"#,
            [403, 400, 400, 400]
        ),
        Line("POST /u/second_factors", "/u/second_factors.json", "{}", members),
        Line("POST /u/create_second_factor_totp", "/u/create_second_factor_totp.json", "{}", never),
        Line(
            "POST /u/enable_second_factor_totp",
            "/u/enable_second_factor_totp.json",
            #"{"name":"Phone","second_factor_token":"123456"}"#,
            never
        ),
        Line(
            "PUT /u/second_factor",
            "/u/second_factor.json",
            #"{"id":1,"second_factor_target":1,"disable":true}"#,
            never
        ),
        Line("PUT /u/disable_second_factor", "/u/disable_second_factor.json", "{}", never),
        Line("PUT /u/second_factors_backup", "/u/second_factors_backup.json", "{}", never),
    ]
}
