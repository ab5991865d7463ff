import Cryptography
import Forum
import ForumMail
import Postgres
import SMTP
import TestSupport
import Testing

struct IntakeTests {
    private static func bounce(to recipient: String) -> [UInt8] {
        let text = """
            From: MAILER-DAEMON@mx.example
            To: \(recipient)
            Subject: Undelivered Mail
            Message-ID: <bounce@mx.example>
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b

            It did not arrive.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; anna@example.com
            Action: failed
            Status: 5.1.1
            --b--
            """
        return Array(text.utf8)
    }

    @Test func `the same mail ten times at once is one post with one verdict`() async throws {
        try await MailSite.with(settings: ["rate_limit_create_post": "5"]) { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            let address = try await site.address(of: anna, for: topic.id)
            // Another node has its own turnstile.
            let other = Intake(
                community: site.community,
                replyAddress: ReplyAddress(template: MailSite.template),
                logger: TestDatabase.logger
            )
            let mail = MailText()
            let verdicts = await withTaskGroup(of: ForumMail.Verdict.self) { group in
                for index in 0..<10 {
                    group.addTask {
                        await (index % 2 == 0 ? site.intake : other).take(
                            mail.bytes,
                            for: index < 5 ? address : address.uppercased(),
                            from: mail.envelopeSender,
                            via: "lmtp"
                        )
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(verdicts.map(\.post)).count == 1)
            #expect(verdicts[0].post != nil, "\(verdicts)")
            #expect(try await site.posts() == 2)
            #expect(try await site.log() == ["posted"])
        }
    }

    @Test func `a Message-ID used again for other words is another mail`() async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let bert = try await site.site.member("bert")
            let topic = try await site.topic(by: try await site.site.admin())
            let ofAnna = try await site.address(of: anna, for: topic.id)
            let ofBert = try await site.address(of: bert, for: topic.id)
            // Somebody takes the Message-ID before its owner's mail comes.
            let stolen = MailText(
                from: "bert@example.com",
                messageID: "same@mail.example",
                body: "These are words of another member."
            )
            #expect(await site.take(stolen, for: ofBert).post != nil)
            var first = MailText(messageID: "same@mail.example")
            let one = try #require(await site.take(first, for: ofAnna).post)
            first.body = "And these are other words of the same author."
            let two = try #require(await site.take(first, for: ofAnna).post)
            #expect(one != two)
            #expect(try await site.posts() == 4)
        }
    }

