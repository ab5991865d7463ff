import Forum
import ForumMail
import Postgres
import SMTP
import TestSupport
import Testing

struct TopicByMailTests {
    private static let address = "ideas@forum.example"

    private static func with(
        settings: [String: String] = ["email_in": "true"],
        allowingStrangers: Bool = false,
        _ body: (MailSite, Forum.Category) async throws -> Void
    ) async throws {
        try await MailSite.with(settings: settings) { site in
            var fields = NewCategory(name: "Ideas")
            fields.emailIn = "ideas@forum.example|list@forum.example"
            fields.emailInAllowStrangers = allowingStrangers
            try await body(site, try await site.community.createCategory(fields, by: .system))
        }
    }

    private static func mail(
        from: String = "anna@example.com",
        subject: String = "A new topic that came by mail",
        body: String = "The first words of a topic by mail."
    ) -> MailText {
        MailText(from: from, subject: subject, body: body)
    }

    @Test func `a member of enough trust opens a topic by mail`() async throws {
        try await Self.with { site, category in
            let anna = try await site.site.member("anna", trustLevel: 2)
            let id = try #require(await site.take(Self.mail(), for: "Ideas@forum.example").post)
            let page = try await site.community.topicPage(
                try await site.community.post(id, for: .member(anna)).topicID,
                for: .anonymous
            )
            #expect(page.topic.title == "A new topic that came by mail")
            #expect(page.topic.categoryID == category.id)
            #expect(page.topic.authorID == anna.id)
            // The same mail by the category's other address is another mail.
            #expect(try await site.count("SELECT count(*) FROM topics") == 1)
        }
    }

    @Test(
        arguments: [
            (
                "ideas@forum.example", "[swift] A topic about a tag", "A topic about a tag",
                ["swift"]
            ),
            (
                "ideas@forum.example", "Re: [Swift] [linux] A topic of two tags",
                "A topic of two tags",
                ["linux", "swift"]
            ),
            (
                "ideas@forum.example", "[PATCH 1/2] A topic with a patch",
                "[PATCH 1/2] A topic with a patch", []
            ),
            ("ideas@forum.example", "[swift]", "This topic needs a title", nil),
            ("ideas+swift@forum.example", "A topic about a tag", "A topic about a tag", ["swift"]),
            (
                "IDEAS+linux+swift@forum.example", "[swift] A topic of two tags",
                "A topic of two tags",
                ["linux", "swift"]
            ),
            (
                "ideas+unheard-of@forum.example", "A topic of one more tag",
                "A topic of one more tag", []
            ),
        ] as [(String, String, String, [String]?)]
    )
    func `the subject and the address name tags`(
        address: String,
        subject: String,
        title: String,
        tags: [String]?
    ) async throws {
        try await Self.with { site, category in
            let boss = try await site.site.admin()
            _ = try await site.community.createTopic(
                NewTopic(
                    title: "A topic that brings its tags",
                    raw: "The first post of it, long enough.",
                    categoryID: category.id,
                    tags: ["swift", "linux"]
                ),
                by: boss
            )
            let anna = try await site.site.member("anna", trustLevel: 2)
            let door = MailDoor(intake: site.intake)
            #expect(await door.recipient(address, from: "anna@example.com").code == 250)
            let verdict = await site.take(Self.mail(subject: subject), for: address)
            guard let tags else {
                // Nothing is left for a title: the brackets are the title, and too short for one.
                #expect(verdict.reason == .invalidPost)
                return
            }
            let id = try #require(verdict.post)
            let page = try await site.community.topicPage(
                try await site.community.post(id, for: .member(anna)).topicID,
                for: .anonymous
            )
            #expect(page.topic.title == title)
            #expect(page.tags.map(\.name).sorted() == tags)
        }
    }

    @Test func `topics by mail are off until they are switched on`() async throws {
        try await Self.with(settings: [:]) { site, _ in
            _ = try await site.site.member("anna", trustLevel: 2)
            #expect(await site.take(Self.mail(), for: Self.address).reason == .badDestination)
            let door = MailDoor(intake: site.intake)
            #expect(await door.recipient(Self.address, from: "a@b.example").code == 550)
        }
    }

    @Test(
        arguments: [
            (1, .insufficientTrustLevel), (2, nil), (4, nil),
        ] as [(Int, Rejection.Reason?)]
    )
    func `the trust level counts`(level: Int, reason: Rejection.Reason?) async throws {
        try await Self.with { site, _ in
            _ = try await site.site.member("anna", trustLevel: level)
            #expect(await site.take(Self.mail(), for: Self.address).reason == reason)
        }
    }

