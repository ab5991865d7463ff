import Cryptography
import Forum
import ForumAPI
import HTTPTypes
import Postgres
import TestSupport
import Testing

@testable import ForumWeb

@Suite struct SecondFactorRouteTests {
    /// Turns an authenticator on by the routes alone. Gives the session and the secret.
    private func setUp(_ web: WebSite, _ name: String) async throws -> (String, [UInt8]) {
        web.site.clock.set(Timestamp(secondsSince1970: 1_800_000_015.0))
        let principal = try await web.site.member(name)
        let session = try await web.community.openSession(for: principal)
        let caller = WebSite.Caller.session(session)
        let password = percentEncoded(TestCommunity.password)
        func send(_ path: String, _ form: String) async throws -> Answer {
            try await web.send(.post, path, as: caller, form: form)
        }
        #expect(try await send("/u/confirm-session.json", "password=\(password)").status == 200)
        let staged = try await send("/u/create_second_factor_totp.json", "")
        let key = try #require(try staged.json["key"]?.stringValue)
        let secret = try #require(Base32.decode(key.filter { $0 != " " }.lowercased()))
        let code = code(web, secret, step: -1)
        let enabled = try await send(
            "/u/enable_second_factor_totp.json",
            "name=Phone&second_factor_token=\(code)"
        )
        #expect(try enabled.json["success"]?.stringValue == "OK")
        return (session, secret)
    }

    private func code(_ web: WebSite, _ secret: [UInt8], step: Int64 = 0) -> String {
        let now = OneTimeCode.step(at: web.site.clock.now.secondsSince1970)
        return OneTimeCode.code(secret: secret, step: now + step)
    }

    @Test func `a log-in without the code has Discourse's answer`() async throws {
        try await WebSite.with { web in
            let (_, secret) = try await setUp(web, "mia")
            let form = "login=mia&password=\(percentEncoded(TestCommunity.password))"
            let answer = try await web.send(.post, "/session.json", form: form)
            #expect(answer.status == 200 && answer.cookie("_t") == nil)
            let body = try answer.json
            #expect(body["failed"]?.stringValue == "FAILED")
            #expect(body["ok"] == .bool(false))
            #expect(body["reason"]?.stringValue == "invalid_second_factor_method")
            #expect(body["totp_enabled"] == .bool(true))
            #expect(body["backup_enabled"] == .bool(false))
            let more = "&second_factor_method=1&second_factor_token=\(code(web, secret))"
            let entered = try await web.send(.post, "/session.json", form: form + more)
            #expect(entered.cookie("_t") != nil)
        }
    }

    @Test func `the log-in form asks for the code on a page of its own`() async throws {
        try await WebSite.with { web in
            let (_, secret) = try await setUp(web, "mia")
            let token = percentEncoded(
                Authentication(community: web.community).csrfToken(for: "here")
            )
            func post(_ form: String) async throws -> Answer {
                try await web.send(
                    .post,
                    "/forms/log-in",
                    form: "authenticity_token=\(token)&return_path=/user-api-key/activate&" + form,
                    headers: [.accept: "text/html"]
                )
            }
            let password = percentEncoded(TestCommunity.password)
            let asked = try await post("login=mia&password=\(password)")
            #expect(asked.status == 200 && asked.cookie("_t") == nil)
            let ticket = try #require(
                try /name="ticket" value="([^"]+)"/.firstMatch(in: asked.text)?.1
            )
            let wrong = try await post("ticket=\(ticket)&code=000000")
            #expect(wrong.status == 403 && wrong.text.contains("Invalid authentication code"))
            let entered = try await post("ticket=\(ticket)&code=\(code(web, secret))")
            #expect(entered.status == 303 && entered.cookie("_t") != nil)
        }
    }

    @Test func `a site may ask everybody, or its staff, for a second factor`() async throws {
        try await WebSite.with { web in
            let mia = try await web.site.member("mia")
            let session = try await web.community.openSession(for: mia)
            func status(_ path: String, _ accept: String = "application/json") async throws -> Int {
                try await web.send(.get, path, as: .session(session), headers: [.accept: accept])
                    .status
            }
            try await web.community.settings.set("enforce_second_factor", to: "staff")
            #expect(try await status("/latest.json") == 200)
            try await web.community.settings.set("enforce_second_factor", to: "all")
            #expect(try await status("/latest.json") == 403)
            #expect(try await status("/session/current.json") == 200)
            #expect(try await status("/u/trusted-session.json") == 200)
            let page = try await web.send(
                .get,
                "/latest",
                as: .session(session),
                headers: [.accept: "text/html"]
            )
            #expect(page.status == 302)
            #expect(page.headers[.location] == "/u/mia/preferences/second-factor")
            #expect(try await web.send(.get, "/latest.json", as: .member("mia")).status == 200)
            #expect(try await web.send(.get, "/latest.json").status == 200)
            let (guarded, _) = try await setUp(web, "nora")
            let answer = try await web.send(.get, "/latest.json", as: .session(guarded))
            #expect(answer.status == 200)
        }
    }

    @Test func `keys of programs change no factor`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("mia")
            for (method, path) in [
                ("POST", "/u/create_second_factor_totp.json"),
                ("PUT", "/u/disable_second_factor.json"),
                ("PUT", "/u/second_factors_backup.json"),
            ] {
                let answer = try await web.send(
                    method == "POST" ? .post : .put,
                    path,
                    as: .member("mia"),
                    json: "{}"
                )
                #expect(answer.status == 403)
            }
        }
    }

    @Test func `people see their own factors, administrators those of others, nobody else`()
        async throws
    {
        try await WebSite.with { web in
            _ = try await setUp(web, "mia")
            _ = try await web.site.member("nora")
            for (name, isSeen) in [("mia", true), ("boss", true), ("nora", false)] {
                let answer = try await web.send(.get, "/u/mia.json", as: .member(name))
                #expect(
                    try answer.json["user"]?["second_factor_enabled"] == .bool(isSeen)
                )
            }
        }
    }
}
