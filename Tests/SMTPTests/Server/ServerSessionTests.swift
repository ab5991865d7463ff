import Testing

@testable import SMTP

@Suite struct ServerSessionTests {
    @Test func `the greeting names the server and the protocol`() {
        #expect(String(decoding: Dialogue().output, as: UTF8.self) == "220 mx.test LMTP\r\n")
        #expect(String(decoding: Dialogue(.smtp).output, as: UTF8.self) == "220 mx.test ESMTP\r\n")
    }

    @Test func `LHLO offers what RFC 2033 demands and what the session can do`() {
        var dialogue = Dialogue()
        dialogue.send("LHLO client.test\r\n")
        #expect(
            dialogue.replies == [
                "250-mx.test", "250-PIPELINING", "250-ENHANCEDSTATUSCODES", "250-8BITMIME",
                "250-SMTPUTF8", "250-CHUNKING", "250 SIZE 26214400",
            ]
        )
    }

    @Test func `LMTP answers for each recipient that was taken, in order`() {
        var dialogue = Dialogue()
        dialogue.send("LHLO c\r\nMAIL FROM:<ann@a.test>\r\n")
        for name in ["one", "nobody", "refused", "full", "two"] {
            dialogue.send("RCPT TO:<\(name)@b.test>\r\n")
        }
        dialogue.send("DATA\r\nSubject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n")
        #expect(
            dialogue.codes.dropFirst(7) == [
                "250 2.1.0", "250 2.1.5", "550 5.1.1", "250 2.1.5", "250 2.1.5", "250 2.1.5",
                "354 Go", "250 2.6.0", "550 5.7.1", "452 4.2.2", "250 2.6.0", "221 2.0.0",
            ]
        )
        #expect(dialogue.deliveries.map(\.text) == ["Subject: x\r\n\r\n.dot\r\n"])
        #expect(
            dialogue.deliveries.first?.envelope
                == Envelope(
                    mailFrom: "ann@a.test",
                    recipients: ["one@b.test", "refused@b.test", "full@b.test", "two@b.test"],
                    peer: MailPeer(transport: "LMTP", name: "c", address: nil)
                )
        )
        #expect(dialogue.isClosed)
    }

    @Test(arguments: [
        (["one", "refused"], "250 2.6.0"),
        (["refused", "one"], "250 2.6.0"),
        (["one", "full", "refused"], "452 4.2.2"),
        (["refused"], "550 5.7.1"),
    ])
    func `SMTP answers once for all recipients`(names: [String], code: String) {
        var dialogue = Dialogue(.smtp)
        dialogue.send("EHLO c\r\nMAIL FROM:<>\r\n")
        for name in names {
            dialogue.send("RCPT TO:<\(name)@b.test>\r\n")
        }
        dialogue.send("DATA\r\nx\r\n.\r\n")
        #expect(dialogue.codes.suffix(2) == ["354 Go", code])
        #expect(dialogue.deliveries.first?.envelope.mailFrom == "")
    }

    @Test(arguments: [
        ("EHLO c", "500 5.5.1"), ("HELO c", "500 5.5.1"), ("LHLO", "501 5.5.4"),
        ("MAIL FROM:<a@b.test>", "503 5.5.1"), ("RCPT TO:<a@b.test>", "503 5.5.1"),
        ("DATA", "503 5.5.1"), ("DATA x", "501 5.5.4"), ("RSET", "250 2.0.0"),
        ("rSeT", "250 2.0.0"), ("NOOP anything", "250 2.0.0"), ("VRFY ann", "252 2.5.2"),
        ("EXPN list", "502 5.5.1"), ("STARTTLS", "502 5.5.1"), ("AUTH PLAIN AA==", "502 5.5.1"),
        ("HELP", "214 2.0.0"), ("QUIT", "221 2.0.0"), ("QUIT now", "501 5.5.4"),
        ("", "500 5.5.1"), ("XYZZY", "500 5.5.1"), ("NO\0OP", "500 5.5.1"),
        ("GET / HTTP/1.1", "421 4.7.0"), ("Host: mx.test", "421 4.7.0"), ("BDAT", "501 5.5.4"),
        ("BDAT -1", "501 5.5.4"), ("BDAT 0x10", "501 5.5.4"), ("BDAT 1 LST", "501 5.5.4"),
        ("BDAT 99999999999999999999", "501 5.5.4"),
    ])
    func `before LHLO`(line: String, code: String) {
        var dialogue = Dialogue()
        dialogue.send(line + "\r\n")
        #expect(dialogue.codes == [code])
    }

    @Test(arguments: [
        ("MAIL FROM:<>", "250 2.1.0"), ("mail from:<A@b.test>", "250 2.1.0"),
        ("MAIL FROM: <a@b.test>", "250 2.1.0"), ("MAIL FROM:<a@b.test> ", "250 2.1.0"),
        ("MAIL FROM:<a@b.test> SIZE=100 BODY=8BITMIME", "250 2.1.0"),
        ("MAIL FROM:<a@b.test> SIZE=26214400", "250 2.1.0"),
        ("MAIL FROM:<a@b.test> SIZE=26214401", "552 5.3.4"),
        ("MAIL FROM:<a@b.test> SIZE=99999999999999999999", "552 5.3.4"),
        ("MAIL FROM:<a@b.test> SIZE=-1", "501 5.5.4"), ("MAIL FROM:<a@b.test> SIZE", "501 5.5.4"),
        ("MAIL FROM:<a@b.test> SIZE=1 SIZE=2", "501 5.5.4"),
        ("MAIL FROM:<a@b.test> BODY=BINARYMIME", "501 5.5.4"),
        ("MAIL FROM:<a@b.test> RET=FULL", "555 5.5.4"),
        ("MAIL FROM:<a@b.test> =x", "501 5.5.4"), ("MAIL FROM:<a@b.test>SIZE=1", "501 5.5.4"),
        ("MAIL FROM:a@b.test", "501 5.1.3"), ("MAIL FROM:<a@b.test", "501 5.1.3"),
        ("MAIL TO:<a@b.test>", "501 5.5.4"), ("MAIL", "501 5.5.4"),
        ("MAIL FROM:<jürgen@b.test>", "553 5.6.7"),
        ("MAIL FROM:<jürgen@b.test> SMTPUTF8", "250 2.1.0"),
        ("MAIL FROM:<a@b.test> SMTPUTF8=yes", "501 5.5.4"),
    ])
    func `MAIL`(line: String, code: String) {
        var dialogue = Dialogue()
        dialogue.send("LHLO c\r\n" + line + "\r\n")
        #expect(dialogue.codes.last == code)
    }

    @Test(arguments: [
        ("RCPT TO:<a@b.test>", "250 2.1.5"), ("RCPT TO:<postmaster>", "250 2.1.5"),
        ("RCPT TO:<PostMaster>", "250 2.1.5"), ("RCPT TO:<nobody@b.test>", "550 5.1.1"),
        ("RCPT TO:<later@b.test>", "451 4.3.0"), ("RCPT TO:<broken@b.test>", "451 4.3.0"),
        ("RCPT TO:<>", "501 5.1.3"), ("RCPT TO:<somebody>", "501 5.1.3"),
        ("RCPT TO:<a@b.test> NOTIFY=NEVER", "555 5.5.4"),
        ("RCPT TO:<jürgen@b.test>", "553 5.6.7"), ("MAIL FROM:<a@b.test>", "503 5.5.1"),
        ("DATA", "503 5.5.1"), ("BDAT 0 LAST", "503 5.5.1"),
    ])
    func `behind MAIL`(line: String, code: String) {
        var dialogue = Dialogue()
        dialogue.send("LHLO c\r\nMAIL FROM:<a@b.test>\r\n" + line + "\r\n")
        #expect(dialogue.codes.last == code)
    }

    @Test func `SMTP refuses DATA without recipients by 554 and takes HELO`() {
        var dialogue = Dialogue(.smtp)
        dialogue.send("HELO c\r\nMAIL FROM:<>\r\nRCPT TO:<nobody@b.test>\r\nDATA\r\nLHLO c\r\n")
        #expect(dialogue.codes.first == "250 mx.test")
        #expect(dialogue.codes.suffix(2) == ["554 5.5.1", "500 5.5.1"])
    }

    @Test func `RSET and a second LHLO forget the transaction`() {
        var dialogue = Dialogue()
        dialogue.send(opening + "RSET\r\nDATA\r\n")
        #expect(dialogue.codes.suffix(2) == ["250 2.0.0", "503 5.5.1"])
        dialogue.send("MAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\nLHLO c\r\nDATA\r\n")
        #expect(dialogue.codes.last == "503 5.5.1")
        #expect(dialogue.deliveries.isEmpty)
    }

    @Test func `the fifty-first recipient has to wait, the fifty are served`() {
        var dialogue = Dialogue()
        dialogue.send("LHLO c\r\nMAIL FROM:<>\r\n")
        for number in 1...51 {
            dialogue.send("RCPT TO:<r\(number)@b.test>\r\n")
        }
        #expect(dialogue.codes.last == "452 4.5.3")
        dialogue.send("DATA\r\n.\r\n")
        #expect(dialogue.codes.suffix(50).allSatisfy { $0 == "250 2.6.0" })
        #expect(dialogue.deliveries.first?.envelope.recipients.count == 50)
        #expect(dialogue.deliveries.first?.data == [])
    }

    @Test func `a mail above the limit is read to its end, refused, and the next one is taken`() {
        var limits = SMTPLimits()
        limits.messageSize = 1000
        var dialogue = Dialogue(limits: limits)
        let line = String(repeating: "x", count: 98) + "\r\n"
        dialogue.send(opening + "DATA\r\n" + String(repeating: line, count: 11) + ".\r\n")
        #expect(dialogue.codes.last == "552 5.3.4")
        dialogue.send("MAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\nDATA\r\n")
        dialogue.send(String(repeating: line, count: 10) + ".\r\n")
        #expect(dialogue.codes.last == "250 2.6.0")
        #expect(dialogue.deliveries.map(\.data.count) == [1000])
    }

    @Test func `stuffed dots do not count towards the size`() {
        var limits = SMTPLimits()
        limits.messageSize = 3
        var dialogue = Dialogue(limits: limits)
        dialogue.send(opening + "DATA\r\n..\r\n.\r\n")
        #expect(dialogue.codes.last == "250 2.6.0")
    }

    @Test func `a mail without end closes the connection and never fills memory`() {
        var limits = SMTPLimits()
        limits.messageSize = 10_000
        limits.discardedMessage = 100_000
        var dialogue = Dialogue(limits: limits)
        dialogue.send(opening + "DATA\r\n")
        let block = [UInt8](repeating: 0x61, count: 10_000)
        var blocks = 0
        while !dialogue.isClosed, blocks < 100 {
            dialogue.send(block)
            blocks += 1
            #expect((dialogue.session.reader?.mail.content.count ?? 0) <= 10_000)
        }
        #expect(blocks == 11)
        #expect(dialogue.codes.last == "552 5.3.4")
    }

    @Test func `a line too long is answered once, an endless one ends the connection`() {
        var dialogue = Dialogue()
        dialogue.send("NOOP " + String(repeating: "x", count: 5000) + "\r\nNOOP\r\n")
        #expect(dialogue.codes == ["500 5.5.2", "250 2.0.0"])
        dialogue.send([UInt8](repeating: 0x61, count: 70_000))
        #expect(dialogue.codes.last == "500 5.5.2")
        #expect(dialogue.isClosed)
    }

    @Test func `the longest line is 2048 octets with its CRLF`() {
        var dialogue = Dialogue()
        dialogue.send("NOOP " + String(repeating: "x", count: 2041) + "\r\n")
        dialogue.send("NOOP " + String(repeating: "x", count: 2042) + "\r\n")
        #expect(dialogue.codes == ["250 2.0.0", "500 5.5.2"])
    }

    @Test func `errors and idle talk have an end`() {
        var dialogue = Dialogue()
        dialogue.send(String(repeating: "XYZZY\r\n", count: 30))
        #expect(dialogue.codes.count == 21)
        #expect(dialogue.codes.last == "421 4.7.0")
        #expect(dialogue.isClosed)
        dialogue = Dialogue()
        dialogue.send(String(repeating: "NOOP\r\n", count: 1500))
        #expect(dialogue.codes.count == 1001)
        #expect(dialogue.codes.last == "421 4.7.0")
        #expect(dialogue.isClosed)
    }

    @Test func `fifty pipelined recipients behind a refused MAIL do not end the connection`() {
        var dialogue = Dialogue()
        let recipients = String(repeating: "RCPT TO:<a@b.test>\r\n", count: 50)
        dialogue.send("LHLO c\r\nMAIL FROM:<> SIZE=99999999\r\n" + recipients + "DATA\r\nNOOP\r\n")
        #expect(dialogue.codes.last == "250 2.0.0")
        #expect(!dialogue.isClosed)
    }

    @Test func `nothing happens behind the close`() {
        var dialogue = Dialogue()
        dialogue.send("QUIT\r\n" + opening + "DATA\r\nx\r\n.\r\n")
        #expect(dialogue.codes == ["221 2.0.0"])
        dialogue.send(opening)
        #expect(dialogue.codes.count == 1)
        #expect(dialogue.asked.isEmpty)
    }

    @Test func `a handler that answers for too few recipients makes the peer wait`() {
        var session = ServerSession(
            configuration: ServerSession.Configuration(serverName: "mx.test")
        )
        session.receive(Array((opening + "RCPT TO:<b@b.test>\r\nDATA\r\n.\r\n").utf8))
        var output: [UInt8] = []
        while let action = session.next() {
            switch action {
            case .send(let bytes): output += bytes
            case .judge: session.judged(SMTPReply(code: 250, enhanced: "2.1.5", text: "OK"))
            case .deliver: session.delivered([SMTPReply(code: 250, enhanced: "2.0.0", text: "1")])
            case .startTLS, .close: break
            }
        }
        let text = String(decoding: output, as: UTF8.self)
        #expect(text.hasSuffix("250 2.0.0 1\r\n451 4.3.0 Local error, try again later\r\n"))
    }
}
