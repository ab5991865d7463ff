import Forum
import Postgres
import TestSupport
import Testing

struct RecordTimingsTests {
    private func position(
        _ site: TestCommunity,
        _ user: Principal,
        _ topic: TopicID
    ) async throws
        -> Int
    {
        try await site.number(
            """
            SELECT last_read_post_number FROM topic_users
            WHERE user_id = \(user.id) AND topic_id = \(topic)
            """
        )
    }

    @Test func `the read position rises only and ends at what the topic has`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let topic = try await site.topic(by: anna)
            for index in 2...5 {
                try await site.reply(to: topic, "Reply number \(index) here.", by: anna)
            }
            let steps: [([Int: Int], Int)] = [
                ([1: 1000, 3: 1000], 3), ([2: 1000], 3), ([:], 3), ([99: 1000, -4: 10], 3),
                ([Int.max: 1000, 5: Int.max], 5), ([1: Int.min], 5),
            ]
            for (timings, expected) in steps {
                try await site.community.recordTimings(timings, topic: topic.topicID, by: bert)
                #expect(try await position(site, bert, topic.topicID) == expected)
            }
        }
    }

    @Test func `a post counts at most a minute a call and is read once`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let topic = try await site.topic(by: anna)
            try await site.reply(to: topic, by: anna)
            for _ in 0..<2 {
                try await site.community.recordTimings(
                    [1: 9_000_000, 2: 500, 3: -7],
                    topic: topic.topicID,
                    by: bert
                )
            }
            let statistics = try await site.database.pool.values(
                """
                SELECT time_read_ms || ' ' || posts_read_count || ' ' || topics_entered
                FROM user_stats WHERE user_id = \(bert.id)
                """,
                as: String.self
            )
            #expect(statistics == ["121000 2 1"])
        }
    }

    @Test func `more than a thousand timings at once are refused`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: anna)
            let many = Dictionary(uniqueKeysWithValues: (1...1001).map { ($0, 1) })
            let error = try await refusal {
                try await site.community.recordTimings(many, topic: topic.topicID, by: anna)
            }
            #expect(error?.code == .invalid)
        }
    }

    @Test func `notices of what was read become read`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let topic = try await site.topic(by: anna)
            try await site.community.setNotificationLevel(.watching, topic: topic.topicID, by: bert)
            try await site.reply(to: topic, "@bert, the second post, to be read.", by: anna)
            try await site.reply(to: topic, "The third post, left unread.", by: anna)
            try await site.dispatch()
            #expect(try await site.community.notifications(of: bert).unreadCount == 2)
            try await site.community.recordTimings([2: 900], topic: topic.topicID, by: bert)
            let page = try await site.community.notifications(of: bert, unreadOnly: true)
            #expect(page.notifications.map(\.postNumber) == [3])
            #expect(page.unreadCount == 1)
        }
    }

    @Test func `reading a topic once does not end hearing of it`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let bert = try await site.member("bert")
            let carl = try await site.member("carl")
            let place = try await site.category("Place")
            try await site.community.setNotificationLevel(.watching, category: place.id, by: bert)
            let topic = try await site.topic(in: place.id, tags: ["swift"], by: boss)
            try await site.community.setNotificationLevel(.watching, tag: "swift", by: carl)
            for reader in [bert, carl] {
                try await site.community.recordTimings([1: 10], topic: topic.topicID, by: reader)
            }
            #expect(try await site.follows(bert, topic.topicID) == "3 6")
            #expect(try await site.follows(carl, topic.topicID) == "3 10")
            let reply = try await site.reply(to: topic, by: boss)
            try await site.dispatch()
            #expect(try await site.notices(of: reply.id) == ["bert 9", "carl 9"])
        }
    }
}