    @Test func `a From field alone is not enough to act as staff`() async throws {
        try await Self.with { site, category in
            let boss = try await site.site.admin("boss")
            try await site.site.database.pool.execute(
                "UPDATE users SET trust_level = 2 WHERE id = \(boss.id)"
            )
            try await site.site.database.pool.execute(
                "UPDATE category_groups SET permission_type = 2 WHERE category_id = \(category.id)"
            )
            let mail = Self.mail(from: "boss@example.com")
            #expect(await site.take(mail, for: Self.address).reason == .invalidAccess)
        }
    }

    @Test func `strangers write where they are allowed, as staged users`() async throws {
        let stranger = Self.mail(from: "\"Zoe Stranger\" <zoe@far.example>")
        try await Self.with { site, _ in
            #expect(
                await site.take(stranger, for: Self.address).reason == .strangersNotAllowed
            )
            let staged = try await site.count("SELECT count(*) FROM users WHERE staged")
            #expect(staged == 0)
        }
        try await Self.with(allowingStrangers: true) { site, _ in
            let id = try #require(await site.take(stranger, for: Self.address).post)
            let author = try await site.community.post(id, for: .anonymous).author
            #expect(author.isStaged)
            #expect(author.name == "Zoe Stranger")
            // They may write again, without another account.
            var second = stranger
            second.subject = "A second topic of the same stranger"
            second.messageID = "2@far.example"
            second.body = "The words of a second topic, other ones."
            #expect(await site.take(second, for: Self.address).post != nil)
            #expect(try await site.count("SELECT count(*) FROM users WHERE staged") == 1)
        }
    }

    @Test func `whoever may not write at all may not by mail`() async throws {
        try await Self.with(allowingStrangers: true) { site, category in
            let anna = try await site.site.member("anna", trustLevel: 2)
            try await site.community.silenceUser(anna.id, until: .now() + 3600, by: .system)
            #expect(await site.take(Self.mail(), for: Self.address).reason == .silencedUser)
            let bert = try await site.site.member("bert", trustLevel: 2)
            try await site.community.suspendUser(bert.id, until: .now() + 3600, by: .system)
            #expect(
                await site.take(Self.mail(from: "bert@example.com"), for: Self.address).reason
                    == .inactiveUser
            )
            let cleo = try await site.site.member("cleo", trustLevel: 2)
            try await site.site.database.pool.execute(
                "UPDATE user_emails SET verified_at = NULL WHERE user_id = \(cleo.id)"
            )
            #expect(
                await site.take(Self.mail(from: "cleo@example.com"), for: Self.address).reason
                    == .inactiveUser
            )
            _ = try await site.site.member("dora", trustLevel: 2)
            try await site.site.database.pool.execute(
                "UPDATE category_groups SET permission_type = 3 WHERE category_id = \(category.id)"
            )
            #expect(
                await site.take(Self.mail(from: "dora@example.com"), for: Self.address).reason
                    == .invalidAccess
            )
            #expect(try await site.count("SELECT count(*) FROM topics") == 0)
        }
    }

    @Test(
        arguments: [
            ("A new topic that came by mail", "Short.", .tooShort),
            ("A new topic that came by mail", " ", .noBody),
            ("Short", "The first words of a topic by mail.", .invalidPost),
            ("", "The first words of a topic by mail.", nil),
            ("Re: AW: Fwd: A topic with prefixes", "The first words of a topic by mail.", nil),
            (
                "=?utf-8?q?Gr=C3=BC=C3=9Fe_aus_der_Ferne?=", "The first words of a topic by mail.",
                nil
            ),
        ] as [(String, String, Rejection.Reason?)]
    )
    func `title and text keep the forum's rules`(
        subject: String,
        body: String,
        reason: Rejection.Reason?
    ) async throws {
        try await Self.with { site, _ in
            _ = try await site.site.member("anna", trustLevel: 2)
            let verdict = await site.take(
                Self.mail(subject: subject, body: body),
                for: Self.address
            )
            #expect(verdict.reason == reason, "\(verdict)")
            let title = try await site.text("SELECT max(title) FROM topics")
            switch subject {
            case _ where reason != nil: #expect(title == nil)
            case "": #expect(title == "This topic needs a title")
            case _ where subject.hasPrefix("Re:"): #expect(title == "A topic with prefixes")
            default: #expect(title == "Grüße aus der Ferne")
            }
        }
    }
}
