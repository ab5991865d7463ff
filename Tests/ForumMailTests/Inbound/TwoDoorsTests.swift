import Forum
import ForumMail
import Postgres
import TestSupport
import Testing

/// A rule that holds at one door holds at all.
struct TwoDoorsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var raw = "An answer that is the same at both doors."
        var settings: [String: String] = [:]
        var trustLevel = 1
        var prepare: @Sendable (MailSite, Principal, CreatedPost) async throws -> Void = {
            _,
            _,
            _ in
        }
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "allowed"),
        Case(name: "Markdown", raw: "Some **bold** words, a [link](http://x.example) and `code`."),
        Case(name: "a mention", raw: "Hello @boss, these words are for you."),
        Case(name: "too short", raw: "Short."),
        Case(name: "too long", raw: String(repeating: "word ", count: 6500)),
        Case(
            name: "too many mentions",
            raw: "Hello @boss and @bert and also @anna here.",
            settings: ["max_mentions_per_post": "1"]
        ) { site, _, _ in _ = try await site.site.member("bert") },
        Case(name: "too fast", settings: ["rate_limit_create_post": "100"]) { site, anna, topic in
            try await site.reply(to: topic, "Words of just a moment ago.", by: anna)
        },
        Case(
            name: "too fast for somebody new",
            settings: ["rate_limit_new_user_create_post": "90"],
            trustLevel: 0
        ) {
            site,
            anna,
            topic in
            try await site.reply(to: topic, "Words of just a moment ago.", by: anna)
        },
        Case(name: "the same twice", settings: ["unique_posts_mins": "5"]) { site, anna, topic in
            try await site.reply(
                to: topic,
                "An answer that is the same at both doors.",
                by: anna
            )
        },
        Case(name: "closed") { site, _, topic in
            try await site.community.setTopicStatus(
                topic.topicID,
                status: .closed,
                enabled: true,
                by: .system
            )
        },
        Case(name: "closed, for a leader", trustLevel: 4) { site, _, topic in
            try await site.community.setTopicStatus(
                topic.topicID,
                status: .closed,
                enabled: true,
                by: .system
            )
        },
        Case(name: "silenced") { site, anna, _ in
            try await site.community.silenceUser(anna.id, until: .now() + 60, by: .system)
        },
        Case(name: "read only") { site, _, topic in
            try await site.site.database.pool.execute(
                "UPDATE category_groups SET permission_type = 3 WHERE category_id = 1"
            )
        },
        Case(name: "not to be seen") { site, _, topic in
            try await site.site.database.pool.execute(
                "UPDATE topics SET category_id = 3 WHERE id = \(topic.topicID)"
            )
        },
        Case(name: "a deleted topic") { site, _, topic in
            try await site.community.deleteTopic(topic.topicID, by: .system)
        },
    ]

    /// What one door made of the case.
    private struct Result: Equatable {
        var isPosted = false
        /// What the core refused with, in the words of mail.
        var reason: Rejection.Reason?
        var isPutOff = false
        var cooked: String?
        var raw: String?
        var events: [String] = []
        var replyTo: Int?
        var postsCount: Int?
    }

    @Test(arguments: cases) func `both doors answer alike`(_ entry: Case) async throws {
        let byAPI = try await result(of: entry) { site, anna, topic in
            var result = Result()
            do {
                let made = try await site.community.createPost(
                    NewPost(topicID: topic.topicID, raw: entry.raw, replyToPostNumber: 1),
                    by: try await site.site.refreshed(anna),
                    source: .api
                )
                result.isPosted = made.isNew
            } catch let error as ForumError {
                result.isPutOff = error.code == .rateLimited
                result.reason = result.isPutOff ? nil : Self.reason(of: error)
            }
            return result
        }
        let byMail = try await result(of: entry) { site, anna, topic in
            let address = try await site.address(of: anna, for: topic.id)
            let verdict = await site.take(MailText(body: entry.raw), for: address)
            var result = Result()
            result.isPosted = verdict.post != nil
            result.reason = verdict.reason
            if case .postponed = verdict { result.isPutOff = true }
            return result
        }
        #expect(byAPI == byMail)
    }

    private static func reason(of error: ForumError) -> Rejection.Reason {
        switch (error.reason, error.code) {
        case (.topicClosed, _), (.topicArchived, _): .topicClosed
        case (.silenced, _): .silencedUser
        case (.bodyTooShort, _): .tooShort
        case (_, .notFound): .topicNotFound
        case (_, .forbidden): .replyNotAllowed
        default: .invalidPost
        }
    }

    private func result(
        of entry: Case,
        _ door: (MailSite, Principal, CreatedPost) async throws -> Result
    ) async throws -> Result {
        try await MailSite.with(settings: entry.settings) { site in
            let anna = try await site.site.member("anna", trustLevel: entry.trustLevel)
            let topic = try await site.topic(by: try await site.site.admin())
            try await entry.prepare(site, anna, topic)
            try await site.site.database.pool.execute("DELETE FROM outbox")
            let before = try await site.posts()
            var result = try await door(site, anna, topic)
            result.postsCount = try await site.posts() - before
            result.events = try await site.site.database.pool.values(
                """
                SELECT event || ' ' || coalesce(topic_id::text, '') || ' ' ||
                    coalesce(post_id::text, '') || ' ' || coalesce(user_id::text, '') || ' ' || data
                FROM outbox ORDER BY id
                """
            )
            guard result.isPosted else { return result }
            let newest: SQL = "FROM posts ORDER BY id DESC LIMIT 1"
            result.raw = try await site.text("SELECT raw " + newest)
            result.cooked = try await site.text("SELECT cooked " + newest)
            result.replyTo = try await site.site.database.pool.value(
                "SELECT reply_to_post_number " + newest,
                as: Int.self
            )
            return result
        }
    }
}
