import Forum
import ForumAPI
import HTTPTypes
import TestSupport
import Testing

@testable import ForumWeb

/// What holds for every answer.
@Suite struct MannersTests {
    @Test func `every answer has the headers of safety, an id and a time`() async throws {
        try await WebSite.with { web in
            let answers = [
                try await web.send(.get, "/latest.json"), try await web.send(.get, "/latest.json"),
                try await web.send(.get, "/"), try await web.send(.get, "/nothing.json"),
                try await web.send(.get, "/nothing", headers: [.accept: "text/html"]),
                try await web.send(.post, "/posts.json", hasToken: false),
                try await web.send(.options, "/latest.json"),
            ]
            for answer in answers {
                #expect(answer.headers[.contentTypeOptions] == "nosniff")
                let policy = answer.headers[.contentSecurityPolicy] ?? ""
                #expect(policy.contains("default-src 'none'"))
                #expect(policy.contains("frame-ancestors 'none'"))
                #expect(answer.headers[.referrerPolicy] == "same-origin")
                #expect(answer.headers[.requestID]?.isEmpty == false)
                #expect(answer.headers[.runtime].flatMap { Double($0) } != nil)
                #expect(answer.headers[.strictTransportSecurity] == nil)
            }
            let named = try await web.send(.get, "/site.json", headers: [.requestID: "abc-1"])
            #expect(named.headers[.requestID] == "abc-1")
            let forged = try await web.send(.get, "/site.json", headers: [.requestID: "a b"])
            #expect(forged.headers[.requestID] != "a b")
        }
    }

    @Test func `what is unknown is a page in a browser and JSON for a program`() async throws {
        try await WebSite.with { web in
            let page = try await web.send(
                .get,
                "/t/9999",
                headers: [.accept: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"]
            )
            #expect(page.status == 404)
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(page.text.contains("could not be found"))
            for (uri, accept) in [
                ("/nothing", "application/json"), ("/nothing", "*/*"),
                ("/nothing.json", "text/html"), ("/t/9999.json", "text/html"),
            ] {
                let answer = try await web.send(.get, uri, headers: [.accept: accept])
                #expect(answer.status == 404)
                #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
                #expect(try answer.json["error_type"] == "not_found")
            }
        }
    }

    @Test func `OPTIONS tells what an address takes`() async throws {
        try await WebSite.with { web in
            let list = try await web.send(.options, "/latest.json")
            #expect(list.status == 200)
            #expect(list.headers[.allow] == "GET, HEAD, OPTIONS")
            let posts = try await web.send(.options, "/posts/1.json")
            #expect(posts.headers[.allow] == "DELETE, GET, HEAD, OPTIONS, PUT")
            #expect(try await web.send(.options, "/nothing").status == 404)
        }
    }

    @Test func `every answer of a GET can be compared, and personal ones are not kept`()
        async throws
    {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let topic = try await web.topic(by: author).topic
            for uri in ["/t/\(topic).json", "/raw/\(topic)", "/site.json", "/u/author.json"] {
                for caller in [WebSite.Caller.guest, .member("author")] {
                    let first = try await web.send(.get, uri, as: caller)
                    let etag = try #require(first.headers[.eTag], "\(uri)")
                    let again = try await web.send(
                        .get,
                        uri,
                        as: caller,
                        headers: [.ifNoneMatch: "\"other\", W/\(etag)"]
                    )
                    #expect(again.status == 304 && again.bytes.isEmpty, "\(uri)")
                    #expect(again.headers[.eTag] == etag)
                    let keeping = caller == .guest ? "no-cache" : "no-cache, no-store"
                    #expect(first.headers[.cacheControl] == keeping)
                }
            }
            let written = try await web.send(
                .post,
                "/posts.json",
                as: .member("author"),
                json: #"{"topic_id":\#(topic),"raw":"A reply that is long enough."}"#
            )
            #expect(written.status == 200 && written.headers[.eTag] == nil)
            #expect(written.headers[.discourseRoute] == "posts/create")
            #expect(written.headers[.discourseUsername] == "author")
        }
    }

    @Test func `a site that is read only takes nothing but log-ins`() async throws {
        try await WebSite.with(settings: ["read_only": "true"]) { web in
            _ = try await web.site.member("mia")
            let refused = try await web.send(
                .post,
                "/posts.json",
                as: .member("mia"),
                json: #"{"title":"A title that is long","raw":"A text that is long enough."}"#
            )
            #expect(refused.status == 503)
            #expect(try refused.json["error_type"] == "read_only")
            #expect(refused.headers[.readOnly] == "true")
            #expect(try await web.send(.get, "/latest.json").status == 200)
            let logIn = try await web.send(
                .post,
                "/session.json",
                form: "login=mia&password=\(TestCommunity.password.replacing(" ", with: "+"))"
            )
            #expect(try logIn.json["user"]?["username"] == "mia")
        }
    }

    @Test func `a site with names is served under no other`() async throws {
        try await WebSite.with(settings: ["allowed_hosts": "forum.example, other.example"]) { web in
            let answer = try await web.send(.get, "/about.json")
            #expect(answer.status == 400)
        }
    }

    @Test func `a GET may have a body, as Discourse's own document has it`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            let answer = try await web.send(
                .get,
                "/t/\(made.topic)/posts.json",
                json: #"{"post_ids[]":[\#(made.reply)],"post_ids":[\#(made.reply)]}"#,
                headers: [.contentLength: "40"]
            )
            #expect(try answer.json["post_stream"]?["posts"]?.arrayValue?.count == 1)
        }
    }
}
