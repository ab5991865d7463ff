import Forum
import Postgres
import TestSupport
import Testing

struct IncomingEmailTests {
    private func mail(
        _ text: String = "Subject: hello\r\n\r\nA mail.\r\n",
        id: String = "1@example.net",
        to recipient: String = "List@forum.example",
        seed: UInt8 = 1
    ) -> ReceivedEmail {
        ReceivedEmail(
            recipient: recipient,
            mailFrom: "anna@example.net",
            messageID: id,
            contentHash: Array(repeating: seed, count: 32),
            raw: Array(text.utf8),
            createdVia: "lmtp"
        )
    }

    @Test func `the same mail twice is one with its verdict`() async throws {
        try await TestCommunity.with { site in
            let first = try await site.community.store(mail())
            #expect(first.state == .received)
            #expect(first.recipient == "list@forum.example")
            var conclusion = EmailConclusion(state: .rejected)
            conclusion.error = "TopicClosedError"
            conclusion.message = "The topic is\0 closed."
            conclusion.subject = String(repeating: "ä", count: 400)
            try await site.community.conclude(first.id, conclusion)
            try await site.community.conclude(first.id, EmailConclusion(state: .posted))
            let second = try await site.community.store(mail(to: "LIST@forum.example"))
            #expect(second.id == first.id)
            #expect(second.state == .rejected)
            #expect(second.error == "TopicClosedError")
            #expect(second.rejectionMessage == "The topic is closed.")
            #expect(second.subject?.count == 255)
        }
    }

    @Test func `another content or recipient is another mail`() async throws {
        try await TestCommunity.with { site in
            let first = try await site.community.store(mail())
            let other = try await site.community.store(mail(seed: 2))
            let elsewhere = try await site.community.store(mail(to: "other@forum.example"))
            #expect(Set([first.id, other.id, elsewhere.id]).count == 3)
        }
    }

    @Test func `ten deliveries at once are one mail`() async throws {
        try await TestCommunity.with { site in
            let ids = try await withThrowingTaskGroup(of: IncomingEmailID.self) { group in
                for _ in 0..<10 {
                    group.addTask { try await site.community.store(mail()).id }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await site.number("SELECT count(*) FROM incoming_emails") == 1)
        }
    }

    @Test func `bytes come back as they came in`() async throws {
        try await TestCommunity.with { site in
            var received = mail(id: "with\0nul@example.net")
            received.raw = (0...255).map { UInt8($0) }
            received.mailFrom = "a\0b@example.net"
            let stored = try await site.community.store(received)
            #expect(try await site.community.rawEmail(stored.id) == received.raw)
            #expect(stored.messageID == "withnul@example.net")
            #expect(
                try await refusal { _ = try await site.community.rawEmail(IncomingEmailID(99)) }
                    == .notFound
            )
        }
    }

    @Test func `mails without a verdict are found and kept, others go with time`() async throws {
        try await TestCommunity.with { site in
            let waiting = try await site.community.store(mail(id: "waiting@x"))
            let fresh = try await site.community.store(mail(id: "fresh@x"))
            let done = try await site.community.store(mail(id: "done@x"))
            try await site.community.conclude(done.id, EmailConclusion(state: .ignored))
            try await site.run(
                """
                UPDATE incoming_emails SET received_at = now() - interval '91 days'
                WHERE id <> \(fresh.id)
                """
            )
            let unfinished = try await site.community.unfinishedEmails(olderThanSeconds: 60)
            #expect(unfinished.map(\.id) == [waiting.id])
            try await site.community.expireIncomingEmails()
            var filter = EmailLogFilter()
            let left = try await site.community.incomingEmails(filter, for: .system)
            #expect(left.map(\.id) == [fresh.id, waiting.id])
            filter.offset = 1
            filter.state = .received
            let page = try await site.community.incomingEmails(filter, for: .system)
            #expect(page.map(\.id) == [waiting.id])
        }
    }

    @Test func `a mail is threaded by the first Message-ID that is known`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: anna)
            let reply = try await site.community.createPost(
                NewPost(topicID: topic.topicID, raw: "This reply came in by mail, once."),
                by: anna,
                source: .email(nil, messageID: "list-2@example.net", elided: nil)
            )
            let own = EmailMessageID.make(topic.id, host: site.community.host)
            #expect(own == "discourse/post/\(topic.id)@forum.example")
            let community = site.community
            #expect(try await community.post(answeredBy: [own])?.postID == topic.id)
            let stored = try await community.post(answeredBy: ["list-2@example.net"])
            #expect(stored?.postID == reply.id)
            #expect(stored?.postNumber == 2)
            let mixed = ["nobody@knows", "list-2@example.net", own]
            #expect(try await community.post(answeredBy: mixed)?.postID == reply.id)
            #expect(try await community.post(answeredBy: mixed.reversed())?.postID == topic.id)
            for foreign in [
                "discourse/post/\(topic.id)@other.example", "discourse/post/999999@forum.example",
                "discourse/post/+1@forum.example", "discourse/post/-1@forum.example",
                "discourse/post/@forum.example", "a\0b", "",
            ] {
                #expect(try await community.post(answeredBy: [foreign]) == nil, "\(foreign)")
            }
            #expect(try await community.post(answeredBy: []) == nil)
            let category = try #require(topic.post.topic.categoryID)
            #expect(
                try await community.post(answeredBy: ["list-2@example.net"], in: category)?.postID
                    == reply.id
            )
            #expect(
                try await community.post(answeredBy: ["list-2@example.net"], in: CategoryID(4))
                    == nil
            )
        }
    }
}
