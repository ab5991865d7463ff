import Forum
import ForumAPI
import HTTPTypes
import TestSupport
import Testing

@testable import ForumWeb

@Suite struct SignUpTests {
    @Test func `a visitor passes the snare by sending it back`() async throws {
        try await WebSite.with { web in
            let snare = SignUpSnare(community: web.community)
            let challenge = String(snare.challenge("here").reversed())
            func signUp(_ name: String, _ value: String, _ challenge: String) async throws -> Answer
            {
                try await web.send(
                    .post,
                    "/users.json",
                    form:
                        "username=\(name)&email=\(name)@example.org&password=correct horse battery"
                        + "&password_confirmation=\(value)&challenge=\(challenge)"
                )
            }
            let robot = try await signUp("robot", "x", "y")
            #expect(robot.status == 200)
            #expect(try await web.community.user(named: "robot") == nil)
            let person = try await signUp("person", snare.value("here"), challenge)
            #expect(person.status == 200)
            #expect(try await web.community.user(named: "person") != nil)
            // What the two are told differs in the address alone.
            #expect(
                robot.text.replacing("robot", with: "person") == person.text
            )
        }
    }

    @Test func `looking at a mailed link uses nothing up`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("anna")
            let token = try #require(
                try await web.community.passwordResetToken(login: "anna")
            ).token
            for _ in 0..<3 {
                let page = try await web.send(.get, "/u/password-reset/\(token)")
                #expect(page.status == 200)
                #expect(page.text.contains("<form method=\"post\""))
            }
            // A browser without any cookie of this site: the address is all the proof there is.
            let done = try await web.send(
                .post,
                "/u/password-reset/\(token)",
                form: "password=a quite different one",
                hasToken: false
            )
            #expect(done.status == 200)
            #expect(try await web.send(.get, "/u/password-reset/\(token)").status == 404)
        }
    }

    @Test func `only administrators are told whether a login exists`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("anna")
            func ask(_ login: String, _ caller: WebSite.Caller) async throws -> String {
                try await web.send(
                    .post,
                    "/session/forgot_password.json",
                    as: caller,
                    json: #"{"login":"\#(login)"}"#
                ).text
            }
            #expect(try await ask("anna", .guest) == ask("nobody", .guest))
            #expect(try await ask("anna", .member("anna")) == ask("nobody", .member("anna")))
            #expect(try await ask("anna", .member("boss")).contains("\"user_found\":true"))
            #expect(try await ask("nobody", .member("boss")).contains("\"user_found\":false"))
        }
    }

    @Test func `what only the person may see is in nobody else's answer`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("anna")
            _ = try await web.site.member("bert")
            let answer = try await web.send(
                .put,
                "/u/anna.json",
                as: .member("anna"),
                json: #"{"muted_usernames":"bert","timezone":"Europe/Rome","bio_raw":"*Hi*"}"#
            )
            #expect(answer.status == 200)
            let own = try await web.send(.get, "/u/anna.json", as: .member("anna")).text
            #expect(own.contains(#""muted_usernames":["bert"]"#))
            for caller in [WebSite.Caller.guest, .member("bert")] {
                let text = try await web.send(.get, "/u/anna.json", as: caller).text
                #expect(text.contains("<em>Hi</em>") || text.contains("\\u003cem"))
                for secret in [#"["bert"]"#, "Europe/Rome", "anna@example.com"] {
                    #expect(!text.contains(secret), "\(secret)")
                }
            }
        }
    }
}
