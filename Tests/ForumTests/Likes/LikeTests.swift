import Forum
import Postgres
import TestSupport
import Testing

struct LikeTests {
    @Test func `a hundred likes at once are one`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let topic = try await site.topic(by: anna)
            let made = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        do {
                            _ = try await site.community.like(topic.id, by: bert)
                            return true
                        } catch { return false }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 1)
            let post = try await site.community.post(topic.id, for: .member(bert))
            #expect(post.likeCount == 1)
            #expect(post.likedAt != nil)
            #expect(post.permissions.canUnlike && !post.permissions.canLike)
            #expect(
                try await site.number("SELECT count(*) FROM outbox WHERE event = 'post_liked'") == 1
            )
            #expect(try await site.wrongCounters() == [])
        }
    }

    @Test func `people who like one another at once do not block one another`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            var people: [Principal] = []
            for index in 0..<6 { people.append(try await site.member("person\(index)")) }
            let topic = try await site.topic(by: people[0])
            var posts: [CreatedPost] = []
            for person in people { posts.append(try await site.reply(to: topic, by: person)) }
            let (everybody, everything) = (people, posts)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (liker, person) in everybody.enumerated() {
                    for (index, post) in everything.enumerated() where index != liker {
                        group.addTask { _ = try await site.community.like(post.id, by: person) }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await site.number("SELECT count(*) FROM post_actions") == 30)
            #expect(try await site.wrongCounters() == [])
        }
    }

    @Test func `one's own post, a second like and a late regret are refused`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let community = site.community
            let topic = try await site.topic(by: anna)
            await #expect(throws: ForumError.forbidden) {
                try await community.like(topic.id, by: anna)
            }
            await #expect(throws: ForumError.forbidden) {
                try await community.unlike(topic.id, by: bert)
            }
            let liked = try await community.like(topic.id, by: bert)
            #expect(liked.likeCount == 1)
            #expect(
                try await community.likers(of: topic.id, for: .anonymous).map(\.username) == [
                    "bert"
                ]
            )
            await #expect(throws: ForumError.forbidden) {
                try await community.like(topic.id, by: bert)
            }
            #expect(try await community.unlike(topic.id, by: bert).likeCount == 0)
            _ = try await community.like(topic.id, by: bert)
            site.clock.advance(seconds: 601)
            await #expect(throws: ForumError.forbidden) {
                try await community.unlike(topic.id, by: bert)
            }
            #expect(try await site.wrongCounters() == [])
        }
    }

    @Test func `fifty likes a day, and no more`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let topic = try await site.topic(by: anna)
            try await site.database.pool.execute(
                """
                INSERT INTO posts (topic_id, post_number, user_id, raw, cooked)
                SELECT \(topic.topicID), n, \(anna.id), 'x', 'x' FROM generate_series(2, 60) n
                """
            )
            let ids = try await site.database.pool.values(
                "SELECT id FROM posts ORDER BY id",
                as: PostID.self
            )
            for id in ids.prefix(50) { _ = try await site.community.like(id, by: bert) }
            let error = try await refusal { _ = try await site.community.like(ids[50], by: bert) }
            #expect(error?.code == .rateLimited)
            #expect((86_000...86_400).contains(error?.retryAfterSeconds ?? 0))
        }
    }
}
