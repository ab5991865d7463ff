import Forum
import Postgres
import TestSupport
import Testing

struct DigestTests {
    private func with(
        _ settings: [String: String] = [:],
        _ body: (TestCommunity, Principal, Principal) async throws -> Void
    ) async throws {
        let settings = TestCommunity.unhurried.merging(settings) { $1 }
        try await TestCommunity.with(settings: settings) { site in
            try await body(site, try await site.admin(), try await site.member("reader"))
        }
    }

    /// The digests that are sent now.
    private func send(_ site: TestCommunity) async throws -> [(DigestEmail, UnsubscribeKey)] {
        var digests: [(DigestEmail, UnsubscribeKey)] = []
        for email in try await site.community.claimOutgoingEmails(limit: 100, leaseSeconds: 60) {
            if case .digest(let digest, let key) = try await site.community.decide(on: email) {
                digests.append((digest, key))
                try await site.community.finishEmail(email.id, sentAs: "a@b", response: "250")
            } else {
                try await site.community.skipEmail(email.id, reason: "not a digest")
            }
        }
        return digests
    }

    private func titles(_ digest: DigestEmail) -> [String] {
        digest.topics.map { topic in
            "\(topic.title): " + topic.posts.map { "\($0.number)" }.joined(separator: " ")
        }
    }

    private let day = 86_400.0

    @Test func `a daily digest tells what is new, once`() async throws {
        try await with { site, boss, reader in
            let place = try await site.category("Place")
            let old = try await site.topic("A topic from before", in: place.id, by: boss)
            site.clock.advance(seconds: 60)
            try await site.community.setSubscription(
                Subscription(level: .watching, delivery: .daily),
                category: place.id,
                by: reader
            )
            site.clock.advance(seconds: 60)
            let topic = try await site.topic("A topic in the digest", in: place.id, by: boss)
            try await site.reply(to: topic, by: boss)
            try await site.reply(to: old, by: boss)
            let named = try await site.reply(to: topic, "@reader is called by name.", by: boss)
            try await site.topic("A topic elsewhere", by: boss)
            try await site.dispatch()
            #expect(try await site.mails(about: topic.id) == [])
            // Who is called by name hears at once, and not again in the digest.
            #expect(try await site.mails(about: named.id) == ["reader"])
            try await site.community.makeDigests()
            #expect(try await send(site).isEmpty)
            site.clock.advance(seconds: day)
            for _ in 0..<2 { try await site.community.makeDigests() }
            let digests = try await send(site)
            try #require(digests.count == 1)
            let mailed = try await site.number("SELECT count(*) FROM outgoing_emails")
            #expect(titles(digests[0].0).contains("A topic from before: 2"))
            #expect(titles(digests[0].0).contains { $0.hasPrefix("A topic in the digest: 1 2") })
            #expect(digests[0].0.topics.count == 2)
            guard case .category(let id, "Place", "place", nil) = digests[0].0.subject else {
                Issue.record("it is the digest of the category")
                return
            }
            #expect(id == place.id)
            // A day without anything new has no mail.
            site.clock.advance(seconds: day)
            try await site.community.makeDigests()
            #expect(try await site.number("SELECT count(*) FROM outgoing_emails") == mailed)
            try await site.reply(to: old, "The third post of the old topic.", by: boss)
            site.clock.advance(seconds: day)
            try await site.community.makeDigests()
            let next = try await send(site)
            #expect(next.map { titles($0.0) } == [["A topic from before: 3"]])
        }
    }

    @Test func `a digest shows nothing that may not be seen when it is sent`() async throws {
        try await with { site, boss, reader in
            let group = try await site.group("insiders", members: [reader])
            let place = try await site.category("Secret", permissions: ["insiders": 1])
            try await site.community.setSubscription(
                Subscription(level: .tracking, delivery: .daily),
                category: place.id,
                by: try await site.refreshed(reader)
            )
            let kept = try await site.topic("A topic that stays there", in: place.id, by: boss)
            let gone = try await site.topic("A topic that is deleted", in: place.id, by: boss)
            site.clock.advance(seconds: day + 1)
            try await site.community.makeDigests()
            try await site.community.deleteTopic(gone.topicID, by: boss)
            #expect(try await send(site).map { titles($0.0) } == [["A topic that stays there: 1"]])
            try await site.reply(to: kept, "A secret that is told too late.", by: boss)
            site.clock.advance(seconds: day)
            try await site.community.makeDigests()
            try await site.community.removeMembers([reader.id], from: group.id, by: .system)
            #expect(try await send(site).isEmpty)
            // Without access there is not even a queued mail.
            let before = try await site.number("SELECT count(*) FROM outgoing_emails")
            try await site.reply(to: kept, "Another secret for others.", by: boss)
            site.clock.advance(seconds: day)
            try await site.community.makeDigests()
            #expect(try await site.number("SELECT count(*) FROM outgoing_emails") == before)
        }
    }

