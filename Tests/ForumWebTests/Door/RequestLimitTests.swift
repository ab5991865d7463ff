import Forum
import ForumAPI
import HTTPTypes
import TestSupport
import Testing

@testable import ForumWeb

@Suite struct RequestLimitTests {
    private static let strict = [
        "max_reqs_rate_limit_on_private": "true", "max_reqs_per_ip_per_10_seconds": "0",
        "max_reqs_per_ip_per_minute": "5", "max_admin_api_reqs_per_minute": "4",
    ]

    private static func assertRefused(_ answer: Answer, code: String?) throws {
        #expect(answer.status == 429)
        #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
        #expect(answer.headers[.rateLimitCode] == code)
        let wait = try #require(answer.headers[.retryAfter].flatMap { Int($0) })
        #expect((1...120).contains(wait))
        let body = try answer.json
        #expect(body["error_type"] == "rate_limit")
        #expect(body["extras"]?["wait_seconds"]?.intValue == wait)
        #expect(body["extras"]?["time_left"]?.stringValue != nil)
        #expect(try !answer.errors.isEmpty)
    }

    @Test func `strangers are counted by their address, kept answers included`() async throws {
        try await WebSite.with(settings: Self.strict) { web in
            for _ in 1...5 {
                #expect(try await web.send(.get, "/latest.json").status == 200)
            }
            try Self.assertRefused(
                try await web.send(.get, "/latest.json"),
                code: "ip_60_secs_limit"
            )
            try Self.assertRefused(
                try await web.send(.get, "/nothing", headers: [.accept: "*/*"]),
                code: "ip_60_secs_limit"
            )
        }
    }

