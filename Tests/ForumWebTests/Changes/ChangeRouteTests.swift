import Forum
import ForumAPI
import HTTPTypes
import TestSupport
import Testing

@testable import ForumWeb

@Suite struct ChangeRouteTests {
    @Test func `an archive fetches everything, then what changes`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author", trustLevel: 4)
            let made = try await web.topic(by: author, tags: ["swift"])
            var since = ""
            var seen: [WireValue] = []
            for _ in 0..<200 {
                let answer = try await web.send(
                    .get,
                    "/changes.json?limit=2&include_raw=true\(since)"
                )
                #expect(answer.status == 200, "\(answer.text)")
                let reply = try answer.json
                seen += reply["changes"]?.arrayValue ?? []
                since = "&since=\(reply["cursor"]?.stringValue ?? "")"
                if reply["more"] == .bool(false) { break }
            }
            let topic = try #require(seen.first { $0["type"]?.stringValue == "topic" })
            #expect(topic["url"]?.stringValue?.hasSuffix("/\(made.topic)") == true)
            #expect(topic["tags"]?.arrayValue?.first?["name"]?.stringValue == "swift")
            let posts = seen.filter { $0["type"]?.stringValue == "post" }
            #expect(Set(posts.compactMap { $0["id"]?.intValue }).count == 2)
            #expect(posts.allSatisfy { $0["raw"]?.stringValue != nil })
        }
    }

    @Test func `what is no cursor is a bad request, what is too old is gone`() async throws {
        try await WebSite.with { web in
            let bad = try await web.send(.get, "/changes.json?since=nothing")
            #expect(bad.status == 400)
            #expect(
                try bad.errors == ["since is not a cursor of this site. Leave it out to begin."]
            )
            let start = try await web.community.changes(since: "now", for: .anonymous).cursor
            let author = try await web.site.member("author")
            _ = try await web.topic(by: author)
            var status = 200
            for _ in 0..<200 where status != 410 {
                try await web.community.trimChanges(keptDays: -1)
                status = try await web.send(.get, "/changes.json?since=\(start)").status
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(status == 410)
            for limit in ["0", "-5", "100000"] {
                #expect(try await web.send(.get, "/changes.json?limit=\(limit)").status == 200)
            }
            #expect(try await web.send(.get, "/changes.json?limit=x").status == 400)
        }
    }
}
