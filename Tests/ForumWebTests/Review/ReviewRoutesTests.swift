import Forum
import ForumAPI
import HTTPTypes
import TestSupport
import Testing

@Suite struct ReviewRoutesTests {
    @Test func `a post that waits is answered as enqueued and approved by number`() async throws {
        try await WebSite.with(settings: ["approve_unless_trust_level": "1"]) { web in
            _ = try await web.site.member("newcomer", trustLevel: 0)
            let answer = try await web.send(
                .post,
                "/posts.json",
                as: .member("newcomer"),
                json:
                    #"{"title":"A topic that has to wait","raw":"The first post is long enough."}"#
            )
            #expect(answer.status == 200)
            let reply = try answer.json
            #expect(reply["action"]?.stringValue == "enqueued")
            #expect(reply["pending_count"]?.intValue == 1)
            let id = try #require(reply["pending_post"]?["id"]?.intValue)
            let list = try await web.send(
                .get,
                "/review.json?type=ReviewableQueuedPost&status=pending",
                as: .member("boss")
            ).json
            let found = try #require(list["reviewables"]?.arrayValue?.first)
            #expect(found["id"]?.intValue == id)
            #expect(found["payload"]?["title"]?.stringValue == "A topic that has to wait")
            let version = try #require(found["version"]?.intValue)
            let path = "/review/\(id)/perform/approve_post.json"
            let missing = try await web.send(.put, path, as: .member("boss"))
            #expect(missing.status == 422)
            let stale = try await web.send(
                .put,
                path + "?version=\(version + 1)",
                as: .member("boss")
            )
            #expect(stale.status == 409)
            let done = try await web.send(.put, path + "?version=\(version)", as: .member("boss"))
            #expect(done.status == 200)
            let result = try done.json["reviewable_perform_result"]
            #expect(result?["transition_to"]?.stringValue == "approved")
            #expect(result?["created_post_id"]?.intValue != nil)
            let twice = try await web.send(
                .put,
                path + "?version=\(version + 1)",
                as: .member("boss")
            )
            #expect(twice.status == 409)
        }
    }

    @Test func `a flag is an action of the post`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            _ = try await web.site.member("flagger")
            let made = try await web.topic(by: author)
            let seen = try await web.send(.get, "/posts/\(made.reply).json", as: .member("flagger"))
            let offered = (try seen.json["actions_summary"]?.arrayValue ?? []).filter {
                $0["can_act"] == .bool(true)
            }
            #expect(offered.compactMap { $0["id"]?.intValue } == [2, 3, 4, 6, 7, 8, 10])
            let own = try await web.send(.get, "/posts/\(made.reply).json", as: .member("author"))
            #expect(try own.json["actions_summary"]?.arrayValue?.isEmpty != false)
            let flagged = try await web.send(
                .post,
                "/post_actions.json",
                as: .member("flagger"),
                json: #"{"id":\#(made.reply),"post_action_type_id":8}"#
            )
            #expect(flagged.status == 200)
            let actions = try flagged.json["actions_summary"]?.arrayValue ?? []
            #expect(actions.contains { $0["id"]?.intValue == 8 && $0["acted"] == .bool(true) })
            let told = try await web.send(
                .post,
                "/post_actions.json",
                as: .member("flagger"),
                json:
                    #"{"id":\#(made.first),"post_action_type_id":7,"message":"Please look at this."}"#
            )
            #expect(told.status == 200)
            let count = try await web.send(.get, "/review/count.json", as: .member("boss")).json
            #expect(count["count"]?.intValue == 2)
            let undone = try await web.send(
                .delete,
                "/post_actions/\(made.reply).json?post_action_type_id=8",
                as: .member("flagger")
            )
            #expect(undone.status == 200)
            let unknown = try await web.send(
                .post,
                "/post_actions.json",
                as: .member("flagger"),
                json: #"{"id":\#(made.reply),"post_action_type_id":99}"#
            )
            #expect(unknown.status == 400)
        }
    }

    @Test func `what current Discourse no longer has stays unknown`() async throws {
        try await WebSite.with { web in
            let anna = try await web.site.member("anna")
            for (method, path) in [
                ("PUT", "block"), ("GET", "approve"), ("POST", "generate_api_key"),
            ] {
                let answer = try await web.send(
                    method == "PUT" ? .put : method == "GET" ? .get : .post,
                    "/admin/users/\(anna.id)/\(path).json",
                    as: .member("boss")
                )
                #expect(answer.status == 404, "\(method) \(path)")
            }
        }
    }
}
