import Cryptography
import Forum
import ForumMail
import Postgres
import TestSupport
import Testing

/// What a mail can become beside a reply: a message to a group, an edit, a post with files.
struct TargetTests {
    private static let png = """
        iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg\
        gg==
        """

    private static func withKey(
        settings: [String: String] = [:],
        _ body: (MailSite, Principal, CreatedPost, String) async throws -> Void
    ) async throws {
        try await MailSite.with(settings: settings) { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            try await body(site, anna, topic, try await site.address(of: anna, for: topic.id))
        }
    }

    @Test func `one's own post is changed by an answer that begins with edit`() async throws {
        try await Self.withKey { site, anna, topic, key in
            let mine = try await site.reply(
                to: topic,
                "What I wrote at first, quite wrong.",
                by: anna
            )
            let own = try await site.address(of: anna, for: mine.id)
            var mail = MailText(body: "Edit\r\n\r\nWhat I wanted to write, quite right.")
            let verdict = await site.take(mail, for: own)
            #expect(verdict == .carriedOut("The post is changed"))
            let post = try await site.community.post(mine.id, for: .anonymous)
            #expect(post.raw == "What I wanted to write, quite right.")
            mail.messageID = "two@x"
            #expect(await site.take(mail, for: key).reason == .invalidPostAction)
            site.site.clock.advance(seconds: 2 * 86_400)
            mail.messageID = "three@x"
            mail.body = "edit\r\n\r\nWhat I think two days later."
            #expect(await site.take(mail, for: own).reason == .replyNotAllowed)
            #expect(try await site.posts() == 2)
        }
    }

    @Test func `files become uploads, pictures where they stood`() async throws {
        try await Self.withKey(settings: ["authorized_extensions": "png|txt"]) {
            site,
            anna,
            _,
            key in
            var mail = MailText(headers: ["Content-Type: multipart/mixed; boundary=b"])
            let parts = [
                "Content-Type: text/html\n\n<p>Before</p><img src=\"cid:pic\" alt=\"P\"><p>After it</p>",
                "Content-Type: image/png; name=pic.png\nContent-ID: <pic>\n"
                    + "Content-Transfer-Encoding: base64\n\n\(Self.png)",
                "Content-Type: text/plain; name=notes.txt\n"
                    + "Content-Disposition: attachment; filename=\"notes.txt\"\n\nsome notes",
                "Content-Type: application/x-msdownload\n"
                    + "Content-Disposition: attachment; filename=\"[evil](x).exe\"\n\nMZ",
                "Content-Type: application/pgp-signature; name=signature.asc\n\nsigned",
            ]
            mail.body = (parts.map { "--b\n\($0)\n" }.joined() + "--b--")
                .replacing("\n", with: "\r\n")
            let id = try #require(await site.take(mail, for: key).post)
            let raw = try #require(try await site.community.post(id, for: .member(anna)).raw)
            let uploads = try await site.site.database.pool.values(
                "SELECT original_filename FROM uploads ORDER BY id",
                as: String.self
            )
            #expect(uploads == ["pic.png", "notes.txt"])
            #expect(raw.contains("Before") && raw.contains("src=\"upload://"))
            #expect(!raw.contains("cid:"))
            #expect(raw.contains("[details=\"Attachments\"]"))
            #expect(raw.contains("[notes.txt|attachment](upload://"))
            #expect(raw.contains("(Attachment -evil--x-.exe is missing)"))
            #expect(!raw.contains("signature"))
        }
    }

    @Test func `a mail of nothing but a file is a post`() async throws {
        try await Self.withKey(settings: ["authorized_extensions": "txt"]) { site, _, _, key in
            var mail = MailText(headers: [
                "Content-Type: text/plain; name=a.txt",
                "Content-Disposition: attachment; filename=a.txt",
            ])
            mail.body = "a file"
            #expect(await site.take(mail, for: key).post != nil)
            let uploads = try await site.count("SELECT count(*) FROM uploads")
            #expect(uploads == 1)
        }
    }

