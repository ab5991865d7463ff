import Forum
import ForumAPI
import HTTPTypes
import TestSupport
import Testing

@testable import ForumWeb

@Suite struct ErrorShapeTests {
    /// A request that is refused, and how.
    struct Refusal: Sendable {
        let what: String
        let method: HTTPRequest.Method
        let uri: String
        var caller = WebSite.Caller.member("mia")
        var json: String?
        var form: String?
        var contentType: String?
        let status: Int
        var type: String?
    }

    private static let refusals = [
        Refusal(
            what: "JSON that ends too early",
            method: .post,
            uri: "/posts.json",
            json: #"{"raw":"#,
            status: 400,
            type: "invalid_parameters"
        ),
        Refusal(
            what: "JSON that is a list",
            method: .post,
            uri: "/posts.json",
            json: "[1]",
            status: 400,
            type: "invalid_parameters"
        ),
        Refusal(
            what: "a list where a text belongs",
            method: .post,
            uri: "/posts.json",
            json: #"{"raw":["a","b"],"topic_id":1}"#,
            status: 400,
            type: "invalid_parameters"
        ),
        Refusal(
            what: "an object where a text belongs, in a form",
            method: .post,
            uri: "/posts.json",
            form: "raw[a]=b&topic_id=1",
            status: 400,
            type: "invalid_parameters"
        ),
        Refusal(
            what: "a word where a number belongs",
            method: .post,
            uri: "/posts.json",
            json: #"{"raw":"Long enough to be a post.","topic_id":"one"}"#,
            status: 400,
            type: "invalid_parameters"
        ),
        Refusal(
            what: "a parameter that is not there",
            method: .post,
            uri: "/posts.json",
            json: "{}",
            status: 400,
            type: nil
        ),
        Refusal(
            what: "a search for nothing",
            method: .get,
            uri: "/search.json",
            status: 400,
            type: nil
        ),
        Refusal(
            what: "a search for one letter",
            method: .get,
            uri: "/search.json?q=a",
            status: 400,
            type: "invalid_parameters"
        ),
        Refusal(
            what: "an order that is not known",
            method: .get,
            uri: "/latest.json?order=magic",
            status: 400,
            type: "invalid_parameters"
        ),
        Refusal(
            what: "a number no table holds",
            method: .get,
            uri: "/t/99999999999999999999.json",
            status: 404,
            type: "not_found"
        ),
        Refusal(
            what: "a topic that is not there",
            method: .get,
            uri: "/t/999999.json",
            status: 404,
            type: "not_found"
        ),
        Refusal(
            what: "a post that is not there",
            method: .get,
            uri: "/posts/999999.json",
            status: 404,
            type: "not_found"
        ),
        Refusal(
            what: "a category that is not there",
            method: .get,
            uri: "/c/nowhere/999999.json",
            status: 404,
            type: "not_found"
        ),
        Refusal(
            what: "a tag that is not there",
            method: .get,
            uri: "/tag/nothing.json",
            status: 404,
            type: "not_found"
        ),
        Refusal(
            what: "a member who is not there",
            method: .get,
            uri: "/u/nobody.json",
            status: 404,
            type: "not_found"
        ),
        Refusal(
            what: "a route that is not there",
            method: .get,
            uri: "/nothing/here.json",
            status: 404,
            type: "not_found"
        ),
        Refusal(
            what: "a method the route has not",
            method: .put,
            uri: "/latest.json",
            status: 404,
            type: "not_found"
        ),
        Refusal(
            what: "no credentials",
            method: .post,
            uri: "/posts.json",
            caller: .guest,
            json: #"{"raw":"Long enough to be a post.","topic_id":1}"#,
            status: 403,
            type: "not_logged_in"
        ),
        Refusal(
            what: "a name nobody has",
            method: .get,
            uri: "/latest.json",
            caller: .member("nobody"),
            status: 403,
            type: "invalid_access"
        ),
        Refusal(
            what: "a title that is too long",
            method: .post,
            uri: "/posts.json",
            json:
                #"{"title":"\#(String(repeating: "long title ", count: 40))","raw":"Long enough to be a post."}"#,
            status: 422,
            type: nil
        ),
        Refusal(
            what: "a post that is too short",
            method: .post,
            uri: "/posts.json",
            json: #"{"title":"A title of a good length","raw":"short"}"#,
            status: 422,
            type: nil
        ),
        Refusal(
            what: "a like of a kind that is not taken",
            method: .post,
            uri: "/post_actions.json",
            json: #"{"id":1,"post_action_type_id":99}"#,
            status: 400,
            type: "invalid_parameters"
        ),
        Refusal(
            what: "a date that is none",
            method: .post,
            uri: "/posts.json",
            json: #"{"raw":"Long enough to be a post.","topic_id":1,"created_at":"soon"}"#,
            status: 400,
            type: "invalid_parameters"
        ),
        Refusal(
            what: "an address that is too long",
            method: .get,
            uri: "/latest.json?x=\(String(repeating: "x", count: 9000))",
            status: 413,
            type: nil
        ),
    ]

