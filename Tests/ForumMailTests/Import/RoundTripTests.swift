import Forum
import ForumMail
import Foundation
import MailMessage
import Postgres
import TestSupport
import Testing

/// An archive that is imported, exported and imported elsewhere is the same archive.
struct RoundTripTests {
    private static let settings = [
        "authorized_extensions": "*", "max_attachment_size_kb": "10240",
    ]

    /// A mail in whatever bytes somebody sent.
    private static func mail(
        _ fields: [String],
        _ body: [UInt8],
        from: String = "Anna <anna@list.example>",
        subject: String = "About quoting",
        date: String? = "Fri, 13 Sep 2002 10:00:00 +0200"
    ) -> [UInt8] {
        var lines = ["From x@y.example Mon Nov 23 10:00:00 2020", "From: \(from)"]
        lines.append("Subject: \(subject)")
        if let date { lines.append("Date: \(date)") }
        let head = (lines + fields).joined(separator: "\n") + "\n\n"
        return Array(head.utf8) + body + [0x0A, 0x0A]
    }

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// Everything that goes wrong in archives.
    private static var archive: [UInt8] {
        let large = Data((0..<10_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) })
        let files = [
            "Message-ID: <file@x>", "References: <1@x>",
            "Content-Type: multipart/mixed; boundary=\"=b\"",
        ]
        let parts =
            "--=b\n\nTwo files.\n--=b\nContent-Type: application/octet-stream; name=large.bin\n"
            + "Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n"
            + large.base64EncodedString(options: .lineLength76Characters)
            + "\n--=b\nContent-Type: text/csv; name=\"small [1].csv\"\n"
            + "Content-Disposition: attachment\n\na,b\n--=b--\n"
        let cyrillic: [UInt8] = [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4]
        return mail(
            ["Message-ID: <1@x>"],
            text(">From the first line on\n\n>>From twice\n\n*not* _marked_ <up>\n\n-- \nAnna\n")
        )
            + mail([], text("No name of its own.\n"), subject: "Nameless")
            + mail([], text("Another without.\n"), subject: "Nameless")
            // Somebody else's mail under a name that is taken.
            + mail(
                ["Message-ID: <1@x>"],
                text("A second mail of that name.\n"),
                from: "Bert <bert@list.example>",
                subject: "Taken",
                date: "Sat, 14 Sep 2002 10:00:00 +0200"
            )
            + mail(
                ["Message-ID: <2@x>", "References: <absent@x> <1@x>", "In-Reply-To: <gone@x>"],
                text("An answer to what is not here.\n"),
                from: "bert@list.example (Bert)"
            )
            // Each answers the other.
            + mail(["Message-ID: <a@x>", "References: <b@x>"], text("Hen.\n"), subject: "Circle")
            + mail(["Message-ID: <b@x>", "References: <a@x>"], text("Egg.\n"), subject: "Circle")
            + mail(
                ["Message-ID: <3@x>", "In-Reply-To: <2@x>"],
                text("From the future.\n"),
                date: "Mon, 1 Jan 2099 00:00:00 +0000"
            )
            + mail(
                ["Message-ID: <4@x>", "In-Reply-To: <3@x>"],
                text("Never.\n"),
                date: "yesterday"
            )
            + mail(["Message-ID: <5@x>"], text("At no time.\n"), subject: "Dateless", date: nil)
            + mail(
                [
                    "Message-ID: <6@x>", "Content-Type: text/plain; charset=koi8-r",
                    "Content-Transfer-Encoding: 8bit",
                ],
                cyrillic + text("\n"),
                subject: "=?koi8-r?B?\(Data(cyrillic).base64EncodedString())?="
            )
            + mail(["Message-ID: <7@x>"], [0x47, 0x72, 0xFC, 0xDF, 0x65, 0x0A], subject: "Bytes")
            + mail(files, text(parts))
    }

    private static func importing(
        _ bytes: [UInt8],
        _ site: MailSite
    ) async throws -> ImportSummary {
        let path = "/tmp/forum-round-trip-\(UInt64.random(in: .min ... .max)).mbox"
        #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
        defer { unlink(path) }
        let work = ArchiveImport(
            community: site.community,
            destination: .category(CategoryID(4)),
            name: "list"
        )
        let summary = try await work.run(files: [path]) { _ in }
        if let id = summary.importID {
            try await site.community.publishImport(id, by: .system)
        }
        return summary
    }

    private static func exporting(_ site: MailSite) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        let archive = MboxArchive(
            .category(CategoryID(4)),
            of: site.community,
            for: .member(.system),
            includesAddresses: true
        )
        for try await piece in archive { bytes += piece }
        return bytes
    }

    /// Every post with all that a reader sees of it. A mail cannot say that a post answers none.
    private static func shape(_ site: MailSite) async throws -> [String] {
        try await site.site.database.pool.values(
            """
            SELECT (dense_rank() OVER (ORDER BY t.id))::text || ' ' || t.title || ' #' || p.post_number
                || '>' || coalesce(p.reply_to_post_number, least(p.post_number - 1, 1)) || ' '
                || e.email || ' ' || u.name || ' ' || extract(epoch FROM date_trunc('second',
                    p.created_at)) || ' ' || regexp_replace(p.raw, 'upload://\\w+', 'upload', 'g') || ' '
                || coalesce((SELECT string_agg(f.original_filename || encode(f.sha1, 'hex'), ' '
                    ORDER BY f.id) FROM upload_references r JOIN uploads f ON f.id = r.upload_id
                    WHERE r.post_id = p.id), '')
            FROM posts p JOIN topics t ON t.id = p.topic_id JOIN users u ON u.id = p.user_id
                JOIN user_emails e ON e.user_id = u.id AND e.is_primary
            ORDER BY t.id, p.post_number
            """
        )
    }

    @Test func `a nasty archive comes out as it went in`() async throws {
        try await MailSite.with(settings: Self.settings) { site in
            let summary = try await Self.importing(Self.archive, site)
            #expect(summary.mails == 13)
            #expect(summary.posts == 13)
            #expect(summary.refusals.isEmpty)
            let shape = try await Self.shape(site)
            let circle = shape.filter { $0.contains(" Circle #") }
            #expect(circle.count == 2)
            #expect(circle.last?.contains("#2>1") == true)
            #expect(shape.contains { $0.contains("Привет") })
            #expect(shape.contains { $0.contains("Grüße") })
            #expect(shape.contains { $0.contains("From the first line on") })
            #expect(shape.contains { $0.contains("large.bin") && $0.contains("(9765.6 KB)") })
            #expect(try await Self.importing(Self.archive, site).posts == 0)

            let exported = try await Self.exporting(site)
            let again = try await Self.importing(exported, site)
            #expect(again.known == 13)
            #expect(again.posts == 0)
            try await MailSite.with(settings: Self.settings) { other in
                let moved = try await Self.importing(exported, other)
                #expect(moved.posts == 13)
                #expect(try await Self.shape(other) == shape)
            }
        }
    }
}
