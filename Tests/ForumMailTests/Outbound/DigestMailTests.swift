import Forum
import ForumMail
import MailMessage
import Postgres
import TestSupport
import Testing

struct DigestMailTests {
    @Test func `a digest reads well, makes a thread of its own and is stopped by one click`()
        async throws
    {
        try await MailSite.with { site in
            let bert = try await site.site.member("bert")
            let anna = try await site.site.member("anna")
            let place = try await site.site.category("Place")
            try await site.community.setSubscription(
                Subscription(level: .watching, delivery: .weekly),
                category: place.id,
                by: anna
            )
            let topic = try await site.topic("News & <views> of the month", in: place.id, by: bert)
            try await site.reply(to: topic, "A **second** post, of some length.", by: bert)
            site.site.clock.advance(seconds: 7 * 86_400 + 1)
            try await site.community.makeDigests()
            let email = try #require(
                try await site.community.claimOutgoingEmails(limit: 5, leaseSeconds: 60).first
            )
            guard
                case .digest(let digest, let key) = try await site.community.decide(on: email)
            else {
                Issue.record("it is not a digest")
                return
            }
            let composer = try NotificationComposer(community: site.community, sender: nil)
            let written = try composer.write(
                digest,
                email.id,
                to: email.toAddress,
                unsubscribe: key
            )
            let text = String(decoding: written.bytes, as: UTF8.self)
            let expected = [
                "Digest of Place: 1 topic, 2 posts", "<digest/category/\(place.id)@forum.example>",
                "List-ID: <place.forum.example>", "/email/unsubscribe/\(key.text)>",
                "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
                "1. News & <views> of the month (2)",
                "A *second* post, of some length.", "&lt;views&gt; of the month</a>",
                "<strong>second</strong>",
                "To stop this digest:", "Message-ID: <digest/\(email.id)@forum.example>",
            ]
            for part in expected { #expect(text.contains(part), "\(part)") }
            #expect(!text.contains("\nReply-To"))
        }
    }
}
