import Forum
import ForumAPI
import HTTPTypes
import NIOCore
import TestSupport
import Testing

@testable import ForumWeb

@Suite struct AnonymousCacheTests {
    private func isKept(_ answer: Answer) -> Bool { answer.headers[.cached] == "true" }

    @Test func `what strangers read is kept until it changes, then shown anew at once`()
        async throws
    {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            for path in ["/t/\(made.topic).json", "/latest.json"] {
                // What the dispatcher still has to tell drops answers as well.
                try await web.dispatch()
                try await Task.sleep(for: .milliseconds(100))
                let first = try await web.send(.get, path)
                let second = try await web.send(.get, path)
                #expect(!isKept(first) && isKept(second), "\(path)")
                #expect(first.bytes == second.bytes)
                let raw = "A reply that must be seen at once, on \(path.count)."
                let sent = try await web.send(
                    .post,
                    "/posts.json",
                    as: .member("author"),
                    json: #"{"topic_id":\#(made.topic),"raw":"\#(raw)"}"#
                )
                #expect(sent.status == 200)
                let third = try await web.send(.get, path)
                #expect(!isKept(third) && third.bytes != first.bytes, "\(path)")
            }
            let page = try await web.send(.get, "/t/\(made.topic).json")
            #expect(page.text.contains("A reply that must be seen at once, on 12."))
        }
    }

    @Test func `a like, an edit and a deletion are seen at once`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            _ = try await web.site.member("mia")
            let made = try await web.topic(by: author)
            let path = "/t/\(made.topic).json"
            let changes: [(HTTPRequest.Method, String, WebSite.Caller, String?)] = [
                (
                    .post, "/post_actions.json", .member("mia"),
                    #"{"id":\#(made.reply),"post_action_type_id":2}"#
                ),
                (
                    .put, "/posts/\(made.reply).json", .member("author"),
                    #"{"post":{"raw":"What the author really meant."}}"#
                ),
                (
                    .put, "/t/-/\(made.topic).json", .member("author"),
                    #"{"title":"A better title for all this"}"#
                ),
                (
                    .put, "/t/\(made.topic)/status.json", .member("boss"),
                    #"{"status":"closed","enabled":"true"}"#
                ),
                (.delete, "/posts/\(made.reply).json", .member("boss"), nil),
            ]
            var before = try await web.send(.get, path)
            for (method, uri, caller, body) in changes {
                let answer = try await web.send(method, uri, as: caller, json: body)
                #expect(answer.status == 200, "\(uri): \(answer.text.prefix(200))")
                let after = try await web.send(.get, path)
                #expect(after.bytes != before.bytes, "\(method) \(uri)")
                before = after
            }
        }
    }

    @Test func `an unchanged answer is confirmed by its ETag, a changed one is sent`() async throws
    {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            try await web.dispatch()
            try await Task.sleep(for: .milliseconds(100))
            let path = "/t/\(made.topic).json"
            let first = try await web.send(.get, path)
            let etag = try #require(first.headers[.eTag])
            #expect(first.headers[.cacheControl] == "no-cache")
            for _ in 1...2 {
                let same = try await web.send(.get, path, headers: [.ifNoneMatch: etag])
                #expect(same.status == 304 && same.bytes.isEmpty)
                #expect(same.headers[.eTag] == etag)
            }
            try await web.reply(to: made.topic, by: author, "Something that was not there before.")
            let changed = try await web.send(.get, path, headers: [.ifNoneMatch: etag])
            #expect(changed.status == 200 && changed.headers[.eTag] != etag)
            let member = try await web.send(
                .get,
                path,
                as: .member("author"),
                headers: [.ifNoneMatch: changed.headers[.eTag] ?? ""]
            )
            #expect(member.status == 200 && member.headers[.eTag] != changed.headers[.eTag])
            #expect(member.headers[.cacheControl] == "no-cache, no-store")
        }
    }

    @Test func `what somebody may see is never kept for strangers`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let hidden = try await web.site.category("Hidden", permissions: ["staff": 1])
            let made = try await web.topic(
                by: web.boss,
                in: hidden.id,
                title: "A secret of the staff"
            )
            _ = try await web.topic(by: author, title: "A topic for everybody")
            let paths = [
                "/t/\(made.topic).json", "/latest.json", "/top.json", "/hot.json",
                "/categories.json",
                "/site.json", "/c/hidden/\(hidden.id).json", "/tags.json",
            ]
            for path in paths {
                for _ in 1...2 {
                    let staff = try await web.send(.get, path, as: .member("boss"))
                    #expect(staff.status == 200, "\(path)")
                    let guest = try await web.send(.get, path)
                    #expect(
                        !guest.text.contains("secret") && !guest.text.contains("hidden"),
                        "\(path)"
                    )
                }
            }
        }
    }

    @Test func `what is hidden later is gone from the kept answers at once`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let category = try await web.site.category("Open")
            let made = try await web.topic(
                by: author,
                in: category.id,
                title: "A topic soon hidden"
            )
            let other = try await web.topic(by: author, title: "A topic that suggests others")
            let paths = [
                "/t/\(made.topic).json", "/t/\(other.topic).json", "/latest.json",
                "/c/open/\(category.id).json",
            ]
            for path in paths {
                #expect(try await web.send(.get, path).text.contains("soon hidden"), "\(path)")
            }
            let answer = try await web.send(
                .put,
                "/categories/\(category.id).json",
                as: .member("boss"),
                json: #"{"permissions":{"staff":1}}"#
            )
            #expect(answer.status == 200, "\(answer.text.prefix(200))")
            for path in paths {
                #expect(try await !web.send(.get, path).text.contains("soon hidden"), "\(path)")
            }
        }
    }

    @Test func `a setting that closes the site closes the kept answers`() async throws {
        try await WebSite.with { web in
            #expect(try await web.send(.get, "/latest.json").status == 200)
            #expect(try await web.send(.get, "/latest.json").status == 200)
            try await web.community.changeSetting("login_required", to: "true", by: web.boss)
            #expect(try await web.send(.get, "/latest.json").status == 403)
        }
    }

    @Test func `nothing is kept while other nodes' changes do not arrive`() async throws {
        try await WebSite.with { web in
            _ = try await web.send(.get, "/categories.json")
            #expect(isKept(try await web.send(.get, "/categories.json")))
            web.community.signals.isFollowing = false
            #expect(!isKept(try await web.send(.get, "/categories.json")))
            #expect(!isKept(try await web.send(.get, "/categories.json")))
        }
    }

    @Test func `an answer made while its topic changed is not kept`() {
        let cache = AnonymousCache { true }
        let ticket = cache.ticket()
        let body = ByteBuffer(string: "{}")
        cache.drop(.topic(TopicID(1)))
        #expect(cache.keep(body, for: "/t/1", rule: .topic(TopicID(1)), since: ticket) == nil)
        #expect(cache.keep(body, for: "/latest", rule: .lists, since: ticket) == nil)
        #expect(cache.keep(body, for: "/t/2", rule: .topic(TopicID(2)), since: ticket) != nil)
        #expect(cache.entry(for: "/t/1") == nil)
        #expect(cache.entry(for: "/t/2") != nil)
        cache.drop(.site)
        #expect(cache.entry(for: "/t/2") == nil)
        #expect(cache.keep(body, for: "/t/2", rule: .topic(TopicID(2)), since: ticket) == nil)
    }

    @Test func `the cache never holds more than its limit`() {
        let cache = AnonymousCache { true }
        let body = ByteBuffer(repeating: 32, count: WebLimits.cachedAnswerBytes)
        let many = WebLimits.cachedBytes / WebLimits.cachedAnswerBytes + 10
        for number in 0..<many {
            let ticket = cache.ticket()
            _ = cache.keep(body, for: "/\(number)", rule: .lists, since: ticket)
        }
        let kept = (0..<many).filter { cache.entry(for: "/\($0)") != nil }
        #expect(kept.count * WebLimits.cachedAnswerBytes <= WebLimits.cachedBytes)
        let large = ByteBuffer(repeating: 32, count: WebLimits.cachedAnswerBytes + 1)
        #expect(cache.keep(large, for: "/large", rule: .lists, since: cache.ticket()) == nil)
    }
}
