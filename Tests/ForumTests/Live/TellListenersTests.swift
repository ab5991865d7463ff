import Postgres
import TestSupport
import Testing

@testable import Forum

/// Many who wait for one channel are told from memory, with the same audience as those who look.
struct TellListenersTests {
    @Test func `of many listeners each hears what is theirs, and nothing else`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            _ = try await site.group("club", members: [anna])
            let club = try await site.category("Club", permissions: ["club": 1])
            let inside = try await site.refreshed(anna)
            let bus = LiveBus(community: site.community)
            let crowd = Limits.busReadersToShare
            let kinds: [(name: String, viewer: Viewer)] = [
                ("guest", .anonymous), ("boss", .member(boss)), ("anna", .member(inside)),
                ("ben", .member(ben)),
            ]
            let channels: LiveBus.Positions = ["/latest": 0, "/unread": 0]
            let listening = Task {
                try await withThrowingTaskGroup(of: (String, [String]).self) { group in
                    for (name, viewer) in kinds {
                        for number in 0..<crowd {
                            group.addTask {
                                let told = try await bus.messages(
                                    after: channels,
                                    for: viewer,
                                    clientID: "\(name) \(number)",
                                    waitSeconds: 60
                                )
                                return (name, told.messages.map { "\($0.channel) \($0.messageID)" })
                            }
                        }
                    }
                    var heard: [String: Set<[String]>] = [:]
                    for try await (name, messages) in group {
                        heard[name, default: []].insert(messages)
                    }
                    return heard
                }
            }
            for _ in 0..<3000 where bus.waitingCount < kinds.count * crowd {
                try await Task.sleep(for: .milliseconds(10))
            }
            let topic = try await site.topic("A topic of the club", in: club.id, by: inside)
            try await site.dispatch()
            await bus.tell("/latest")
            let queries = LiveQueries.publish(
                channel: "/unread",
                data: #"{"for":"ben"}"#,
                to: .users([ben.id.value]),
                about: nil
            )
            _ = try await site.community.database.batch(queries)
            await bus.tell("/unread")
            bus.close()
            let heard = try await listening.value
            #expect(heard["guest"] == [[]])
            #expect(heard["boss"] == [["/latest 1"]])
            #expect(heard["anna"] == [["/latest 1"]])
            #expect(heard["ben"] == [["/unread 1"]])
            #expect(topic.topicID > TopicID(0))
        }
    }

    @Test func `what only one of them may see is still told to that one`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: anna)
            try await site.community.setTopicStatus(
                topic.topicID,
                status: .visible,
                enabled: false,
                by: boss
            )
            try await site.dispatch()
            let channel = "/topic/\(topic.topicID)"
            let bus = LiveBus(community: site.community)
            let start = try await bus.positions(of: [channel])
            let ben = try await site.member("ben")
            let listening = Task {
                try await withThrowingTaskGroup(of: (Viewer, Int).self) { group in
                    for number in 0..<Limits.busReadersToShare * 2 {
                        let viewer = Viewer.member(number % 2 == 0 ? anna : ben)
                        group.addTask {
                            let told = try await bus.messages(
                                after: viewer == .member(ben) ? [channel: 0] : start,
                                for: viewer,
                                clientID: "\(number)",
                                waitSeconds: 60
                            )
                            return (viewer, told.messages.filter { $0.messageID > 0 }.count)
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
            }
            for _ in 0..<3000 where bus.waitingCount < Limits.busReadersToShare * 2 {
                try await Task.sleep(for: .milliseconds(10))
            }
            try await site.reply(to: topic, by: anna)
            try await site.dispatch()
            await bus.tell(channel)
            bus.close()
            for (viewer, count) in try await listening.value {
                #expect(count == (viewer == .member(anna) ? 1 : 0))
            }
        }
    }

    @Test func `who lost a right is known before the next message`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            let bus = LiveBus(community: site.community)
            #expect(bus.accessVersion(of: .member(anna)) == nil)
            let listener = Listener(
                connectionString: site.database.connectionString,
                logger: TestDatabase.logger
            )
            let following = Task { await bus.run(listener: listener) }
            for _ in 0..<500 where bus.accessVersion(of: .anonymous) == nil {
                try await Task.sleep(for: .milliseconds(10))
            }
            let changes: [SQL] = [
                "INSERT INTO group_users (group_id, user_id) VALUES (3, \(anna.id))",
                "DELETE FROM group_users WHERE group_id = 3 AND user_id = \(anna.id)",
                "UPDATE users SET suspended_till = now() + interval '1 day' WHERE id = \(anna.id)",
            ]
            for change in changes {
                let before = bus.accessVersion(of: .member(anna))
                let other = bus.accessVersion(of: .member(ben))
                try await site.run(change)
                for _ in 0..<300 where bus.accessVersion(of: .member(anna)) == before {
                    try await Task.sleep(for: .milliseconds(10))
                }
                #expect(bus.accessVersion(of: .member(anna)) != before, "\(change)")
                #expect(bus.accessVersion(of: .member(ben)) == other)
            }
            following.cancel()
            await following.value
        }
    }
}
