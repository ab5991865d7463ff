import Cryptography
import Forum
import ForumAPI
import HTTPTypes
import Hummingbird

/// DiscourseConnect: log-in through another site, and of other sites through this one.
struct ConnectRoutes: Sendable {
    let community: Community
    let pages: PageWriter

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
            if browser != known {
                response.setCookie(community.cookie(SessionCookie.forum, browser))
            }
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
                response.setCookie(community.endOfSessionCookie)
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
            response.setCookie(community.sessionCookie(token))
            return response
        case .expired:
            // Discourse's status for it.
            return try await page(
                "The log-in took too long. Please try again.",
                .init(code: 419),
                call
            )
        case .suspended: return try await page("This account is suspended.", .forbidden, call)
        case .notApproved:
            return try await page("Your account hasn't been approved yet.", .forbidden, call)
        case .notActivated:
            return try await page(
                "Please confirm your address by the mail we sent.",
                .forbidden,
                call
            )
        }
    }

    private func page(
        _ text: String,
        _ status: HTTPResponse.Status,
        _ call: Call<WireValue>
    ) async throws -> Response {
        var page = PlainPage("Log in")
        page.problems = [text]
        page.links = [("Log in", "/login"), ("Front page", "/")]
        return try await pages.response(page, status, for: call)
    }

    private static func redirect(to address: String) -> Response {
        var response = Response.empty(.found)
        response.headers[.location] = address
        return response
    }
}
