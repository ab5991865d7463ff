import Forum
import ForumMail
import Postgres
import TestSupport
import Testing

struct ReplyByMailTests {
    /// Markdown as Discourse folds up what was trimmed off.
    private static let folded = """
        <details class='elided'>
        <summary title='Show trimmed content'>&#183;&#183;&#183;</summary>

        """

    @Test(arguments: [true, false])
    func `what was trimmed off is shown to all, or to its author, who may take it back`(
        isShown: Bool
    ) async throws {
        let settings = ["always_show_trimmed_content": isShown ? "true" : "false"]
        try await MailSite.with(settings: settings) { site in
            let anna = try await site.site.member("anna")
            let bert = try await site.site.member("bert")
            let topic = try await site.topic(by: bert)
            let address = try await site.address(of: anna, for: topic.id)
            let body = "This is my answer, which is long enough.\r\n-- \r\nAnna, of the bridge"
            let verdict = await site.take(MailText(body: body), for: address)
            let post = try #require(verdict.post, "\(verdict.summary)")
            let community = site.community
            let raw = try await community.post(post, for: .member(anna)).raw ?? ""
            #expect(raw.contains(Self.folded) == isShown)
            #expect(raw.contains("Anna, of the bridge") == isShown)
            for other in [bert, isShown ? anna : bert] {
                await #expect(throws: ForumError.notFound) {
                    try await community.elided(of: post, for: other)
                }
            }
            guard !isShown else { return }
            #expect(
                try await community.elided(of: post, for: anna) == "-- \nAnna, of the bridge"
            )
            await #expect(throws: ForumError.notFound) {
                try await community.restoreElided(of: post, by: bert)
            }
            let restored = try await community.restoreElided(of: post, by: anna)
            #expect(restored.raw?.hasSuffix("enough.\n\n-- \nAnna, of the bridge") == true)
            await #expect(throws: ForumError.notFound) {
                try await community.restoreElided(of: post, by: anna)
            }
        }
    }

    @Test func `the owner of a key answers its post`() async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let bert = try await site.site.member("bert")
            let topic = try await site.topic(by: bert)
            let post = try await site.reply(to: topic, by: bert)
            var mail = MailText()
            mail.body = """
                This is my answer, which is long enough.

                On Mon, 23 Nov 2026, bert wrote:
                > A reply that is long enough to be one.
                """
            let address = try await site.address(of: anna, for: post.id)
            let verdict = await site.take(mail, for: address)
            let id = try #require(verdict.post)
            let view = try await site.community.post(id, for: .member(anna))
            #expect(view.number == 3)
            #expect(view.replyToNumber == 2)
            #expect(view.isViaEmail)
            #expect(view.cooked == "<p>This is my answer, which is long enough.</p>")
            #expect(view.author.username == "anna")
            let elided = try await site.community.elided(of: id, for: anna)
            #expect(elided.contains("> A reply that is long enough"))
            let record = try #require(try await site.mails().first)
            #expect(record.state == "posted")
            #expect(record.postURL?.hasSuffix("/\(topic.topicID)/3") == true)
            #expect(record.fromAddress == "anna@example.com")
            #expect(try await site.community.rawEmail(record.id) == mail.bytes)
        }
    }

    @Test(arguments: [
        ("ANNA@Example.COM", true), ("\"Anna, the first\" <anna@example.com>", true),
        ("=?utf-8?q?Ann=C3=A4?= <anna@example.com>", true), ("anna@example.com (Anna)", true),
        ("bert@example.com <anna@example.com>", true),
        ("<@relay.example,@other.example:anna@example.com>", true),
        ("bert@example.com", false), ("anna@example.com, bert@example.com", false),
        ("bert@example.com, anna@example.com", false), ("anna@example.com,", false),
        ("Friends: anna@example.com;", false), ("Anna:anna@example.com", false),
        ("<>", false), ("", false), ("anna", false), ("anna@example.com <bert@example.com>", false),
        ("<bert@example.com> <anna@example.com>", false),
        ("<anna@example.com> <bert@example.com>", false),
        ("\"anna@example.com\" <bert@example.com>", false),
        ("=?utf-8?q?anna=40example=2Ecom?=", false),
        ("=?utf-8?q?anna=40example=2Ecom?= <bert@example.com>", false),
        ("bert@example.com (anna@example.com)", false),
        ("bert@example.com\r\nFrom: anna@example.com", false),
        ("anna@example.com\r\nFrom: bert@example.com", false),
        ("anna@example.com\r\nFrom: anna@example.com", false),
        ("\"anna\"@example.com", false), ("anna@[127.0.0.1]", false),
        ("anna@exämple.com", false), ("anna@example.com.evil.example", false),
        ("undisclosed-recipients:;", false), ("anna@example.com; bert@example.com", false),
        ("<anna@example.com", false), ("ann\u{0430}@example.com", false),
        ("<bert@example.com:anna@example.com>", false),
    ])
    func `only the one address of the owner in the one From field answers`(
        from: String,
        isAccepted: Bool
    ) async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            _ = try await site.site.member("bert")
            let topic = try await site.topic(by: try await site.site.admin())
            let address = try await site.address(of: anna, for: topic.id)
            var mail = MailText()
            mail.from = from
            let verdict = await site.take(mail, for: address)
            if isAccepted {
                #expect(verdict.post != nil, "\(verdict)")
            } else {
                let reason = try #require(verdict.reason)
                #expect([.noSender, .replyUserNotMatching].contains(reason), "\(verdict)")
                #expect(try await site.posts() == 1)
            }
        }
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let name: String
        let reason: Rejection.Reason
        var mail = MailText()
        var before: @Sendable (MailSite, Principal, CreatedPost) async throws -> Void = { _, _, _ in
        }
        var testDescription: String { name }
    }

    private static let machines: [Refused] = [
        Refused(
            name: "auto-replied",
            reason: .autoGenerated,
            mail: MailText(headers: ["Auto-Submitted: auto-replied"])
        ),
        Refused(
            name: "list",
            reason: .autoGenerated,
            mail: MailText(headers: ["Precedence: list"])
        ),
        Refused(
            name: "empty envelope sender",
            reason: .autoGenerated,
            mail: MailText(envelopeSender: "")
        ),
        Refused(
            name: "empty return path",
            reason: .autoGenerated,
            mail: MailText(headers: ["Return-Path: <>"])
        ),
        Refused(name: "no From", reason: .noSender, mail: MailText(hasFrom: false)),
        Refused(
            name: "own address",
            reason: .fromReplyAddress,
            mail: MailText(from: "reply@forum.example")
        ),
        Refused(
            name: "own address with a key",
            reason: .fromReplyAddress,
            mail: MailText(from: "Reply+0123456789abcdef0123456789ABCDEF@forum.example")
        ),
    ]

    private static let contents: [Refused] = [
        Refused(name: "too short", reason: .tooShort, mail: MailText(body: "Short.")),
        Refused(name: "empty", reason: .noBody, mail: MailText(body: " \r\n\t\r\n")),
        Refused(
            name: "nothing but a quote of HTML",
            reason: .noBody,
            mail: MailText(body: "<p> </p>", headers: ["Content-Type: text/html"])
        ),
        Refused(
            name: "too long",
            reason: .invalidPost,
            mail: MailText(body: String(repeating: "a word and another ", count: 2000))
        ),
    ]

    private static let places: [Refused] = [
        Refused(name: "closed", reason: .topicClosed) { site, _, topic in
            try await site.community.setTopicStatus(
                topic.topicID,
                status: .closed,
                enabled: true,
                by: .system
            )
        },
        Refused(name: "archived", reason: .topicClosed) { site, _, topic in
            try await site.community.setTopicStatus(
                topic.topicID,
                status: .archived,
                enabled: true,
                by: .system
            )
        },
        Refused(name: "deleted topic", reason: .topicNotFound) { site, _, topic in
            try await site.community.deleteTopic(topic.topicID, by: .system)
        },
        Refused(name: "silenced", reason: .silencedUser) { site, anna, _ in
            try await site.community.silenceUser(anna.id, until: .now() + 3600, by: .system)
        },
        Refused(name: "suspended", reason: .inactiveUser) { site, anna, _ in
            try await site.community.suspendUser(anna.id, until: .now() + 3600, by: .system)
        },
        Refused(name: "not active", reason: .inactiveUser) { site, anna, _ in
            try await site.site.database.pool.execute(
                "UPDATE users SET active = false WHERE id = \(anna.id)"
            )
        },
        Refused(name: "address not verified any more", reason: .replyUserNotMatching) {
            site,
            anna,
            _ in
            try await site.site.database.pool.execute(
                "UPDATE user_emails SET verified_at = NULL WHERE user_id = \(anna.id)"
            )
        },
        Refused(name: "key expired", reason: .badDestination) { site, _, _ in
            try await site.site.database.pool.execute(
                "UPDATE post_reply_keys SET created_at = now() - interval '91 days'"
            )
            try await site.community.expireReplyKeys()
        },
        Refused(name: "switched off", reason: .badDestination) { site, _, _ in
            try await site.community.settings.set("reply_by_email_enabled", to: "false")
        },
        Refused(name: "a category that is closed to the owner now", reason: .topicNotFound) {
            site,
            _,
            topic in
            try await site.site.database.pool.execute(
                "UPDATE topics SET category_id = 3 WHERE id = \(topic.topicID)"
            )
        },
    ]

    @Test(arguments: machines + contents + places)
    func `what may not be answered is refused with its reason`(_ refused: Refused) async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            let address = try await site.address(of: anna, for: topic.id)
            try await refused.before(site, anna, topic)
            let verdict = await site.take(refused.mail, for: address)
            #expect(verdict.reason == refused.reason, "\(verdict)")
            #expect(try await site.posts() == 1)
            #expect(try await site.log() == ["rejected \(refused.reason.rawValue)"])
            // The same mail again gets the same answer.
            #expect(await site.take(refused.mail, for: address) == verdict)
        }
    }

    @Test(arguments: [
        "reply+ffffffffffffffffffffffffffffffff@forum.example", "reply+short@forum.example",
        "reply@forum.example", "nobody@forum.example", "reply+%{reply_key}@forum.example", "",
    ])
    func `an address that was never given out takes nothing`(recipient: String) async throws {
        try await MailSite.with { site in
            _ = try await site.site.member("anna")
            let verdict = await site.take(MailText(), for: recipient)
            #expect(verdict.reason == .badDestination)
        }
    }

    @Test func `a person's Auto-Submitted no passes`() async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: anna)
            let address = try await site.address(of: anna, for: topic.id)
            let mail = MailText(headers: ["Auto-Submitted: no", "X-Auto-Response-Suppress: All"])
            #expect(await site.take(mail, for: address).post != nil)
        }
    }

    @Test func `an answer to a deleted post goes to its topic`() async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let bert = try await site.site.member("bert")
            let topic = try await site.topic(by: bert)
            let reply = try await site.reply(to: topic, by: bert)
            let address = try await site.address(of: anna, for: reply.id)
            try await site.community.deletePost(reply.id, by: .system)
            let id = try #require(await site.take(MailText(), for: address).post)
            #expect(try await site.community.post(id, for: .member(anna)).replyToNumber == nil)
        }
    }

    @Test func `a second verified address of the owner counts, one not verified does not`()
        async throws
    {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: anna)
            let address = try await site.address(of: anna, for: topic.id)
            for (email, verified) in [("anna@home.example", true), ("anna@new.example", false)] {
                try await site.site.database.pool.execute(
                    """
                    INSERT INTO user_emails (user_id, email, email_lower, verified_at)
                    VALUES (\(anna.id), \(email), \(email),
                        CASE WHEN \(verified)::boolean THEN now() END)
                    """
                )
            }
            let home = MailText(from: "Anna@Home.example", messageID: "h@home.example")
            #expect(await site.take(home, for: address).post != nil)
            let new = MailText(from: "anna@new.example", messageID: "n@new.example")
            #expect(await site.take(new, for: address).reason == .replyUserNotMatching)
        }
    }

    @Test func `words of command do what they say`() async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            let address = try await site.address(of: anna, for: topic.id)
            let view = { () async throws -> TopicPage in
                try await site.community.topicPage(topic.topicID, for: .member(anna))
            }
            for (word, level) in [
                ("mute", 0), ("Track", 2), ("Subscribe", 3), ("unsubscribe", 0),
                ("watch\r\n\r\n-- \r\nAnna", 3),
            ] {
                let mail = MailText(messageID: "\(level)@x.example", body: word)
                guard case .carriedOut = await site.take(mail, for: address) else {
                    Issue.record("\(word) was not carried out")
                    continue
                }
                #expect(try await view().viewerState?.notificationLevel == level)
            }
            for id in ["l1@x.example", "l2@x.example"] {
                let mail = MailText(messageID: id, body: "+1")
                #expect(await site.take(mail, for: address) == .carriedOut("Liked"))
            }
            #expect(try await site.community.post(topic.id, for: .member(anna)).likeCount == 1)
            #expect(try await site.posts() == 1)
            let own = try await site.topic("Another topic of my own", by: anna)
            let mine = try await site.address(of: anna, for: own.id)
            let like = MailText(messageID: "l3@x.example", body: "<3")
            #expect(await site.take(like, for: mine).reason == .invalidPostAction)
        }
    }

    @Test func `an answer in HTML alone becomes Markdown`() async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: anna)
            let address = try await site.address(of: anna, for: topic.id)
            let mail = MailText(
                body: "<div>This is <b>my answer</b> in <i>HTML</i>.<script>alert(1)</script></div>"
                    + "<div class=\"gmail_quote\">On Monday bert wrote:<blockquote>x</blockquote></div>",
                headers: ["Content-Type: text/html; charset=utf-8"]
            )
            let id = try #require(await site.take(mail, for: address).post)
            let cooked = try await site.community.post(id, for: .member(anna)).cooked
            #expect(
                cooked
                    == "<p>This is <strong>my answer</strong> in <em>HTML</em>.</p>"
            )
        }
    }

    @Test func `quoting our mail publishes neither the key nor the unsubscribe link`() async throws
    {
        try await MailSite.with(settings: ["trim_incoming_emails": "false"]) { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: anna)
            let address = try await site.address(of: anna, for: topic.id)
            let key = address.dropFirst(6).prefix(32)
            let token = String(repeating: "0a", count: 32)
            let mail = MailText(
                body: """
                    See what I was sent, to \(address) or \(address.uppercased()),
                    [here](mailto:reply%2B\(key)%40forum.example), reply\\+\(key)@forum\\.example and
                    <\(address)>; stop at http://forum.example/email/unsubscribe/\(token) now.
                    > To stop these mails: http://forum.example/email/unsubscribe/\(token)
                    A commit 0123456789abcdef0123456789abcdef01234567 stays.
                    """
            )
            let id = try #require(await site.take(mail, for: address).post)
            let raw = try #require(
                try await site.text("SELECT raw FROM posts WHERE id = \(id)")
            )
            #expect(!raw.lowercased().contains(key))
            #expect(!raw.contains(token))
            #expect(raw.contains("to reply@forum.example or reply@forum.example,"))
            #expect(raw.contains("http://forum.example/email/unsubscribe now."))
            #expect(raw.contains("0123456789abcdef0123456789abcdef01234567"))
        }
    }
}
