/// What is asked for by mail and confirmed by a link.
extension RoutePolicyTests {
    private static let unknownLink = [422, 422, 422, 422]
    private static let noImport = [404, 404, 404, 404]

    static let mailInReading: [Line] = [
        Line("GET /email/confirm/{token}", "/email/confirm/0123", unknownLink),
        Line(
            "GET /admin/email/smtp_should_reject",
            "/admin/email/smtp_should_reject.json?from=a@example.org&to=b@example.org",
            [404, 404, 404, 200]
        ),
        Line("GET /admin/imports", "/admin/imports.json", [404, 404, 404, 200]),
    ]

    static let mailInWriting: [Line] = [
        Line("POST /email/confirm/{token}", "/email/confirm/0123", unknownLink),
        Line(
            "POST /admin/email/advanced-test",
            "/admin/email/advanced-test.json",
            #"{"email":"From: a@b.example\n\nWords."}"#,
            [404, 404, 404, 200]
        ),
        Line("PUT /admin/imports/{id}/publish", "/admin/imports/999/publish.json", noImport),
        Line("DELETE /admin/imports/{id}", "/admin/imports/999.json", noImport),
    ]
}
