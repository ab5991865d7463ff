import Cryptography
import Forum
import ForumMail
import MailMessage
import Postgres
import SMTP
import TestSupport
import Testing

/// What is noted of the way of a mail, and what a peer of SMTP is told.
struct TraceTests {
    private static func envelope(
        to recipients: [String],
        name: String = "mx.example.com",
        isRelay: Bool = false
    ) -> Envelope {
        Envelope(
            mailFrom: "anna@example.com",
            recipients: recipients,
            peer: MailPeer(
                transport: "ESMTPS",
                name: name,
                address: "192.0.2.7",
                isRelay: isRelay
            )
        )
    }

    private static func shown(_ site: MailSite) async throws -> String {
        let mail = try #require(try await site.mails().first)
        return String(decoding: try await site.community.rawEmail(mail.id), as: UTF8.self)
    }

    @Test func `a mail is shown with the way it came, and stored as it is`() async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            let address = try await site.address(of: anna, for: topic.id)
            let door = MailDoor(intake: site.intake, name: .smtp)
            let evil = Self.envelope(to: [address], name: "mx\u{9}(evil)\u{e9}\"<x>")
            let replies = await door.deliver(evil, data: MailText().bytes)
            #expect(replies.map(\.code) == [250])
            let shown = try await Self.shown(site)
            #expect(
                shown.hasPrefix(
                    """
                    Return-Path: <anna@example.com>\r
                    Received: from mxevilx ([192.0.2.7])\r
                    \tby forum.example with ESMTPS\r
                    \tid
                    """
                )
            )
            #expect(!shown.lowercased().contains(address.lowercased()))
            let message = Message.parse(Array(shown.utf8))
            #expect(message.headers.all("Received").count == 1)
            #expect(message.headers.text("Received")?.hasSuffix("+0000") == true)
            // The same mail, given again by another way, is the same mail.
            #expect(
                await door.deliver(Self.envelope(to: [address]), data: MailText().bytes) == replies
            )
            #expect(try await site.count("SELECT count(*) FROM incoming_emails") == 1)
            let isUnchanged = try await site.count(
                """
                SELECT count(*) FROM incoming_emails
                WHERE sha256(raw) = content_hash AND peer_address = '192.0.2.7'
                """
            )
            #expect(isUnchanged == 1)
        }
    }

    @Test func `one recipient is named`() async throws {
        try await MailSite.with { site in
            _ = await MailDoor(intake: site.intake, name: .smtp)
                .deliver(Self.envelope(to: ["A@forum.example"]), data: MailText().bytes)
            let shown = try await Self.shown(site)
            #expect(shown.contains("\r\n\tfor <A@forum.example>;\r\n\t"))
        }
    }

    @Test func `recipients do not learn of one another, and a relay is nobody's host`() async throws
    {
        try await MailSite.with { site in
            let envelope = Self.envelope(to: ["a@forum.example", "b@forum.example"], isRelay: true)
            _ = await MailDoor(intake: site.intake, name: .smtp)
                .deliver(envelope, data: MailText().bytes)
            #expect(!(try await Self.shown(site)).contains("for <"))
            let count = try await site.count(
                "SELECT count(*) FROM incoming_emails WHERE peer_address IS NULL"
            )
            #expect(count == 2)
        }
    }

    @Test func `a mail that goes in circles is refused`() async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            let address = try await site.address(of: anna, for: topic.id)
            let hop = "Received: from a.example by b.example; Mon, 23 Nov 2026 10:00:00 +0000"
            var mail = MailText(headers: Array(repeating: hop, count: 100))
            #expect(await site.take(mail, for: address).post != nil)
            mail.headers.append(hop)
            let verdict = await site.take(mail, for: address)
            #expect(verdict.reason == .looping)
            #expect(verdict.smtpReply.enhanced == "5.4.6")
        }
    }

    /// Signs for example.com, whose host 192.0.2.7 may send for it.
    private struct Zone: DNSResolver {
        func records(of name: String) async throws(TXTLookupFailure) -> [String] {
            name == "example.com" ? ["v=spf1 ip4:192.0.2.7 -all"] : []
        }

        func addresses(
            of name: String,
            _ family: IPAddress.Family
        ) async throws(TXTLookupFailure) -> [IPAddress] { [] }

        func mailServers(of name: String) async throws(TXTLookupFailure) -> [String] { [] }

        func names(of address: IPAddress) async throws(TXTLookupFailure) -> [String] { [] }
    }

    @Test(arguments: [false, true])
    func `who is proved is told of the recipients that one reply of SMTP hides`(
        isRelay: Bool
    ) async throws {
        try await MailSite.with(settings: ["email_in_verify_dkim": "true"]) { site in
            let anna = try await site.site.member("anna")
            let bert = try await site.site.member("bert")
            let topic = try await site.topic(by: try await site.site.admin())
            let recipients = [
                try await site.address(of: anna, for: topic.id),
                try await site.address(of: bert, for: topic.id),
            ]
            let intake = Intake(
                community: site.community,
                replyAddress: ReplyAddress(template: MailSite.template),
                resolver: Zone(),
                logger: TestDatabase.logger
            )
            let envelope = Self.envelope(to: recipients, isRelay: isRelay)
            let smtp = MailDoor(intake: intake, name: .smtp)
            let refused = Self.envelope(to: [recipients[1]], isRelay: isRelay)
            _ = await smtp.deliver(refused, data: MailText(messageID: "0@x").bytes)
            #expect(try await site.notices().map(\.to) == [])
            let replies = await smtp.deliver(envelope, data: MailText(messageID: "1@x").bytes)
            #expect(replies.map(\.isPositive) == [true, false])
            #expect(try await site.notices().map(\.to) == (isRelay ? [] : ["anna@example.com"]))
            let evidence = try await site.text("SELECT max(sender_evidence) FROM incoming_emails")
            #expect(
                evidence
                    == (isRelay
                        ? "own check none" : "own check pass; spf=pass d=example.com")
            )
        }
    }
}
