import Foundation
import Postgres
import TestSupport
import Testing

@testable import Forum

@Suite struct BackupTests {
    private static func prepared(_ site: TestCommunity) async throws -> (Principal, Upload) {
        let anna = try await site.member("anna")
        let upload = try await site.community.createUpload(
            NewUpload(
                filename: "a.png",
                bytes: try await site.community.letter(of: "x", size: 48),
                type: "composer"
            ),
            by: anna
        )
        _ = try await site.community.createTopic(
            NewTopic(
                title: "A topic that is worth keeping",
                raw: "Keep this, please, with its picture: ![x](\(upload.shortURL))"
            ),
            by: anna
        )
        return (anna, upload)
    }

    private static func archive() -> String {
        NSTemporaryDirectory() + "parley-test-\(UUID().uuidString).tar.gz"
    }

    private static func summary(_ site: TestCommunity) async throws -> [String] {
        let tables = ["users", "topics", "posts", "uploads", "upload_references", "badges"]
        var lines: [String] = []
        for table in tables {
            let digest: String? = try await site.community.database.value(
                BackupTestQueries.digest(table)
            )
            lines.append("\(table) \(digest ?? "")")
        }
        return lines
    }

    @Test func `a restored community is the one that was backed up`() async throws {
        let file = Self.archive()
        defer { unlink(file) }
        try await TestCommunity.with { old in
            let (_, upload) = try await Self.prepared(old)
            let made = try await old.community.makeBackup(
                withUploads: true,
                to: file,
                by: .system
            ) { _ in }
            #expect(made == file)
            let before = try await Self.summary(old)
            let content = try await old.community.content(of: upload)
            try await TestCommunity.with { new in
                let isOlder = try await new.community.restore(from: file, isForced: false) { _ in }
                #expect(!isOlder)
                #expect(try await Self.summary(new) == before)
                let found = try await new.community.upload(upload.name, for: .anonymous)
                #expect(try await new.community.content(of: found) == content)
                // It works on, and is not thought busy.
                _ = try await new.member("later")
                let boss = try await new.admin()
                let status = try await new.community.backupStatus(by: boss)
                #expect(!status.isOperationRunning)
                // Whoever has people already is not overwritten by mistake.
                await #expect(throws: ForumError.self) {
                    try await new.community.restore(from: file, isForced: false) { _ in }
                }
                #expect(try await new.community.user(named: "later") != nil)
                _ = try await new.community.restore(from: file, isForced: true) { _ in }
                #expect(try await new.community.user(named: "later") == nil)
            }
        }
    }

    @Test func `what is no backup, or a newer one, changes nothing`() async throws {
        try await TestCommunity.with { site in
            let (anna, _) = try await Self.prepared(site)
            let before = try await Self.summary(site)
            let folder = NSTemporaryDirectory() + "parley-test-\(UUID().uuidString)"
            try FileManager.default.createDirectory(
                atPath: "\(folder)/content",
                withIntermediateDirectories: true
            )
            defer { remove(folder) }
            let newer = """
                {"format":"parley-backup","version":1,"migration":999,"title":"x","baseURL":"x",\
                "createdAt":"x","hasUploads":false}
                """
            let cases: [(String, [String: String])] = [
                ("no archive", [:]),
                ("is missing", ["meta.json": newer]),
                ("newer version", ["meta.json": newer, "database.dump": "x"]),
                ("belongs to no backup", ["meta.json": newer, "database.dump": "x", "evil": "x"]),
                ("no backup of this program", ["meta.json": "{}", "database.dump": "x"]),
                (
                    "damaged",
                    ["meta.json": newer.replacing("999", with: "1"), "database.dump": "x"]
                ),
            ]
            for (words, files) in cases {
                let path = "\(folder)/\(UUID().uuidString).tar.gz"
                if files.isEmpty {
                    try Data("no archive".utf8).write(to: URL(fileURLWithPath: path))
                } else {
                    for (name, text) in files {
                        try Data(text.utf8).write(
                            to: URL(fileURLWithPath: "\(folder)/content/\(name)")
                        )
                    }
                    try await DatabaseDump.run(
                        "tar",
                        ["-czf", path, "-C", "\(folder)/content"] + files.keys.sorted(),
                        output: "\(folder)/output"
                    )
                }
                let error = await #expect(throws: ForumError.self) {
                    try await site.community.restore(from: path, isForced: true) { _ in }
                }
                #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
            }
            #expect(try await Self.summary(site) == before)
            #expect(try await site.community.user(anna.id) != nil)
        }
    }

    private func remove(_ folder: String) {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            Issue.record("\(folder) cannot be removed")
        }
    }

    @Test func `backups are listed, kept up to a number, and one at a time`() async throws {
        try await TestCommunity.with(settings: ["maximum_backups": "2"]) { site in
            let community = site.community
            let boss = try await site.admin()
            let mod = try await site.moderator()
            await #expect(throws: ForumError.notFound) { try await community.backups(by: mod) }
            for _ in 0..<3 {
                _ = try await community.makeBackup(withUploads: false, by: boss) { _ in }
            }
            let backups = try await community.backups(by: boss)
            #expect(backups.count == 2)
            #expect(backups.allSatisfy { $0.size > 0 })
            try await community.beginOperation("backup", by: boss)
            let error = await #expect(throws: ForumError.self) {
                try await community.startBackup(withUploads: false, by: boss)
            }
            #expect(error?.code == .conflict)
            try await community.deleteBackup(backups[0].filename, by: boss)
            #expect(try await community.backups(by: boss).count == 1)
            for name in ["../secret.tar.gz", "none.tar.gz", "a.sql", ".tar.gz"] {
                await #expect(throws: ForumError.notFound) {
                    try await community.deleteBackup(name, by: boss)
                }
            }
        }
    }

    @Test func `the mailed link works once, for its reader`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let boss = try await site.admin()
            let other = try await site.admin("chief")
            _ = try await community.makeBackup(withUploads: false, by: boss) { _ in }
            let name = try #require(try await community.backups(by: boss).first?.filename)
            try await community.mailBackupLink(name, by: boss)
            let mail = try #require(
                try await community.claimOutgoingEmails(limit: 1, leaseSeconds: 60).first
            )
            guard case .notice(let notice) = try await community.decide(on: mail) else {
                Issue.record("it is no notice")
                return
            }
            let link = try #require(notice.link)
            let token = String(link.split(separator: "=").last ?? "")
            for (who, what) in [(other, token), (boss, "wrong")] {
                await #expect(throws: ForumError.notFound) {
                    try await community.fetchBackup(name, token: what, by: who)
                }
            }
            _ = try await community.fetchBackup(name, token: token, by: boss)
            await #expect(throws: ForumError.notFound) {
                try await community.fetchBackup(name, token: token, by: boss)
            }
        }
    }

    @Test(arguments: [
        ("meta.json", true), ("uploads/default/original/1X/ab/", true), ("../meta.json", false),
        ("uploads/default/original/1X/ab/../x", false), ("/etc/passwd", false), ("evil", false),
    ])
    func `an archive holds what backups hold`(name: String, isAllowed: Bool) {
        #expect(BackupArchive.isAllowed(name) == isAllowed)
    }
}

enum BackupTestQueries {
    /// A hash of all rows of a table.
    static func digest(_ table: String) -> SQL {
        switch table {
        case "users": all("users")
        case "topics": all("topics")
        case "posts": all("posts")
        case "uploads": all("uploads")
        case "upload_references": all("upload_references")
        default: all("badges")
        }
    }

    private static func all(_ table: SQL) -> SQL {
        "SELECT md5(string_agg(r::text, '|' ORDER BY r::text)) FROM \(table) r"
    }
}
