import Forum
import ForumMail
import Foundation
import MailMessage
import Postgres
import TestSupport
import Testing

struct ImportTests {
    /// Writes an mbox file that is gone afterwards.
    private static func withFile(
        _ mails: [String],
        _ body: (String) async throws -> Void
    ) async throws {
        let path = "/tmp/forum-mail-test-\(UInt64.random(in: .min ... .max)).mbox"
        let text = mails.map { "From x@y.example Mon Nov 23 10:00:00 2026\n\($0)\n\n" }.joined()
        #expect(FileManager.default.createFile(atPath: path, contents: Data(text.utf8)))
        do {
            try await body(path)
            try FileManager.default.removeItem(atPath: path)
        } catch {
            try FileManager.default.removeItem(atPath: path)
            throw error
        }
    }

    private static func mail(
        _ id: String?,
        subject: String = "The subject of a thread",
        from: String = "Anna <anna@list.example>",
        date: String? = "Fri, 13 Sep 2002 10:00:00 +0200",
        fields: [String] = [],
        body: String = "Words of a mail."
    ) -> String {
        var lines = ["From: \(from)", "Subject: \(subject)"]
        if let id { lines.append("Message-ID: <\(id)>") }
        if let date { lines.append("Date: \(date)") }
        return (lines + fields + ["", body]).joined(separator: "\n")
    }

    private static func importer(_ site: MailSite) -> ArchiveImport {
        ArchiveImport(
            community: site.community,
            destination: .category(CategoryID(4)),
            name: "list"
        )
    }

    /// `title number author reply-to` of every post, in order.
    private static func posts(_ site: MailSite) async throws -> [String] {
        try await site.site.database.pool.values(
            """
            SELECT t.title || ' #' || p.post_number || ' ' || u.username ||
                coalesce(' > ' || p.reply_to_post_number, '')
            FROM posts p JOIN topics t ON t.id = p.topic_id JOIN users u ON u.id = p.user_id
            ORDER BY t.id, p.post_number
            """
        )
    }

    @Test func `threads stay threads, and running it again adds nothing`() async throws {
        let mails = [
            Self.mail("1@x"),
            Self.mail(
                "2@x",
                subject: "Re: [list] The subject of a thread",
                from: "bert@list.example (Bert)",
                fields: ["In-Reply-To: <1@x>"]
            ),
            // By References alone, the last one first.
            Self.mail("3@x", subject: "Other words", fields: ["References: <0@x> <1@x> <2@x>"]),
            // By the subject alone.
            Self.mail("4@x", subject: "RE: The Subject  of a thread"),
            // The same subject, but not an answer; then one that is years away.
            Self.mail("5@x"),
            Self.mail(
                "6@x",
                subject: "Re: The subject of a thread",
                date: "Wed, 13 Sep 2006 10:00:00 +0200"
            ),
            // An answer that came before its question.
            Self.mail("8@x", subject: "Re: Late", fields: ["In-Reply-To: <7@x>"]),
            Self.mail("7@x", subject: "Late"),
            // The same mail again.
            Self.mail("1@x"),
        ]
        let expected = [
            "The subject of a thread #1 Anna", "The subject of a thread #2 Bert > 1",
            "The subject of a thread #3 Anna > 2", "The subject of a thread #4 Anna",
            "The subject of a thread #1 Anna", "The subject of a thread #1 Anna",
            "Late #1 Anna", "Late #2 Anna > 1",
        ]
        try await MailSite.with { site in
            try await Self.withFile(mails) { file in
                let first = try await Self.importer(site).run(files: [file]) { _ in }
                #expect(first.mails == 9)
                #expect(first.posts == 8)
                #expect(first.known == 1)
                #expect(first.refusals.isEmpty)
                #expect(first.topics.count == 4)
                let posts = try await Self.posts(site)
                #expect(posts == expected)
                let again = try await Self.importer(site).run(files: [file]) { _ in }
                #expect(again.posts == 0)
                #expect(again.known == 9)
                let after = try await Self.posts(site)
                #expect(after == expected)
            }
            // The import was quiet, and everybody in it is known by address only.
            #expect(try await site.count("SELECT count(*) FROM outbox") == 0)
            #expect(try await site.count("SELECT count(*) FROM users WHERE staged") == 2)
        }
    }

