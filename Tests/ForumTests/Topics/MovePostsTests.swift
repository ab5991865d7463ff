import Forum
import Postgres
import TestSupport
import Testing

struct MovePostsTests {
    @Test func `posts become a topic of their own with all that counts them`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            let category = try await site.category("Elsewhere")
            let topic = try await site.topic(by: anna)
            let second = try await site.reply(to: topic, by: ben)
            let third = try await site.reply(
                to: topic,
                "An answer to the reply above.",
                number: 2,
                by: anna
            )
            let fourth = try await site.reply(
                to: topic,
                "Another to the reply above.",
                number: 2,
                by: ben
            )
            _ = try await site.community.like(second.id, by: anna)
            let denied = try await refusal {
                _ = try await site.community.movePosts(
                    [second.id],
                    of: topic.topicID,
                    to: .newTopic(title: "A topic of moved posts", nil, tags: []),
                    by: ben
                )
            }
            #expect(denied?.code == .forbidden)
            let made = try await site.community.movePosts(
                [second.id, third.id],
                of: topic.topicID,
                to: .newTopic(title: "A topic of moved posts", category.id, tags: ["moved"]),
                by: boss
            )
            #expect(made.authorID == ben.id && made.categoryID == category.id)
            let page = try await site.community.topicPage(made.id, for: .anonymous)
            #expect(page.stream == [second.id, third.id])
            #expect(page.posts.map(\.number) == [1, 2])
            #expect(page.posts[1].replyToNumber == 1)
            #expect(page.tags.map(\.name) == ["moved"])
            let rest = try await site.community.topicPage(topic.topicID, for: .anonymous)
            #expect(rest.posts.map(\.number) == [1, 4, 5])
            #expect(rest.posts[1].id == fourth.id && rest.posts[1].replyToNumber == nil)
            #expect(rest.posts[2].actionCode == "split_topic" && rest.posts[2].type == 3)
            #expect(try await site.wrongCounters() == [])
            try await Dispatcher(community: site.community).dispatchAll()
            let told: SQL = "SELECT count(*) FROM notifications WHERE notification_type = 10"
            #expect(try await site.number(told) == 2)
        }
    }

    @Test func `a topic is merged into another and closed`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: anna)
            try await site.reply(to: topic, by: boss)
            let target = try await site.topic("Another topic to merge into", by: boss)
            _ = try await site.community.mergeTopic(
                topic.topicID,
                into: target.topicID,
                by: boss
            )
            let page = try await site.community.topicPage(target.topicID, for: .anonymous)
            #expect(page.posts.map(\.number) == [1, 2, 3])
            #expect(page.posts.map(\.author.username) == ["boss", "anna", "boss"])
            let left = try await site.community.topicPage(topic.topicID, for: .member(anna))
            #expect(left.topic.isClosed && left.posts.first?.id == topic.id)
            #expect(try await site.wrongCounters() == [])
            let own = try await refusal {
                _ = try await site.community.mergeTopic(
                    topic.topicID,
                    into: topic.topicID,
                    by: boss
                )
            }
            #expect(own?.code == .invalid)
        }
    }

    @Test func `an administrator gives posts to somebody else`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let moderator = try await site.moderator()
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            let topic = try await site.topic(by: anna)
            _ = try await site.community.like(topic.id, by: ben)
            let denied = try await refusal {
                try await site.community.changeOwner(
                    of: [topic.id],
                    in: topic.topicID,
                    to: "ben",
                    by: moderator
                )
            }
            #expect(denied?.code == .forbidden)
            try await site.community.changeOwner(
                of: [topic.id],
                in: topic.topicID,
                to: "ben",
                by: boss
            )
            let page = try await site.community.topicPage(topic.topicID, for: .anonymous)
            #expect(page.topic.authorID == ben.id && page.posts[0].author.id == ben.id)
            #expect(page.posts[0].likeCount == 0)
            #expect(try await site.wrongCounters() == [])
        }
    }

    @Test func `many topics are changed at once, where it is allowed`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let ben = try await site.member("ben")
            let own = try await site.topic("A topic that ben wrote himself", by: ben)
            let other = try await site.topic("A topic that the boss wrote", by: boss)
            let ids = [own.topicID, other.topicID, TopicID(987_654)]
            let community = site.community
            #expect(try await community.changeTopics(ids, .close, by: ben) == [])
            #expect(try await community.changeTopics(ids, .close, by: boss) == Array(ids.prefix(2)))
            #expect(
                try await community.changeTopics(ids, .appendTags(["new"]), by: boss).count == 2
            )
            #expect(try await community.changeTopics(ids, .setLevel(.muted), by: ben).count == 2)
        }
    }
}
