import Forum
import ForumAPI
import HTTPTypes
import TestSupport
import Testing

@testable import ForumWeb

/// What somebody may not see is not there for them, whichever way they ask.
@Suite struct VisibilityTests {
    private static let secret = "quetzalcoatl"

    @Test func `a hidden category, its topics, posts and tags do not exist for outsiders`()
        async throws
    {
        try await WebSite.with { web in
            let insider = try await web.site.member("insider", trustLevel: 4)
            _ = try await web.site.member("mia")
            _ = try await web.site.moderator()
            _ = try await web.site.group("insiders", members: [insider])
            let category = try await web.site.category("Vault", permissions: ["insiders": 1])
            let made = try await web.topic(
                by: try await web.site.refreshed(insider),
                in: category.id,
                title: "About \(Self.secret) and others",
                tags: ["vault-tag"]
            )
            try await web.dispatch()
            let gone = [
                "/t/\(made.topic).json", "/t/x/\(made.topic).json", "/t/x/\(made.topic)/2.json",
                "/t/about-\(Self.secret)-and-others.json",
                "/t/\(made.topic)/posts.json?post_ids[]=\(made.reply)", "/raw/\(made.topic)",
                "/posts/\(made.reply).json", "/posts/\(made.first)/replies.json",
                "/posts/by_number/\(made.topic)/1.json", "/c/vault/\(category.id).json",
                "/c/\(category.id)/show.json", "/c/vault/l/latest.json",
            ]
            let silent = [
                "/latest.json", "/top.json", "/hot.json", "/posts.json", "/categories.json",
                "/site.json", "/tags.json", "/search.json?q=others",
                "/search.json?q=others%20category:vault", "/topics/created-by/insider.json",
                "/u/insider.json",
            ]
            for caller in [WebSite.Caller.guest, .member("mia"), .member("mod_anna")] {
                for path in gone {
                    let answer = try await web.send(.get, path, as: caller)
                    #expect(answer.status == 404, "\(path) for \(caller)")
                    #expect(!answer.text.contains(Self.secret), "\(path) for \(caller)")
                }
                for path in silent {
                    let answer = try await web.send(.get, path, as: caller)
                    #expect(answer.status == 200, "\(path) for \(caller)")
                    #expect(!answer.text.contains(Self.secret), "\(path) for \(caller)")
                    #expect(!answer.text.contains(#""vault""#), "\(path) for \(caller)")
                }
            }
            // Staff keeps the tags, and so knows all their names; what they are on stays hidden.
            for caller in [WebSite.Caller.guest, .member("mia")] {
                for path in ["/tags.json", "/site.json"] {
                    let answer = try await web.send(.get, path, as: caller)
                    #expect(!answer.text.contains("vault-tag"), "\(path) for \(caller)")
                }
                let answer = try await web.send(.get, "/tag/vault-tag.json", as: caller)
                #expect(answer.status == 404)
            }
            let byTag = try await web.send(.get, "/tag/vault-tag.json", as: .member("mod_anna"))
            #expect(!byTag.text.contains(Self.secret))
            for path in gone {
                let answer = try await web.send(.get, path, as: .member("insider"))
                #expect(answer.status == 200, "\(path): \(answer.text.prefix(100))")
            }
        }
    }

    @Test func `outsiders cannot act on what they cannot see`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("mia", trustLevel: 4)
            let category = try await web.site.category("Vault", permissions: ["staff": 1])
            let made = try await web.topic(by: web.boss, in: category.id)
            let attempts: [(HTTPRequest.Method, String, String?)] = [
                (
                    .post, "/posts.json",
                    #"{"topic_id":\#(made.topic),"raw":"A reply to what I cannot see."}"#
                ),
                (
                    .put, "/posts/\(made.reply).json",
                    #"{"post":{"raw":"Changed what I cannot see."}}"#
                ),
                (.delete, "/posts/\(made.reply).json", nil),
                (.put, "/t/-/\(made.topic).json", #"{"title":"A title of what I cannot see"}"#),
                (.delete, "/t/\(made.topic).json", nil),
                (.post, "/post_actions.json", #"{"id":\#(made.reply),"post_action_type_id":2}"#),
                (.post, "/t/\(made.topic)/notifications.json", #"{"notification_level":3}"#),
                (
                    .post, "/category/\(category.id)/notifications.json",
                    #"{"notification_level":3}"#
                ),
            ]
            for (method, uri, body) in attempts {
                let answer = try await web.send(method, uri, as: .member("mia"), json: body)
                #expect(answer.status == 404, "\(method) \(uri): \(answer.text.prefix(200))")
            }
            let into = try await web.send(
                .post,
                "/posts.json",
                as: .member("mia"),
                json:
                    #"{"title":"A topic put into the vault","raw":"A body that is long enough.","category":\#(category.id)}"#
            )
            #expect([403, 404, 422].contains(into.status), "\(into.text.prefix(200))")
        }
    }

    @Test func `a private message is there for those it is addressed to`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("anna")
            _ = try await web.site.member("bert")
            _ = try await web.site.member("mia")
            let sent = try await web.send(
                .post,
                "/posts.json",
                as: .member("anna"),
                form: "title=Just+between+us&raw=A+word+about+\(Self.secret),+please."
                    + "&archetype=private_message&target_recipients=bert"
            )
            #expect(sent.status == 200, "\(sent.text.prefix(200))")
            let topic = try #require(try sent.json["topic_id"]?.intValue)
            for (name, status) in [("anna", 200), ("bert", 200), ("mia", 404)] {
                let answer = try await web.send(.get, "/t/\(topic).json", as: .member(name))
                #expect(answer.status == status, "\(name)")
                let found = try await web.send(
                    .get,
                    "/search.json?q=\(Self.secret)",
                    as: .member(name)
                )
                #expect(name != "mia" || !found.text.contains("A word about"))
            }
            let inbox = try await web.send(
                .get,
                "/topics/private-messages/bert.json",
                as: .member("bert")
            )
            #expect(try inbox.json.listedTitles == ["Just between us"])
            #expect(try await web.send(.get, "/t/\(topic).json").status == 404)
        }
    }

    @Test func `addresses of members are told to themselves and the staff alone`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("anna")
            _ = try await web.site.member("mia")
            for (caller, isTold) in [
                (WebSite.Caller.guest, false), (.member("mia"), false), (.member("anna"), true),
                (.member("boss"), true),
            ] {
                let answer = try await web.send(.get, "/u/anna.json", as: caller)
                #expect(answer.text.contains("anna@example.com") == isTold, "\(caller)")
            }
        }
    }
}
