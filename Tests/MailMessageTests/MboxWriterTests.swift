import Foundation
import Testing

@testable import MailMessage

struct MboxWriterTests {
    @Test func `what is written is read back byte for byte`() throws {
        let mails = [
            "Subject: one\n\nFrom here\n>From there\n>>From far\nFroman\n",
            "Subject: two\n\nno end of line", "Subject: three\n\n\n\n", "Subject: four\n\n",
        ]
        let date = MailDate(seconds: 1_030_019_783)
        let gzip = try GzipWriter()
        var plain: [UInt8] = []
        var packed: [UInt8] = []
        for mail in mails {
            let entry = MboxWriter.entry(
                Array(mail.replacing("\n", with: "\r\n").utf8),
                from: "anna@example.com",
                at: date
            )
            plain += entry
            packed += gzip.write(entry)
        }
        packed += gzip.finish()
        #expect(plain.starts(with: "From anna@example.com Thu Aug 22 12:36:23 2002\n".utf8))
        for bytes in [plain, packed] {
            let path = "/tmp/mbox-writer-\(UInt64.random(in: .min ... .max))"
            #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
            defer { unlink(path) }
            let reader = try MboxReader(path: path, quoting: .mboxrd)
            var read: [String] = []
            while let item = reader.next() {
                #expect(item.envelopeDate?.seconds == date.seconds)
                read.append(String(decoding: item.raw, as: UTF8.self))
            }
            #expect(read == mails.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" })
        }
    }
}