    @Test func `members of standing are counted by their name, new ones by their address`()
        async throws
    {
        try await WebSite.with(settings: Self.strict) { web in
            _ = try await web.site.member("newcomer", trustLevel: 0)
            var tokens: [String: String] = [:]
            for name in ["mia", "newcomer"] {
                if name == "mia" { _ = try await web.site.member("mia") }
                let principal = try #require(
                    try await web.community.logIn(
                        login: name,
                        password: TestCommunity.password
                    ).token
                )
                tokens[name] = principal
            }
            let mia = WebSite.Caller.session(try #require(tokens["mia"]))
            let newcomer = WebSite.Caller.session(try #require(tokens["newcomer"]))
            for _ in 1...5 {
                #expect(try await web.send(.get, "/latest.json", as: newcomer).status == 200)
            }
            try Self.assertRefused(
                try await web.send(.get, "/latest.json", as: newcomer),
                code: "ip_60_secs_limit"
            )
            for _ in 1...5 {
                #expect(try await web.send(.get, "/latest.json", as: mia).status == 200)
            }
            try Self.assertRefused(
                try await web.send(.get, "/latest.json", as: mia),
                code: "id_60_secs_limit"
            )
        }
    }

    @Test func `all keys of the site share one bucket, and bad ones count as strangers`()
        async throws
    {
        try await WebSite.with(settings: Self.strict) { web in
            for name in ["boss", "boss", "boss", "boss"] {
                #expect(try await web.send(.get, "/latest.json", as: .member(name)).status == 200)
            }
            try Self.assertRefused(
                try await web.send(.get, "/latest.json", as: .member("boss")),
                code: "admin_api_key_rate_limit"
            )
            for _ in 1...5 {
                let answer = try await web.send(
                    .get,
                    "/latest.json",
                    as: .member("boss"),
                    headers: [.apiKey: "0123456789"]
                )
                #expect(answer.status == 403)
            }
            let answer = try await web.send(
                .get,
                "/latest.json",
                as: .member("boss"),
                headers: [.apiKey: "0123456789"]
            )
            try Self.assertRefused(answer, code: "ip_60_secs_limit")
        }
    }

    @Test func `log-ins and searches have limits of their own`() async throws {
        let settings = [
            "max_reqs_rate_limit_on_private": "true", "max_reqs_per_ip_mode": "none",
            "max_logins_per_ip_per_minute": "2", "rate_limit_search_anon_user_per_second": "0",
            "rate_limit_search_anon_user_per_minute": "2", "rate_limit_search_user": "1",
            "max_admin_api_reqs_per_minute": "0",
        ]
        try await WebSite.with(settings: settings) { web in
            _ = try await web.site.member("mia")
            func logIn(_ password: String) async throws -> Answer {
                try await web.send(
                    .post,
                    "/session.json",
                    form: "login=mia&password=\(password)"
                )
            }
            for _ in 1...2 { #expect(try await logIn("wrong").status == 200) }
            let refused = try await logIn("wrong")
            try Self.assertRefused(refused, code: nil)
            for _ in 1...2 {
                #expect(try await web.send(.get, "/search.json?q=something").status == 200)
            }
            try Self.assertRefused(
                try await web.send(.get, "/search.json?q=something"),
                code: nil
            )
            let mia = WebSite.Caller.member("mia")
            #expect(try await web.send(.get, "/search.json?q=thing", as: mia).status == 200)
            try Self.assertRefused(
                try await web.send(.get, "/search.json?q=thing", as: mia),
                code: nil
            )
        }
    }

    @Test func `only a trusted proxy says where a request comes from`() async throws {
        let proxies = TrustedProxies()
        func client(_ peer: String, _ forwarded: String...) -> String? {
            proxies.client(peer: peer, forwarded: forwarded, trusted: "10.0.0.0/8, ::1")
        }
        #expect(client("192.0.2.1", "198.51.100.7") == "192.0.2.1")
        #expect(client("10.1.2.3", "198.51.100.7") == "198.51.100.7")
        #expect(client("::1", "203.0.113.9, 198.51.100.7, 10.9.9.9") == "198.51.100.7")
        #expect(client("::1", "203.0.113.9", "2001:db8::5") == "2001:db8::5")
        #expect(client("10.1.2.3", "rubbish") == "10.1.2.3")
        #expect(client("10.1.2.3", "198.51.100.7, rubbish") == "10.1.2.3")
        #expect(client("10.1.2.3") == "10.1.2.3")
        #expect(NetworkList(parsing: "10.0.0.0/33") == nil)
        #expect(NetworkList(parsing: "localhost") == nil)
        #expect(ClientNetwork.of("2001:db8:1:2::5") == ClientNetwork.of("2001:db8:1:2:ffff::9"))
        #expect(ClientNetwork.of("2001:db8:1:2::5") != ClientNetwork.of("2001:db8:1:3::5"))
        for address in [
            "127.0.0.1", "::1", "192.168.3.4", "172.20.0.1", "fd00::1", "::ffff:10.0.0.1",
        ] {
            #expect(ClientNetwork.isPrivate(address), "\(address)")
        }
        for address in ["8.8.8.8", "172.32.0.1", "2001:db8::1", ""] {
            #expect(!ClientNetwork.isPrivate(address), "\(address)")
        }
    }

    @Test func `clients behind a trusted proxy are counted each by itself`() async throws {
        let settings = Self.strict.merging([
            "max_reqs_rate_limit_on_private": "false", "trusted_proxies": "127.0.0.1, ::1",
        ]) { $1 }
        try await WebSite.with(settings: settings, isLive: true) { web in
            func ask(_ address: String) async throws -> Int {
                try await web.send(.get, "/latest.json", headers: [.forwardedFor: address]).status
            }
            let first = [Int](repeating: 200, count: 5)
            // What the client itself wrote before the proxy's word changes nothing.
            let cases = [
                ("198.51.100.1", first + [429]), ("198.51.100.200, 198.51.100.1", [429]),
                ("198.51.100.2", [200]), ("192.168.1.5", first + first),
            ]
            for (address, expected) in cases {
                for status in expected {
                    let answer = try await ask(address)
                    #expect(answer == status, "\(address)")
                }
            }
        }
    }
}

extension LogInOutcome {
    fileprivate var token: String? {
        guard case .loggedIn(let token, _) = self else { return nil }
        return token
    }
}
