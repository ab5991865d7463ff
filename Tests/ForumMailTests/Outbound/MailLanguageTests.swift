import Foundation
import MailMessage
import Postgres
import TestSupport
import Testing

@testable import Forum
@testable import ForumMail

/// Mails in their reader's language, as far as the administrator has given one.
struct MailLanguageTests {
    private static let german = """
        post.wrote = {1} schrieb:
        post.stop = Keine Mails mehr: {1}
        reason.watching_topic = Weil du das Thema beobachtest.
        """

    /// A data directory with one language in it.
    private static func files(_ text: String) throws -> MailTextFiles {
        let directory = "/tmp/mail-languages-\(UInt64.random(in: .min ... .max))"
        let files = MailTextFiles(dataDirectory: directory)
        try FileManager.default.createDirectory(
            atPath: files.folder,
            withIntermediateDirectories: true
        )
        try text.write(toFile: files.folder + "/mail.de.txt", atomically: true, encoding: .utf8)
        return files
    }

    private static func remove(_ files: MailTextFiles) throws {
        try FileManager.default.removeItem(
            atPath: String(files.folder.dropLast("/templates".count))
        )
    }

    @Test func `a reader's language is taken, and English for what it lacks`() async throws {
        try await MailSite.with { site in
            let files = try Self.files(Self.german)
            defer { #expect(throws: Never.self) { try Self.remove(files) } }
            var community = site.community
            community.catalogues = try files.catalogues()
            let bert = try await site.site.member("bert")
            let topic = try await site.topic(by: bert)
            let anna = try await site.watcher("anna", of: topic)
            _ = try await site.watcher("cleo", of: topic)
            try await site.site.database.pool.execute(
                "UPDATE users SET locale = 'de_AT' WHERE id = \(anna.id)"
            )
            try await site.reply(to: topic, "[quote=bert]\nIt was so.\n[/quote]\n\nYes.", by: bert)
            try await Dispatcher(community: community).dispatchAll()
            let composer = try NotificationComposer(community: community, sender: nil)
            var texts: [String: String] = [:]
            for email in try await community.claimOutgoingEmails(limit: 9, leaseSeconds: 60) {
                guard
                    case .send(let mail, let keys) = try await community.decide(on: email)
                else { continue }
                let written = try composer.write(
                    mail,
                    to: email.toAddress,
                    replyTo: nil,
                    unsubscribe: keys.unsubscribe
                )
                texts[mail.recipientUsername] = Message.parse(written.bytes).bodyText()
            }
            let anna1 = try #require(texts["anna"])
            #expect(anna1.contains("bert schrieb:") && anna1.contains("Keine Mails mehr"))
            #expect(anna1.contains("Weil du das Thema beobachtest.") && anna1.contains("Visit "))
            let cleo = try #require(texts["cleo"])
            #expect(cleo.contains("bert wrote:") && cleo.contains("To stop these mails"))
        }
    }

    @Test func `files are checked, by line`() throws {
        let good = try Self.files(Self.german)
        let findings = try good.check()
        let total = MailPhrase.allCases.count
        #expect(findings.filter(\.isFault).isEmpty)
        #expect(
            findings.last?.message.hasPrefix("3 of \(total) texts; English for post.author") == true
        )
        #expect(findings.first?.message == "built in")
        try Self.remove(good)
        let bad = try Self.files("post.wrote = schrieb\n")
        #expect(
            try bad.check().contains { $0.isFault && $0.message == "line 1: post.wrote lacks {1}" }
        )
        #expect(throws: TemplateFailure.self) { try bad.catalogues() }
        try Self.remove(bad)
    }
}
