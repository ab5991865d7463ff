import ForumAPI
import Synchronization
import Testing

@testable import ForumClient

struct LiveStreamTests {
    private static func message(_ id: Int, _ channel: String = "/latest") -> String {
        #"{"global_id":\#(id),"message_id":\#(id),"channel":"\#(channel)","data":{"n":\#(id)}}"#
    }

    /// Answers its polls one after the other; the last answer stays.
    private final class Script: Sendable {
        private let answers: [Answer]
        private let next = Mutex(0)

        init(_ answers: [Answer]) { self.answers = answers }

        func answer(_ asked: Asked) -> Answer {
            next.withLock { next in
                defer { next += 1 }
                return answers[min(next, answers.count - 1)]
            }
        }
    }

    private static func chunked(_ chunks: [String], delay: Int = 5) -> Answer {
        var answer = Answer("")
        answer.headers = [("Content-Type", "text/plain; charset=utf-8")]
        answer.chunks = chunks
        answer.delay = delay
        return answer
    }

    /// The first `count` events of a stream on `/latest`.
    private func events(
        _ count: Int,
        from answers: [Answer],
        after position: Int = 0,
        channels: [String] = ["/latest"]
    ) async throws -> (events: [LiveStream.Event], asked: [Asked]) {
        let script = Script(answers)
        var events: [LiveStream.Event] = []
        var asked: [Asked] = []
        try await LoopbackSite.with {
            script.answer($0)
        } _: { site in
            try await withClient(of: site) { client in
                let stream = LiveStream(client: client)
                for channel in channels { stream.subscribe(channel, after: position) }
                let running = Task { await stream.run() }
                for await event in stream.events {
                    events.append(event)
                    if events.count == count { break }
                }
                asked = site.asked
                running.cancel()
                await running.value
            }
        }
        return (events, asked)
    }

    private func numbers(_ events: [LiveStream.Event]) -> [Int] {
        events.compactMap { event in
            guard case .message(let message) = event else { return nil }
            return message.data["n"]?.intValue
        }
    }

    @Test func `chunks arrive as they are sent, and the next poll goes on from there`() async throws
    {
        let separator = "\r\n|\r\n"
        let first = LiveStreamTests.chunked([
            "[]\(separator)", "[\(LiveStreamTests.message(5))", "]\r\n", "|\r\n[",
            "\(LiveStreamTests.message(6)),\(LiveStreamTests.message(6))]\(separator)[]\(separator)",
        ])
        let second = LiveStreamTests.chunked(["[\(LiveStreamTests.message(7))]\(separator)"])
        let hold = LiveStreamTests.chunked(["[]\(separator)"], delay: 3_000)
        let (events, asked) = try await events(4, from: [first, second, hold], after: 4)
        #expect(events.first == .connected)
        #expect(numbers(events) == [5, 6, 7])
        #expect(asked[0].uri.hasPrefix("/message-bus/"))
        #expect(asked[0].uri.hasSuffix("/poll"))
        #expect(asked[0].uri.split(separator: "/")[1].count == 32)
        #expect(asked[0].body == "%2Flatest=4&__seq=1")
        #expect(asked[1].body == "%2Flatest=6&__seq=2")
        #expect(asked[0].headers["x-csrf-token"] == nil)
    }

    @Test func `a list without chunks and the status are understood`() async throws {
        let status =
            #"{"global_id":-1,"message_id":-1,"channel":"/__status","data":{"/latest":40}}"#
        let answers = [
            Answer("[\(status),\(LiveStreamTests.message(41))]"),
            LiveStreamTests.chunked(["[]\r\n|\r\n"], delay: 3_000),
        ]
        let (events, asked) = try await events(2, from: answers, after: -1)
        #expect(numbers(events) == [41])
        #expect(asked[0].body == "%2Flatest=-1&__seq=1")
    }

    @Test func `a break is announced, and the stream comes back`() async throws {
        var broken = LiveStreamTests.chunked(["[\(LiveStreamTests.message(1))]\r\n|\r\n"])
        broken.breaks = true
        let again = LiveStreamTests.chunked(["[\(LiveStreamTests.message(2))]\r\n|\r\n"])
        let (events, _) = try await events(5, from: [broken, again])
        guard events.count == 5, case .disconnected(.network, 1) = events[2] else {
            Issue.record("\(events)")
            return
        }
        #expect(events[3] == .connected)
        #expect(numbers(events) == [1, 2])
    }

    @Test func `who may not listen is told so once`() async throws {
        let refused = Answer(#"{"errors":["no"],"error_type":"not_logged_in"}"#, status: 403)
        let (events, asked) = try await events(2, from: [refused])
        #expect(events == [.disconnected(.auth(message: "no"), retrySeconds: 0)])
        #expect(asked.count == 1)
    }

    @Test func `a new subscription cuts the poll short`() async throws {
        let script = Script([
            LiveStreamTests.chunked(["[]\r\n|\r\n", "[]\r\n|\r\n"], delay: 20_000),
            LiveStreamTests.chunked([
                "[\(LiveStreamTests.message(9, "/topic/5"))]\r\n|\r\n", "[]\r\n|\r\n",
            ]),
        ])
        try await LoopbackSite.with {
            script.answer($0)
        } _: { site in
            try await withClient(of: site) { client in
                let stream = LiveStream(client: client)
                stream.subscribe("/latest", after: 1)
                let running = Task { await stream.run() }
                while site.asked.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
                let start = ContinuousClock.now
                stream.subscribe("/topic/5", after: 8)
                for await event in stream.events {
                    guard case .message(let message) = event else { continue }
                    #expect(message.channel == "/topic/5")
                    break
                }
                #expect(ContinuousClock.now - start < .seconds(5))
                running.cancel()
                await running.value
            }
            #expect(site.asked[1].body == "%2Flatest=1&%2Ftopic%2F5=8&__seq=2")
        }
    }

    @Test func `waits grow, and follow the site when it is overloaded`() {
        let broken = ClientError.network(reason: "x")
        let waits = (1...9).map { LiveStream.pauseSeconds(after: broken, failures: $0) }
        #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60, 60])
        #expect(LiveStream.pauseSeconds(after: .rateLimited(seconds: 3), failures: 1) == 15)
        #expect(LiveStream.pauseSeconds(after: .rateLimited(seconds: 90), failures: 1) == 90)
    }

    @Test func `the stream is cut wherever its bytes arrive`() {
        let whole = Array("[1]\r\n|\r\n[\"a\r\n||\r\nb\"]\r\n|\r\n[3]".utf8)
        for size in 1...whole.count {
            var splitter = ChunkSplitter()
            var lists: [[UInt8]] = []
            for start in stride(from: 0, to: whole.count, by: size) {
                lists += splitter.add(whole[start..<min(start + size, whole.count)])
            }
            lists.append(splitter.rest())
            #expect(
                lists.map { String(decoding: $0, as: UTF8.self) }
                    == ["[1]", "[\"a\r\n|\r\nb\"]", "[3]"]
            )
        }
    }
}
