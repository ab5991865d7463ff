import Forum
import TestSupport
import Testing

struct PostFilterTests {
    @Test func `a topic is read in part`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            let topic = try await site.topic(by: anna)
            try await site.reply(to: topic, "The second post of this topic.", by: ben)
            try await site.reply(to: topic, "The third post, to the second.", number: 2, by: anna)
            let fourth = try await site.reply(
                to: topic,
                "The fourth, to the third.",
                number: 3,
                by: ben
            )
            try await site.reply(to: topic, "The fifth post, to nobody.", by: anna)
            _ = try await site.community.like(fourth.id, by: anna)
            func numbers(_ change: (inout PostFilter) -> Void) async throws -> [Int] {
                var filter = PostFilter()
                change(&filter)
                let page = try await site.community.topicPage(
                    topic.topicID,
                    filter: filter,
                    for: .anonymous
                )
                #expect(page.stream == page.posts.map(\.id))
                return page.posts.map(\.number)
            }
            #expect(try await numbers { $0.usernames = ["Ben"] } == [1, 2, 4])
            #expect(try await numbers { $0.isTopLevelOnly = true } == [1, 2, 5])
            #expect(try await numbers { $0.repliesToNumber = 2 } == [1, 2, 3])
            #expect(try await numbers { $0.upwardsFrom = fourth.id } == [1, 2, 3, 4])
            #expect(try await numbers { $0.isSummary = true } == [1, 4])
            let history = try await site.community.replyHistory(of: fourth.id, for: .anonymous)
            #expect(history.map(\.number) == [2, 3])
            let second = try await site.community.post(topic.topicID, number: 2, for: .anonymous)
            let replies = try await site.community.replyIDs(of: second.id, for: .anonymous)
            #expect(replies.map(\.level) == [1, 2])
        }
    }
}