    @Test func `two digests share their posts, and one click stops one of them`() async throws {
        try await with { site, boss, reader in
            let place = try await site.category("Place")
            try await site.topic("A topic that makes the tag", tags: ["swift"], by: boss)
            site.clock.advance(seconds: 700)
            let community = site.community
            let daily = Subscription(delivery: .daily)
            try await community.setSubscription(daily, category: place.id, by: reader)
            try await community.setSubscription(daily, tag: "swift", by: reader)
            let topic = try await site.topic(
                "A topic in both of them",
                in: place.id,
                tags: ["swift"],
                by: boss
            )
            site.clock.advance(seconds: day + 1)
            try await community.makeDigests()
            let digests = try await send(site)
            #expect(digests.map { titles($0.0) } == [["A topic in both of them: 1"]])
            let key = try #require(digests.first?.1)
            let found = try await community.unsubscription(key)
            #expect(found.name == "Place")
            try await site.reply(to: topic, by: boss)
            for _ in 0..<2 { try await community.unsubscribe(key) }
            let details = try await community.details(
                of: try #require(try await community.user(reader.id)),
                for: .member(reader)
            )
            #expect(details.categoryDeliveries == [place.id.value: .web])
            #expect(details.tagDeliveries == ["swift": .daily])
            site.clock.advance(seconds: day)
            try await community.makeDigests()
            let rest = try await send(site)
            #expect(rest.map { $0.0.subject } == [.tag(id: TagID(1), name: "swift")])
        }
    }

    @Test func `a summary comes to those who are away, not to those who are gone or here`()
        async throws
    {
        try await with { site, boss, reader in
            for name in ["here", "gone", "quiet", "lists"] { _ = try await site.member(name) }
            try await site.topic("A topic that was missed", by: boss)
            let days: [(String, Int)] = [
                ("reader", 8), ("here", 1), ("gone", 400), ("quiet", 8), ("lists", 8),
            ]
            for (name, days) in days {
                try await site.run(
                    """
                    UPDATE users SET last_seen_at = now() - make_interval(days => \(days)::int)
                    WHERE username = \(name)
                    """
                )
            }
            for (name, json) in [
                ("quiet", #"{"email_digests": false}"#), ("lists", #"{"digest_after_minutes": 0}"#),
            ] {
                try await site.run(
                    "UPDATE users SET options = \(json)::jsonb WHERE username = \(name)"
                )
            }
            for _ in 0..<2 { try await site.community.makeDigests() }
            let digests = try await send(site)
            #expect(digests.map { $0.0.recipientName } == ["reader Example"])
            #expect(digests.map { titles($0.0) } == [["A topic that was missed: 1"]])
            // A week later there is nothing that the first did not tell.
            site.clock.advance(seconds: 8 * day)
            try await site.community.makeDigests()
            #expect(try await send(site).allSatisfy { $0.0.recipientName != "reader Example" })
            try await site.community.unsubscribe(try #require(digests.first?.1))
            try await site.topic("A topic that was missed as well", by: boss)
            site.clock.advance(seconds: 8 * day)
            try await site.community.makeDigests()
            #expect(try await send(site).allSatisfy { $0.0.recipientName != "reader Example" })
            _ = reader
        }
    }

    @Test func `mail waits for the end of a rest`() async throws {
        try await with { site, boss, reader in
            _ = try await site.community.rest("60", by: reader)
            try await site.topic(raw: "@reader is called while resting.", by: boss)
            try await site.dispatch()
            let email = try #require(
                try await site.community.claimOutgoingEmails(limit: 5, leaseSeconds: 60).first
            )
            guard case .wait(let seconds) = try await site.community.decide(on: email) else {
                Issue.record("the mail does not wait")
                return
            }
            #expect((3500...3600).contains(seconds))
            try await site.community.endRest(by: reader)
            guard case .send = try await site.community.decide(on: email) else {
                Issue.record("the mail still waits")
                return
            }
        }
    }

    @Test func `earlier posts are shown to those who want them`() async throws {
        try await with { site, boss, reader in
            try await site.run(
                """
                UPDATE users SET options = '{"email_previous_replies": 1, "email_in_reply_to": true}'
                WHERE id = \(reader.id)
                """
            )
            let topic = try await site.topic(by: boss)
            let second = try await site.reply(to: topic, "The second post of all.", by: boss)
            for expected in [["boss", "boss"], []] {
                try await site.reply(
                    to: topic,
                    "@reader, what about this? \(expected.count)",
                    number: second.number,
                    by: boss
                )
                try await site.dispatch()
                let emails = try await site.community.claimOutgoingEmails(
                    limit: 5,
                    leaseSeconds: 60
                )
                let email = try #require(emails.first)
                guard case .send(let mail, _) = try await site.community.decide(on: email) else {
                    Issue.record("the mail is not sent")
                    return
                }
                #expect(mail.earlier.map(\.author) == expected)
                #expect(mail.answered?.cooked.contains("The second post of all.") == true)
                try await site.community.finishEmail(email.id, sentAs: "a@b", response: "250")
            }
        }
    }
}
