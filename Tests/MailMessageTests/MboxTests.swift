import Foundation
import Testing

@testable import MailMessage

struct MboxTests {
    private func read(
        _ text: String,
        quoting: MboxReader.Quoting = .automatic,
        limits: Limits = .standard
    ) throws -> [MboxReader.Item] {
        try read(Data(text.utf8), quoting: quoting, limits: limits).items
    }

    private func read(
        _ data: Data,
        quoting: MboxReader.Quoting = .automatic,
        limits: Limits = .standard
    ) throws -> (items: [MboxReader.Item], damage: String?) {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).mbox")
        try data.write(to: file)
        defer { unlink(file.path) }
        let reader = try MboxReader(path: file.path, quoting: quoting, limits: limits)
        var items: [MboxReader.Item] = []
        while let item = reader.next() { items.append(item) }
        #expect(reader.position == data.count && reader.totalBytes == data.count)
        return (items, reader.damage)
    }

    private let two = """
        From ada@example.org  Thu Aug 22 12:36:23 2002
        Subject: one

        >From the start
        >>From deeper
        > quoted
        >From a quote

        From here it is text.

        From me to you at 10:20 in 2002, said he

        From bob@example.org Fri Aug 23 01:02:03 2002
        Subject: two

        words

        """

    @Test func `mails are told apart at their From lines alone`() throws {
        let items = try read(two)
        #expect(items.map(\.number) == [1, 2])
        #expect(items.map(\.envelopeSender) == ["ada@example.org", "bob@example.org"])
        #expect(items[0].envelopeDate?.iso8601 == "2002-08-22T12:36:23Z")
        #expect(Message.parse(items[1].raw).subject == "two")
        let body = String(decoding: items[0].raw, as: UTF8.self)
        #expect(body.contains("From here it is text.\n\nFrom me to you"))
    }

    @Test(arguments: [
        (MboxReader.Quoting.automatic, "From the start\n>From deeper\n> quoted\n>From a quote"),
        (.mboxrd, "From the start\n>From deeper\n> quoted\nFrom a quote"),
        (.mboxo, "From the start\n>>From deeper\n> quoted\nFrom a quote"),
        (.none, ">From the start\n>>From deeper\n> quoted\n>From a quote"),
    ])
    func `quoted From lines are restored`(quoting: MboxReader.Quoting, expected: String) throws {
        let body = String(decoding: try read(two, quoting: quoting)[0].raw, as: UTF8.self)
        #expect(body.hasPrefix("Subject: one\n\n\(expected)\n"))
    }

    @Test func `a mail that is too large is reported and the next one read`() throws {
        var limits = Limits()
        limits.messageBytes = 100
        let items = try read(two, limits: limits)
        #expect(items[0].skippedBytes.map { $0 > 100 } == true && items[0].raw.isEmpty)
        #expect(items[1].skippedBytes == nil && !items[1].raw.isEmpty)
    }

    @Test func `a file of one mail without a From line is that mail`() throws {
        let items = try read("Subject: alone\n\nwords\n")
        #expect(items.count == 1 && items[0].envelopeSender == nil)
        #expect(Message.parse(items[0].raw).subject == "alone")
    }

    @Test func `an empty file has no mails`() throws {
        #expect(try read("").isEmpty)
        #expect(try read("\n\n").isEmpty)
    }

    @Test func `CRLF files are read too`() throws {
        let items = try read(two.replacing("\n", with: "\r\n"))
        #expect(items.count == 2)
        #expect(String(decoding: items[1].raw, as: UTF8.self) == "Subject: two\r\n\r\nwords\r\n")
    }

    @Test func `a missing file is an error`() {
        #expect(throws: MboxError.self) { try MboxReader(path: "/nowhere/at/all") }
    }

    @Test(.enabled(if: Corpus.isPresent, "needs ../shared/corpus"))
    func `a truncated gzip gives what it has and says so`() throws {
        let whole = try Data(contentsOf: Corpus.folder.appending(path: "mailing-lists.mbox.gz"))
        let (items, damage) = try read(whole.prefix(400_000))
        #expect(items.count > 300 && items.count < 2500)
        #expect(damage?.contains("ends before") == true)
    }

    @Test(.enabled(if: Corpus.isPresent, "needs ../shared/corpus"))
    func `2,500 mails of mailing lists are all taken in`() throws {
        let path = Corpus.folder.appending(path: "mailing-lists.mbox.gz").path
        let reader = try MboxReader(path: path)
        var count = 0
        var empty = 0
        while let item = reader.next() {
            count += 1
            let message = Message.parse(item.raw)
            #expect(message.from.first?.address.contains("@") == true, "\(item.number)")
            #expect(message.messageID?.isEmpty == false, "\(item.number)")
            #expect(message.subject != nil, "\(item.number)")
            let date = message.date?.seconds ?? 0
            let delivered = item.envelopeDate?.seconds ?? 0
            #expect(date > 0 && delivered > 946_684_800, "\(item.number)")
            let body = message.body(preferHTML: false)
            #expect(!body.markdown.utf8.contains(0))
            if body.isEmpty { empty += 1 }
        }
        #expect(count == 2500)
        #expect(reader.damage == nil)
        // A few mails of 2002 hold nothing but a picture or a signature.
        #expect(empty <= 12, "\(empty) bodies are empty")
    }
}
