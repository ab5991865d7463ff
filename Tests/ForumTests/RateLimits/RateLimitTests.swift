import Forum
import Postgres
import TestSupport
import Testing

@Suite struct RateLimitTests {
    private static func limit(
        _ allowed: Int,
        _ seconds: Int,
        _ subject: String = "x"
    ) -> RateLimit {
        RateLimit("test", .other(subject), allowed: allowed, seconds: seconds, code: "test_code")
    }

    private static func refusal(_ action: () async throws -> Void) async throws -> ForumError? {
        do {
            try await action()
            return nil
        } catch let error as ForumError where error.code == .rateLimited {
            return error
        }
    }

    @Test func `two nodes count as one`() async throws {
        try await TestCommunity.with { site in
            site.clock.set(Timestamp(secondsSince1970: Int64(1_800_000_000)))
            let second = try await Community.open(
                database: site.community.database,
                baseURL: site.community.baseURL,
                logger: TestDatabase.logger,
                clock: site.community.clock
            )
            let limit = Self.limit(3, 60)
            try await site.community.take([limit])
            try await second.take([limit])
            try await site.community.take([limit])
            let refused = try #require(try await Self.refusal { try await second.take([limit]) })
            #expect(refused.rateLimitCode == "test_code")
            #expect((1...80).contains(try #require(refused.retryAfterSeconds)))
            // Another subject is another count, and what is over counts no more.
            try await second.take([Self.limit(3, 60, "y")])
            site.clock.advance(seconds: Double(try #require(refused.retryAfterSeconds)))
            try await second.take([limit])
            #expect(try await Self.refusal { try await second.take([limit]) } != nil)
            site.clock.advance(seconds: 120)
            for _ in 1...3 { try await second.take([limit]) }
        }
    }

    @Test func `at once no more get through than may`() async throws {
        try await TestCommunity.with { site in
            let limit = Self.limit(10, 3600)
            let passed = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...40 {
                    group.addTask {
                        try await Self.refusal { try await site.community.take([limit]) } == nil
                            ? 1 : 0
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(passed == 10)
        }
    }

    @Test func `what one limit refuses the others do not count, nor what fails`() async throws {
        try await TestCommunity.with { site in
            let (narrow, wide) = (Self.limit(1, 3600, "narrow"), Self.limit(3, 3600, "wide"))
            try await site.community.take([narrow, wide])
            for _ in 1...5 {
                #expect(
                    try await Self.refusal { try await site.community.take([narrow, wide]) } != nil
                )
            }
            try await site.community.take([wide])
            struct Failure: Error {}
            await #expect(throws: Failure.self) {
                try await site.community.within([wide]) { throw Failure() }
            }
            try await site.community.take([wide])
            #expect(try await Self.refusal { try await site.community.take([wide]) } != nil)
            try await site.community.trimRateLimits()
            #expect(try await Self.refusal { try await site.community.take([wide]) } != nil)
        }
    }

    @Test func `requests are counted in memory, and told to the other node`() async throws {
        try await TestCommunity.with { site in
            site.clock.set(Timestamp(secondsSince1970: Int64(1_800_000_000)))
            let second = try await Community.open(
                database: site.community.database,
                baseURL: site.community.baseURL,
                logger: TestDatabase.logger,
                clock: site.community.clock
            )
            let limit = Self.limit(40, 60)
            let now = site.community.clock()
            for _ in 1...25 { #expect(site.community.requestCounts.take([limit], at: now) == nil) }
            for _ in 1...10 { #expect(second.requestCounts.take([limit], at: now) == nil) }
            try await site.community.shareRequestCountsNow()
            try await second.shareRequestCountsNow()
            try await site.community.shareRequestCountsNow()
            var passed = 0
            for _ in 1...40 {
                for node in [site.community, second]
                where node.requestCounts.take([limit], at: now) == nil {
                    passed += 1
                }
                try await site.community.shareRequestCountsNow()
                try await second.shareRequestCountsNow()
            }
            #expect((5...6).contains(passed))
            // Half a minute into the next slot, half of the old ones still count.
            let later = now + 90
            #expect(second.requestCounts.isUsedUp(limit, at: later) == false)
            #expect(second.requestCounts.take([limit], at: later) == nil)
        }
    }

    @Test func `new members write less on their first day, and staff what it wants`() async throws {
        let settings = [
            "max_topics_in_first_day": "2", "max_replies_in_first_day": "2",
            "max_topics_per_day": "4", "rate_limit_create_topic": "0",
            "rate_limit_create_post": "0",
            "rate_limit_new_user_create_topic": "0", "rate_limit_new_user_create_post": "0",
        ]
        try await TestCommunity.with(settings: settings) { site in
            let community = site.community
            let mia = try await site.member("mia")
            let old = try await site.member("olga", trustLevel: 2)
            let boss = try await site.admin()
            func topic(_ number: Int, by author: Principal) async throws -> CreatedPost {
                let new = NewTopic(
                    title: "A topic with number \(number) of \(author.username)",
                    raw: "The text of topic number \(number), long enough for all."
                )
                return try await community.createTopic(new, by: author)
            }
            let first = try await topic(1, by: mia).post.topicID
            _ = try await topic(2, by: mia)
            let refused = try #require(try await Self.refusal { _ = try await topic(3, by: mia) })
            #expect((86_000...86_400).contains(try #require(refused.retryAfterSeconds)))
            for number in 1...4 { _ = try await topic(number, by: old) }
            #expect(try await Self.refusal { _ = try await topic(5, by: old) } != nil)
            for number in 1...6 { _ = try await topic(number, by: boss) }
            func reply(_ number: Int) async throws {
                let new = NewPost(
                    topicID: first,
                    raw: "Reply number \(number), which is long enough."
                )
                _ = try await community.createPost(new, by: mia)
            }
            try await reply(1)
            try await reply(2)
            #expect(try await Self.refusal { try await reply(3) } != nil)
            site.clock.advance(seconds: 86_500)
            try await reply(4)
            _ = try await topic(7, by: old)
        }
    }

    @Test func `edits and deletions have their limits`() async throws {
        let settings = [
            "max_edits_per_day": "1", "max_post_deletions_per_minute": "1",
            "editing_grace_period": "0", "rate_limit_create_post": "0",
            "rate_limit_create_topic": "0",
        ]
        try await TestCommunity.with(settings: settings) { site in
            let community = site.community
            let mia = try await site.member("mia")
            let made = try await community.createTopic(
                NewTopic(title: "A topic to be edited often", raw: "A text that will be edited."),
                by: mia
            )
            var replies: [PostID] = []
            for number in 1...2 {
                let new = NewPost(
                    topicID: made.post.topicID,
                    raw: "Reply number \(number), which is long enough."
                )
                replies.append(try await community.createPost(new, by: mia).post.id)
            }
            func edit(_ number: Int) async throws {
                _ = try await community.editPost(
                    made.post.id,
                    raw: "A text that is edited for the time \(number).",
                    by: mia
                )
            }
            try await edit(1)
            #expect(try await Self.refusal { try await edit(2) } != nil)
            try await community.deletePost(replies[0], by: mia)
            #expect(
                try await Self.refusal { try await community.deletePost(replies[1], by: mia) }
                    != nil
            )
        }
    }
}
