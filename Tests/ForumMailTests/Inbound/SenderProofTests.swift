import Forum
import ForumMail
import Foundation
import MailMessage
import Postgres
import SMTP
import TestSupport
import Testing

/// Who writes, by what is proved of it.
struct SenderProofTests {
    private static let server = ["email_in_authserv_id": "mx.forum.example", "email_in": "true"]

    private static func mail(
        _ result: String?,
        from: String = "anna@example.com",
        id: String
    )
        -> MailText
    {
        var mail = MailText(from: from, messageID: id)
        if let result {
            mail.headers = ["Authentication-Results: mx.forum.example; dmarc=\(result)"]
        }
        return mail
    }

    private static func held(_ site: MailSite) async throws -> Int {
        try await site.count("SELECT count(*) FROM reviewables WHERE type = 'ReviewableQueuedPost'")
    }

    @Test func `a proved lie waits for staff, or is refused`() async throws {
        try await MailSite.with(settings: Self.server) { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            let address = try await site.address(of: anna, for: topic.id)
            let pass = await site.take(Self.mail("pass", id: "1@x"), for: address)
            #expect(pass.post != nil)
            // With a key, no word on it is good enough.
            #expect(await site.take(Self.mail(nil, id: "2@x"), for: address).post != nil)
            let fail = await site.take(Self.mail("fail", id: "3@x"), for: address)
            #expect(fail == .carriedOut("Waits for approval by a moderator"))
            #expect(try await Self.held(site) == 1)
            var like = Self.mail("fail", id: "4@x")
            like.body = "+1"
            #expect(await site.take(like, for: address).reason == .forgedSender)
            let verdicts = try await site.text(
                "SELECT string_agg(sender_verdict, ' ' ORDER BY id) FROM incoming_emails"
            )
            #expect(verdicts == "pass gray fail fail")
            try await site.community.settings.set("email_in_forged_sender", to: "reject")
            let refused = await site.take(Self.mail("fail", id: "5@x"), for: address)
            #expect(refused.reason == .forgedSender)
            #expect(refused.smtpReply.enhanced == "5.7.26")
        }
    }

    @Test func `new topics and staff wait where nothing is proved`() async throws {
        try await MailSite.with(settings: Self.server) { site in
            var fields = NewCategory(name: "Ideas")
            fields.emailIn = "ideas@forum.example"
            let category = try await site.community.createCategory(fields, by: .system)
            _ = try await site.site.member("anna", trustLevel: 2)
            let boss = try await site.site.admin()
            let topic = try await site.topic(in: category.id, by: boss)
            let key = try await site.address(of: boss, for: topic.id)
            let waits = ForumMail.Verdict.carriedOut("Waits for approval by a moderator")
            let opened = await site.take(Self.mail(nil, id: "1@x"), for: "ideas@forum.example")
            #expect(opened == waits)
            let proved = await site.take(Self.mail("pass", id: "2@x"), for: "ideas@forum.example")
            #expect(proved.post != nil)
            var words = Self.mail(nil, from: "boss@example.com", id: "3@x")
            words.body = "Words in the name of an administrator."
            #expect(await site.take(words, for: key) == waits)
            words.headers = ["Authentication-Results: mx.forum.example; dmarc=pass"]
            words.messageID = "4@x"
            #expect(await site.take(words, for: key).post != nil)
            // What an unknown host sends to our own port has passed no server of ours.
            let direct = Self.mail("pass", id: "5@x")
            let verdict = await site.intake.take(
                direct.bytes,
                for: "ideas@forum.example",
                from: direct.envelopeSender,
                via: "smtp"
            )
            #expect(verdict.post == nil)
        }
    }

    @Test func `without a word on the sender nobody acts as staff`() async throws {
        try await MailSite.with { site in
            let boss = try await site.site.admin()
            let topic = try await site.topic(by: boss)
            try await site.community.setTopicStatus(
                topic.topicID,
                status: .closed,
                enabled: true,
                by: boss
            )
            let key = try await site.address(of: boss, for: topic.id)
            let mail = MailText(from: "boss@example.com")
            #expect(await site.take(mail, for: key).reason == .topicClosed)
        }
    }

    @Test func `an answer finds its topic by In-Reply-To if its sender is proved`() async throws {
        try await MailSite.with(settings: Self.server) { site in
            _ = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            let parent = "In-Reply-To: <discourse/post/\(topic.id)@\(site.community.host)>"
            var mail = Self.mail("pass", id: "1@x")
            mail.headers.append(parent)
            #expect(try await site.isOurs("reply@forum.example"))
            let post = try #require(await site.take(mail, for: "reply@forum.example").post)
            let found = try await site.community.post(post, for: .anonymous)
            #expect(found.topicID == topic.topicID)
            mail = Self.mail(nil, id: "2@x")
            mail.headers.append(parent)
            #expect(await site.take(mail, for: "reply@forum.example").reason == .badDestination)
            // What the sender may not see is not there.
            let secret = try await site.site.category("Secret", permissions: ["staff": 1])
            let hidden = try await site.topic(
                "A topic that only staff can see",
                in: secret.id,
                by: try await site.site.admin("chief")
            )
            mail = Self.mail("pass", id: "3@x")
            mail.headers.append("In-Reply-To: <discourse/post/\(hidden.id)@\(site.community.host)>")
            #expect(await site.take(mail, for: "reply@forum.example").reason == .topicNotFound)
        }
        try await MailSite.with { site in
            let isOurs = try await site.isOurs("reply@forum.example")
            #expect(!isOurs)
        }
    }

