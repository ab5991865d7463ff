import Forum
import ForumAPI
import HTTPTypes
import TestSupport
import Testing

@testable import ForumWeb

/// Keys that are for some things only, asked over HTTP.
@Suite struct KeyScopeTests {
    private static func send(
        _ web: WebSite,
        _ key: String,
        _ method: HTTPRequest.Method,
        _ uri: String,
        json: String? = nil
    ) async throws -> Int {
        var headers = HTTPFields()
        headers[.apiKey] = key
        return try await web.send(
            method,
            uri,
            as: .member("author"),
            json: json,
            headers: headers
        ).status
    }

    private static func key(_ web: WebSite, _ scopes: String) async throws -> String {
        let answer = try await web.send(
            .post,
            "/admin/api/keys.json",
            as: .member("boss"),
            json: #"{"key":{"description":"narrow","scopes":[\#(scopes)]}}"#
        )
        #expect(answer.status == 200, "\(answer.text)")
        return try #require(try answer.json["key"]?["key"]?.stringValue)
    }

    @Test func `a key does what its scopes name, with the values they name`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author", trustLevel: 2)
            let mine = try await web.topic(by: author)
            let other = try await web.topic(by: author, title: "Another topic with a title")
            let reader = try await Self.key(
                web,
                #"{"scope_id":"topics:read","topic_id":"\#(mine.topic)"}"#
            )
            let allowed = ["/t/\(mine.topic).json", "/t/x/\(mine.topic).json"]
            for uri in allowed + ["/t/\(mine.topic)/posts.json?post_ids[]=\(mine.first)"] {
                #expect(try await Self.send(web, reader, .get, uri) == 200, "\(uri)")
            }
            let refused = [
                "/t/\(other.topic).json", "/t/x/\(other.topic).json", "/latest.json",
                // A topic and a post number look like a slug and a topic.
                "/t/\(other.topic)/\(mine.topic).json",
                "/t/\(other.topic).json?topic_id=\(mine.topic)", "/raw/\(other.topic)",
            ]
            for uri in refused {
                #expect(try await Self.send(web, reader, .get, uri) == 403, "\(uri)")
            }
            let writer = try await Self.key(
                web,
                #"{"scope_id":"topics:write","topic_id":["\#(mine.topic)"]}"#
            )
            for (topic, status) in [(mine.topic, 200), (other.topic, 403)] {
                let sent = #"{"topic_id":\#(topic),"raw":"Written with a narrow key."}"#
                let found = try await Self.send(web, writer, .post, "/posts.json", json: sent)
                #expect(found == status)
            }
            let opening =
                #"{"title":"A topic with a long title","raw":"Not for this key to open."}"#
            #expect(try await Self.send(web, writer, .post, "/posts.json", json: opening) == 403)
        }
    }

    @Test func `a key that reads everything changes nothing`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            let key = try await Self.key(web, #"{"scope_id":"global:read"}"#)
            #expect(try await Self.send(web, key, .get, "/latest.json") == 200)
            #expect(try await Self.send(web, key, .get, "/t/\(made.topic).json") == 200)
            #expect(try await Self.send(web, key, .delete, "/t/\(made.topic).json") == 403)
            let level = #"{"notification_level":3}"#
            let path = "/t/\(made.topic)/notifications.json"
            #expect(try await Self.send(web, key, .post, path, json: level) == 403)
        }
    }

    @Test func `a key says what it is for, and ends when it is revoked`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("author")
            let bad = [
                #"{"scope_id":"topics:everything"}"#, #"{"scope_id":"nothing"}"#, #"{}"#,
                #"{"scope_id":"topics:read","username":"author"}"#,
            ]
            for scope in bad {
                let answer = try await web.send(
                    .post,
                    "/admin/api/keys.json",
                    as: .member("boss"),
                    json: #"{"key":{"description":"x","scopes":[\#(scope)]}}"#
                )
                #expect(answer.status == 400, "\(scope)")
            }
            let key = try await Self.key(
                web,
                #"{"scope_id":"topics:read","topic_id":"1,2"},{"scope_id":"search:show"}"#
            )
            let list = try await web.send(.get, "/admin/api/keys.json", as: .member("boss")).json
            let listed = try #require(list["keys"]?.arrayValue?.first)
            #expect(listed["key"] == nil)
            #expect(listed["scope_mode"]?.stringValue == "granular")
            let values = listed["api_key_scopes"]?.arrayValue?.first?["allowed_parameters"]
            #expect(values?["topic_id"]?.arrayValue?.count == 2)
            let id = try #require(listed["id"]?.intValue)
            let path = "/admin/api/keys/\(id)"
            for (uri, status) in [("revoke", 403), ("undo-revoke", 200)] {
                _ = try await web.send(.post, "\(path)/\(uri).json", as: .member("boss"))
                #expect(try await Self.send(web, key, .get, "/search.json?q=topic") == status)
            }
            web.site.clock.advance(seconds: 181 * 86_400)
            try await Upkeep(community: web.community).runOnce()
            #expect(try await Self.send(web, key, .get, "/search.json?q=topic") == 403)
        }
    }

    @Test func `every scope that can be given allows something`() {
        for kind in APIKeyScope.kinds where kind.id != "global:read" {
            #expect(!KeyScopes.urls(of: kind.id).isEmpty, "\(kind.id)")
        }
    }

    @Test func `settings and texts are changed, and show`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("anna")
            let boss = WebSite.Caller.member("boss")
            func put(_ uri: String, _ json: String) async throws -> Int {
                try await web.send(.put, uri, as: boss, json: json).status
            }
            #expect(try await put("/admin/site_settings/title.json", #"{"title":"Agora"}"#) == 200)
            let site = try await web.send(.get, "/site/basic-info.json").json
            #expect(site["title"]?.stringValue == "Agora")
            let settings = try await web.send(
                .get,
                "/admin/site_settings.json?filter=login_required",
                as: boss
            ).json
            let setting = try #require(settings["site_settings"]?.arrayValue?.first)
            #expect(setting["type"]?.stringValue == "bool")
            #expect(setting["default"]?.stringValue == "false")
            #expect(try await put("/admin/site_settings/nothing.json", #"{"nothing":1}"#) == 404)
            let bad = try await put(
                "/admin/site_settings/login_required.json",
                #"{"login_required":"perhaps"}"#
            )
            #expect(bad == 422)
            let id = "system_messages.user_added_to_group_as_member.subject_template"
            let path = "/admin/customize/site_texts/\(id).json"
            #expect(try await put(path, #"{"site_text":{"value":"%{nobody}"}}"#) == 422)
            #expect(
                try await put(path, #"{"site_text":{"value":"You are in %{group_name}"}}"#) == 200
            )
            let group = try await web.site.group("club")
            let add = #"{"usernames":"anna","notify_users":true}"#
            #expect(try await put("/groups/\(group.id)/members.json", add) == 200)
            let inbox = try await web.send(
                .get,
                "/topics/private-messages/anna.json",
                as: .member("anna")
            )
            #expect(try inbox.json.listedTitles == ["You are in club"])
        }
    }
}
