import Cryptography
import Forum
import ForumMail
import Postgres
import SMTP
import TestSupport
import Testing

/// A community that takes mail, and what tests do with it.
struct MailSite: Sendable {
    let site: TestCommunity
    let intake: Intake

    var community: Community { site.community }

    /// Settings under which a test may write as fast as it likes.
    static let unhurried = [
        "rate_limit_create_post": "0", "rate_limit_create_topic": "0",
        "rate_limit_new_user_create_post": "0", "rate_limit_new_user_create_topic": "0",
        "unique_posts_mins": "0",
    ]

    static let template = "reply+%{reply_key}@forum.example"

    static func with<Result>(
        settings: [String: String] = [:],
        _ body: (MailSite) async throws -> Result
    ) async throws -> Result {
        let settings = unhurried.merging(settings) { _, given in given }
        return try await TestCommunity.with(settings: settings) { site in
            try await body(
                MailSite(
                    site: site,
                    intake: Intake(
                        community: site.community,
                        replyAddress: ReplyAddress(template: template),
                        logger: TestDatabase.logger
                    )
                )
            )
        }
    }

    // MARK: What there is

    @discardableResult
    func topic(
        _ title: String = "A topic to answer by mail",
        raw: String = "The first post of a topic that tests answer.",
        in category: CategoryID? = nil,
        tags: [String] = [],
        by author: Principal
    ) async throws -> CreatedPost {
        try await community.createTopic(
            NewTopic(title: title, raw: raw, categoryID: category, tags: tags),
            by: author
        )
    }

    @discardableResult
    func reply(
        to topic: CreatedPost,
        _ raw: String = "A reply that is long enough to be one.",
        number: Int? = nil,
        by author: Principal
    ) async throws -> CreatedPost {
        try await community.createPost(
            NewPost(topicID: topic.topicID, raw: raw, replyToPostNumber: number),
            by: author
        )
    }

    /// The address at which `member` answers `post`, as if a notification had gone out.
    func address(of member: Principal, for post: PostID) async throws -> String {
        let key = ReplyKey(user: member.id, post: post, secret: community.secrets.reply)
        try await site.database.pool.execute(
            """
            INSERT INTO post_reply_keys (key_hash, user_id, post_id)
            VALUES (\(Digest.sha256(key.text))::bytea, \(member.id), \(post))
            ON CONFLICT DO NOTHING
            """
        )
        return try #require(ReplyAddress(template: Self.template)).address(for: key)
    }

    func count(_ sql: SQL) async throws -> Int {
        try await site.database.pool.value(sql, as: Int.self) ?? -1
    }

    func posts() async throws -> Int {
        try await count("SELECT count(*) FROM posts WHERE post_type = 1")
    }

    func text(_ sql: SQL) async throws -> String? {
        try await site.database.pool.value(sql, as: String?.self) ?? nil
    }

    /// Takes a mail in by the LMTP door's way.
    func take(_ mail: MailText, for recipient: String) async -> ForumMail.Verdict {
        await intake.take(mail.bytes, for: recipient, from: mail.envelopeSender, via: "lmtp")
    }

    /// Every incoming mail as `state error`, in order.
    func log() async throws -> [String] {
        try await mails().reversed().map { mail in
            [mail.state, mail.error].compactMap(\.self).joined(separator: " ")
        }
    }

    /// The mails that came in, newest first.
    func mails() async throws -> [IncomingEmailEntry] {
        try await community.incomingEmails(EmailLogFilter(), for: .system)
    }
}

/// A mail to be taken in.
struct MailText: Sendable {
    var from = "anna@example.com"
    var envelopeSender = "anna@example.com"
    var subject = "Re: A topic to answer by mail"
    var messageID = "one@mail.example"
    var body = "This is my answer, which is long enough."
    var headers: [String] = []
    var hasFrom = true

    var bytes: [UInt8] {
        var lines = headers
        if hasFrom { lines.append("From: \(from)") }
        lines += [
            "To: forum@forum.example", "Subject: \(subject)", "Message-ID: <\(messageID)>",
            "Date: Mon, 23 Nov 2026 10:00:00 +0000",
        ]
        if !headers.contains(where: { $0.hasPrefix("Content-Type") }) {
            lines.append("Content-Type: text/plain; charset=utf-8")
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body + "\r\n").utf8)
    }
}

extension ForumMail.Verdict {
    var reason: Rejection.Reason? {
        if case .rejected(let rejection) = self { rejection.reason } else { nil }
    }

    var post: PostID? {
        if case .posted(let id) = self { id } else { nil }
    }
}

// MARK: What goes out

extension MailSite {
    struct Notice: Sendable {
        let id: OutgoingEmailID
        let to: String
        let notice: NoticeEmail
    }

    /// The mails that are no notices of posts and wait now, as they would be sent; they count as skipped
    /// then.
    func notices() async throws -> [Notice] {
        var found: [Notice] = []
        try await site.database.pool.execute(
            "UPDATE outgoing_emails SET next_attempt_at = now() WHERE state = 'queued'"
        )
        for mail in try await community.claimOutgoingEmails(limit: 50, leaseSeconds: 60) {
            guard case .notice(let notice) = try await community.decide(on: mail) else { continue }
            found.append(Notice(id: mail.id, to: mail.toAddress, notice: notice))
            try await community.skipEmail(mail.id, reason: "read by a test")
        }
        return found
    }

    func queueNotice(to member: Principal) async throws {
        try await site.database.pool.execute(
            """
            INSERT INTO outgoing_emails (email_type, user_id, post_id, to_address)
            SELECT 'user_notification', \(member.id), min(id), 'anna@example.com' FROM posts
            """
        )
    }

    func keep(_ key: UnsubscribeKey, of member: Principal, _ topic: TopicID) async throws {
        try await site.database.pool.execute(
            """
            INSERT INTO unsubscribe_keys (key_hash, user_id, scope, topic_id)
            VALUES (\(Digest.sha256(key.text))::bytea, \(member.id), 'topic', \(topic))
            """
        )
    }

    func isOurs(_ address: String) async throws -> Bool {
        await MailDoor(intake: intake).recipient(address, from: "anna@example.com").code == 250
    }
}
