import Forum
import ForumMail
import MailMessage
import Postgres
import SMTP
import TestSupport
import Testing

struct MailSenderTests {
    private static func sender(_ site: MailSite, port: Int) throws -> MailSender {
        MailSender(
            community: site.community,
            composer: try NotificationComposer(community: site.community, sender: nil),
            intake: site.intake,
            client: SMTPClient(
                relay: try ServerURL.parse("smtp://127.0.0.1:\(port)?tls=none"),
                configuration: SMTPClient.Configuration(
                    helloName: "forum.example",
                    timeouts: ClientTimeouts(all: .seconds(5))
                )
            ),
            logger: TestDatabase.logger
        )
    }

    /// A community in which anna is to get a mail about one reply.
    private static func withQueuedMail(
        _ body: (MailSite, RelaySink, MailSender, Int) async throws -> Void
    ) async throws {
        try await MailSite.with { site in
            let bert = try await site.site.member("bert")
            let topic = try await site.topic(by: bert)
            _ = try await site.watcher("anna", of: topic)
            try await site.reply(to: topic, by: bert)
            try await Dispatcher(community: site.community).dispatchAll()
            let sink = RelaySink()
            let port = try await sink.start()
            do {
                try await body(site, sink, try Self.sender(site, port: port), port)
                try await sink.stop()
            } catch {
                try await sink.stop()
                throw error
            }
        }
    }

    private static func state(_ site: MailSite) async throws -> String? {
        try await site.text(
            "SELECT state || ' ' || attempts || ' ' || coalesce(message_id, '-') FROM outgoing_emails"
        )
    }

    private static func makeDue(_ site: MailSite) async throws {
        try await site.site.database.pool.execute(
            "UPDATE outgoing_emails SET next_attempt_at = now(), leased_until = NULL"
        )
    }

