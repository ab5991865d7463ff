import Forum
import ForumAPI
import HTTPTypes
import TestSupport
import Testing

@testable import ForumWeb

/// How clients of Discourse send things: forms, JSON, multipart, suffixes.
@Suite struct NegotiationTests {
    @Test func `a post may come as JSON, as a form, as multipart and as mislabelled multipart`()
        async throws
    {
        try await WebSite.with { web in
            _ = try await web.site.member("mia")
            let multipart = """
                --b\r\nContent-Disposition: form-data; name="title"\r\n\r\nA title in several parts\r
                --b\r\nContent-Disposition: form-data; name="raw"\r\n\r\nA body in several parts.\r
                --b--\r\n
                """
            let bodies: [(type: String, body: String, title: String)] = [
                (
                    "application/json",
                    #"{"title":"A title as JSON it is","raw":"A body as JSON it is."}"#,
                    "A title as JSON it is"
                ),
                (
                    "application/json; charset=utf-8",
                    #"{"title":"A title as typed JSON","raw":"A body as typed JSON, yes."}"#,
                    "A title as typed JSON"
                ),
                (
                    "application/x-www-form-urlencoded",
                    "title=A+title+as+a+form%21&raw=A+body+as+a+form+%28yes%29.",
                    "A title as a form!"
                ),
                ("multipart/form-data; boundary=b", multipart, "A title in several parts"),
                (
                    "multipart/form-data",
                    "title=A+title+under+a+wrong+name&raw=A+body+under+a+wrong+name.",
                    "A title under a wrong name"
                ),
            ]
            for sent in bodies {
                let answer = try await web.send(
                    .post,
                    "/posts.json",
                    as: .member("mia"),
                    json: sent.body,
                    headers: [.contentType: sent.type]
                )
                #expect(answer.status == 200, "\(sent.type): \(answer.text.prefix(200))")
                #expect(try answer.json["topic_title"]?.stringValue == sent.title)
            }
        }
    }

    @Test func `the parameters of a POST may stand in its address`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("mia")
            let answer = try await web.send(
                .post,
                "/posts.json?title=A+title+in+the+address&raw=A+body+in+the+address.",
                as: .member("mia")
            )
            #expect(answer.status == 200, "\(answer.text.prefix(200))")
        }
    }

    @Test func `nested and repeated keys of forms arrive as what they mean`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author", trustLevel: 4)
            let made = try await web.topic(by: author)
            let edited = try await web.send(
                .put,
                "/posts/\(made.reply).json",
                as: .member("author"),
                form: "post[raw]=Changed+through+a+form.&post[edit_reason]=why"
            )
            #expect(
                try edited.json["post"]?["cooked"]?.stringValue == "<p>Changed through a form.</p>"
            )
            let retagged = try await web.send(
                .put,
                "/t/-/\(made.topic).json",
                as: .member("author"),
                form: "tags[]=one&tags[]=two"
            )
            #expect(retagged.status == 200)
            let posts = try await web.send(
                .get,
                "/t/\(made.topic)/posts.json?post_ids[]=\(made.reply)&post_ids[]=\(made.first)"
            )
            let stream = try posts.json["post_stream"]?["posts"]?.arrayValue
            #expect(stream?.count == 2)
            let category = try await web.send(
                .post,
                "/categories.json",
                as: .member("boss"),
                form: "name=Inner&color=0088CC&text_color=FFFFFF&permissions[staff]=1"
            )
            #expect(try category.json["category"]?["read_restricted"] == .bool(true))
            let closed = try await web.send(
                .put,
                "/t/\(made.topic)/status.json",
                as: .member("boss"),
                form: "status=closed&enabled=true"
            )
            #expect(closed.status == 200)
            let seen = try await web.send(.get, "/t/\(made.topic).json")
            #expect(try seen.json["closed"] == .bool(true))
            let tags = try seen.json["tags"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
            #expect(tags?.sorted() == ["one", "two"])
        }
    }

    @Test func `the suffix alone and the Accept header alone both give JSON`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let topic = try await web.topic(by: author).topic
            for path in ["/latest", "/categories", "/t/\(topic)", "/t/a-topic/\(topic)", "/site"] {
                let suffixed = try await web.send(.get, "\(path).json")
                let accepting = try await web.send(
                    .get,
                    path,
                    headers: [.accept: "application/json"]
                )
                #expect(suffixed.status == 200 && accepting.status == 200, "\(path)")
                #expect(suffixed.headers[.contentType] == "application/json; charset=utf-8")
                #expect(suffixed.bytes == accepting.bytes, "\(path)")
            }
        }
    }

    @Test func `HEAD answers as GET does, without the body`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let topic = try await web.topic(by: author).topic
            for path in ["/t/\(topic).json", "/latest.json", "/t/999999.json"] {
                let full = try await web.send(.get, path, as: .member("author"))
                let head = try await web.send(.head, path, as: .member("author"))
                #expect(head.status == full.status && head.bytes.isEmpty, "\(path)")
                #expect(head.headers[.contentLength] == String(full.bytes.count), "\(path)")
                #expect(head.headers[.contentType] == full.headers[.contentType], "\(path)")
            }
        }
    }

    @Test func `an answer without a body has a type all the same, but not that of JSON`()
        async throws
    {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            let answer = try await web.send(
                .delete,
                "/posts/\(made.reply).json",
                as: .member("boss")
            )
            #expect(answer.status == 200 && answer.bytes.isEmpty)
            #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
        }
    }

    @Test func `posts without numbers are those where the topic begins`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            let answer = try await web.send(.get, "/t/\(made.topic)/posts.json")
            let posts = try answer.json["post_stream"]?["posts"]?.arrayValue
            #expect(
                posts?.compactMap { $0["id"]?.intValue.map(Int64.init) }
                    == [made.first.value, made.reply.value]
            )
        }
    }

    @Test func `raw text past its end is empty, not an error`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            let text = try await web.send(.get, "/raw/\(made.topic)")
            #expect(text.text.contains("A reply to A topic with a long title, yes."))
            #expect(text.headers[.contentType] == "text/plain; charset=utf-8")
            let past = try await web.send(.get, "/raw/\(made.topic)?page=9")
            #expect(past.status == 200 && past.bytes.isEmpty)
        }
    }

    @Test func `a topic has what to read next below its end, and no one else's secrets`()
        async throws
    {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let hidden = try await web.site.category("Hidden", permissions: ["staff": 1])
            let shown = try await web.topic(by: author, title: "The topic that is shown")
            _ = try await web.topic(by: author, title: "The topic that is suggested")
            _ = try await web.topic(by: web.boss, in: hidden.id, title: "The topic that is hidden")
            for caller in [WebSite.Caller.guest, .member("author"), .member("boss")] {
                let page = try await web.send(.get, "/t/\(shown.topic).json", as: caller)
                let rows = try #require(try page.json["suggested_topics"]?.arrayValue)
                #expect(
                    rows.compactMap { $0["title"]?.stringValue } == ["The topic that is suggested"]
                )
                let poster = rows.first?["posters"]?.arrayValue?.first
                #expect(poster?["user"]?["username"]?.stringValue == "author")
            }
        }
    }
}