    @Test func `what is refused is told with its status and type`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("mia")
            for refusal in Self.refusals {
                let answer = try await web.send(
                    refusal.method,
                    refusal.uri,
                    as: refusal.caller,
                    json: refusal.json,
                    form: refusal.form
                )
                #expect(
                    answer.status == refusal.status,
                    "\(refusal.what): \(answer.text.prefix(200))"
                )
                #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
                let errors = try answer.errors
                #expect(!errors.isEmpty && errors.allSatisfy { !$0.isEmpty }, "\(refusal.what)")
                let type = try answer.json["error_type"]?.stringValue
                #expect(type == refusal.type, "\(refusal.what)")
            }
        }
    }

    @Test func `nothing that may be in a text is a fault of the server`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("mia")
            let uris = [
                "/t/a%00b.json", "/u/a%00b.json", "/tag/a%00b.json", "/c/a%00b/1.json",
                "/search.json?q=abc%00def", "/search.json?q=%FF%FE%FD%FC", "/t/-1.json",
                "/t/0.json",
                "/t/1/99999999999.json", "/t/1.json?page=-5", "/t/1.json?page=99999999999",
                "/latest.json?page=99999999999999999999", "/latest.json?per_page=0",
                "/posts.json?before=-1", "/posts.json?before=99999999999999999999",
                "/notifications.json?offset=99999999999", "/notifications.json?limit=-1",
                "/posts/by_number/1/99999999999.json", "/raw/1?page=99999999999",
                "/t/1/posts.json?post_ids[]=99999999999999999999",
            ]
            for uri in uris {
                let answer = try await web.send(.get, uri, as: .member("mia"))
                #expect(answer.status < 500, "\(uri): \(answer.text.prefix(200))")
            }
            let bodies = [
                #"{"title":"A title of\u0000a good length","raw":"A post with\u0000NUL, long enough."}"#,
                #"{"title":"\ud800 half a character here","raw":"A post with half a \udc00 character."}"#,
            ]
            for body in bodies {
                let answer = try await web.send(
                    .post,
                    "/posts.json",
                    as: .member("mia"),
                    json: body
                )
                #expect(answer.status < 500, "\(body): \(answer.text.prefix(200))")
            }
        }
    }

    @Test func `a body over the limit is refused before it is read`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("mia")
            let answer = try await web.send(
                .post,
                "/posts.json",
                as: .member("mia"),
                json: String(repeating: " ", count: WebLimits.bodyBytes + 1)
            )
            #expect(answer.status == 413)
            #expect(try answer.errors.count == 1)
            #expect(answer.headers[.connection] == "close")
        }
    }

    @Test func `writing too fast tells how long to wait, in the body and the header`() async throws
    {
        try await WebSite.with(settings: ["rate_limit_create_post": "60"]) { web in
            let mia = try await web.site.member("mia")
            let made = try await web.community.createTopic(
                NewTopic(title: "A title of a good length", raw: "A first post, long enough."),
                by: mia
            )
            var answers: [Answer] = []
            for number in 1...2 {
                let raw = "Reply number \(number) that is long enough."
                answers.append(
                    try await web.send(
                        .post,
                        "/posts.json",
                        as: .member("mia"),
                        json: #"{"topic_id":\#(made.topicID),"raw":"\#(raw)"}"#
                    )
                )
            }
            let refused = try #require(answers.last)
            #expect(refused.status == 429)
            #expect(try refused.json["error_type"]?.stringValue == "rate_limit")
            let extras = try #require(try refused.json["extras"])
            let wait = try #require(extras["wait_seconds"]?.intValue)
            #expect((1...60).contains(wait))
            #expect(extras["time_left"]?.stringValue == RateLimit.words(wait))
            #expect(refused.headers[.retryAfter] == String(wait))
        }
    }
}
