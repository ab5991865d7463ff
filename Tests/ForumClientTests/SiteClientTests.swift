import ForumAPI
import Testing

@testable import ForumClient

/// A client for a test site, closed afterwards.
func withClient(
    of site: LoopbackSite,
    as credentials: Credentials = .anonymous,
    bodyFormat: SiteClient.BodyFormat = .form,
    _ body: (SiteClient) async throws -> Void
) async throws {
    let client = SiteClient(
        site: try SiteAddress(site.address),
        credentials: credentials,
        version: "9.8",
        bodyFormat: bodyFormat
    )
    do {
        try await body(client)
    } catch {
        await client.close()
        throw error
    }
    await client.close()
}

struct SiteClientTests {
    @Test func `reading asks for JSON and says who asks`() async throws {
        try await LoopbackSite.with { _ in
            Answer(#"{"topic_list":{"topics":[{"id":4,"title":"T"}]}}"#)
        } _: { site in
            try await withClient(of: site) { client in
                let list = try await client.call(
                    API.Topics.latest,
                    body: TopicListQuery(page: 2, order: "views")
                )
                #expect(list.topicList.topics.map(\.id) == [4])
            }
            let asked = try #require(site.asked.first)
            #expect(asked.method == "GET")
            #expect(asked.uri == "/latest.json?page=2&order=views")
            #expect(asked.headers["accept"] == "application/json")
            #expect(asked.headers["user-agent"] == "parley/9.8")
            #expect(asked.headers["cookie"] == nil)
        }
    }

    @Test func `keys go into headers and writes need no token`() async throws {
        try await LoopbackSite.with { _ in
            Answer(#"{"id":9}"#)
        } _: { site in
            let key = Secret("k3y")
            try await withClient(of: site, as: .apiKey(key, username: "ann")) { client in
                let post = try await client.call(
                    API.Posts.create,
                    body: CreatePostRequest(raw: "a & b", title: "t", tags: ["x", "y"])
                )
                #expect(post.post?.id == 9)
                client.use(.userAPIKey(key, clientID: "c1"))
                _ = try await client.call(API.Posts.delete, path: ["post_id": "9"], body: .init())
            }
            #expect(site.asked.count == 2)
            #expect(site.asked[0].body == "raw=a%20%26%20b&title=t&tags%5B%5D=x&tags%5B%5D=y")
            #expect(site.asked[0].headers["api-key"] == "k3y")
            #expect(site.asked[0].headers["api-username"] == "ann")
            #expect(
                site.asked[0].headers["content-type"] == "application/x-www-form-urlencoded"
            )
            #expect(site.asked[1].method == "DELETE")
            #expect(site.asked[1].headers["user-api-key"] == "k3y")
            #expect(site.asked[1].headers["user-api-client-id"] == "c1")
            #expect(site.asked[1].headers["api-key"] == nil)
        }
    }

    @Test func `bodies may be JSON`() async throws {
        try await LoopbackSite.with { _ in
            Answer(#"{"success":"OK"}"#)
        } _: { site in
            try await withClient(
                of: site,
                as: .apiKey(Secret("k"), username: nil),
                bodyFormat: .json
            ) { client in
                _ = try await client.call(
                    API.Topics.setLevel,
                    path: ["topic_id": "5"],
                    body: NotificationLevelRequest(notificationLevel: 3)
                )
            }
            #expect(site.asked.first?.body == #"{"notification_level":3}"#)
            #expect(site.asked.first?.headers["content-type"] == "application/json")
        }
    }

    private static func logInSite(_ asked: Asked) -> Answer {
        switch (asked.method, asked.uri) {
        case ("GET", "/session/csrf.json"):
            return Answer(
                #"{"csrf":"tok"}"#,
                headers: [("Set-Cookie", "_forum_session=s1; path=/; HttpOnly; SameSite=Lax")]
            )
        case ("POST", "/session.json") where asked.headers["x-csrf-token"] != "tok":
            return Answer(#"["BAD CSRF"]"#, status: 403)
        case ("POST", "/session.json") where asked.body.contains("second_factor_token=123"):
            return Answer(
                #"{"user":{"id":1,"username":"ann"}}"#,
                headers: [("Set-Cookie", "_t=secret; path=/"), ("Set-Cookie", "old=; Max-Age=0")]
            )
        case ("POST", "/session.json") where asked.body.contains("password=right"):
            return Answer(
                #"{"failed":"FAILED","ok":false,"error":"Code?","totp_enabled":true,"#
                    + #""reason":"invalid_second_factor"}"#
            )
        case ("POST", "/session.json"):
            return Answer(#"{"error":"Incorrect username, email or password"}"#)
        case ("GET", "/session/current.json") where asked.headers["cookie"]?.contains("_t=") == true:
            return Answer(#"{"current_user":{"id":1,"username":"ann","admin":true}}"#)
        case ("DELETE", "/session/ann"): return Answer(#"{"redirect_url":"/"}"#)
        default: return Answer("", status: 404)
        }
    }

    @Test func `a login asks for a token, then for a code, and keeps the session`() async throws {
        try await LoopbackSite.with(SiteClientTests.logInSite) { site in
            try await withClient(of: site) { client in
                await #expect(
                    throws: ClientError.loginRefused(
                        message: "Incorrect username, email or password"
                    )
                ) { try await client.logIn("ann", password: Secret("wrong")) }
                #expect(try await client.currentUser() == nil)
                let first = try await client.logIn("ann", password: Secret("right"))
                #expect(first == .secondFactorNeeded(message: "Code?"))
                let second = try await client.logIn(
                    "ann",
                    password: Secret("right"),
                    secondFactor: Secret("123")
                )
                guard case .loggedIn(let user) = second else {
                    Issue.record("not logged in")
                    return
                }
                #expect(user.username == "ann")
                #expect(client.credentials.username == "ann")
                #expect(
                    client.credentials
                        == .session(
                            username: "ann",
                            cookies: ["_forum_session": Secret("s1"), "_t": Secret("secret")]
                        )
                )
                #expect(try await client.currentUser()?.admin == true)
                try await client.logOut()
                #expect(client.credentials == .anonymous)
            }
            let last = try #require(site.asked.last)
            #expect(last.method == "DELETE")
            #expect(last.headers["cookie"] == "_forum_session=s1; _t=secret")
            #expect(last.headers["x-csrf-token"] == "tok")
        }
    }

    @Test func `a stale token is fetched anew, once`() async throws {
        try await LoopbackSite.with { asked in
            if asked.uri == "/session/csrf.json" { return Answer(#"{"csrf":"tok"}"#) }
            return Answer(#"["BAD CSRF"]"#, status: 403, headers: [])
        } _: { site in
            let session = Credentials.session(username: "ann", cookies: ["_t": Secret("x")])
            try await withClient(of: site, as: session) { client in
                await #expect(throws: ClientError.self) {
                    try await client.call(API.Posts.create, body: CreatePostRequest(raw: "x"))
                }
            }
            #expect(site.asked.map(\.method) == ["GET", "POST", "GET", "POST"])
        }
    }

    private static let failures: [(Answer, ClientError)] = [
        (Answer("", status: 404), .notFound),
        (
            Answer(#"{"errors":["gone"],"error_type":"not_found"}"#, status: 404), .notFound
        ),
        (
            Answer(#"{"errors":["Log in."],"error_type":"not_logged_in"}"#, status: 403),
            .auth(message: "Log in.")
        ),
        (
            Answer(#"{"errors":["No."],"error_type":"invalid_access"}"#, status: 403),
            .forbidden(message: "No.")
        ),
        (
            Answer(#"{"errors":["Too short","Bad \u001b[31mtitle"]}"#, status: 422),
            .invalid(messages: ["Too short", "Bad [31mtitle"])
        ),
        (Answer(#"{"errors":["Nope"]}"#), .invalid(messages: ["Nope"])),
        (
            Answer(
                #"{"errors":["slow"],"error_type":"rate_limit","extras":{"wait_seconds":7}}"#,
                status: 429,
                headers: [("Retry-After", "99")]
            ), .rateLimited(seconds: 7)
        ),
        (
            Answer("slow down", status: 429, headers: [("Retry-After", "12")]),
            .rateLimited(seconds: 12)
        ),
        (Answer("slow down", status: 429), .rateLimited(seconds: 10)),
        (
            Answer(#"{"errors":["Read only"],"error_type":"read_only"}"#, status: 503),
            .server(status: 503, message: "Read only")
        ),
        (Answer("<html>bad gateway", status: 502), .server(status: 502, message: "")),
    ]

    @Test(arguments: failures)
    func `a failure has its case`(answer: Answer, error: ClientError) async throws {
        try await LoopbackSite.with { _ in
            answer
        } _: { site in
            try await withClient(of: site) { client in
                await #expect(throws: error) {
                    try await client.call(API.Topics.show, path: ["topic_id": "1"], body: .init())
                }
            }
        }
        #expect(
            error.description.hasSuffix(".") || error == .invalid(messages: ["Nope"])
                || error.description.contains("Bad")
        )
    }

    @Test func `what is not a forum is recognised`() async throws {
        try await LoopbackSite.with { _ in
            Answer("<!doctype html><title>Shop</title>")
        } _: { site in
            try await withClient(of: site) { client in
                await #expect {
                    try await client.call(API.Site.basicInfo)
                } throws: { error in
                    guard case .protocolError = error as? ClientError else { return false }
                    return true
                }
            }
        }
    }

    @Test func `a reply that is too large is given up`() async throws {
        try await LoopbackSite.with { _ in
            var answer = Answer("")
            answer.chunks = Array(repeating: String(repeating: " ", count: 1 << 20), count: 34)
            return answer
        } _: { site in
            try await withClient(of: site) { client in
                await #expect(throws: ClientError.tooLarge) {
                    try await client.call(API.Site.basicInfo)
                }
            }
        }
    }

    @Test func `redirects stay on the site and are for reading`() async throws {
        try await LoopbackSite.with { asked in
            switch asked.uri {
            case "/t/1.json": Answer("", status: 301, headers: [("Location", "/t/hello/1.json")])
            case "/t/hello/1.json": Answer(#"{"id":1,"slug":"hello"}"#)
            case "/t/2.json":
                Answer("", status: 302, headers: [("Location", "http://evil.example/t/2.json")])
            default: Answer("", status: 302, headers: [("Location", asked.uri)])
            }
        } _: { site in
            try await withClient(of: site, as: .apiKey(Secret("k"), username: nil)) { client in
                func show(_ id: String) async throws -> TopicBody {
                    try await client.call(API.Topics.show, path: ["topic_id": id], body: .init())
                }
                let moved = try await show("1")
                #expect(moved.slug == "hello")
                await #expect(throws: ClientError.moved(to: "http://evil.example/t/2.json")) {
                    try await show("2")
                }
                await #expect(throws: ClientError.self) { try await show("3") }
                await #expect(throws: ClientError.moved(to: "/posts.json")) {
                    try await client.call(API.Posts.create, body: CreatePostRequest(raw: "x"))
                }
            }
        }
    }

    @Test func `nobody there is a network error`() async throws {
        let site = try await LoopbackSite.start { _ in Answer("{}") }
        try await site.stop()
        try await withClient(of: site) { client in
            await #expect {
                try await client.call(API.Site.basicInfo)
            } throws: { error in
                guard case .network = error as? ClientError else { return false }
                return true
            }
        }
    }

    @Test func `text comes as it is, without a suffix`() async throws {
        try await LoopbackSite.with { _ in
            Answer("# Hello\n")
        } _: { site in
            try await withClient(of: site) { client in
                let raw = try await client.call(
                    API.Topics.raw,
                    path: ["topic_id": "5"],
                    body: RawTopicQuery(page: 2)
                )
                #expect(raw.text == "# Hello\n")
            }
            #expect(site.asked.first?.uri == "/raw/5?page=2")
        }
    }

    @Test func `secrets do not show`() {
        let credentials = Credentials.session(username: "ann", cookies: ["_t": Secret("hidden")])
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped] {
            #expect(!text.contains("hidden"))
            #expect(text.contains("ann"))
        }
    }
}
