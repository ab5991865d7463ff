import Forum
import ForumAPI
import ForumWeb
import HTTPTypes
import TestSupport
import Testing

/// Every route that the server declares, asked by each role. A route that is added without a line
/// here fails the suite.
@Suite struct RoutePolicyTests {
    /// One route and what a guest, a member, a moderator and an administrator get, in this order.
    /// All of it belongs to somebody else.
    struct Line: Sendable {
        let signature: String
        let uri: String
        let body: String?
        let statuses: [Int]

        init(_ signature: String, _ uri: String, _ statuses: [Int]) {
            self.init(signature, uri, nil, statuses)
        }

        init(_ signature: String, _ uri: String, _ body: String?, _ statuses: [Int]) {
            self.signature = signature
            self.uri = uri
            self.body = body
            self.statuses = statuses
        }
    }

    static let all = [200, 200, 200, 200]
    static let members = [403, 200, 200, 200]
    static let staff = [403, 403, 200, 200]
    static let admins = [403, 403, 403, 200]
    /// Those who get through the second time find it done; others do not even see it.
    private static let onceByStaff = [403, 403, 200, 404]
    private static let recoveryByStaff = [403, 404, 200, 409]

    /// The lines of each area stand in a file of its own.
    private static let reading: [Line] = [
        coreReading, doorLines, feeds, accountReading, groupReading, listReading, postsReading,
        filesReading, keyReading, identityReading, pageReading,
        webHookReading, jobLines,
        mailInReading, mailOutReading,
    ].flatMap(\.self)

    private static let writing: [Line] = [
        coreWriting, accountWriting, groupWriting, listWriting, postsWriting, filesWriting,
        moderation, keyWriting, identityWriting, pageWriting,
        webHookWriting,
        mailInWriting, mailOutWriting,
    ].flatMap(\.self)

    private static let lines = reading + writing

    private static let coreReading: [Line] = [
        Line("GET /", "/", all),
        Line("GET /site", "/site.json", all),
        Line("GET /site/basic-info", "/site/basic-info.json", all),
        Line("GET /site/settings", "/site/settings.json", all),
        Line("GET /about", "/about.json", all),
        Line("GET /latest", "/latest.json", all),
        Line("GET /top", "/top.json?period=weekly", all),
        Line("GET /hot", "/hot.json", all),
        Line("GET /new", "/new.json", members),
        Line("GET /unread", "/unread.json", members),
        Line("GET /categories", "/categories.json", all),
        Line("GET /c/{category_id}", "/c/{category}.json", all),
        Line("GET /c/{category_id}/show", "/c/{category}/show.json", all),
        Line("GET /c/{slug}/{category_id}", "/c/open/{category}.json", all),
        Line("GET /c/{parent_slug}/{slug}/{category_id}", "/c/up/open/{category}.json", all),
        Line("GET /tags", "/tags.json", all),
        Line("GET /tag/{tag_name}", "/tag/swift.json", all),
        Line("GET /t/{topic_id}", "/t/{topic}.json", all),
        Line("GET /t/{slug}/{topic_id}", "/t/some-slug/{topic}.json", all),
        Line("GET /t/{slug}/{topic_id}/{post_number}", "/t/some-slug/{topic}/2.json", all),
        Line("GET /t/{topic_id}/posts", "/t/{topic}/posts.json?post_ids[]={reply}", all),
        Line(
            "GET /t/external_id/{external_id}",
            "/t/external_id/nothing.json",
            [404, 404, 404, 404]
        ),
        Line("GET /raw/{topic_id}", "/raw/{topic}", all),
        Line("GET /posts", "/posts.json", all),
        Line("GET /posts/{post_id}", "/posts/{reply}.json", all),
        Line("GET /posts/{post_id}/replies", "/posts/{first}/replies.json", all),
        Line(
            "GET /posts/by_number/{topic_id}/{post_number}",
            "/posts/by_number/{topic}/1.json",
            all
        ),
        Line("GET /search", "/search.json?q=reply", all),
        Line("GET /u/{username}", "/u/author.json", all),
        Line("GET /u/{username}/emails", "/u/author/emails.json", staff),
        Line("GET /users/{username}", "/users/author.json", all),
        Line("GET /topics/created-by/{username}", "/topics/created-by/author.json", all),
        Line("GET /notifications", "/notifications.json", members),
        Line("GET /notifications/totals", "/notifications/totals.json", members),
        Line("GET /session/csrf", "/session/csrf.json", all),
        Line("GET /session/hp", "/session/hp.json", all),
        Line("GET /session/current", "/session/current.json", [404, 200, 200, 200]),
        Line("GET /email/unsubscribe/{key}", "/email/unsubscribe/0123", [404, 404, 404, 404]),
    ]

