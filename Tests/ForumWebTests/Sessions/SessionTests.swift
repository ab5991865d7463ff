import Forum
import ForumAPI
import HTTPTypes
import Postgres
import TestSupport
import Testing

@testable import ForumWeb

@Suite struct SessionTests {
    /// Logs in as a browser does: a token first, then the password. Gives the `_t` cookie.
    private func logIn(_ web: WebSite, _ login: String) async throws -> String {
        let csrf = try await web.send(.get, "/session/csrf.json")
        let cookie = try #require(csrf.cookie("_forum_session"))
        let token = try #require(try csrf.json["csrf"]?.stringValue)
        let answer = try await web.send(
            .post,
            "/session.json",
            form: "login=\(login)&password=\(percentEncoded(TestCommunity.password))",
            headers: [.csrfToken: token, .cookie: "_forum_session=\(cookie)"],
            hasToken: false
        )
        #expect(answer.status == 200)
        #expect(try answer.json["user"]?["username"]?.stringValue == "mia")
        return try #require(answer.cookie("_t"))
    }

    @Test func `a browser logs in, acts and logs out`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("mia")
            let session = try await logIn(web, "mia@example.com")
            let current = try await web.send(.get, "/session/current.json", as: .session(session))
            #expect(try current.json["current_user"]?["username"]?.stringValue == "mia")
            #expect(current.headers[.discourseUsername] == "mia")
            let body = #"{"title":"A title of a good length","raw":"A body of a good length."}"#
            let made = try await web.send(.post, "/posts.json", as: .session(session), json: body)
            #expect(made.status == 200)
            let left = try await web.send(.delete, "/session/mia", as: .session(session))
            #expect(left.status == 200 && left.cookie("_t")?.isEmpty == true)
            let after = try await web.send(.get, "/session/current.json", as: .session(session))
            #expect(after.status == 404 && after.bytes.isEmpty)
            #expect(after.headers[.loggedOut] == "1")
        }
    }

    @Test func `the session cookie cannot be read by scripts or sent from other sites`()
        async throws
    {
        try await WebSite.with { web in
            _ = try await web.site.member("mia")
            let form = "login=mia&password=\(percentEncoded(TestCommunity.password))"
            let answer = try await web.send(.post, "/session.json", form: form)
            let line = try #require(
                answer.headers[values: .setCookie].first { $0.hasPrefix("_t=") }
            )
            #expect(line.contains("HttpOnly") && line.contains("SameSite=Lax"))
            #expect(line.contains("Path=/"))
        }
    }

    @Test func `a cookie without its token changes nothing`() async throws {
        try await WebSite.with { web in
            let mia = try await web.site.member("mia")
            let made = try await web.topic(by: mia)
            let session = try await logIn(web, "mia")
            let other = Authentication(community: web.community).csrfToken(for: "another cookie")
            let attempts: [HTTPFields] = [
                [:],
                [.cookie: "_t=\(session)"],
                [.cookie: "_t=\(session); _forum_session=here"],
                [.cookie: "_t=\(session); _forum_session=here", .csrfToken: other],
                [.cookie: "_t=\(session)", .csrfToken: other],
            ]
            for headers in attempts {
                let answer = try await web.send(
                    .delete,
                    "/t/\(made.topic).json",
                    headers: headers,
                    hasToken: false
                )
                #expect(answer.status == 403 && answer.text == #"["BAD CSRF"]"#)
                #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
            }
            #expect(try await web.send(.get, "/t/\(made.topic).json").status == 200)
        }
    }

    @Test func `a wrong password is told with status 200 and no cookie`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("mia")
            for login in ["mia", "nobody"] {
                let answer = try await web.send(
                    .post,
                    "/session.json",
                    form: "login=\(login)&password=wrong+wrong+wrong"
                )
                #expect(answer.status == 200)
                #expect(
                    try answer.json["error"]?.stringValue == "Incorrect username, email or password"
                )
                #expect(answer.cookie("_t") == nil)
            }
        }
    }

    @Test func `somebody suspended is out at once`() async throws {
        try await WebSite.with { web in
            let mia = try await web.site.member("mia")
            let session = try await logIn(web, "mia")
            try await web.community.suspendUser(
                mia.id,
                until: web.community.clock() + 3600,
                by: web.boss
            )
            let answer = try await web.send(.get, "/notifications.json", as: .session(session))
            #expect(answer.status == 403 && answer.headers[.loggedOut] == "1")
            let byKey = try await web.send(.get, "/notifications.json", as: .member("mia"))
            #expect(byKey.status == 403)
        }
    }

    @Test func `an API key acts as those it is for and as nobody else`() async throws {
        try await WebSite.with { web in
            let mia = try await web.site.member("mia")
            let nora = try await web.site.member("nora")
            let own = try await web.community.createAPIKey(description: "m", for: mia, by: web.boss)
            func current(_ headers: HTTPFields) async throws -> Answer {
                try await web.send(.get, "/session/current.json", headers: headers)
            }
            let unnamed = try await current([.apiKey: own.key])
            #expect(try unnamed.json["current_user"]?["username"]?.stringValue == "mia")
            let numbered = try await current([.apiKey: web.key, .apiUserID: "\(nora.id)"])
            #expect(try numbered.json["current_user"]?["username"]?.stringValue == "nora")
            let refused: [HTTPFields] = [
                [.apiKey: own.key, .apiUsername: "nora"],
                [.apiKey: String(repeating: "0", count: 64), .apiUsername: "mia"],
                [.apiKey: "", .apiUsername: "mia"],
                [.apiKey: web.key, .apiUsername: "nobody"],
                [.apiKey: web.key, .apiUserID: "one"],
            ]
            for headers in refused {
                let answer = try await current(headers)
                #expect(answer.status == 403, "\(headers)")
                #expect(
                    try answer.json["error_type"]?.stringValue == "invalid_access",
                    "\(headers)"
                )
            }
        }
    }

    @Test func `a key in the address or the body proves nothing`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("mia")
            let answer = try await web.send(
                .get,
                "/notifications.json?api_key=\(web.key)&api_username=mia"
            )
            #expect(answer.status == 403)
            #expect(try answer.json["error_type"]?.stringValue == "not_logged_in")
        }
    }
}