    private static func withGroup(
        settings: [String: String] = [:],
        _ body: (MailSite, Principal) async throws -> Void
    ) async throws {
        let settings = ["email_in": "true"].merging(settings) { $1 }
        try await MailSite.with(settings: settings) { site in
            let helper = try await site.site.member("helper")
            try await site.site.database.pool.execute(
                """
                WITH made AS (INSERT INTO groups (name, name_lower, incoming_email)
                    VALUES ('support', 'support', 'help@forum.example') RETURNING id)
                INSERT INTO group_users (group_id, user_id) SELECT id, \(helper.id) FROM made
                """
            )
            try await body(site, try #require(try await site.community.principal(for: helper.id)))
        }
    }

    @Test func `a mail to a group is a message that its people read and answer`() async throws {
        try await Self.withGroup { site, helper in
            #expect(try await site.isOurs("Help@forum.example"))
            let mail = MailText(from: "Carl <carl@example.org>", subject: "I need help")
            let id = try #require(await site.take(mail, for: "help@forum.example").post)
            let post = try await site.community.post(id, for: .member(helper))
            #expect(post.topic.archetype == .message)
            await #expect(throws: ForumError.self) {
                try await site.community.post(id, for: .member(try await site.site.member("bert")))
            }
            let staged = try await site.count("SELECT count(*) FROM users WHERE staged")
            #expect(staged == 1)
        }
        try await Self.withGroup(settings: ["enable_staged_users": "false"]) { site, _ in
            let mail = MailText(from: "carl@example.org")
            #expect(await site.take(mail, for: "help@forum.example").reason == .userNotFound)
            let staged = try await site.count("SELECT count(*) FROM users WHERE staged")
            #expect(staged == 0)
        }
        try await Self.withGroup(settings: ["maximum_recipients_per_new_group_email": "1"]) {
            site,
            _ in
            let mail = MailText(from: "carl@example.org", headers: ["Cc: a@x.example, b@x.example"])
            #expect(await site.take(mail, for: "help@forum.example").reason == .tooManyRecipients)
            let staged = try await site.count("SELECT count(*) FROM users WHERE staged")
            #expect(staged == 0)
        }
    }

    private static let forward = """
        Can you have a look at the mail below?

        ---------- Forwarded message ----------
        From: Some One <some@one.example>
        Date: Mon, 23 Nov 2026 10:00:00 +0000
        Subject: Discoursing much today
        To: anna@example.com

        XoXo, and a few words more.
        """.replacing("\n", with: "\r\n")

    @Test(arguments: ["hide", "quote", "create_replies"])
    func `a mail that was passed on`(behaviour: String) async throws {
        try await Self.withGroup(settings: ["forwarded_emails_behaviour": behaviour]) {
            site,
            helper in
            _ = try await site.site.member("anna")
            let mail = MailText(subject: "Fwd: Discoursing much today", body: Self.forward)
            let id = try #require(await site.take(mail, for: "help@forum.example").post)
            let post = try await site.community.post(id, for: .member(helper))
            let raw = try #require(post.raw)
            switch behaviour {
            case "hide":
                #expect(raw == "Can you have a look at the mail below?")
            case "quote":
                #expect(raw.hasPrefix("Can you have a look at the mail below?\n\n[quote]\n"))
                #expect(raw.contains("XoXo") && post.author.username == "anna")
            default:
                #expect(raw == "XoXo, and a few words more.")
                #expect(post.author.username != "anna")
                #expect(try await site.posts() == 2)
            }
        }
    }

    @Test func `nobody with an account speaks through somebody else's forward`() async throws {
        try await Self.withGroup(settings: ["forwarded_emails_behaviour": "create_replies"]) {
            site,
            helper in
            _ = try await site.site.member("anna")
            _ = try await site.site.member("bert")
            let body = Self.forward.replacing("some@one.example", with: "bert@example.com")
            let mail = MailText(subject: "Fwd: Words of bert", body: body)
            let id = try #require(await site.take(mail, for: "help@forum.example").post)
            let post = try await site.community.post(id, for: .member(helper))
            #expect(post.author.username == "anna")
            #expect(post.raw?.contains("[quote]") == true)
        }
    }
}
