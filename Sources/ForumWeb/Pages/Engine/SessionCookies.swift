import Forum
import Hummingbird

extension Community {
    /// A cookie of this site that scripts cannot read.
    func cookie(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
        Cookie(
            name: name,
            value: value,
            maxAge: maxAge,
            path: "/",
            secure: baseURL.hasPrefix("https:"),
            httpOnly: true,
            sameSite: .lax
        )
    }

    /// The cookie of somebody who has logged in.
    func sessionCookie(_ token: String) -> Cookie {
        cookie(SessionCookie.session, token, maxAge: Limits.sessionIdleSeconds)
    }

    var endOfSessionCookie: Cookie { cookie(SessionCookie.session, "", maxAge: 0) }
}
