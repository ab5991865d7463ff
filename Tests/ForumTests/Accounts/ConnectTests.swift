import Forum
import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct ConnectTests {
    private static let secret = "a secret of ten or more"
    private static let settings = [
        "discourse_connect_url": "https://sso.example/login",
        "discourse_connect_secret": secret, "enable_discourse_connect": "true",
        "enable_discourse_connect_provider": "true",
        "discourse_connect_provider_secrets": "app.example|another secret of ten",
    ]

    private func parts(
        _ fields: [String: String],
        secret: String = secret
    ) throws -> (sso: String, sig: String) {
        let query = ConnectPayload(fields: fields).query(secret: secret)
        let pairs = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
        let sso = try #require(String(pairs[0][1]).removingPercentEncoding)
        return (sso, String(pairs[1][1]))
    }

    @Test func `an account is made, found again and brought up to date`() async throws {
        try await TestCommunity.with(settings: Self.settings) { site in
            let boss = try await site.admin()
            let group = try await site.group("crew")
            var fields = [
                "external_id": "77", "email": "Eva@example.org", "username": "eva",
                "name": "Eva Müller", "add_groups": "crew", "custom.team": "red",
            ]
            let first = try parts(fields)
            let user = try await site.community.syncConnect(
                sso: first.sso,
                sig: first.sig,
                by: boss
            )
            #expect(user.username == "eva")
            #expect(user.name == "Eva Müller")
            #expect(user.isActive)
            let principal = try #require(try await site.community.principal(for: user.id))
            #expect(principal.groupIDs.contains(group.id.value))
            fields["groups"] = ""
            fields["add_groups"] = nil
            fields["email"] = "other@example.org"
            let second = try parts(fields)
            let again = try await site.community.syncConnect(
                sso: second.sso,
                sig: second.sig,
                by: boss
            )
            #expect(again.id == user.id)
            #expect(try await site.community.account(for: user.id)?.email == "eva@example.org")
            #expect(try await !site.refreshed(principal).groupIDs.contains(group.id.value))
            #expect(
                try await site.community.user(
                    provider: "discourse_connect",
                    externalID: "77",
                    by: boss
                ).id == user.id
            )
        }
    }

    @Test func `nothing unsigned, foreign or incomplete gets through`() async throws {
        try await TestCommunity.with(settings: Self.settings) { site in
            let boss = try await site.admin()
            let anna = try await site.member("anna")
            let good = try parts(["external_id": "1", "email": "a@example.org"])
            let foreign = try parts(
                ["external_id": "1", "email": "a@example.org"],
                secret: "something else"
            )
            let empty = try parts(["external_id": "", "email": "a@example.org"])
            let unvouched = try parts([
                "external_id": "2", "email": "anna@example.com", "require_activation": "true",
            ])
            for bad in [foreign, empty, unvouched, (good.sso, good.sig + "0"), ("", "")] {
                await #expect(throws: ForumError.self) {
                    _ = try await site.community.syncConnect(sso: bad.0, sig: bad.1, by: boss)
                }
            }
            await #expect(throws: ForumError.forbidden) {
                _ = try await site.community.syncConnect(sso: good.sso, sig: good.sig, by: anna)
            }
        }
    }

    @Test func `a log-in through the other site counts once, for one browser`() async throws {
        try await TestCommunity.with(settings: Self.settings) { site in
            let address = try await site.community.connectAddress(
                returnTo: "//evil.example",
                browser: "mine"
            )
            #expect(address.hasPrefix("https://sso.example/login?sso="))
            let query = try #require(address.split(separator: "?").last)
            let pairs = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
            let asked = try ConnectPayload(
                sso: try #require(String(pairs[0][1]).removingPercentEncoding),
                sig: String(pairs[1][1]),
                secret: Self.secret
            )
            let back = try parts([
                "nonce": try #require(asked["nonce"]), "external_id": "9",
                "email": "eva@example.org",
            ])
            func logIn(_ browser: String) async throws -> ConnectOutcome {
                try await site.community.connectLogIn(
                    sso: back.sso,
                    sig: back.sig,
                    browser: browser,
                    clientIP: nil,
                    userAgent: nil
                )
            }
            guard case .expired = try await logIn("another") else {
                Issue.record("another browser was let in")
                return
            }
            guard case .loggedIn(let token, let path) = try await logIn("mine") else {
                Issue.record("nobody was let in")
                return
            }
            #expect(path == "/")
            #expect(try await site.community.authenticate(sessionToken: token) != nil)
            guard case .expired = try await logIn("mine") else {
                Issue.record("a nonce counted twice")
                return
            }
        }
    }

    @Test func `this site tells only the sites it knows who is logged in`() async throws {
        try await TestCommunity.with(settings: Self.settings) { site in
            let anna = try await site.member("anna")
            let known = "another secret of ten"
            let asked = try parts(
                ["nonce": "n", "return_sso_url": "https://app.example/back"],
                secret: known
            )
            let answer = try await site.community.connectProvider(
                sso: asked.sso,
                sig: asked.sig,
                viewer: .member(anna)
            )
            #expect(answer?.address.hasPrefix("https://app.example/back?sso=") == true)
            let nobody = try await site.community.connectProvider(
                sso: asked.sso,
                sig: asked.sig,
                viewer: .anonymous
            )
            #expect(nobody == nil)
            for url in ["https://evil.example/", "https://app.example@evil.example/", "x"] {
                let bad = try parts(["nonce": "n", "return_sso_url": url], secret: known)
                await #expect(throws: ForumError.self) {
                    _ = try await site.community.connectProvider(
                        sso: bad.sso,
                        sig: bad.sig,
                        viewer: .member(anna)
                    )
                }
            }
        }
    }
}
