import Forum
import Postgres
import TestSupport
import Testing

struct OutgoingEmailTests {
    /// A post about which a mail is queued for each of the named members.
    private func withMail(
        for names: [String] = ["bert"],
        settings: [String: String] = [:],
        _ body: (TestCommunity, Principal, CreatedPost) async throws -> Void
    ) async throws {
        let all = TestCommunity.unhurried.merging(settings) { $1 }
        try await TestCommunity.with(settings: all) { site in
            let boss = try await site.admin()
            for name in names { _ = try await site.member(name) }
            let mentions = names.map { "@\($0)" }.joined(separator: " ")
            let topic = try await site.topic(raw: "Hear this, \(mentions): news.", by: boss)
            try await site.dispatch()
            try await body(site, boss, topic)
        }
    }

    private func claim(
        _ site: TestCommunity,
        limit: Int = 10,
        lease: Int = 60
    ) async throws
        -> [OutgoingEmail]
    {
        try await site.community.claimOutgoingEmails(limit: limit, leaseSeconds: lease)
    }

    private func decision(_ site: TestCommunity) async throws -> NotificationEmailDecision {
        let emails = try await claim(site)
        return try await site.community.decide(on: try #require(emails.first))
    }

    private func isSkipped(_ decision: NotificationEmailDecision, because word: String) -> Bool {
        if case .skip(let reason) = decision { reason.contains(word) } else { false }
    }

    @Test func `mail goes to those who want it when they want it`() async throws {
        let settings = TestCommunity.unhurried
        try await TestCommunity.with(settings: settings) { site in
            let boss = try await site.admin()
            for name in ["always", "away", "here", "never", "unproven"] {
                _ = try await site.member(name)
            }
            try await site.run("UPDATE users SET email_level = 0 WHERE username = 'always'")
            try await site.run("UPDATE users SET email_level = 2 WHERE username = 'never'")
            try await site.run(
                """
                UPDATE users SET last_seen_at = now() - interval '4 minutes'
                WHERE username IN ('here', 'always')
                """
            )
            try await site.run(
                """
                UPDATE user_emails SET verified_at = NULL WHERE email LIKE 'unproven@%'
                """
            )
            let topic = try await site.topic(
                raw: "@always @away @here @never @unproven: news for you.",
                by: boss
            )
            try await site.dispatch()
            let queued: [String] = try await site.database.pool.values(
                """
                SELECT u.username || ' '
                    || round(extract(epoch FROM o.next_attempt_at - now()) / 60)::int
                FROM outgoing_emails o JOIN users u ON u.id = o.user_id
                WHERE o.post_id = \(topic.id) ORDER BY 1
                """
            )
            #expect(queued == ["always 0", "away 0", "here 6"])
            let due = try #require(try await site.community.secondsToNextEmail())
            #expect(due < 0.5)
        }
    }

    @Test func `no mail is queued while mail is disabled`() async throws {
        try await withMail(settings: ["disable_emails": "yes"]) { site, _, topic in
            let told = try await site.notices(of: topic.id)
            #expect(told == ["bert 1"])
            #expect(try await site.mails(about: topic.id) == [])
            #expect(try await site.community.secondsToNextEmail() == nil)
        }
    }

    @Test func `two senders never get the same mail until a lease is over`() async throws {
        let names = (0..<30).map { "reader\($0)" }
        try await withMail(for: names, settings: ["max_mentions_per_post": "50"]) { site, _, _ in
            let taken = try await withThrowingTaskGroup(of: [OutgoingEmail].self) { group in
                for _ in 0..<4 { group.addTask { try await claim(site, limit: 5) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.count == 20)
            #expect(Set(taken.map(\.id)).count == 20)
            let rest = try await claim(site, limit: 100, lease: 0)
            #expect(rest.count == 10)
            // Their lease of no seconds is over.
            let again = try await claim(site, limit: 100)
            #expect(Set(again.map(\.id)) == Set(rest.map(\.id)))
            #expect(try await claim(site, limit: 100).isEmpty)
        }
    }

    @Test func `a mail ends as sent, failed or skipped, or comes back later`() async throws {
        try await withMail(for: ["a_one", "b_two", "c_three", "d_four", "e_five"]) { site, _, _ in
            let emails = try await claim(site)
            #expect(emails.count == 5)
            let community = site.community
            try await community.finishEmail(emails[0].id, sentAs: "id@host", response: "250 OK")
            try await community.failEmail(emails[1].id, response: "550 No")
            try await community.skipEmail(emails[2].id, reason: "read")
            try await community.putOffEmail(emails[3].id, seconds: 300, response: "451 Later")
            try await community.putOffEmail(
                emails[4].id,
                seconds: 200,
                response: "is here",
                isFailure: false
            )
            let states: [String] = try await site.database.pool.values(
                """
                SELECT state || ' ' || attempts || ' ' || response || ' '
                    || (finished_at IS NOT NULL) FROM outgoing_emails ORDER BY id
                """
            )
            #expect(
                states == [
                    "sent 0 250 OK true", "failed 0 550 No true", "skipped 0 read true",
                    "queued 1 451 Later false", "queued 0 is here false",
                ]
            )
            #expect(try await claim(site).isEmpty)
            let due = try #require(try await community.secondsToNextEmail())
            #expect((190...200).contains(due))
            // What is over is not put off again.
            try await community.putOffEmail(emails[0].id, seconds: 0, response: "late")
            #expect(try await claim(site).isEmpty)
        }
    }

    @Test func `what is sent says what is true now`() async throws {
        try await withMail { site, _, topic in
            try await site.run("UPDATE topics SET title = 'A title that was changed since'")
            try await site.run(
                """
                UPDATE user_emails SET email = 'new@example.org', email_lower = 'new@example.org'
                WHERE email LIKE 'bert@%'
                """
            )
            let email = try #require(try await claim(site).first)
            #expect(email.toAddress == "new@example.org")
            guard case .send(let mail, let keys) = try await site.community.decide(on: email)
            else {
                Issue.record("not sent")
                return
            }
            #expect(mail.topicTitle == "A title that was changed since")
            #expect(mail.recipientUsername == "bert")
            #expect(mail.authorUsername == "boss")
            #expect(mail.kind == NotificationKind.mentioned.rawValue)
            #expect(mail.mayReply)
            #expect(mail.firstPostID == topic.id)
            #expect(mail.parentPostID == nil)
            #expect(keys.reply != nil)
        }
    }

    private struct Obstacle: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let sql: SQL
        let word: String
    }

    private static let obstacles = [
        Obstacle(
            testDescription: "deleted",
            sql: "UPDATE posts SET deleted_at = now()",
            word: "gone"
        ),
        Obstacle(testDescription: "hidden", sql: "UPDATE posts SET hidden = true", word: "gone"),
        Obstacle(
            testDescription: "topic deleted",
            sql: "UPDATE topics SET deleted_at = now()",
            word: "gone"
        ),
        Obstacle(
            testDescription: "access lost",
            sql: "UPDATE topics SET category_id = 3",
            word: "may not be seen"
        ),
        Obstacle(
            testDescription: "read",
            sql: "UPDATE notifications SET read = true",
            word: "read"
        ),
        Obstacle(
            testDescription: "muted",
            sql: """
                INSERT INTO topic_users (topic_id, user_id, notification_level)
                SELECT t.id, u.id, 0 FROM topics t, users u WHERE u.username = 'bert'
                """,
            word: "muted"
        ),
        Obstacle(
            testDescription: "wants none",
            sql: "UPDATE users SET email_level = 2",
            word: "wants no mail"
        ),
        Obstacle(
            testDescription: "address taken back",
            sql: "UPDATE user_emails SET verified_at = NULL",
            word: "address"
        ),
        Obstacle(
            testDescription: "suspended",
            sql: "UPDATE users SET suspended_till = now() + interval '1 day'",
            word: "may not log in"
        ),
        Obstacle(
            testDescription: "daily limit",
            sql: """
                INSERT INTO outgoing_emails (email_type, user_id, post_id, to_address, state,
                    finished_at)
                SELECT 'test' || n, u.id, p.id, 'x@example.com', 'sent', now() - interval '1 hour'
                FROM users u, posts p, generate_series(1, 3) n WHERE u.username = 'bert'
                """,
            word: "3 mails today"
        ),
    ]

    @Test(arguments: obstacles)
    private func `what is not wanted any more is not sent`(obstacle: Obstacle) async throws {
        try await withMail(settings: ["max_emails_per_day_per_user": "3"]) { site, _, _ in
            try await site.run(obstacle.sql)
            let decision = try await decision(site)
            #expect(isSkipped(decision, because: obstacle.word), "\(decision)")
        }
    }

    @Test func `no mail is sent while mail is disabled`() async throws {
        try await withMail { site, _, _ in
            try await site.community.settings.set("disable_emails", to: "yes")
            #expect(isSkipped(try await decision(site), because: "disabled"))
        }
    }

    @Test func `whoever is on the site is waited for`() async throws {
        try await withMail { site, _, _ in
            try await site.run(
                "UPDATE users SET last_seen_at = now() - interval '3 minutes' WHERE username = 'bert'"
            )
            let email = try #require(try await claim(site).first)
            guard case .wait(let seconds) = try await site.community.decide(on: email) else {
                Issue.record("not waited for")
                return
            }
            #expect((400...420).contains(seconds))
            site.clock.advance(seconds: 500)
            guard case .send = try await site.community.decide(on: email) else {
                Issue.record("not sent")
                return
            }
        }
    }

    @Test func `a closed topic offers no answer by mail`() async throws {
        try await withMail { site, boss, topic in
            try await site.community.setTopicStatus(
                topic.topicID,
                status: .closed,
                enabled: true,
                by: boss
            )
            guard case .send(_, let keys) = try await decision(site) else {
                Issue.record("not sent")
                return
            }
            #expect(keys.reply == nil)
        }
    }
}
