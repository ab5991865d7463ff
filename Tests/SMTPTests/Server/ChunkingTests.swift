import Testing

@testable import SMTP

/// RFC 3030.
@Suite struct ChunkingTests {
    @Test func `chunks make one mail, dots stay as they are`() {
        var dialogue = Dialogue()
        dialogue.send(opening + "RCPT TO:<refused@b.test>\r\n")
        dialogue.send("BDAT 5\r\na\r\n.\rBDAT 3\r\n\nb.BDAT 2 LAST\r\n\r\nNOOP\r\n")
        #expect(dialogue.deliveries.map(\.text) == ["a\r\n.\r\nb.\r\n"])
        #expect(
            dialogue.codes.suffix(5) == [
                "250 2.0.0", "250 2.0.0", "250 2.6.0", "550 5.7.1", "250 2.0.0",
            ]
        )
    }

    @Test func `an empty last chunk ends the mail`() {
        var dialogue = Dialogue()
        dialogue.send(opening + "BDAT 4\r\nab\r\nBDAT 0 LAST\r\n")
        #expect(dialogue.deliveries.map(\.text) == ["ab\r\n"])
    }

    @Test func `octets of a chunk at the wrong time are never commands`() {
        var dialogue = Dialogue()
        dialogue.send("LHLO c\r\nBDAT 6\r\nQUIT\r\nBDAT 6 LAST\r\nQUIT\r\nNOOP\r\n")
        #expect(dialogue.codes.suffix(3) == ["503 5.5.1", "503 5.5.1", "250 2.0.0"])
        #expect(!dialogue.isClosed)
    }

    @Test func `a size that cannot be read ends the connection`() {
        var dialogue = Dialogue()
        dialogue.send(opening + "BDAT 6x LAST\r\nMAIL FROM:<evil@a.test>\r\n")
        #expect(dialogue.codes.last == "501 5.5.4")
        #expect(dialogue.isClosed)
    }

    @Test func `DATA and RCPT have no place between chunks`() {
        var dialogue = Dialogue()
        dialogue.send(
            opening + "BDAT 2\r\na\rDATA\r\nRCPT TO:<b@b.test>\r\nRSET\r\nBDAT 0 LAST\r\n"
        )
        #expect(
            dialogue.codes.suffix(5) == [
                "250 2.0.0", "503 5.5.1", "503 5.5.1", "250 2.0.0", "503 5.5.1",
            ]
        )
        #expect(dialogue.deliveries.isEmpty)
    }

    @Test(arguments: ["a\nb", "a\rb", "ab\r", "\n"])
    func `bare line ends are refused here too`(text: String) {
        var dialogue = Dialogue()
        dialogue.send(opening + "BDAT \(text.utf8.count) LAST\r\n\(text)NOOP\r\n")
        #expect(dialogue.codes.suffix(2) == ["550 5.5.2", "250 2.0.0"])
        #expect(dialogue.deliveries.isEmpty)
    }

    @Test func `a chunk above the limit is refused after its octets, and the next mail is taken`() {
        var limits = SMTPLimits()
        limits.messageSize = 10
        var dialogue = Dialogue(limits: limits)
        let chunk = String(repeating: "x", count: 6)
        dialogue.send(opening + "BDAT 6\r\n\(chunk)BDAT 6\r\n\(chunk)BDAT 6 LAST\r\n\(chunk)")
        #expect(dialogue.codes.suffix(3) == ["250 2.0.0", "552 5.3.4", "503 5.5.1"])
        dialogue.send("MAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\nBDAT 6 LAST\r\n\(chunk)")
        #expect(dialogue.codes.last == "250 2.6.0")
    }

    @Test func `an endless chunk ends the connection`() {
        var limits = SMTPLimits()
        limits.messageSize = 1000
        limits.discardedMessage = 5000
        for start in [opening, "LHLO c\r\n"] {
            var dialogue = Dialogue(limits: limits)
            dialogue.send(start + "BDAT 999999999999 LAST\r\n")
            dialogue.send([UInt8](repeating: 0x61, count: 6000))
            #expect(dialogue.codes.last == "552 5.3.4")
            #expect(dialogue.isClosed)
        }
    }
}
