import Forum
import Postgres
import TestSupport
import Testing

struct LiveBusTests {
    /// A bus that follows NOTIFY while `body` runs.
    private func withBus(
        _ body: (TestCommunity, LiveBus, Principal) async throws -> Void
    ) async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let bus = LiveBus(community: site.community)
            let listener = Listener(
                connectionString: site.database.connectionString,
                logger: TestDatabase.logger
            )
            let following = Task { await bus.run(listener: listener) }
            for _ in 0..<500 where !site.community.signals.isFollowing {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(site.community.signals.isFollowing)
            do {
                try await body(site, bus, boss)
            } catch {
                following.cancel()
                await following.value
                throw error
            }
            following.cancel()
            await following.value
            #expect(!site.community.signals.isFollowing)
        }
    }

    private func poll(
        _ bus: LiveBus,
        _ positions: LiveBus.Positions,
        _ viewer: Viewer = .anonymous,
        client: String = "client",
        wait: Int = 0
    ) async throws -> LiveBus.Delivery {
        try await bus.messages(
            after: positions,
            for: viewer,
            clientID: client,
            waitSeconds: wait
        )
    }

    @Test func `what happens is told on its channels after the position asked for`() async throws {
        try await withBus { site, bus, boss in
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: boss)
            let channel = "/topic/\(topic.topicID)"
            let reply = try await site.reply(to: topic, by: anna)
            _ = try await site.community.like(reply.id, by: boss)
            try await site.dispatch()
            let all = try await poll(bus, ["/latest": 0, "/new": 0, channel: 0])
            #expect(
                all.messages.map { "\($0.channel) \($0.messageID)" }.sorted() == [
                    "/latest 1", "/latest 2", "/new 1", "\(channel) 1", "\(channel) 2",
                    "\(channel) 3",
                ]
            )
            #expect(all.positions == ["/latest": 2, "/new": 1, channel: 3])
            #expect(all.messages.map(\.globalID) == all.messages.map(\.globalID).sorted())
            let last = try #require(all.messages.last { $0.channel == channel })
            #expect(last.data.contains(#""type": "liked""#))
            #expect(last.data.contains("\"id\": \(reply.id)"))
            let rest = try await poll(bus, [channel: 2])
            #expect(rest.messages.map(\.messageID) == [3])
            let lastTwo = try await poll(bus, [channel: -3])
            #expect(lastTwo.messages.map(\.messageID) == [2, 3])
            #expect(try await bus.positions(of: [channel, "/none"]) == [channel: 3, "/none": 0])
        }
    }

    @Test func `notices taken back, tags and categories are told to whom they concern`()
        async throws
    {
        try await withBus { site, bus, boss in
            let community = site.community
            let anna = try await site.member("anna")
            _ = try await site.group("club", members: [boss])
            _ = try await community.openSession(for: anna)
            let topic = try await site.topic(
                raw: "Hello @anna, how are you today?",
                tags: ["swift"],
                by: boss
            )
            try await site.dispatch()
            let latest = try await poll(bus, ["/latest": 0]).messages
            #expect(latest.last?.data.contains(#""tags": ["swift"]"#) == true)
            #expect(latest.last?.data.contains(#""topic_tag_ids": ["#) == true)
            let own = "/notification/\(anna.id)"
            let before = try await poll(bus, [own: 0], .member(anna)).positions[own] ?? 0
            try await community.deleteTopic(topic.topicID, by: boss)
            try await site.dispatch()
            let told = try await poll(bus, [own: before], .member(anna)).messages
            #expect(told.last?.data.contains(#""all_unread_notifications_count": 0"#) == true)

            let start = try await bus.positions(of: ["/categories"])["/categories"] ?? 0
            let open = try await site.category("Open")
            let closed = try await site.category("Closed", permissions: ["club": 1])
            try await site.dispatch()
            func names(_ viewer: Viewer) async throws -> [String] {
                try await poll(bus, ["/categories": start], viewer).messages.map(\.data)
                    .compactMap { $0.firstMatch(of: /"name": "(\w+)"/).map { String($0.output.1) } }
            }
            #expect(try await names(.anonymous) == ["Open"])
            #expect(try await names(.member(site.refreshed(boss))) == ["Open", "Closed"])
            let position = try await bus.positions(of: ["/categories"])["/categories"] ?? 0
            for category in [open, closed] {
                try await community.deleteCategory(category.id, by: boss)
            }
            try await site.dispatch()
            let gone = try await poll(bus, ["/categories": position]).messages
            #expect(
                gone.filter { $0.channel == "/categories" }.map(\.data) == [
                    #"{"categories": [], "deleted_categories": [\#(open.id)]}"#
                ]
            )
        }
    }

    @Test(arguments: [Int64(-1), 4, Int64.max])
    func `who asks for what is not there is told where the channel stands`(
        asked: Int64
    )
        async throws
    {
        try await withBus { site, bus, boss in
            let topic = try await site.topic(by: boss)
            try await site.reply(to: topic, by: boss)
            try await site.dispatch()
            let delivery = try await poll(bus, ["/latest": asked, "/new": 1], wait: 20)
            #expect(delivery.messages.map(\.channel) == ["/__status"])
            #expect(delivery.messages.first?.data == #"{"/latest":2}"#)
            #expect(delivery.positions == ["/latest": 2, "/new": 1])
        }
    }

    @Test(arguments: [Int64.min, -1, 0, 7])
    func `odd channels are no fault`(position: Int64) async throws {
        try await withBus { _, bus, _ in
            let long = String(repeating: "x", count: 300)
            let odd = ["/a\0b": position, long: position, "/topic/x": position, "/t\"\\": position]
            let delivery = try await poll(bus, odd)
            #expect(delivery.positions == ["/topic/x": 0, "/t\"\\": 0])
            #expect(try await poll(bus, [:]).messages.isEmpty)
        }
    }

    @Test func `whoever waits is woken by what another node commits`() async throws {
        try await withBus { site, bus, boss in
            let waiting = Task { try await poll(bus, ["/latest": 0], wait: 30) }
            try await Task.sleep(for: .milliseconds(200))
            let start = ContinuousClock.now
            try await site.topic(by: boss)
            try await site.dispatch()
            let delivery = try await waiting.value
            #expect(delivery.messages.map(\.messageID) == [1])
            #expect(ContinuousClock.now - start < .seconds(15))
        }
    }

    @Test func `waiting ends at its time, when replaced and when cancelled`() async throws {
        try await withBus { site, bus, boss in
            let start = ContinuousClock.now
            #expect(try await poll(bus, ["/latest": 0], wait: 1).messages.isEmpty)
            #expect(ContinuousClock.now - start >= .seconds(1))

            let older = Task { try await poll(bus, ["/latest": 0], client: "one", wait: 60) }
            let stranger = Task {
                try await poll(bus, ["/latest": 0], .member(boss), client: "one", wait: 60)
            }
            try await Task.sleep(for: .milliseconds(200))
            let newer = Task { try await poll(bus, ["/latest": 0], client: "one", wait: 60) }
            let ended = try await older.value
            #expect(ended.messages.isEmpty && ended.positions == ["/latest": 0])
            newer.cancel()
            do {
                #expect(try await newer.value.messages.isEmpty)
            } catch {
                #expect(error is CancellationError || error is PostgresError)
            }
            try await site.topic(by: boss)
            try await site.dispatch()
            #expect(try await stranger.value.messages.map(\.messageID) == [1])
            #expect(ContinuousClock.now - start < .seconds(40))
        }
    }

    @Test func `what one may not see is never told, nor how much of it there is`() async throws {
        try await withBus { site, bus, boss in
            let stranger = try await site.member("stranger")
            var insider = try await site.member("insider")
            let group = try await site.group("insiders", members: [insider])
            insider = try await site.refreshed(insider)
            let secret = try await site.category("Secret", permissions: ["insiders": 1])
            let topic = try await site.topic(in: secret.id, by: boss)
            let message = try await site.message(to: ["insider"], by: boss)
            try await site.reply(to: topic, by: boss)
            try await site.dispatch()
            let channels = ["/topic/\(topic.topicID)", "/topic/\(message.topicID)"]
            let asked: LiveBus.Positions = [
                "/latest": 0, "/new": 0, "/delete": 0, channels[0]: 0, channels[1]: 0,
            ]
            /// Where the channels of all stand is told, so that nobody asks for the same again.
            func hearsNothing(of channels: [String], _ viewer: Viewer) async throws {
                let told = try await poll(bus, asked, viewer).messages
                #expect(told.allSatisfy { $0.channel == "/__status" })
                #expect(!told.contains { told in channels.contains { told.data.contains($0) } })
            }
            for viewer in [Viewer.anonymous, .member(stranger)] {
                try await hearsNothing(of: channels, viewer)
                let probe = try await poll(
                    bus,
                    [channels[0]: -1, channels[1]: 9, "/topic/777": -1],
                    viewer
                )
                #expect(
                    probe.messages.map(\.data)
                        == [#"{"\#(channels[0])":0,"\#(channels[1])":0,"/topic/777":0}"#]
                )
            }
            let seen = try await poll(bus, asked, .member(insider))
            #expect(seen.messages.count == 6)
            #expect(try await poll(bus, asked, .member(boss)).messages.count == 6)

            // The same rows, after the insider has become a stranger.
            try await site.community.removeMembers([insider.id], from: group.id, by: .system)
            try await site.run("DELETE FROM topic_allowed_users WHERE user_id = \(insider.id)")
            insider = try await site.refreshed(insider)
            try await hearsNothing(of: channels, .member(insider))

            try await site.community.deleteTopic(topic.topicID, by: boss)
            try await site.community.deleteTopic(message.topicID, by: boss)
            try await site.dispatch()
            for viewer in [Viewer.anonymous, .member(stranger), .member(insider)] {
                try await hearsNothing(of: channels, viewer)
            }
            let told = try await poll(bus, asked, .member(boss)).messages
            #expect(told.contains { $0.channel == "/delete" })
        }
    }

    @Test func `a restricted message does not end anybody's waiting`() async throws {
        try await withBus { site, bus, boss in
            _ = try await site.group("insiders", members: [boss])
            let secret = try await site.category("Secret", permissions: ["insiders": 1])
            let waiting = Task { try await poll(bus, ["/latest": 0], wait: 30) }
            try await Task.sleep(for: .milliseconds(100))
            try await site.topic(in: secret.id, by: boss)
            try await site.dispatch()
            try await site.topic("A topic for everybody", by: boss)
            try await site.dispatch()
            let delivery = try await waiting.value
            #expect(delivery.messages.map(\.messageID) == [2])
        }
    }

    @Test func `that a topic was deleted is told to those who could see it`() async throws {
        try await withBus { site, bus, boss in
            let open = try await site.topic("A topic for everybody", by: boss)
            let unlisted = try await site.topic("A topic that is unlisted", by: boss)
            try await site.community.setTopicStatus(
                unlisted.topicID,
                status: .visible,
                enabled: false,
                by: boss
            )
            for topic in [open, unlisted] {
                try await site.community.deleteTopic(topic.topicID, by: boss)
            }
            try await site.dispatch()
            let told = try await poll(bus, ["/delete": 0]).messages.filter { $0.messageID > 0 }
            #expect(told.count == 1)
            #expect(told.first?.data.contains("\"topic_id\": \(open.topicID)") == true)
        }
    }
}
