import Testing

@testable import SMTP

/// Ends of data that some servers take for one and others do not: whoever forwards such a mail
/// can put a second one inside it.
@Suite struct SmugglingTests {
    static let inside =
        "MAIL FROM:<evil@a.test>\r\nRCPT TO:<forum@b.test>\r\nDATA\r\nSubject: forged\r\n\r\nx\r\n"

    @Test(arguments: [
        "\r\n.\n", "\n.\n", "\r.\r", "\n.\r\n", "\r\n.\r", "\r.\r\n", "\r\n.\r\r\n", "\n\n.\r\n",
        "\r\r\n.\r", "\r\n.\u{8}\r\n\n",
    ])
    func `a mail with a bare CR or LF is refused whole`(sequence: String) {
        for size in [1, 2, 3, 7, 4096] {
            var dialogue = Dialogue()
            let mail = "DATA\r\nSubject: a\r\n\r\ntext\(sequence)\(Self.inside)\r\n.\r\n"
            dialogue.send(Array((opening + mail + "NOOP\r\n").utf8), by: size)
            #expect(dialogue.deliveries.isEmpty)
            #expect(dialogue.codes.suffix(3) == ["354 Go", "550 5.5.2", "250 2.0.0"])
        }
    }

    @Test(arguments: ["\r\n\0.\r\n", "\r\n. \r\n", "\r\n..\r\n", "\r\n.\0\r\n", "\r\n.\t\r\n"])
    func `what only looks like an end is text of the one mail`(sequence: String) {
        var dialogue = Dialogue()
        let mail = "DATA\r\nSubject: a\r\n\r\ntext\(sequence)\(Self.inside)\r\n.\r\n"
        dialogue.send(opening + mail + "NOOP\r\n")
        #expect(dialogue.deliveries.count == 1)
        #expect(dialogue.deliveries.first?.envelope.mailFrom == "ann@a.test")
        #expect(dialogue.deliveries.first?.text.contains("Subject: forged") == true)
        #expect(dialogue.codes.suffix(2) == ["250 2.6.0", "250 2.0.0"])
    }

    @Test func `each recipient hears of the refusal`() {
        var dialogue = Dialogue()
        dialogue.send(opening + "RCPT TO:<two@b.test>\r\nDATA\r\na\nb\r\n.\r\nNOOP\r\n")
        #expect(dialogue.codes.suffix(3) == ["550 5.5.2", "550 5.5.2", "250 2.0.0"])
    }

    @Test(arguments: ["NOOP\n", "NOOP\n\r\n", "NOOP\rX\r\n", "\n", "NOOP\r\r\n"])
    func `a command with a bare CR or LF ends the connection`(line: String) {
        for size in [1, 100] {
            var dialogue = Dialogue()
            dialogue.send(Array((line + "NOOP\r\n").utf8), by: size)
            #expect(dialogue.codes == ["521 5.5.2"])
            #expect(dialogue.isClosed)
        }
    }
}
