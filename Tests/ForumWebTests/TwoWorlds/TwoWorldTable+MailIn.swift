@testable import ForumWeb

/// Pages that links in mails about mail lead to.
extension TwoWorldTable {
    static let mailIn: [TwoWorldLine] = [
        TwoWorldLine("GET /email/confirm/{token}", "/email/confirm/0123"),
        TwoWorldLine(
            "GET /admin/email/smtp_should_reject",
            "/admin/email/smtp_should_reject.json?from=a@example.org&to=b@example.org"
        ),
        TwoWorldLine("GET /admin/imports", "/admin/imports.json"),
    ]
}
