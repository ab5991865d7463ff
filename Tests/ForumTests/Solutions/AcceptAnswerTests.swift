import Forum
import Postgres
import TestSupport
import Testing

struct AcceptAnswerTests {
    @Test func `the author of a topic accepts one answer and tells its author`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            let topic = try await site.topic(by: anna)
            let first = try await site.reply(to: topic, by: ben)
            let second = try await site.reply(
                to: topic,
                "Another reply that is long enough.",
                by: ben
            )
            let denied = try await refusal {
                _ = try await site.community.acceptAnswer(first.id, by: ben)
            }
            #expect(denied?.code == .forbidden)
            let opening = try await refusal {
                _ = try await site.community.acceptAnswer(topic.id, by: anna)
            }
            #expect(opening?.code == .forbidden)
            let accepted = try await site.community.acceptAnswer(first.id, by: anna)
            #expect(accepted.isSolution && accepted.permissions.canUnacceptAnswer)
            _ = try await site.community.acceptAnswer(second.id, by: anna)
            try await Dispatcher(community: site.community).dispatchAll()
            let page = try await site.community.topicPage(topic.topicID, for: .member(ben))
            #expect(page.extras.solution?.postNumber == 3)
            #expect(page.posts.map(\.isSolution) == [false, false, true])
            let told: SQL = """
                SELECT count(*) FROM notifications WHERE notification_type = 14
                    AND post_id = \(second.id) AND user_id = \(ben.id)
                """
            #expect(try await site.number(told) == 1)
            _ = try await site.community.unacceptAnswer(second.id, by: anna)
            #expect(try await site.number("SELECT count(*) FROM solutions") == 0)
            try await site.community.settings.set("allow_solved_on_all_topics", to: "false")
            let off = try await refusal {
                _ = try await site.community.acceptAnswer(first.id, by: anna)
            }
            #expect(off?.code == .forbidden)
        }
    }
}