    @Test func `a signature is proof where the site checks them`() async throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/dkim")
        let zone = try JSONDecoder().decode(
            [String: [String]].self,
            from: Data(contentsOf: folder.appending(path: "zone.json"))
        )
        let signed = [UInt8](
            try Data(contentsOf: folder.appending(path: "plain-relaxed-relaxed.eml"))
        )
        try await MailSite.with(settings: ["email_in_verify_dkim": "true"]) { site in
            let intake = Intake(
                community: site.community,
                replyAddress: ReplyAddress(template: MailSite.template),
                resolver: Zone(names: zone),
                logger: TestDatabase.logger
            )
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            let key = try await site.address(of: anna, for: topic.id)
            let verdict = await intake.take(signed, for: key, from: "anna@example.com", via: "lmtp")
            #expect(verdict.post != nil)
            // The domain wants forged mail refused: it waits.
            let unsigned = await intake.take(
                MailText().bytes,
                for: key,
                from: "anna@example.com",
                via: "lmtp"
            )
            #expect(unsigned == .carriedOut("Waits for approval by a moderator"))
            let evidence = try await site.text(
                "SELECT string_agg(sender_evidence, '|' ORDER BY id) FROM incoming_emails"
            )
            #expect(evidence == "own check pass; dkim=pass d=example.com|own check fail")
        }
    }

    private struct Zone: DNSResolver {
        let names: [String: [String]]

        func records(of name: String) async throws(TXTLookupFailure) -> [String] {
            names[name] ?? []
        }

        func addresses(
            of name: String,
            _ family: IPAddress.Family
        ) async throws(TXTLookupFailure) -> [IPAddress] { [] }

        func mailServers(of name: String) async throws(TXTLookupFailure) -> [String] { [] }

        func names(of address: IPAddress) async throws(TXTLookupFailure) -> [String] { [] }
    }

    @Test(
        arguments: [
            ("X-Spam-Flag", "YES", true), ("X-Spam-Flag", "no", false),
            ("X-Spam-Status", "Yes, score=9", true), ("X-Spam-Status", "No, score=1", false),
            ("X-SES-Spam-Verdict", "FAIL", true), ("X-SES-Spam-Verdict", "PASS", false),
        ]
    )
    func `spam waits and its author is silenced`(
        header: String,
        value: String,
        isSpam: Bool
    ) async throws {
        try await MailSite.with(settings: ["email_in_spam_header": header]) { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            let key = try await site.address(of: anna, for: topic.id)
            let mail = MailText(headers: ["\(header): \(value)"])
            #expect((await site.take(mail, for: key).post == nil) == isSpam)
            #expect(try await Self.held(site) == (isSpam ? 1 : 0))
            let account = try await site.community.account(for: anna.id)
            #expect(account?.principal.isSilenced == isSpam)
        }
    }

    @Test func `screened, silenced and hasty senders`() async throws {
        try await MailSite.with(settings: ["max_incoming_emails_per_hour": "2"]) { site in
            let anna = try await site.site.member("anna")
            let bert = try await site.site.member("bert")
            let topic = try await site.topic(by: try await site.site.admin())
            let key = try await site.address(of: anna, for: topic.id)
            #expect(await site.take(MailText(messageID: "1@x"), for: key).post != nil)
            let second = MailText(messageID: "2@x", body: "Other words, also long enough.")
            #expect(await site.take(second, for: key).post != nil)
            let third = MailText(messageID: "3@x", body: "Still other words of the same hour.")
            let later = await site.take(third, for: key)
            #expect(later.smtpReply.code == 451)
            try await site.community.silenceUser(
                bert.id,
                Penalty(until: .distantFuture, reason: "x"),
                by: .system
            )
            var mail = MailText(from: "bert@example.com", messageID: "4@x")
            #expect(await site.take(mail, for: key).reason == .silencedUser)
            try await site.site.database.pool.execute(
                "INSERT INTO screened_emails (email, action_type) VALUES ('bad@example.org', 1)"
            )
            mail = MailText(from: "b.ad+x@example.org", messageID: "5@x")
            #expect(await site.take(mail, for: key).reason == .screenedEmail)
        }
    }

    @Test func `a program on the list may write`() async throws {
        try await MailSite.with(settings: [
            "auto_generated_allowlist": "x@y.example|anna@example.com"
        ]) { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            let key = try await site.address(of: anna, for: topic.id)
            let mail = MailText(headers: ["Precedence: bulk"])
            #expect(await site.take(mail, for: key).post != nil)
        }
    }
}
