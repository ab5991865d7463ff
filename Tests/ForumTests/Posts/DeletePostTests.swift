import Forum
import Postgres
import TestSupport
import Testing

struct DeletePostTests {
    @Test func `deleting and recovering a reply keeps every counter and number`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let admin = try await site.admin()
            let community = site.community
            let topic = try await site.topic(by: anna)
            try await site.reply(to: topic, by: bert)
            let last = try await site.reply(to: topic, number: 2, by: anna)
            _ = try await community.like(last.id, by: bert)
            try await community.deletePost(last.id, by: admin)
            #expect(try await site.wrongCounters() == [])
            var page = try await community.topicPage(topic.topicID, for: .member(bert))
            #expect(page.posts.map(\.number) == [1, 2])
            #expect(page.stream.count == 2)
            #expect(page.lastPoster.username == "bert")
            #expect(page.topic.highestPostNumber == 3)
            // Whoever had read to the end has nothing unread.
            #expect(page.viewerState?.lastReadPostNumber == 3)
            await #expect(throws: ForumError.notFound) {
                try await community.post(last.id, for: .member(bert))
            }
            try await community.recoverPost(last.id, by: admin)
            #expect(try await site.wrongCounters() == [])
            page = try await community.topicPage(topic.topicID, for: .anonymous)
            #expect(page.posts.map(\.number) == [1, 2, 3])
            #expect(page.lastPoster.username == "anna")
            try await community.deletePost(last.id, by: admin)
            let next = try await site.reply(to: topic, by: bert)
            #expect(next.number == 4)
        }
    }

    @Test func `authors delete and recover their own, nobody else's`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let admin = try await site.admin()
            let community = site.community
            let topic = try await site.topic(by: anna)
            let own = try await site.reply(to: topic, by: bert)
            await #expect(throws: ForumError.forbidden) {
                try await community.deletePost(own.id, by: anna)
            }
            try await community.deletePost(own.id, by: bert)
            await #expect(throws: ForumError.notFound) {
                try await community.recoverPost(own.id, by: anna)
            }
            try await community.recoverPost(own.id, by: bert)
            try await community.deletePost(own.id, by: admin)
            await #expect(throws: ForumError.notFound) {
                try await community.recoverPost(own.id, by: bert)
            }
            #expect(try await site.wrongCounters() == [])
        }
    }

    @Test func `the first post goes with its topic, and comes back with it`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let admin = try await site.admin()
            let community = site.community
            let alone = try await site.topic(by: anna)
            try await community.deletePost(alone.id, by: anna)
            await #expect(throws: ForumError.notFound) {
                try await community.topicPage(alone.topicID, for: .member(anna))
            }
            let answered = try await site.topic(by: anna)
            try await site.reply(to: answered, by: bert)
            await #expect(throws: ForumError.forbidden) {
                try await community.deletePost(answered.id, by: anna)
            }
            try await community.deleteTopic(answered.topicID, by: admin)
            #expect(try await site.wrongCounters() == [])
            await #expect(throws: ForumError.notFound) {
                try await community.post(answered.id, for: .member(bert))
            }
            let seen = try await community.topicPage(answered.topicID, for: .member(admin))
            #expect(seen.topic.deletedAt != nil)
            #expect(seen.permissions.canRecover)
            try await community.recoverTopic(answered.topicID, by: admin)
            #expect(try await site.wrongCounters() == [])
            #expect(
                try await community.topicPage(answered.topicID, for: .anonymous).posts.count == 2
            )
        }
    }

    @Test func `two deletions at once count once`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            let topic = try await site.topic(by: admin)
            let post = try await site.reply(to: topic, by: admin)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            try await site.community.deletePost(post.id, by: admin)
                        } catch {
                            #expect(error is ForumError)
                        }
                    }
                }
            }
            #expect(try await site.wrongCounters() == [])
        }
    }
}
