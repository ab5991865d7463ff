import Egress
import Forum
import ForumAPI
import HTTPTypes
import Postgres
import TestSupport
import Testing

@testable import ForumWeb

@Suite struct WebHookTests {
    private static let secret = "a secret of some length"

    private func create(
        _ web: WebSite,
        _ fields: String,
        expecting status: Int = 200
    ) async throws -> WireValue {
        let answer = try await web.send(
            .post,
            "/admin/api/web_hooks.json",
            as: .member("boss"),
            json: #"{"web_hook":{\#(fields)}}"#
        )
        #expect(answer.status == status, "\(answer.text)")
        return try answer.json
    }

    /// One that is turned on and asks for everything; nobody is there.
    private func hook(_ web: WebSite, _ filters: String = "") async throws -> WebHookID {
        let made = try await create(
            web,
            #""payload_url":"http://127.0.0.1:9/hook","wildcard_web_hook":true,"active":true\#(filters)"#
        )
        return WebHookID(Int64(try #require(made["web_hook"]?["id"]?.intValue)))
    }

    private static let inside = ["allowed_internal_hosts": "127.0.0.1"]

    private struct Waiting: RowDecodable, Equatable {
        let name: String
        let payload: String?

        init(from row: inout RowReader) throws(PostgresError) {
            name = try row.next()
            payload = try row.next()
        }
    }

    /// What waits for a webhook, its bodies written.
    private func waiting(_ web: WebSite, for hook: WebHookID) async throws -> [Waiting] {
        try await web.dispatch()
        try await RequestSender(
            community: web.community,
            egress: EgressClient(),
            logger: TestDatabase.logger
        ).sendAllDue()
        return try await web.site.database.pool.all(
            """
            SELECT event_name, payload FROM outgoing_requests
            WHERE web_hook_id = \(hook) AND state = 'queued' ORDER BY id
            """
        )
    }

    // MARK: What administrators decide

    @Test func `a webhook is made, shown without its secret, changed and removed`() async throws {
        try await WebSite.with(settings: Self.inside) { web in
            let made = try await create(
                web,
                ##""payload_url":" http://127.0.0.1:9/?token=abc ","secret":"\##(Self.secret)","##
                    + #""web_hook_event_type_ids":[201,101,201],"active":true"#
            )
            let body = try #require(made["web_hook"])
            let id = try #require(body["id"]?.intValue)
            #expect(body["payload_url"]?.stringValue == "http://127.0.0.1:9/?token=abc")
            #expect(body["secret"]?.stringValue == Community.hiddenSecret)
            let types = body["web_hook_event_types"]?.arrayValue ?? []
            #expect(
                types.compactMap { $0["name"]?.stringValue } == ["topic_created", "post_created"]
            )
            #expect(types.compactMap { $0["group"]?.stringValue } == ["topic", "post"])
            let path = "/admin/api/web_hooks/\(id).json"
            let changed = try await web.send(
                .put,
                path,
                as: .member("boss"),
                json: #"{"web_hook":{"secret":"\#(Community.hiddenSecret)","content_type":2}}"#
            ).json
            #expect(changed["web_hook"]?["content_type"]?.intValue == 2)
            #expect(changed["web_hook"]?["secret"]?.stringValue == Community.hiddenSecret)
            #expect(changed["web_hook"]?["web_hook_event_types"]?.arrayValue?.count == 2)
            let sealed = try await web.site.database.pool.value(
                "SELECT encode(sealed_secret, 'escape') FROM web_hooks",
                as: String.self
            )
            #expect(sealed?.contains(Self.secret) == false)
            let list = try await web.send(.get, "/admin/api/web_hooks", as: .member("boss")).json
            #expect(list["total_rows_web_hooks"]?.intValue == 1)
            let grouped = list["extras"]?["grouped_event_types"]
            #expect(grouped?["topic"]?.arrayValue?.first?["id"]?.intValue == 101)
            let gone = try await web.send(.delete, path, as: .member("boss"))
            #expect(gone.status == 200)
            #expect(try await web.send(.get, path, as: .member("boss")).status == 404)
            let log = try await web.community.staffActions(StaffLogFilter(), for: web.boss)
                .filter { $0.action.hasPrefix("web_hook_") }
            #expect(
                log.map(\.action) == ["web_hook_destroy", "web_hook_update", "web_hook_create"]
            )
            #expect(!log.contains { "\($0)".contains("token=abc") })
        }
    }