    @Test func `a mail stored by a process that died gets its verdict once`() async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            let address = try await site.address(of: anna, for: topic.id)
            let mail = MailText()
            // The database is lost between storing and judging …
            _ = try await site.community.store(
                ReceivedEmail(
                    recipient: address,
                    mailFrom: mail.envelopeSender,
                    messageID: mail.messageID,
                    contentHash: Digest.sha256(mail.bytes),
                    raw: mail.bytes,
                    createdVia: "lmtp"
                )
            )
            // … a mail whose post was written, but not its verdict, …
            let other = MailText(
                messageID: "two@mail.example",
                body: "Another answer of mine, two."
            )
            let post = try #require(await site.take(other, for: address).post)
            try await site.site.database.pool.execute(
                "UPDATE incoming_emails SET state = 'received', post_id = NULL WHERE post_id = \(post)"
            )
            try await site.intake.resume()
            #expect(try await site.posts() == 2)
            try await site.site.database.pool.execute(
                "UPDATE incoming_emails SET received_at = now() - interval '2 minutes'"
            )
            try await site.intake.resume()
            try await site.intake.resume()
            #expect(try await site.posts() == 3)
            #expect(try await site.log() == ["posted", "posted"])
            // … and the MTA, which never heard of it, gives the mail again.
            #expect(await site.take(mail, for: address).post != nil)
            #expect(await site.take(other, for: address) == .posted(post))
            #expect(try await site.posts() == 3)
        }
    }

    @Test func `a report of failed delivery is taken and kept, and makes no post`() async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: anna)
            let address = try await site.address(of: anna, for: topic.id)
            for recipient in [address, "noreply@forum.example"] {
                let verdict = await site.intake.take(
                    Self.bounce(to: recipient),
                    for: recipient,
                    from: "",
                    via: "lmtp"
                )
                #expect(verdict.reason == .bounced)
                #expect(verdict.smtpReply.code == 250)
                #expect(verdict.exitStatus == 0)
            }
            #expect(
                try await site.log() == Array(repeating: "rejected BouncedEmailError", count: 2)
            )
            #expect(try await site.posts() == 1)
        }
    }

    @Test func `a subject on the list is dropped without a word`() async throws {
        try await MailSite.with(settings: ["ignore_by_title": "lottery|viagra"]) { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: anna)
            let address = try await site.address(of: anna, for: topic.id)
            let mail = MailText(subject: "You won the LOTTERY")
            #expect(await site.take(mail, for: address) == .ignored)
            #expect(await site.take(mail, for: address) == .ignored)
            #expect(try await site.log() == ["ignored"])
        }
    }

    @Test func `bytes that no text can hold do no harm`() async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: anna)
            let address = try await site.address(of: anna, for: topic.id)
            let mail = MailText(
                subject: "Re: a\0b",
                messageID: "n\0ul@mail.example",
                body: "These words\0 hold a NUL and \u{1} more of its kind."
            )
            let id = try #require(await site.take(mail, for: address).post)
            let raw = try await site.text("SELECT raw FROM posts WHERE id = \(id)")
            #expect(raw?.hasPrefix("These words") == true)
            #expect(raw?.contains("more of its kind.") == true)
            let stored = try #require(try await site.mails().first)
            #expect(try await site.community.rawEmail(stored.id) == mail.bytes)
            #expect(await site.take(mail, for: address) == .posted(id))
            // From the empty mail to bytes of no charset.
            for bytes in [
                [], [0], [0xFF, 0xFE], Array("\r\n\r\n".utf8), Array(repeating: 10, count: 999),
            ] {
                let verdict = await site.intake.take(bytes, for: address, from: "a@b", via: "pipe")
                #expect(verdict.reason != nil)
            }
        }
    }

    @Test func `a mail of ten thousand parts, and one of the largest size, are read in time`()
        async throws
    {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: anna)
            let address = try await site.address(of: anna, for: topic.id)
            var text = "From: anna@example.com\r\nMessage-ID: <p@x.example>\r\n"
            text += "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            for number in 0..<10_000 {
                text += "--b\r\nContent-Type: text/plain\r\n\r\nThe part of number \(number).\r\n"
            }
            let clock = ContinuousClock()
            let parts = await clock.measure {
                let verdict = await site.intake.take(
                    Array(text.utf8),
                    for: address,
                    from: "anna@example.com",
                    via: "lmtp"
                )
                #expect(verdict.post != nil, "\(verdict)")
            }
            #expect(parts < .seconds(10))
            let head = MailText(messageID: "big@x.example").bytes
            let big = head + Array(repeating: UInt8(ascii: "a"), count: 26_214_400 - head.count)
            let size = await clock.measure {
                let verdict = await site.intake.take(
                    big,
                    for: address,
                    from: "anna@example.com",
                    via: "lmtp"
                )
                #expect(verdict.reason == .invalidPost, "\(verdict)")
            }
            #expect(size < .seconds(30))
            let verdict = await site.intake.take(big + [10], for: address, from: "", via: "lmtp")
            #expect(verdict.reason == .tooLarge)
            #expect(verdict.smtpReply.code == 552)
        }
    }

    @Test func `a mail without an envelope goes to the first address of ours in its header`()
        async throws
    {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: anna)
            let address = try await site.address(of: anna, for: topic.id)
            for (field, number) in [
                ("To", 1), ("Cc", 2), ("Delivered-To", 3), ("X-Original-To", 4),
            ] {
                let mail = MailText(
                    messageID: "\(number)@x.example",
                    body: "The answer of number \(number), long enough.",
                    headers: ["\(field): Somebody <some@body.example>, \(address)"]
                )
                let verdict = await site.intake.take(
                    mail.bytes,
                    recipientsFromHeaderVia: "handle_mail"
                )
                #expect(verdict.post != nil, "\(field): \(verdict)")
            }
            let none = MailText(messageID: "none@x.example")
            let verdict = await site.intake.take(none.bytes, recipientsFromHeaderVia: "handle_mail")
            #expect(verdict.reason == .badDestination)
            #expect(try await site.posts() == 5)
        }
    }

    @Test func `a limit of the rate puts a mail off, and it is posted later`() async throws {
        try await MailSite.with(settings: ["rate_limit_create_post": "60"]) { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            let address = try await site.address(of: anna, for: topic.id)
            #expect(await site.take(MailText(), for: address).post != nil)
            let second = MailText(messageID: "2@x.example", body: "The second one comes too fast.")
            let verdict = await site.take(second, for: address)
            guard case .postponed = verdict else {
                Issue.record("\(verdict)")
                return
            }
            #expect(verdict.smtpReply.code == 451)
            #expect(verdict.exitStatus == 75)
            #expect(try await site.log() == ["posted", "received"])
            site.site.clock.advance(seconds: 61)
            #expect(await site.take(second, for: address).post != nil)
        }
    }

    @Test func `a database that is away puts mail off`() async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: anna)
            let address = try await site.address(of: anna, for: topic.id)
            await site.site.database.pool.close()
            let verdict = await site.take(MailText(), for: address)
            #expect(verdict.smtpReply.code == 451)
            let door = MailDoor(intake: site.intake)
            #expect(await door.recipient(address, from: "a@b.example").code == 451)
        }
    }
}
