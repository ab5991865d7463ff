import Testing

@testable import SMTP

@Suite struct MailboxTests {
    @Test(arguments: [
        ("<a@b.test>", "a@b.test"), ("<Ann.Lee+reply=1@B.test>", "Ann.Lee+reply=1@B.test"),
        ("<@r1.test,@r2.test:a@b.test>", "a@b.test"), ("<\"a b\"@c.test>", "\"a b\"@c.test"),
        ("<\"plain\"@c.test>", "plain@c.test"), ("<\"a\\\"b\"@c.test>", "\"a\\\"b\"@c.test"),
        ("<a@[127.0.0.1]>", "a@[127.0.0.1]"), ("<a@[IPv6:::1]>", "a@[IPv6:::1]"),
        ("<postmaster>", "postmaster"), ("<PostMaster>", "PostMaster"),
        ("<jürgen@bücher.test>", "jürgen@bücher.test"),
        ("<!#$%&'*/?^_`{|}~@b>", "!#$%&'*/?^_`{|}~@b"),
        ("<\"x@y\"@b.test>", "\"x@y\"@b.test"),
    ])
    func `a path is read`(path: String, address: String) {
        var reader = PathReader(Array(path.utf8)[...])
        let result = reader.path()
        guard case .mailbox(let mailbox)? = result else {
            Issue.record("no mailbox in \(path)")
            return
        }
        #expect(mailbox.description == address)
        #expect(reader.isAtEnd)
        #expect(Mailbox(address) == mailbox)
    }

    @Test(arguments: [
        "", "<", "a@b", "<a@b", "<a>", "<@b.test>", "<a@>", "<a@@b>", "<a..b@c>", "<.a@c>",
        "<a.@c>",
        "<a b@c>", "<a@b..c>", "<a@.b>", "<a@b.>", "<a@-b>", "<a@b->", "<a@b_c>", "<\"\"@b>",
        "<\"a@b>", "<\"a\"b@c>", "<a@[>", "<a@[]>", "<a@[1>", "<@r.test>", "<@r.test,a@b>",
        "<a\0@b>",
        "<a@b\r>", "<a@b\n>", "<\"\r\n\"@b>", "<a(comment)@b>", "<<a@b>>",
    ])
    func `what is no path is none`(path: String) {
        var reader = PathReader(Array(path.utf8)[...])
        #expect(reader.path() == nil)
    }

    @Test func `octets that are no UTF-8 are no address`() {
        var reader = PathReader([0x3C, 0xFF, 0xFE, 0x40, 0x62, 0x3E])
        #expect(reader.path() == nil)
    }

    @Test(arguments: [
        (64, 255, false), (65, 100, false), (64, 189, true), (64, 190, false), (1, 253, false),
    ])
    func `lengths`(local: Int, domain: Int, isTaken: Bool) {
        // Labels of 63 with dots between them.
        var name = ""
        while name.utf8.count < domain {
            let left = domain - name.utf8.count
            let label = min(63, left)
            name += String(repeating: "d", count: label)
            if left > 63 {
                name += left == 64 ? "" : "."
            }
        }
        let path = "<" + String(repeating: "l", count: local) + "@\(name)>"
        var reader = PathReader(Array(path.utf8)[...])
        #expect((reader.path() != nil) == isTaken)
    }

    @Test func `a text that stands alone has no brackets`() {
        #expect(Mailbox("a@b.test")?.localPart == "a")
        #expect(Mailbox("<a@b.test>") == nil)
        #expect(Mailbox("a@b.test ") == nil)
        #expect(Mailbox("a@b.test>\r\nRCPT TO:<c@d") == nil)
    }
}

@Suite struct SMTPReplyTests {
    @Test func `no text forges a second reply`() {
        let reply = SMTPReply(code: 550, enhanced: "5.1.1", text: "a\r\n250 OK\rb\0")
        #expect(
            String(decoding: reply.wire(), as: UTF8.self)
                == "550-5.1.1 a \r\n550 5.1.1 250 OK b \r\n"
        )
    }

    @Test func `lines longer than 512 octets are wrapped`() {
        let text = String(repeating: "x", count: 1200)
        let reply = SMTPReply(code: 451, enhanced: "4.3.0", text: text)
        let lines = String(decoding: reply.wire(), as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.utf8.count <= 510 })
        #expect(lines.map { $0.prefix(4) } == ["451-", "451-", "451 "])
    }
}
