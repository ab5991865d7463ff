import Testing

@testable import SMTP

/// How the network cuts a dialogue into pieces makes no difference.
@Suite struct SplittingTests {
    static let dialogues: [String] = [
        opening + "DATA\r\nSubject: a\r\n\r\n..x\r\n.y\r\n\r\n.\r\nQUIT\r\n",
        opening + "RCPT TO:<nobody@b.test>\r\nRCPT TO:<full@b.test>\r\nDATA\r\n.\r\nNOOP\r\n",
        opening + "DATA\r\na\nb\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<x@b.test>\r\nDATA\r\n.\r\n",
        opening + "BDAT 5\r\na\r\n.\rBDAT 1 LAST\r\n\nMAIL FROM:<>\r\nQUIT\r\n",
        opening + "DATA\r\n.\r\r\n.\r\n\r\n.\r\nNOOP\rX\r\nNOOP\r\n",
        "LHLO c\r\nBDAT 3\r\nxyzNOOP " + String(repeating: "n", count: 2100) + "\r\nQUIT\r\n",
        "lhlo c\r\nXYZZY\r\n\r\nMAIL FROM:<\"a b\\\"\"@c.test> SIZE=1\r\nRCPT TO:<@r.test:a@b.test>"
            + "\r\nDATA\r\nx\r\n.\r\n",
    ]

    @Test(arguments: dialogues)
    func `one cut anywhere`(text: String) {
        let bytes = Array(text.utf8)
        var whole = Dialogue()
        whole.send(bytes)
        for cut in 0...bytes.count {
            var parts = Dialogue()
            parts.send(bytes[..<cut])
            parts.send(bytes[cut...])
            #expect(parts.output == whole.output, "cut at \(cut)")
            #expect(parts.deliveries == whole.deliveries, "cut at \(cut)")
            #expect(parts.isClosed == whole.isClosed, "cut at \(cut)")
        }
    }

    @Test(arguments: dialogues)
    func `cuts at random`(text: String) {
        let bytes = Array(text.utf8)
        var whole = Dialogue()
        whole.send(bytes)
        var random = SplitMix(seed: 7)
        for _ in 0..<25 {
            var parts = Dialogue()
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...9, using: &random)
                parts.send(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            #expect(parts.output == whole.output)
            #expect(parts.deliveries == whole.deliveries)
        }
    }

    @Test func `random octets never trap and memory stays bounded`() {
        let words = [
            "LHLO c\r\n", "MAIL FROM:<", "RCPT TO:<", "a@b.test>", "\r\n", "DATA\r\n", ".\r\n",
            "BDAT ", "7", " LAST", "\r", "\n", "\0", " SIZE=", "\"", "\\", "[", "]", "@", ":",
            "é", "RSET\r\n", "99999999999",
        ]
        var random = SplitMix(seed: 42)
        var limits = SMTPLimits()
        limits.messageSize = 500
        limits.errors = 1000
        for _ in 0..<1000 {
            var dialogue = Dialogue(limits: limits)
            for _ in 0..<60 {
                if Bool.random(using: &random) {
                    dialogue.send(words.randomElement(using: &random) ?? "")
                } else {
                    let count = Int.random(in: 0...40, using: &random)
                    dialogue.send(
                        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
                    )
                }
                #expect((dialogue.session.reader?.mail.content.count ?? 0) <= 500)
            }
            #expect(dialogue.output.starts(with: "220 ".utf8))
            #expect(dialogue.deliveries.allSatisfy { $0.data.count <= 500 })
        }
    }
}

/// A generator with a seed, so that a failure comes again.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