    private static let coreWriting: [Line] = [
        Line(
            "POST /posts",
            "/posts.json",
            #"{"topic_id":{topic},"raw":"A reply by a {role} that is long enough."}"#,
            members
        ),
        Line(
            "PUT /posts/{post_id}",
            "/posts/{reply}.json",
            #"{"post":{"raw":"Changed by a {role}, long enough."}}"#,
            staff
        ),
        Line(
            "POST /post_actions",
            "/post_actions.json",
            #"{"id":{reply},"post_action_type_id":2}"#,
            members
        ),
        Line(
            "DELETE /post_actions/{post_id}",
            "/post_actions/{reply}.json",
            #"{"post_action_type_id":2}"#,
            members
        ),
        Line(
            "POST /t/{topic_id}/notifications",
            "/t/{topic}/notifications.json",
            #"{"notification_level":"3"}"#,
            members
        ),
        Line(
            "POST /category/{category_id}/notifications",
            "/category/{category}/notifications.json",
            #"{"notification_level":2}"#,
            members
        ),
        Line(
            "PUT /tag/{tag_name}/notifications",
            "/tag/swift/notifications.json",
            #"{"tag_notification":{"notification_level":3}}"#,
            members
        ),
        Line(
            "POST /topics/timings",
            "/topics/timings",
            #"{"topic_id":{topic},"topic_time":1000,"timings":{"1":1000}}"#,
            members
        ),
        Line("PUT /notifications/mark-read", "/notifications/mark-read.json", "{}", members),
        Line(
            "PUT /t/{slug}/{topic_id}",
            "/t/-/{topic}.json",
            #"{"title":"A new title by a {role}"}"#,
            staff
        ),
        Line(
            "PUT /t/{topic_id}",
            "/t/{topic}.json",
            #"{"title":"Another title by a {role}"}"#,
            staff
        ),
        Line(
            "PUT /t/{topic_id}/status",
            "/t/{topic}/status.json",
            #"{"status":"closed","enabled":"false"}"#,
            staff
        ),
        Line("DELETE /posts/{post_id}", "/posts/{reply}.json", onceByStaff),
        Line("PUT /posts/{post_id}/recover", "/posts/{reply}/recover.json", recoveryByStaff),
        Line("DELETE /t/{topic_id}", "/t/{topic}.json", onceByStaff),
        Line("PUT /t/{topic_id}/recover", "/t/{topic}/recover.json", recoveryByStaff),
        Line(
            "POST /categories",
            "/categories.json",
            ##"{"name":"By {role}","color":"0088CC","text_color":"FFFFFF"}"##,
            admins
        ),
        Line(
            "PUT /categories/{category_id}",
            "/categories/{category}.json",
            #"{"name":"Open"}"#,
            admins
        ),
        Line("DELETE /categories/{category_id}", "/categories/{empty}.json", admins),
        Line(
            "POST /users",
            "/users.json",
            #"{"username":"by_{role}","email":"{role}@example.org","password":"correct horse battery"}"#,
            all
        ),
        Line(
            "POST /u",
            "/u.json",
            #"{"username":"u_{role}","email":"u_{role}@example.org","password":"correct horse battery"}"#,
            all
        ),
        Line(
            "POST /session",
            "/session.json",
            #"{"login":"author","password":"not the password"}"#,
            all
        ),
        Line("DELETE /session/{username}", "/session/author", members),
        Line(
            "POST /message-bus/{client_id}/poll",
            "/message-bus/0123456789abcdef0123456789{role}/poll?dlp=t",
            #"{"/latest":-1}"#,
            all
        ),
        Line(
            "POST /admin/email/handle_mail",
            "/admin/email/handle_mail",
            #"{"email":"From: a@example.org\n\nText"}"#,
            [404, 404, 404, 200]
        ),
        Line("POST /email/unsubscribe/{key}", "/email/unsubscribe/0123", [404, 404, 404, 404]),
    ]

    @Test func `each route answers each role as the table says`() async throws {
        try await WebSite.with { web in
            let names = try await Self.content(web)
            #expect(
                Set(web.declarations.keys) == Set(Self.lines.map(\.signature))
            )
            let roles: [(String, WebSite.Caller)] = [
                ("guest", .guest), ("member", .member("mia")), ("moderator", .member("mod_anna")),
                ("admin", .member("boss")),
            ]
            for line in Self.lines {
                let method = try #require(
                    HTTPRequest.Method(String(line.signature.prefix { $0 != " " }))
                )
                for ((role, caller), expected) in zip(roles, line.statuses) {
                    let values = names.merging(["role": role]) { $1 }
                    let answer = try await web.send(
                        method,
                        Self.fill(line.uri, values),
                        as: caller,
                        json: line.body.map { Self.fill($0, values) }
                    )
                    #expect(
                        answer.status == expected,
                        "\(line.signature) by a \(role): \(answer.text.prefix(200))"
                    )
                }
            }
        }
    }

    @Test func `a site that asks for a login shows strangers only the way in`() async throws {
        try await WebSite.with(settings: ["login_required": "true"]) { web in
            let names = try await Self.content(web)
            for line in Self.reading {
                let policy = try #require(web.declarations[line.signature])
                let answer = try await web.send(.get, Self.fill(line.uri, names))
                switch policy {
                case .open: #expect(answer.status == line.statuses[0], "\(line.signature)")
                // They do not even say that they are there.
                case .staff, .admin: #expect(answer.status == 404, "\(line.signature)")
                default:
                    #expect(answer.status == 403, "\(line.signature): \(answer.text.prefix(200))")
                }
            }
        }
    }

    private static func content(_ web: WebSite) async throws -> [String: String] {
        let author = try await web.site.member("author", trustLevel: 4)
        _ = try await web.site.member("mia")
        _ = try await web.site.moderator()
        let parent = try await web.site.category("Up")
        let category = try await web.site.category("Open", parent: parent.id)
        let empty = try await web.site.category("Empty")
        let made = try await web.topic(by: author, in: category.id, tags: ["swift"])
        return [
            "topic": "\(made.topic)", "first": "\(made.first)", "reply": "\(made.reply)",
            "category": "\(category.id)", "empty": "\(empty.id)",
        ]
    }

    private static func fill(_ text: String, _ values: [String: String]) -> String {
        values.reduce(text) { filled, value in
            filled.replacing("{\(value.key)}", with: value.value)
        }
    }
}
