import Cryptography
import Forum
import Hummingbird

/// Forms of plain pages: they carry the token that other requests have in a header.
struct FormGuard: Sendable {
    let authentication: Authentication

    /// The token for the forms of a page, and the cookie to set with it when there was none.
    func token<Body>(for call: Call<Body>) -> (token: String, cookie: Cookie?) {
        if let known = call.cookies[SessionCookie.forum]?.value, !known.isEmpty {
            return (authentication.csrfToken(for: known), nil)
        }
        let value = Random.hex(32)
        let cookie = Cookie(
            name: SessionCookie.forum,
            value: value,
            path: "/",
            secure: authentication.community.baseURL.hasPrefix("https:"),
            httpOnly: true,
            sameSite: .lax
        )
        return (authentication.csrfToken(for: value), cookie)
    }

    /// - Throws: `.forbidden` for a request that a foreign page may have made. Those with a key in
    ///   their headers are none.
    func check<Body>(_ call: Call<Body>) throws {
        if call.proof == .apiKey { return }
        let sent = try call.headers[.csrfToken] ?? call.text("authenticity_token") ?? ""
        guard let cookie = call.cookies[SessionCookie.forum]?.value, !cookie.isEmpty,
            constantTimeEqual(
                Array(sent.utf8),
                Array(authentication.csrfToken(for: cookie).utf8)
            )
        else {
            throw ForumError(
                .forbidden,
                "The form is too old or did not come from this site. Load the page again."
            )
        }
    }
}
