import Forum
import ForumMail
import Postgres
import TestSupport
import Testing

struct CommandAddressTests {
    private static func with(
        strangers: Bool = false,
        settings: [String: String] = [:],
        _ body: (MailSite, Forum.Category) async throws -> Void
    ) async throws {
        let settings = ["email_in": "true"].merging(settings) { $1 }
        try await MailSite.with(settings: settings) { site in
            var fields = NewCategory(name: "Ideas")
            fields.emailIn = "ideas@forum.example"
            fields.emailInAllowStrangers = strangers
            try await body(site, try await site.community.createCategory(fields, by: .system))
        }
    }

    private static func level(_ site: MailSite, _ category: Forum.Category) async throws -> Int? {
        try await site.site.database.pool.value(
            "SELECT notification_level FROM category_users WHERE category_id = \(category.id)",
            as: Int.self
        )
    }

    @Test(
        arguments: [("subscribe", 3), ("join", 3), ("digest", 2), ("unsubscribe", 1)]
    )
    func `a command is carried out once its sender has said yes`(
        command: String,
        level: Int
    ) async throws {
        try await Self.with { site, category in
            _ = try await site.site.member("anna")
            let mail = MailText(subject: "", body: "")
            let verdict = await site.take(mail, for: "Ideas+\(command)@forum.example")
            #expect(verdict == .carriedOut("A mail asks whether that is meant"))
            #expect(try await Self.level(site, category) == nil)
            let asked = try #require(try await site.notices().first)
            #expect(asked.to == "anna@example.com")
            #expect(asked.notice.answered?.messageID == "one@mail.example")
            let address = try #require(asked.notice.replyTo)
            let answer = MailText(messageID: "two@mail.example", body: "Yes")
            #expect(await site.take(answer, for: address) == .carriedOut("Confirmed"))
            #expect(try await Self.level(site, category) == level)
            #expect(try await site.notices().first?.notice.subject.contains("Done") == true)
            // Once.
            let again = MailText(messageID: "three@mail.example", body: "Yes")
            #expect(await site.take(again, for: address).reason == .invalidPost)
            #expect(try await site.posts() == 0)
        }
    }

    @Test func `the link in the mail does the same, and ends after three days`() async throws {
        try await Self.with { site, category in
            _ = try await site.site.member("anna")
            _ = await site.take(MailText(), for: "ideas+subscribe@forum.example")
            let link = try #require(try await site.notices().first?.notice.link)
            let token = String(link.suffix(32))
            #expect(try await site.community.mailCommand(of: token).command == .subscribe)
            site.site.clock.advance(seconds: 3 * 86_400 + 1)
            await #expect(throws: ForumError.self) {
                try await site.community.confirmMailCommand(token)
            }
            #expect(try await Self.level(site, category) == nil)
        }
    }

    @Test func `a tag is followed by its own address`() async throws {
        try await Self.with(settings: ["tagging_enabled": "true"]) { site, category in
            let boss = try await site.site.admin()
            let anna = try await site.site.member("anna")
            try await site.topic(in: category.id, tags: ["swift"], by: boss)
            _ = await site.take(MailText(), for: "ideas+swift+subscribe@forum.example")
            let address = try #require(try await site.notices().first?.notice.replyTo)
            #expect(address.hasPrefix("ideas+swift+confirm-"))
            #expect(
                await site.take(MailText(messageID: "b@x"), for: address)
                    == .carriedOut("Confirmed")
            )
            let count = try await site.count(
                "SELECT count(*) FROM tag_users WHERE user_id = \(anna.id) AND notification_level = 3"
            )
            #expect(count == 1)
        }
    }

    @Test func `strangers may follow where they may write`() async throws {
        let mail = MailText(from: "new@example.org", envelopeSender: "new@example.org")
        try await Self.with { site, _ in
            let verdict = await site.take(mail, for: "ideas+subscribe@forum.example")
            #expect(verdict.reason == .strangersNotAllowed)
            let asked = try await site.notices()
            #expect(asked.count == 0)
        }
        try await Self.with(strangers: true) { site, category in
            _ = await site.take(mail, for: "ideas+subscribe@forum.example")
            let users: SQL = "SELECT count(*) FROM users WHERE staged"
            #expect(try await site.count(users) == 0)
            let token = try #require(try await site.notices().first?.notice.link?.suffix(32))
            _ = try await site.community.confirmMailCommand(String(token))
            #expect(try await site.count(users) == 1)
            #expect(try await Self.level(site, category) == 3)
        }
    }

    @Test func `what a sender may not see has no commands`() async throws {
        try await MailSite.with(settings: ["email_in": "true"]) { site in
            var fields = NewCategory(name: "Secret")
            fields.emailIn = "secret@forum.example"
            fields.permissions = ["staff": 1]
            _ = try await site.community.createCategory(fields, by: .system)
            _ = try await site.site.member("anna")
            for command in ["subscribe", "help", "unsubscribe"] {
                let mail = MailText(messageID: "\(command)@mail.example")
                let verdict = await site.take(mail, for: "secret+\(command)@forum.example")
                #expect(verdict.reason == .badDestination, "\(command)")
            }
            #expect(try await site.notices().map(\.to) == [])
        }
    }

    @Test func `programs get no answer, people at most five a day`() async throws {
        try await Self.with { site, _ in
            _ = try await site.site.member("anna")
            let programs = [
                MailText(envelopeSender: "", messageID: "p1@x"),
                MailText(messageID: "p2@x", headers: ["Auto-Submitted: auto-replied"]),
                MailText(messageID: "p3@x", headers: ["Precedence: bulk"]),
                MailText(from: "noreply@example.com", messageID: "p4@x"),
            ]
            for mail in programs {
                let verdict = await site.take(mail, for: "ideas+help@forum.example")
                #expect(verdict.reason == .autoGenerated)
            }
            #expect(try await site.notices().map(\.to) == [])
            for number in 0..<8 {
                _ = await site.take(
                    MailText(messageID: "\(number)@x"),
                    for: "ideas+help@forum.example"
                )
            }
            let sent = try await site.notices()
            #expect(sent.count == 5)
            #expect(
                sent[0].notice.paragraphs.contains { $0.hasPrefix("ideas+digest@forum.example:") }
            )
        }
    }

    @Test func `unsubscribe alone asks whether all mails are to stop`() async throws {
        try await Self.with { site, _ in
            let anna = try await site.site.member("anna")
            let mail = MailText(subject: "Unsubscribe", body: "Please.")
            _ = await site.take(mail, for: "ideas@forum.example")
            let asked = try #require(try await site.notices().first)
            #expect(asked.notice.replyTo == nil)
            _ = try await site.community.confirmMailCommand(
                String(try #require(asked.notice.link).suffix(32))
            )
            let level = try await site.count("SELECT email_level FROM users WHERE id = \(anna.id)")
            #expect(level == 2)
            let stranger = MailText(
                from: "new@example.org",
                subject: "unsubscribe",
                messageID: "s@x"
            )
            #expect(
                await site.take(stranger, for: "ideas@forum.example").reason
                    == .unsubscribeNotAllowed
            )
        }
    }
}
