import Forum
import Postgres
import TestSupport
import Testing

struct AboutStatisticsTests {
    /// A topic with its first post, both of the same age.
    private func topic(
        _ site: TestCommunity,
        in category: CategoryID,
        by author: Principal,
        daysAgo: Double
    ) async throws {
        let time = site.clock.now - daysAgo * 86_400
        try await site.database.pool.execute(
            """
            WITH t AS (
                INSERT INTO topics (title, fancy_title, slug, category_id, user_id,
                    last_post_user_id, created_at)
                VALUES ('A title', 'A title', 'a-title', \(category), \(author.id), \(author.id),
                    \(time)) RETURNING id
            ), p AS (
                INSERT INTO posts (topic_id, post_number, user_id, raw, cooked, created_at)
                SELECT id, 1, \(author.id), 'text', 'text', \(time) FROM t RETURNING id
            )
            INSERT INTO post_actions (post_id, user_id, post_action_type_id, created_at)
            SELECT id, \(author.id), 2, \(time) FROM p
            """
        )
    }

    @Test func `what everyone may read is counted by age, what is hidden is not`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let admin = try await site.admin()
            _ = try await site.staged("stranger@example.com")
            let open = try await site.category("Open")
            let secret = try await site.category("Secret", permissions: ["staff": 1])
            for days in [0.5, 3, 20, 100] {
                try await topic(site, in: open.id, by: anna, daysAgo: days)
            }
            try await topic(site, in: secret.id, by: bert, daysAgo: 0.5)
            let about = try await site.community.aboutStatistics()
            for counts in [about.topics, about.posts, about.likes] {
                #expect(counts.total == 4)
                #expect([counts.lastDay, counts.sevenDays, counts.thirtyDays] == [1, 2, 3])
            }
            #expect(about.users.total == 3)
            #expect(about.participatingUsers.lastDay == 2)
            #expect(about.adminIDs == [admin.id])
            #expect(about.moderatorIDs == [])
            let all = try await site.community.aboutStatistics(for: .member(admin))
            #expect(all.topics.total == 5)
        }
    }

    @Test func `who was here is counted once`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            _ = try await site.community.openSession(for: anna)
            _ = try await site.community.openSession(for: anna)
            #expect(try await site.community.aboutStatistics().activeUsers.lastDay == 1)
            site.clock.advance(seconds: 2 * 86_400)
            let about = try await site.community.aboutStatistics()
            #expect([about.activeUsers.lastDay, about.activeUsers.sevenDays] == [0, 1])
        }
    }
}
