import Cryptography
import Forum
import HTTPTypes
import Hummingbird

/// Forms of plain pages: they carry the token that other requests have in a header.
struct FormGuard: Sendable {
    let authentication: Authentication

    /// The token for the forms of a page.
    func token<Body>(for call: Call<Body>) -> FormToken {
        if let known = call.cookies[SessionCookie.forum]?.value, !known.isEmpty {
            return FormToken(
                text: authentication.csrfToken(for: known),
                browser: known,
                cookie: nil
            )
        }
        let value = Random.hex(32)
        return FormToken(
            text: authentication.csrfToken(for: value),
            browser: value,
            cookie: authentication.community.cookie(SessionCookie.forum, value)
        )
    }

    /// - Throws: `.forbidden` for a request that a foreign page may have made. Those with a key in
    ///   their headers are none.
    func check<Body>(_ call: Call<Body>) throws {
        if call.proof == .apiKey { return }
        guard isFromHere(call.headers) else {
            throw ForumError(.forbidden, "The form did not come from this site.")
        }
        let sent = try call.headers[.csrfToken] ?? call.text("authenticity_token") ?? ""
        guard let cookie = call.cookies[SessionCookie.forum]?.value, !cookie.isEmpty,
            authentication.isToken(sent, for: cookie)
        else {
            throw ForumError(
                .forbidden,
                "The form is too old or did not come from this site. Load the page again."
            )
        }
    }

    /// What the browser itself says of the page that holds the form.
    private func isFromHere(_ headers: HTTPFields) -> Bool {
        if let site = headers[.fetchSite] { return site == "same-origin" || site == "none" }
        guard let origin = headers[.origin] else { return true }
        return origin == authentication.community.origin
    }
}

/// What the forms of one browser carry.
struct FormToken: Sendable {
    let text: String
    /// What the browser is known by: the value of its `_forum_session` cookie.
    let browser: String
    /// To be set with the page, when the browser had none.
    let cookie: Cookie?
}

extension Community {
    /// Scheme, host and port, as browsers write them.
    fileprivate var origin: String {
        guard let scheme = baseURL.firstRange(of: "://") else { return baseURL }
        return String(baseURL[..<scheme.upperBound])
            + baseURL[scheme.upperBound...].prefix { $0 != "/" }
    }
}

extension HTTPField.Name {
    fileprivate static let fetchSite = named("Sec-Fetch-Site")
}
