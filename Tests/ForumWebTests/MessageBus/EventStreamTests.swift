import Forum
import ForumAPI
import HTTPTypes
import Postgres
import TestSupport
import Testing

@testable import ForumWeb

/// Server-Sent Events: the same audience as the message bus, also while the stream is open.
@Suite struct EventStreamTests {
    /// What a stream sends until the bus closes.
    private static func stream(
        _ web: WebSite,
        _ channels: String,
        as caller: WebSite.Caller,
        lastEventID: String? = nil
    ) async throws -> Answer {
        var headers = HTTPFields()
        if let lastEventID { headers[.lastEventID] = lastEventID }
        return try await web.send(
            .get,
            "/events?channels=\(channels)",
            as: caller,
            headers: headers
        )
    }

    @Test func `posts reach those who may read them, with an id to go on from`() async throws {
        try await WebSite.with { web in
            let friend = try await web.site.member("friend")
            _ = try await web.site.member("mia")
            _ = try await web.site.group("friends", members: [friend])
            let hidden = try await web.site.category("Hidden", permissions: ["friends": 1])
            let pal = try await web.site.refreshed(friend)
            let made = try await web.topic(by: pal, in: hidden.id)
            try await web.dispatch()
            let channel = "/topic/\(made.topic)"
            async let told = Self.stream(web, "\(channel),/latest", as: .member("friend"))
            async let silent = Self.stream(web, "\(channel),/latest", as: .member("mia"))
            try await Task.sleep(for: .milliseconds(400))
            let post = try await web.reply(to: made.topic, by: pal, "What friends are told of.")
            try await web.dispatch()
            try await Task.sleep(for: .milliseconds(400))
            web.bus.close()
            let answer = try await told
            #expect(answer.headers[.contentType] == "text/event-stream; charset=utf-8")
            #expect(answer.text.contains(#""id": \#(post)"#), "\(answer.text)")
            let ids = answer.text.matches(of: #/(?m)^id: (.+)$/#).map(\.output.1)
            let end = EventID.positions(String(try #require(ids.last)))
            #expect(end[channel] == 3)
            let other = try await silent
            #expect(!other.text.contains(#""id":"#) && !other.text.contains("\"topic_id\""))
        }
    }

    @Test func `a client goes on after the last event it had`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            try await web.dispatch()
            let channel = "/topic/\(made.topic)"
            async let stream = Self.stream(
                web,
                channel,
                as: .guest,
                lastEventID: EventID.text([channel: 1])
            )
            try await Task.sleep(for: .milliseconds(400))
            web.bus.close()
            let text = try await stream.text
            #expect(text.contains(#""message_id":2"#) && !text.contains(#""message_id":1,"#))
            #expect(!text.contains("__status"))
        }
    }

    @Test func `a stream ends when its key is revoked`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            try await web.dispatch()
            async let stream = Self.stream(web, "/topic/\(made.topic)", as: .member("author"))
            try await Task.sleep(for: .milliseconds(400))
            _ = try await web.community.database.query("UPDATE api_keys SET revoked_at = now()")
            try await web.reply(to: made.topic, by: author, "Nobody with that key hears of this.")
            try await web.dispatch()
            let text = try await stream.text
            #expect(text.contains("event: closed") && !text.contains(#""post_number": 3"#))
        }
    }

    @Test(arguments: [
        "/events", "/events?channels=", "/events?channels=latest",
        "/events?channels=\((0...100).map { "/topic/\($0)" }.joined(separator: ","))",
    ])
    func `what names no channels is refused`(uri: String) async throws {
        try await WebSite.with { web in
            let answer = try await web.send(.get, uri)
            #expect(answer.status == 400)
        }
    }

    @Test func `one person holds a few streams open and no more`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("mia")
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<WebLimits.eventStreamsPerPerson {
                    group.addTask {
                        try await Self.stream(web, "/latest", as: .member("mia")).status
                    }
                }
                try await Task.sleep(for: .milliseconds(500))
                let more = try await Self.stream(web, "/latest", as: .member("mia"))
                #expect(more.status == 429)
                web.bus.close()
                for try await status in group { #expect(status == 200) }
            }
        }
    }
}
