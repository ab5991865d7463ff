import Forum
import Postgres
import TestSupport
import Testing

struct NotificationLevelTests {
    @Test(arguments: [NotificationLevel.muted, .regular, .tracking, .watching])
    func `a topic is followed as chosen`(level: NotificationLevel) async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let topic = try await site.topic(by: anna)
            try await site.community.setNotificationLevel(level, topic: topic.topicID, by: bert)
            #expect(try await site.follows(bert, topic.topicID) == "\(level.rawValue) 2")
        }
    }

    @Test func `a topic cannot be watched for its first post`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: anna)
            let error = try await refusal {
                try await site.community.setNotificationLevel(
                    .watchingFirstPost,
                    topic: topic.topicID,
                    by: anna
                )
            }
            #expect(error?.code == .invalid)
            #expect(error?.field == "notification_level")
        }
    }

    @Test func `what cannot be seen cannot be followed`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let stranger = try await site.member("stranger")
            _ = try await site.group("insiders", members: [boss])
            let secret = try await site.category("Secret", permissions: ["insiders": 1])
            let topic = try await site.topic(in: secret.id, tags: ["hushed"], by: boss)
            _ = try await site.member("friend")
            let message = try await site.message(to: ["friend"], by: boss)
            let community = site.community
            let attempts: [@Sendable () async throws -> Void] = [
                {
                    try await community.setNotificationLevel(
                        .watching,
                        topic: topic.topicID,
                        by: stranger
                    )
                },
                {
                    try await community.setNotificationLevel(
                        .watching,
                        topic: message.topicID,
                        by: stranger
                    )
                },
                {
                    try await community.setNotificationLevel(
                        .watching,
                        category: secret.id,
                        by: stranger
                    )
                },
                {
                    try await community.setNotificationLevel(.watching, tag: "hushed", by: stranger)
                },
                {
                    try await community.recordTimings([1: 10], topic: topic.topicID, by: stranger)
                },
            ]
            for attempt in attempts {
                #expect(try await refusal(attempt) == .notFound)
            }
            #expect(try await site.follows(stranger, topic.topicID) == nil)
        }
    }

    @Test func `a staged user cannot follow anything`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let staged = try await site.staged("someone@example.net")
            let topic = try await site.topic(by: anna)
            let error = try await refusal {
                try await site.community.setNotificationLevel(
                    .watching,
                    topic: topic.topicID,
                    by: staged
                )
            }
            #expect(error?.reason == .staged)
        }
    }

    @Test func `watching a category raises its topics but for those that the user chose`()
        async throws
    {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let place = try await site.category("Place")
            let read = try await site.topic("A topic that was read", in: place.id, by: anna)
            let chosen = try await site.topic("A topic that was chosen", in: place.id, by: anna)
            let muted = try await site.topic("A topic that was muted", in: place.id, by: anna)
            let elsewhere = try await site.topic("A topic elsewhere", by: anna)
            let community = site.community
            for topic in [read, elsewhere] {
                try await community.recordTimings([1: 500], topic: topic.topicID, by: bert)
            }
            try await community.setNotificationLevel(.regular, topic: chosen.topicID, by: bert)
            try await community.setNotificationLevel(.muted, topic: muted.topicID, by: bert)
            #expect(try await site.follows(bert, read.topicID) == "1 -")

            try await community.setNotificationLevel(.tracking, category: place.id, by: bert)
            #expect(try await site.follows(bert, read.topicID) == "2 8")
            try await community.setNotificationLevel(.watching, category: place.id, by: bert)
            #expect(try await site.follows(bert, read.topicID) == "3 6")
            #expect(try await site.follows(bert, chosen.topicID) == "1 2")
            #expect(try await site.follows(bert, muted.topicID) == "0 2")
            #expect(try await site.follows(bert, elsewhere.topicID) == "1 -")

            try await community.setNotificationLevel(.regular, category: place.id, by: bert)
            #expect(try await site.follows(bert, read.topicID) == "2 -")
            #expect(try await site.follows(bert, chosen.topicID) == "1 2")
        }
    }

    @Test func `watching a tag raises the topics that bear it`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let bert = try await site.member("bert")
            let tagged = try await site.topic(tags: ["swift"], by: boss)
            let other = try await site.topic("Another topic without tags", by: boss)
            let community = site.community
            for topic in [tagged, other] {
                try await community.recordTimings([1: 500], topic: topic.topicID, by: bert)
            }
            try await community.setNotificationLevel(.watching, tag: "Swift", by: bert)
            #expect(try await site.follows(bert, tagged.topicID) == "3 10")
            #expect(try await site.follows(bert, other.topicID) == "1 -")
            try await community.setNotificationLevel(.muted, tag: "swift", by: bert)
            #expect(try await site.follows(bert, tagged.topicID) == "2 -")
        }
    }
}
