import ForumAPI
import Foundation
import HTTPTypes
import Postgres
import TestSupport
import Testing

@testable import Forum
@testable import ForumWeb

@Suite struct MessageBusTests {
    private static let client = "0123456789abcdef0123456789abcdef"

    /// Polls once without waiting.
    private func poll(
        _ web: WebSite,
        _ positions: String,
        as caller: WebSite.Caller = .guest
    ) async throws -> [WireValue] {
        let answer = try await web.send(
            .post,
            "/message-bus/\(Self.client)/poll?dlp=t",
            as: caller,
            json: positions,
            hasToken: false
        )
        #expect(answer.status == 200, "\(answer.text.prefix(200))")
        #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
        return try #require(try answer.json.arrayValue)
    }

    @Test func `a client that asks for what comes is told where each channel stands`() async throws
    {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            try await web.dispatch()
            let channel = "/topic/\(made.topic)"
            let messages = try await poll(web, #"{"\#(channel)":-1,"/never":-1}"#)
            #expect(messages.count == 1)
            let status = try #require(messages.first)
            #expect(status["channel"]?.stringValue == "/__status")
            #expect(status["message_id"]?.intValue == -1 && status["global_id"]?.intValue == -1)
            #expect(status["data"]?["/never"]?.intValue == 0)
            let position = try #require(status["data"]?[channel]?.intValue)
            #expect(position >= 2)
            // An id from another time of the server counts as “only new ones”.
            let reset = try await poll(web, #"{"\#(channel)":\#(position + 1000)}"#)
            #expect(reset.first?["data"]?[channel]?.intValue == position)
        }
    }

    @Test func `the backlog comes from where the client stood, in order, as JSON or as a form`()
        async throws
    {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            try await web.dispatch()
            let channel = "/topic/\(made.topic)"
            let all = try await poll(web, #"{"\#(channel)":0}"#)
            #expect(all.compactMap { $0["message_id"]?.intValue } == Array(1...all.count))
            #expect(all.compactMap { $0["data"]?["post_number"]?.intValue } == [1, 2])
            #expect(all.allSatisfy { $0["data"]?["type"]?.stringValue == "created" })
            #expect(all.allSatisfy { ($0["global_id"]?.intValue ?? 0) > 0 })
            let rest = try await poll(web, #"{"\#(channel)":1}"#)
            #expect(rest == Array(all.dropFirst()))
            let last = try await poll(web, #"{"\#(channel)":-2}"#)
            #expect(last == Array(all.suffix(1)))
            let form = try await web.send(
                .post,
                "/message-bus/\(Self.client)/poll?dlp=t",
                form: "\(percentEncoded(channel))=1&__seq=1",
                hasToken: false
            )
            #expect(try form.json.arrayValue == rest)
            #expect(form.headers[.cacheControl] == "must-revalidate, private, max-age=0")
        }
    }

    @Test func `a poll that waits is answered as soon as a post is there`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            try await web.dispatch()
            let channel = "/topic/\(made.topic)"
            let start = ContinuousClock.now
            async let waiting = web.send(
                .post,
                "/message-bus/\(Self.client)/poll",
                json: #"{"\#(channel)":2}"#,
                headers: [HTTPField.Name.named("Dont-Chunk"): "true"],
                hasToken: false
            )
            try await Task.sleep(for: .milliseconds(300))
            let post = try await web.reply(
                to: made.topic,
                by: author,
                "The post that wakes the poll."
            )
            try await web.dispatch()
            let answer = try await waiting
            #expect(ContinuousClock.now - start < .seconds(10))
            let messages = try #require(try answer.json.arrayValue)
            #expect(messages.count == 1)
            #expect(messages.first?["data"]?["id"]?.intValue == Int(post.value))
        }
    }

    @Test func `a newer poll of the same client ends an older one`() async throws {
        try await WebSite.with { web in
            let start = ContinuousClock.now
            async let older = web.send(
                .post,
                "/message-bus/\(Self.client)/poll",
                json: #"{"/latest":0}"#,
                headers: [HTTPField.Name.named("Dont-Chunk"): "true"],
                hasToken: false
            )
            try await Task.sleep(for: .milliseconds(300))
            _ = try await poll(web, #"{"/latest":0}"#)
            #expect(try await older.json.arrayValue == [])
            #expect(ContinuousClock.now - start < .seconds(10))
        }
    }

    @Test func `a poll that was overtaken by a later one does not end it`() async throws {
        try await WebSite.with { web in
            let start = ContinuousClock.now
            async let later = web.bus.messages(
                after: ["/latest": 0],
                for: .anonymous,
                clientID: Self.client,
                sequence: 7,
                waitSeconds: 4
            )
            try await Task.sleep(for: .milliseconds(300))
            _ = try await web.bus.messages(
                after: ["/latest": 0],
                for: .anonymous,
                clientID: Self.client,
                sequence: 6,
                waitSeconds: 20
            )
            #expect(ContinuousClock.now - start < .seconds(4))
            _ = try await later
            #expect(ContinuousClock.now - start >= .seconds(4))
        }
    }

    @Test func `in chunks, an empty one comes at once and each batch has its separator`()
        async throws
    {
        try await WebSite.with(isLive: true) { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            try await web.dispatch()
            async let waiting = web.send(
                .post,
                "/message-bus/\(Self.client)/poll",
                json: #"{"/topic/\#(made.topic)":2}"#,
                hasToken: false
            )
            try await Task.sleep(for: .milliseconds(300))
            let post = try await web.reply(
                to: made.topic,
                by: author,
                "Text with a | bar\r\n|\r\nin it."
            )
            try await web.dispatch()
            try await Task.sleep(for: .milliseconds(300))
            // The same client comes again, as browsers do when a page is left.
            _ = try await web.bus.messages(
                after: [:],
                for: .anonymous,
                clientID: Self.client,
                waitSeconds: 0
            )
            let answer = try await waiting
            #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(answer.headers[.transferEncoding] == "chunked")
            #expect(answer.headers[.contentTypeOptions] == "nosniff")
            let parts = answer.text.components(separatedBy: "\r\n|\r\n")
            #expect(parts.count == 4 && parts.last == "", "\(answer.text)")
            #expect(parts.first == "[]" && parts.dropLast().last == "[]")
            let messages = try WireValue.parse(json: Array(parts[1].utf8)).arrayValue
            #expect(messages?.first?["data"]?["id"]?.intValue == Int(post.value))
        }
    }

    @Test func `messages of a hidden category reach those who may read it and nobody else`()
        async throws
    {
        try await WebSite.with { web in
            _ = try await web.site.member("mia")
            let friend = try await web.site.member("friend")
            _ = try await web.site.group("friends", members: [friend])
            let hidden = try await web.site.category("Hidden", permissions: ["friends": 1])
            let made = try await web.topic(
                by: try await web.site.refreshed(friend),
                in: hidden.id,
                title: "A secret between friends"
            )
            try await web.dispatch()
            let ask = #"{"/topic/\#(made.topic)":0,"/latest":0,"/new":0}"#
            for caller in [WebSite.Caller.guest, .member("mia")] {
                let messages = try await poll(web, ask, as: caller)
                #expect(messages.allSatisfy { $0["channel"]?.stringValue == "/__status" })
            }
            let channels = Set(
                try await poll(web, ask, as: .member("friend")).compactMap {
                    $0["channel"]?.stringValue
                }
            )
            #expect(channels == ["/topic/\(made.topic)", "/latest", "/new"])
        }
    }

    @Test func `a message to one person reaches nobody else`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            _ = try await web.site.member("mia")
            let channel = "/notification/\(author.id)"
            _ = try await web.community.database.batch(
                LiveQueries.publish(
                    channel: channel,
                    data: #"{"unread_notifications":1}"#,
                    to: .users([author.id.value]),
                    about: nil
                )
            )
            let ask = #"{"\#(channel)":0}"#
            for caller in [WebSite.Caller.guest, .member("mia")] {
                let messages = try await poll(web, ask, as: caller)
                #expect(
                    messages.allSatisfy { $0["channel"]?.stringValue == "/__status" },
                    "\(caller) got \(messages)"
                )
            }
            let own = try await poll(web, ask, as: .member("author"))
            #expect(own.compactMap { $0["channel"]?.stringValue } == [channel])
            #expect(own.first?["data"]?["unread_notifications"]?.intValue == 1)
        }
    }

    @Test func `who follows a topic hears that there is more, who is told hears of the notice`()
        async throws
    {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let reader = try await web.site.member("reader")
            _ = try await web.site.member("mia")
            let made = try await web.topic(by: author)
            try await web.dispatch()
            _ = try await web.community.database.query(
                "UPDATE users SET last_seen_at = now() WHERE id = \(author.id)"
            )
            try await web.reply(to: made.topic, by: reader, "A word to @author, if I may.")
            try await web.dispatch()
            let own = "/notification/\(author.id)"
            let ask = #"{"\#(own)":0,"/unread":0}"#
            let told = try await poll(web, ask, as: .member("author"))
            let notice = try #require(told.first { $0["channel"]?.stringValue == own })
            #expect(notice["data"]?["all_unread_notifications_count"]?.intValue == 1)
            let unread = try #require(told.first { $0["channel"]?.stringValue == "/unread" })
            #expect(unread["data"]?["payload"]?["highest_post_number"]?.intValue == 3)
            for caller in [WebSite.Caller.guest, .member("mia"), .member("reader")] {
                let others = try await poll(web, ask, as: caller)
                #expect(others.allSatisfy { $0["channel"]?.stringValue == "/__status" })
            }
        }
    }

    @Test func `too many channels are refused`() async throws {
        try await WebSite.with { web in
            let channels = (0...Limits.busChannelsPerPoll).map { #""/topic/\#($0)":0"# }
            let answer = try await web.send(
                .post,
                "/message-bus/\(Self.client)/poll?dlp=t",
                json: "{\(channels.joined(separator: ","))}",
                hasToken: false
            )
            #expect(answer.status == 400)
        }
    }
}
