import Cryptography
import Forum
import MailMessage
import Postgres
import TestSupport
import Testing

@testable import ForumMail

/// Who is told by mail that theirs was refused.
struct RejectionMailTests {
    private static func polled(_ site: MailSite, _ mail: MailText) async -> ForumMail.Verdict {
        await site.intake.take(mail.bytes, recipientsFromHeaderVia: "imap")
    }

    @Test func `somebody known is told once a day, with the header of the mail`() async throws {
        try await MailSite.with { site in
            _ = try await site.site.member("anna")
            var mail = MailText(subject: "To nobody")
            #expect(await Self.polled(site, mail).reason == .badDestination)
            let told = try await site.notices()
            #expect(told.map(\.to) == ["anna@example.com"])
            let notice = try #require(told.first?.notice)
            #expect(notice.subject.hasSuffix("Email issue -- Unknown To: Address"))
            #expect(notice.answered?.messageID == "one@mail.example")
            let header = String(decoding: try #require(notice.answered?.header), as: UTF8.self)
            #expect(header.contains("Subject: To nobody") && !header.contains("long enough"))
            mail.messageID = "two@mail.example"
            _ = await Self.polled(site, mail)
            #expect(try await site.notices().map(\.to) == [])
            site.site.clock.advance(seconds: 86_401)
            mail.messageID = "three@mail.example"
            _ = await Self.polled(site, mail)
            #expect(try await site.notices().count == 1)
        }
    }

    @Test func `each class of refusal is told by mail, or never`() async throws {
        try await MailSite.with { site in
            _ = try await site.site.member("anna")
            let bytes = MailText().bytes
            let stored = try await site.community.store(
                ReceivedEmail(
                    recipient: "ideas@forum.example",
                    mailFrom: "anna@example.com",
                    messageID: "one@mail.example",
                    contentHash: Digest.sha256(bytes),
                    raw: bytes,
                    createdVia: "handle_mail"
                )
            )
            let processing = Processing(
                intake: site.intake,
                stored: stored,
                message: Message.parse(bytes),
                authentication: .unchecked
            )
            for reason in Rejection.Reason.allCases {
                let rejection = Rejection(reason, "Because.")
                try await processing.tell(rejection, wasSilent: false)
                #expect(try await site.notices().isEmpty, "\(reason)")
                try await processing.tell(rejection, wasSilent: true)
                let answer = try #require(DoorTests.answers[reason])
                #expect(try await site.notices().isEmpty != answer.isTold, "\(reason)")
            }
        }
    }

    @Test func `programs, strangers, forgers and lists are told nothing`() async throws {
        let settings = ["email_in_authserv_id": "mx.forum.example"]
        try await MailSite.with(settings: settings) { site in
            _ = try await site.site.member("anna")
            let mails = [
                MailText(from: "stranger@example.org", messageID: "1@x"),
                MailText(messageID: "2@x", headers: ["Auto-Submitted: auto-replied"]),
                MailText(messageID: "3@x", headers: ["Return-Path: <>"]),
                MailText(messageID: "4@x", headers: ["List-Id: <a.example>"]),
                MailText(
                    messageID: "5@x",
                    headers: ["Authentication-Results: mx.forum.example; dmarc=fail"]
                ),
                MailText(messageID: "6@x", headers: ["From: other@example.com"]),
                MailText(from: "reply@forum.example", messageID: "7@x"),
            ]
            for mail in mails { #expect(await Self.polled(site, mail).reason != nil) }
            #expect(try await site.notices().map(\.to) == [])
            // Whoever is there gets the answer there.
            #expect(
                await site.take(MailText(messageID: "8@x"), for: "no@forum.example").reason != nil
            )
            #expect(try await site.notices().map(\.to) == [])
            let proved = MailText(
                from: "stranger@example.org",
                messageID: "9@x",
                headers: ["Authentication-Results: mx.forum.example; dmarc=pass"]
            )
            _ = await Self.polled(site, proved)
            #expect(try await site.notices().map(\.to) == ["stranger@example.org"])
        }
    }
}