    @Test func `damaged mails keep what can be understood`() async throws {
        let mails = [
            Self.mail(nil, subject: "Without an id", body: "Words without an id."),
            Self.mail(nil, subject: "Without an id", body: "Other words without an id."),
            Self.mail(
                "future@x",
                subject: "From the future",
                date: "Fri, 13 Sep 2999 10:00:00 +0200"
            ),
            Self.mail("nodate@x", subject: "Of no date", date: nil),
            Self.mail("hidden@x", subject: "Of somebody hidden", from: "anna at list dot example"),
            Self.mail("hidden2@x", subject: "Of the same hidden", from: "anna at list dot example"),
            Self.mail("nobody@x", subject: "Of nobody", from: ""),
            Self.mail("empty@x", subject: "", body: ""),
            Self.mail("nul@x", subject: "A \0 NUL", body: "Words\0 with one."),
        ]
        try await MailSite.with { site in
            try await Self.withFile(mails) { file in
                let summary = try await Self.importer(site).run(files: [file]) { _ in }
                #expect(summary.mails == 9)
                #expect(summary.posts == 9)
                #expect(summary.refusals.isEmpty)
                #expect(summary.damaged > 0)
                let again = try await Self.importer(site).run(files: [file]) { _ in }
                #expect(again.posts == 0)
            }
            #expect(
                try await site.count("SELECT count(*) FROM posts WHERE created_at > now()") == 0
            )
            #expect(
                try await site.text(
                    "SELECT created_at::date::text FROM topics WHERE title = 'Of no date'"
                )
                    == "2026-11-23"
            )
            let hidden = try await site.count(
                "SELECT count(DISTINCT user_id) FROM topics WHERE title LIKE '% hidden'"
            )
            #expect(hidden == 1)
            #expect(
                try await site.text(
                    "SELECT raw FROM posts p JOIN topics t ON t.id = p.topic_id WHERE t.title = '(no subject)'"
                ) == "(no text)"
            )
            #expect(
                try await site.count(
                    "SELECT count(*) FROM user_emails WHERE email LIKE '%@unknown.invalid'"
                ) == 1
            )
        }
    }

    @Test func `each list is a category of its own when that is asked for`() async throws {
        let mails = [
            Self.mail("1@x", fields: ["List-Id: Cooks <cooks.list.example>"]),
            Self.mail("2@x", subject: "[Cooks] Soup", fields: ["List-Id: <COOKS.list.example>"]),
            Self.mail("3@x", subject: "Fish", fields: ["List-Id: <cooks.other.example>"]),
            Self.mail("4@x", subject: "No list"),
        ]
        try await MailSite.with { site in
            try await Self.withFile(mails) { file in
                let importer = ArchiveImport(
                    community: site.community,
                    destination: .categoryOfListID(fallback: nil),
                    name: "lists"
                )
                let summary = try await importer.run(files: [file]) { _ in }
                #expect(summary.posts == 3)
                #expect(summary.refusals.map(\.number) == [4])
            }
            let topics: [String] = try await site.site.database.pool.values(
                """
                SELECT c.name || ': ' || t.title FROM topics t
                JOIN categories c ON c.id = t.category_id ORDER BY t.id
                """
            )
            #expect(
                topics == [
                    "cooks: The subject of a thread", "cooks: Soup", "cooks.other.example: Fish",
                ]
            )
        }
    }

    // MARK: A real archive

    private static let archive = MigrationFiles.root.deletingLastPathComponent()
        .appending(path: "shared/corpus/mailing-lists.mbox.gz").path

    private static var hasArchive: Bool { FileManager.default.fileExists(atPath: archive) }

    /// How many conversations the archive holds by Message-ID, In-Reply-To and References alone:
    /// the sets of mails that are joined by them.
    private static func conversations() throws -> (mails: Int, ids: Int, threads: Int) {
        let reader = try MboxReader(path: archive)
        var roots: [String: String] = [:]
        func root(_ id: String) -> String {
            var id = id
            while let next = roots[id], next != id { id = next }
            return id
        }
        var mails = 0
        var ids: Set<String> = []
        while let item = reader.next() {
            mails += 1
            let message = Message.parse(item.raw)
            let id = message.messageID ?? "without-\(mails)"
            ids.insert(id)
            for other in [id] + message.inReplyTo + message.references {
                if roots[other] == nil { roots[other] = other }
                roots[root(other)] = root(id)
            }
        }
        return (mails, ids.count, Set(ids.map(root)).count)
    }

    @Test(.enabled(if: hasArchive, "the archive of mailing lists is not here"))
    func `a real archive is taken in whole, also when it is interrupted`() async throws {
        let wanted = try Self.conversations()
        try await MailSite.with { site in
            // Interrupted in the middle …
            let work = Task {
                try await Self.importer(site).run(files: [Self.archive]) { progress in
                    if progress.mails > 700 { withUnsafeCurrentTask { $0?.cancel() } }
                }
            }
            await #expect(throws: (any Error).self) { try await work.value }
            let partly = try await site.posts()
            #expect(partly > 500 && partly < wanted.ids)
            // … and run again.
            let summary = try await Self.importer(site).run(files: [Self.archive]) { _ in }
            #expect(summary.mails == wanted.mails)
            #expect(summary.refusals.map(\.reason) == [])
            #expect(summary.damagedFiles == [])
            #expect(summary.posts + partly == wanted.ids)
            #expect(summary.known == wanted.mails - summary.posts)
            let posts = try await site.posts()
            #expect(posts == wanted.ids)
            // Mails without References are joined by their subject, so there are fewer topics than
            // conversations by id, and answers to mails that are not here make none more.
            let topics = try await site.count("SELECT count(*) FROM topics")
            print("archive: \(wanted) posts \(posts) topics \(topics) damaged \(summary.damaged)")
            #expect(topics <= wanted.threads * 11 / 10)
            #expect(topics >= wanted.threads / 2)
            // Dates are kept.
            #expect(
                try await site.count("SELECT count(*) FROM posts WHERE created_at > '2004-01-01'")
                    == 0
            )
            let again = try await Self.importer(site).run(files: [Self.archive]) { _ in }
            #expect(again.posts == 0)
            #expect(try await site.posts() == posts)
            if let folder = ProcessInfo.processInfo.environment["FORUM_MAIL_DUMP"] {
                try await Self.dump(site, to: folder)
            }
        }
    }

    /// For a look by eye.
    private static func dump(_ site: MailSite, to folder: String) async throws {
        for number in 1...400 where number % 20 == 0 {
            let raw = try await site.text(
                "SELECT raw FROM posts ORDER BY id OFFSET \(number * 6) LIMIT 1"
            )
            let cooked = try await site.text(
                "SELECT cooked FROM posts ORDER BY id OFFSET \(number * 6) LIMIT 1"
            )
            let text = "\(raw ?? "")\n\n=========== cooked\n\(cooked ?? "")\n"
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(number).txt"))
        }
    }
}
