import Forum
import Postgres
import TestSupport
import Testing

/// Levels that nobody chose: by reading, by writing, by category and group.
struct AutomaticLevelTests {
    private func with(
        _ settings: [String: String] = [:],
        _ body: (TestCommunity, Principal, Principal) async throws -> Void
    ) async throws {
        let settings = TestCommunity.unhurried.merging(settings) { $1 }
        try await TestCommunity.with(settings: settings) { site in
            try await body(site, try await site.admin(), try await site.member("anna"))
        }
    }

    private func choose(_ json: String, _ person: Principal, _ site: TestCommunity) async throws {
        try await site.run("UPDATE users SET options = \(json)::jsonb WHERE id = \(person.id)")
    }

    @Test(arguments: [
        ("{}", 5, "2 -"), ("{}", 4, "1 -"),
        (#"{"auto_track_topics_after_msecs": 60000}"#, 1, "2 -"),
        (#"{"auto_track_topics_after_msecs": 0}"#, 1, "2 -"),
        (#"{"auto_track_topics_after_msecs": -1}"#, 9, "1 -"),
    ])
    func `who has read for long enough tracks`(
        options: String,
        minutes: Int,
        level: String
    ) async throws {
        try await with { site, boss, anna in
            try await choose(options, anna, site)
            let topic = try await site.topic(by: boss)
            for _ in 0..<minutes {
                try await site.community.recordTimings(
                    [1: 60_000],
                    topic: topic.topicID,
                    by: anna
                )
            }
            #expect(try await site.follows(anna, topic.topicID) == level)
        }
    }

    @Test func `reading does not undo a choice`() async throws {
        try await with { site, boss, anna in
            let topic = try await site.topic(by: boss)
            try await site.community.setNotificationLevel(.regular, topic: topic.topicID, by: anna)
            for _ in 0..<6 {
                try await site.community.recordTimings([1: 60_000], topic: topic.topicID, by: anna)
            }
            #expect(try await site.follows(anna, topic.topicID) == "1 2")
        }
    }

    @Test(arguments: [("{}", "2 4"), (#"{"notification_level_when_replying": 3}"#, "3 4")])
    func `a reply gives the level that its author chose`(
        options: String,
        level: String
    ) async throws {
        try await with { site, boss, anna in
            try await choose(options, anna, site)
            let topic = try await site.topic(by: boss)
            try await site.reply(to: topic, by: anna)
            #expect(try await site.follows(anna, topic.topicID) == level)
            #expect(try await site.follows(boss, topic.topicID) == "3 1")
            // What was chosen stays.
            let other = try await site.topic("A topic that was muted", by: boss)
            try await site.community.setNotificationLevel(.muted, topic: other.topicID, by: anna)
            try await site.reply(to: other, "A reply in spite of it.", by: anna)
            #expect(try await site.follows(anna, other.topicID) == "0 2")
        }
    }

    @Test func `who answers a message goes on hearing of it`() async throws {
        try await with { site, boss, anna in
            let message = try await site.message(to: ["anna"], by: boss)
            try await site.community.recordTimings([1: 500], topic: message.topicID, by: anna)
            try await site.reply(to: message, by: anna)
            #expect(try await site.follows(anna, message.topicID) == "3 5")
            let answer = try await site.reply(to: message, "And an answer to that.", by: boss)
            try await site.dispatch()
            #expect(try await site.notices(of: answer.id) == ["anna 6"])
        }
    }

    @Test func `a topic that moves is followed as its new category is`() async throws {
        try await with { site, boss, anna in
            let watched = try await site.category("Watched")
            let other = try await site.category("Other")
            try await site.community.setNotificationLevel(.watching, category: watched.id, by: anna)
            let topic = try await site.topic(in: other.id, by: boss)
            try await site.community.recordTimings([1: 500], topic: topic.topicID, by: anna)
            for (place, level) in [(watched, "3 6"), (other, "2 -")] {
                try await site.community.editTopic(topic.topicID, categoryID: place.id, by: boss)
                try await site.dispatch()
                #expect(try await site.follows(anna, topic.topicID) == level)
            }
        }
    }

    @Test func `new members follow what the site says`() async throws {
        try await with { site, boss, _ in
            let place = try await site.category("Place")
            try await site.topic("A topic that makes the tag", tags: ["swift"], by: boss)
            try await site.community.settings.set(
                "default_categories_watching",
                to: "\(place.id)|99999"
            )
            try await site.community.settings.set("default_tags_muted", to: "swift|nothing")
            let bert = try await site.member("bert")
            let details = try await site.community.details(
                of: try #require(try await site.community.user(bert.id)),
                for: .member(bert)
            )
            #expect(details.categories == [.watching: [place.id.value]])
            #expect(details.tags[.muted]?.map(\.name) == ["swift"])
            #expect(details.options.number("digest_after_minutes") == 10_080)
        }
    }
}
