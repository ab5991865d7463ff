import Forum
import Postgres
import TestSupport
import Testing

struct MailKeyTests {
    private func withKeys(
        _ body: (TestCommunity, CreatedPost, ReplyKey, UnsubscribeKey) async throws -> Void
    ) async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            _ = try await site.member("bert")
            let group = try await site.group("insiders")
            let bert = try #require(try await site.community.principal(named: "bert"))
            try await site.community.addMember(bert.id, to: group.id, by: .system)
            let place = try await site.category("Inside", permissions: ["insiders": 1])
            let topic = try await site.topic(
                raw: "@bert, hear this.  It is news.",
                in: place.id,
                by: boss
            )
            try await site.dispatch()
            let emails = try await site.community.claimOutgoingEmails(limit: 1, leaseSeconds: 9)
            let decision = try await site.community.decide(on: try #require(emails.first))
            guard case .send(_, let keys) = decision else {
                Issue.record("\(decision)")
                return
            }
            try await body(site, topic, try #require(keys.reply), keys.unsubscribe)
        }
    }

    @Test func `a reply key leads to its person and post`() async throws {
        try await withKeys { site, topic, reply, _ in
            let typed = try #require(ReplyKey(reply.text.uppercased()))
            let target = try #require(try await site.community.replyTarget(typed))
            let bert = try #require(try await site.community.principal(named: "bert"))
            #expect(target.userID == bert.id)
            #expect(target.postID == topic.id)
            #expect(target.topicID == topic.topicID)
            #expect(!target.isPostDeleted && !target.isTopicDeleted)
            let addresses = try await site.community.verifiedAddresses(of: bert.id)
            #expect(addresses == ["bert@example.com"])
            let other = ReplyKey(
                user: bert.id,
                post: topic.id,
                secret: Array(repeating: 7, count: 32)
            )
            #expect(try await site.community.replyTarget(other) == nil)
        }
    }

    @Test(arguments: [
        "", "abc", String(repeating: "g", count: 32), String(repeating: "a", count: 33),
    ])
    func `what has no form of a key is none`(text: String) {
        #expect(ReplyKey(text) == nil)
    }

    @Test func `a reply key ends with its time`() async throws {
        try await withKeys { site, _, reply, _ in
            try await site.run("UPDATE post_reply_keys SET created_at = now() - interval '89 days'")
            try await site.community.expireReplyKeys()
            #expect(try await site.community.replyTarget(reply) != nil)
            try await site.run("UPDATE post_reply_keys SET created_at = now() - interval '91 days'")
            try await site.community.expireReplyKeys()
            #expect(try await site.community.replyTarget(reply) == nil)
        }
    }

    @Test func `unsubscribing works twice and takes back what waits`() async throws {
        try await withKeys { site, topic, _, key in
            let bert = try #require(try await site.community.principal(named: "bert"))
            let page = try await site.community.unsubscription(key)
            #expect(page.scope == .topic(topic.topicID))
            #expect(page.name == "A topic to write replies in")
            #expect(try await site.follows(bert, topic.topicID) == nil)
            for _ in 0..<2 {
                try await site.community.unsubscribe(key)
                #expect(try await site.follows(bert, topic.topicID) == "0 2")
                #expect(try await site.mails(about: topic.id) == [])
            }
        }
    }

    @Test func `the key of a mail does not show a title that its reader may not see`() async throws
    {
        try await withKeys { site, _, _, key in
            try await site.run("DELETE FROM group_users WHERE group_id > 40")
            #expect(try await site.community.unsubscription(key).name == nil)
            try await site.community.unsubscribe(key)
        }
    }

    @Test func `a key that was never given out stops nothing`() async throws {
        try await withKeys { site, _, _, _ in
            let key = try #require(UnsubscribeKey(String(repeating: "0", count: 64)))
            #expect(
                try await refusal { try await site.community.unsubscribe(key) } == .notFound
            )
        }
    }

    @Test func `the database holds no key`() async throws {
        try await withKeys { site, _, reply, unsubscribe in
            let tables: [String] = try await site.database.pool.values(
                """
                SELECT table_name::text FROM information_schema.tables
                WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
                """
            )
            #expect(tables.contains("post_reply_keys") && tables.contains("unsubscribe_keys"))
            for table in tables {
                let found: [Bool] = try await site.database.pool.values(
                    """
                    SELECT strpos(query_to_xml('SELECT * FROM ' || quote_ident(\(table)), true,
                            false, '')::text, \(reply.text)) > 0
                        OR strpos(query_to_xml('SELECT * FROM ' || quote_ident(\(table)), true,
                            false, '')::text, \(unsubscribe.text)) > 0
                    """
                )
                #expect(found == [false], "\(table)")
            }
            #expect(try await site.number("SELECT count(*) FROM post_reply_keys") == 1)
            #expect(try await site.number("SELECT count(*) FROM unsubscribe_keys") == 1)
        }
    }
}