    @Test(arguments: [
        (#""wildcard_web_hook":true"#, "Payload URL can't be blank"),
        (#""payload_url":"https://8.8.8.8/""#, "Web hook event types can't be blank"),
        (
            #""payload_url":"https://8.8.8.8/","web_hook_event_type_ids":[4711]"#,
            "Web hook event types has no 4711"
        ),
        (
            #""payload_url":"https://8.8.8.8/","wildcard_web_hook":true,"secret":"short""#,
            "Secret is too short (minimum is 12 characters)"
        ),
        (#""payload_url":"ftp://8.8.8.8/","wildcard_web_hook":true"#, "Payload URL is invalid"),
        (#""payload_url":"http://127.0.0.1/","wildcard_web_hook":true"#, "can't be requested"),
        (#""payload_url":"http://[::1]/","wildcard_web_hook":true"#, "can't be requested"),
        (#""payload_url":"http://8.8.8.8:25/","wildcard_web_hook":true"#, "port 25"),
        (
            #""payload_url":"https://8.8.8.8/","wildcard_web_hook":true,"category_ids":[99]"#,
            "There is no category 99"
        ),
        (
            #""payload_url":"https://8.8.8.8/","wildcard_web_hook":true,"tag_names":["no"]"#,
            "There is no tag no"
        ),
        (
            #""payload_url":"https://8.8.8.8/","wildcard_web_hook":true,"content_type":3"#,
            "Content type must be 1 (JSON) or 2 (form)"
        ),
    ])
    func `what a webhook may not be is told`(fields: String, problem: String) async throws {
        try await WebSite.with { web in
            let answer = try await create(web, fields, expecting: 422)
            let errors = answer["errors"]?.arrayValue?.compactMap(\.stringValue) ?? []
            #expect(errors.contains { $0.contains(problem) }, "\(errors)")
        }
    }

    // MARK: Who is told of what

    @Test func `personal messages, whispers and hidden posts are told to nobody`() async throws {
        try await WebSite.with(settings: Self.inside) { web in
            let author = try await web.site.member("author", trustLevel: 4)
            _ = try await web.site.member("reader")
            let everything = try await hook(web)
            let made = try await web.topic(by: author)
            _ = try await web.send(
                .post,
                "/posts.json",
                as: .member("author"),
                json: #"{"title":"A message of secrets","raw":"For the eyes of one alone.","#
                    + #""archetype":"private_message","target_recipients":"reader"}"#
            )
            try await web.site.database.pool.execute(
                "UPDATE posts SET hidden = true WHERE id = \(made.reply)"
            )
            let told = try await waiting(web, for: everything)
            let posts = told.filter { $0.name == "post_created" }
            #expect(posts.count == 1)
            #expect(told.filter { $0.name == "topic_created" }.count == 1)
            #expect(!told.contains { $0.payload?.contains("eyes of one alone") == true })
            #expect(!told.contains { $0.payload?.contains("A message of secrets") == true })
            let post = try WireValue.parse(json: Array(try #require(posts[0].payload).utf8))["post"]
            #expect(post?["id"]?.intValue == Int(made.first.value))
            #expect(post?["topic_archetype"]?.stringValue == "regular")
            #expect(post?["raw"]?.stringValue?.contains("The first post") == true)
        }
    }

    @Test func `a filter lets through its categories, tags and groups alone`() async throws {
        try await WebSite.with(settings: Self.inside) { web in
            let author = try await web.site.member("author", trustLevel: 4)
            let wanted = try await web.site.category("Wanted")
            let other = try await web.site.category("Other")
            _ = try await web.topic(
                by: author,
                in: other.id,
                title: "A topic from before",
                tags: ["swift"]
            )
            try await web.dispatch()
            let byCategory = try await hook(web, #","category_ids":[\#(wanted.id)]"#)
            let byTag = try await hook(web, #","tag_names":["swift"]"#)
            let byGroup = try await hook(web, #","group_ids":[1]"#)
            _ = try await web.topic(by: author, in: wanted.id, title: "A topic that is wanted")
            _ = try await web.topic(
                by: author,
                in: other.id,
                title: "A topic that has a tag",
                tags: ["swift"]
            )
            _ = try await web.site.member("newcomer")
            _ = try await web.site.admin("second")
            for (hook, title) in [(byCategory, "is wanted"), (byTag, "has a tag")] {
                let told = try await waiting(web, for: hook)
                #expect(told.map(\.name) == ["topic_created", "post_created", "post_created"])
                #expect(told.allSatisfy { $0.payload?.contains("A topic that \(title)") == true })
            }
            let told = try await waiting(web, for: byGroup)
            #expect(told.contains { $0.name == "user_added_to_group" })
            #expect(!told.contains { $0.name.hasPrefix("topic") || $0.name.hasPrefix("post") })
            #expect(!told.contains { $0.payload?.contains("newcomer") == true })
        }
    }

    @Test func `people, categories, tags, groups and badges are told of`() async throws {
        try await WebSite.with(settings: Self.inside) { web in
            let everything = try await hook(web)
            let mia = try await web.site.member("mia")
            let category = try await web.site.category("Short lived")
            _ = try await web.community.createTags(["fresh"], by: web.boss)
            // Bodies show what is there when they are written.
            _ = try await waiting(web, for: everything)
            try await web.community.deleteCategory(category.id, by: web.boss)
            try await web.community.deleteTag(named: "fresh", by: web.boss)
            try await web.site.database.pool.execute(
                """
                UPDATE users SET suspended_till = now() + interval '1 day', trust_level = 2
                WHERE id = \(mia.id)
                """
            )
            let told = try await waiting(web, for: everything)
            let names = told.map(\.name)
            for name in [
                "user_created", "category_created", "category_destroyed", "tag_created",
                "tag_destroyed", "user_suspended", "user_promoted", "user_added_to_group",
            ] { #expect(names.contains(name), "\(name)") }
            let gone = told.first { $0.name == "category_destroyed" }
            #expect(gone?.payload?.contains(#""name":"Short lived""#) == true)
            let user = try #require(told.first { $0.name == "user_created" }?.payload)
            let body = try WireValue.parse(json: Array(user.utf8))["user"]
            #expect(body?["username"]?.stringValue == "mia")
            #expect(body?["email"]?.stringValue == "mia@example.com")
        }
    }
}
