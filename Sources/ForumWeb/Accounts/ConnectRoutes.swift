import Cryptography
import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Markup

/// DiscourseConnect: log-in through another site, and of other sites through this one.
struct ConnectRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Accounts.syncConnect, .admin) { call in
            let user = try await community.syncConnect(
                sso: call.body.sso,
                sig: call.body.sig,
                by: call.principal
            )
            return try await ProfileReply.body(
                community,
                named: user.username,
                viewer: call.viewer,
                proof: call.proof
            )
        }
        routes.serve(.get, "/session/sso", .open) { call in
            let known = call.cookies[SessionCookie.forum]?.value
            let browser = known.flatMap { $0.isEmpty ? nil : $0 } ?? Random.hex(32)
            let address = try await community.connectAddress(
                returnTo: call.text("return_path"),
                browser: browser
            )
            var response = Self.redirect(to: address)
            if browser != known { response.setCookie(cookie(SessionCookie.forum, browser)) }
            return response
        }
        routes.serve(.get, "/session/sso_login", .open) { call in try await logIn(call) }
        routes.serve(.get, "/session/sso_provider", .open) { call in
            let answer = try await community.connectProvider(
                sso: call.text("sso") ?? "",
                sig: call.text("sig") ?? "",
                viewer: call.viewer
            )
            guard let answer else { return Self.redirect(to: "/login") }
            var response = Self.redirect(to: answer.address)
            if answer.logsOut, case .session(let token) = call.proof {
                try await community.logOut(sessionToken: token)
                response.setCookie(cookie(SessionCookie.session, "", maxAge: 0))
            }
            return response
        }
    }

    private func logIn(_ call: Call<WireValue>) async throws -> Response {
        let outcome = try await community.connectLogIn(
            sso: call.requiredText("sso"),
            sig: call.requiredText("sig"),
            browser: call.cookies[SessionCookie.forum]?.value ?? "",
            clientIP: call.clientAddress,
            userAgent: call.headers[.userAgent]
        )
        switch outcome {
        case .loggedIn(let token, let path):
            var response = Self.redirect(to: path)
            let seconds = Forum.Limits.sessionIdleSeconds
            response.setCookie(cookie(SessionCookie.session, token, maxAge: seconds))
            return response
        case .expired:
            // Discourse's status for it.
            return page("The log-in took too long. Please try again.", .init(code: 419))
        case .suspended: return page("This account is suspended.", .forbidden)
        case .notApproved: return page("Your account hasn't been approved yet.", .forbidden)
        case .notActivated:
            return page("Please confirm your address by the mail we sent.", .forbidden)
        }
    }

    private func page(_ text: String, _ status: HTTPResponse.Status) -> Response {
        .page(title: "Log in", body: "<p>\(Escape.html(text))</p>", status: status)
    }

    private static func redirect(to address: String) -> Response {
        var response = Response.empty(.found)
        response.headers[.location] = address
        return response
    }

    private func cookie(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
        Cookie(
            name: name,
            value: value,
            maxAge: maxAge,
            path: "/",
            secure: community.baseURL.hasPrefix("https:"),
            httpOnly: true,
            sameSite: .lax
        )
    }
}
