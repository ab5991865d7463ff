import Forum
import Postgres
import TestSupport
import Testing

struct TopicTrackingTests {
    @Test func `what is new and unread is told, counted and dismissed`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna")
            _ = try await site.group("club", members: [admin])
            let closed = try await site.category("Closed", permissions: ["club": 1])
            let new = try await site.topic("A topic that is new", by: admin)
            let read = try await site.topic("A topic that was read", by: anna)
            try await site.topic("A topic nobody else sees", in: closed.id, by: admin)
            try await site.reply(to: read, by: admin)
            let tracking = try await site.community.topicTracking(of: anna)
            #expect(tracking.topics.map(\.topicID) == [new.topicID, read.topicID])
            #expect(tracking.topics.map(\.isNew) == [true, false])
            #expect(tracking.topics[1].lastReadPostNumber == 1)
            #expect(tracking.positions.keys.contains("/unread/\(anna.id)"))
            let totals = try await site.community.notificationTotals(of: anna)
            #expect(totals.newTopics == 1 && totals.unreadTopics == 1)
            #expect(try await site.community.dismiss(Dismissal(), by: anna) == [new.topicID])
            var posts = Dismissal()
            posts.dismissesTopics = false
            posts.dismissesPosts = true
            posts.topicIDs = [new.topicID]
            #expect(try await site.community.dismiss(posts, by: anna) == [])
            posts.topicIDs = nil
            #expect(try await site.community.dismiss(posts, by: anna) == [read.topicID])
            #expect(try await site.community.topicTracking(of: anna).topics.isEmpty)
            let list = try await site.community.topicList(TopicListQuery(.new), for: .member(anna))
            #expect(list.topics.isEmpty)
            var hidden = Dismissal()
            hidden.categoryID = closed.id
            await #expect(throws: ForumError.notFound) {
                try await site.community.dismiss(hidden, by: anna)
            }
        }
    }
}