    @Test func `a mail is sent once`() async throws {
        try await Self.withQueuedMail { site, sink, sender, _ in
            #expect(try await sender.sendDue() == 1)
            #expect(try await sender.sendDue() == 0)
            #expect(sink.mails.count == 1)
            #expect(sink.envelopes == ["RCPT TO:<anna@example.com>"])
            let message = Message.parse(Array(try #require(sink.mails.first).utf8))
            #expect(message.to.map(\.address) == ["anna@example.com"])
            let id = try #require(message.messageID)
            #expect(try await Self.state(site) == "sent 0 \(id)")
            // What the mail offers works: the answer to it is a post.
            let address = try #require(message.replyTo.first?.address)
            #expect(await site.take(MailText(), for: address).post != nil)
        }
    }

    @Test func `a temporary refusal puts it off, a final one ends it`() async throws {
        try await Self.withQueuedMail { site, sink, sender, _ in
            sink.say(["451 4.3.0 later", "421 4.3.2 not now"])
            #expect(try await sender.sendDue() == 1)
            #expect(try await Self.state(site) == "queued 1 -")
            let due = try #require(try await site.community.secondsToNextEmail())
            #expect(due > 3 && due < 15)
            #expect(try await sender.sendDue() == 0)
            try await Self.makeDue(site)
            #expect(try await sender.sendDue() == 1)
            #expect(try await Self.state(site) == "queued 2 -")
            try await Self.makeDue(site)
            #expect(try await sender.sendDue() == 1)
            #expect(sink.mails.count == 1)
            #expect(try await Self.state(site)?.hasPrefix("sent 2 discourse/post/") == true)
        }
        try await Self.withQueuedMail { site, sink, sender, _ in
            sink.say(["550 5.1.1 nobody of that name"])
            #expect(try await sender.sendDue() == 1)
            #expect(try await Self.state(site) == "failed 0 -")
            #expect(
                try await site.text("SELECT response FROM outgoing_emails")?
                    .contains("nobody of that name") == true
            )
            try await Self.makeDue(site)
            #expect(try await sender.sendDue() == 0)
            #expect(sink.mails.isEmpty)
        }
    }

    @Test func `a relay that is away is waited for`() async throws {
        try await Self.withQueuedMail { site, sink, sender, port in
            try await sink.stop()
            #expect(try await sender.sendDue() == 1)
            #expect(try await Self.state(site) == "queued 1 -")
            try await sink.start(port: port)
            let work = Task { await sender.run() }
            // It is due in five seconds; nobody rings.
            for _ in 0..<150 where sink.mails.isEmpty {
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(sink.mails.count == 1)
            work.cancel()
            await work.value
            #expect(try await Self.state(site)?.hasPrefix("sent 1 ") == true)
        }
    }

    @Test func `a sender that died after the relay's word sends the same Message-ID`() async throws
    {
        try await Self.withQueuedMail { site, sink, sender, _ in
            #expect(try await sender.sendDue() == 1)
            // The note of it was lost, and the lease has run out.
            try await site.site.database.pool.execute(
                """
                UPDATE outgoing_emails SET state = 'queued', message_id = NULL, finished_at = NULL,
                    leased_until = now() - interval '1 second'
                """
            )
            #expect(try await sender.sendDue() == 1)
            let ids = sink.mails.map { Message.parse(Array($0.utf8)).messageID }
            #expect(ids.count == 2)
            #expect(ids[0] != nil)
            #expect(ids[0] == ids[1])
        }
    }

    @Test func `two senders share the queue, and each mail goes out once`() async throws {
        try await Self.withQueuedMail { site, sink, sender, port in
            let bert = try #require(try await site.community.principal(named: "bert"))
            let topic = try await site.topic("Another topic that is watched", by: bert)
            for name in ["cleo", "dora", "emil", "fred", "gina"] {
                _ = try await site.watcher(name, of: topic)
            }
            for number in 1...4 {
                try await site.reply(to: topic, "The reply of number \(number).", by: bert)
            }
            try await Dispatcher(community: site.community).dispatchAll()
            let other = try Self.sender(site, port: port)
            async let ones = sender.sendDue()
            async let others = other.sendDue()
            var sent = try await ones + others
            while sent < 21 {
                let more = try await sender.sendDue()
                if more == 0 { break }
                sent += more
            }
            #expect(sent == 21)
            #expect(sink.mails.count == 21)
            #expect(
                try await site.count("SELECT count(*) FROM outgoing_emails WHERE state = 'sent'")
                    == 21
            )
        }
    }

    @Test func `what is not wanted any more is not sent`() async throws {
        let changes: [(SQL, String)] = [
            ("UPDATE users SET email_level = 2", "the user wants no mail"),
            ("UPDATE notifications SET read = true", "the user has read it"),
            ("UPDATE posts SET deleted_at = now() WHERE post_number = 2", "may not be seen"),
            ("UPDATE topics SET category_id = 3", "may not be seen"),
            ("UPDATE users SET active = false WHERE username = 'anna'", "may not log in"),
        ]
        for (change, reason) in changes {
            try await Self.withQueuedMail { site, sink, sender, _ in
                try await site.site.database.pool.execute(change)
                #expect(try await sender.sendDue() == 1)
                #expect(sink.mails.isEmpty)
                let state = try await site.text(
                    "SELECT state || ' ' || response FROM outgoing_emails"
                )
                #expect(state?.hasPrefix("skipped ") == true)
                #expect(state?.contains(reason) == true, "\(state ?? "")")
            }
        }
    }

    @Test func `a sender that is stopped gives back what it has not begun`() async throws {
        try await Self.withQueuedMail { site, sink, sender, _ in
            let work = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await sender.sendDue()
            }
            _ = await work.result
            #expect(sink.mails.isEmpty)
            try await Self.makeDue(site)
            #expect(try await sender.sendDue() == 1)
            #expect(sink.mails.count == 1)
        }
    }
}
