import Foundation
import Testing

@testable import MailStores

@Suite struct MaildirStoreTests {
    private static func with(_ body: (String) async throws -> Void) async throws {
        let path = NSTemporaryDirectory() + "maildir-" + UUID().uuidString
        for folder in ["new", "cur", "tmp"] {
            try FileManager.default.createDirectory(
                atPath: "\(path)/\(folder)",
                withIntermediateDirectories: true
            )
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }

    private static func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    @Test func `mails go from new to cur, in their order`() async throws {
        try await Self.with { path in
            try Self.write("two", "\(path)/new/200.b.host")
            try Self.write("one", "\(path)/new/100.a.host")
            try Self.write("not yet", "\(path)/new/.hidden")
            try FileManager.default.createSymbolicLink(
                atPath: "\(path)/new/300.link",
                withDestinationPath: "/etc/passwd"
            )
            let store = try MaildirStore(path: path)
            let mails = try await store.list()
            #expect(mails.map(\.uid) == ["100.a.host", "200.b.host"])
            #expect(try await store.fetch(mails[0]) == Array("one".utf8))
            try await store.settle(mails[0])
            // Another node has moved it meanwhile.
            try await store.settle(mails[0])
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: "\(path)/cur")
                    == ["100.a.host:2,S"]
            )
            #expect(try await store.list().map(\.uid) == ["200.b.host"])
        }
    }

    @Test func `a link and a mail too large are not read`() async throws {
        try await Self.with { path in
            try Self.write("much too large", "\(path)/new/1")
            try FileManager.default.createSymbolicLink(
                atPath: "\(path)/new/2",
                withDestinationPath: "/etc/passwd"
            )
            var limits = StoreLimits()
            limits.messageBytes = 5
            let store = try MaildirStore(path: path, limits: limits)
            for (uid, kind) in [("1", MailStoreError.Kind.tooLarge), ("2", .file), ("3", .file)] {
                let error = await #expect(throws: MailStoreError.self) {
                    try await store.fetch(StoredMail(uid: uid, size: nil, number: 0))
                }
                #expect(error?.kind == kind)
                #expect(error?.concernsOneMail == true)
            }
        }
    }

    @Test func `what is no Maildir says so`() {
        #expect(throws: MailStoreError.self) { try MaildirStore(path: "/nowhere") }
    }
}
