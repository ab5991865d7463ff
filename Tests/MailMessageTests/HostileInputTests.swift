import Foundation
import Testing

@testable import MailMessage

/// Nothing that comes by mail may stop the program, or keep it busy.
struct HostileInputTests {
    /// A small generator of its own, so that a failure can be repeated.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    /// Reads everything that can be read of a mail.
    private func exercise(_ raw: [UInt8]) throws {
        let message = Message.parse(raw)
        _ = try JSONEncoder().encode(message.inspect())
        _ = message.body(preferHTML: false)
        _ = message.bounce
        _ = (message.listID, message.listPost, message.destinations, message.returnPath)
        for file in message.attachments { #expect(message.data(of: file).count == file.bytes) }
        #expect(message.parts.count <= message.limits.parts)
        #expect(message.parts.allSatisfy { $0.depth <= message.limits.depth + 1 })
        #expect(message.problems.count <= message.limits.problems)
    }

    @Test func `random changes of mails never trap`() throws {
        var random = Generator(state: 0x9E37_79B9_7F4A_7C15)
        let interesting: [UInt8] = Array("\r\n=?<>()\"\\:;,@-_ \0\u{FF}".utf8)
        for file in try Corpus.files(in: Corpus.fixtures) where file.pathExtension == "eml" {
            let original = try Corpus.bytes(file)
            for _ in 0..<6 {
                var raw = original
                for _ in 0..<Int.random(in: 1...20, using: &random) where !raw.isEmpty {
                    let index = Int.random(in: 0..<raw.count, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: raw[index] = UInt8.random(in: 0...255, using: &random)
                    case 1: raw[index] = interesting.randomElement(using: &random) ?? 0
                    case 2: raw.removeSubrange(index..<min(raw.count, index + 7))
                    default:
                        let piece = raw[index..<min(raw.count, index + 30)]
                        raw.insert(
                            contentsOf: piece,
                            at: Int.random(in: 0...raw.count, using: &random)
                        )
                    }
                }
                try exercise(raw)
            }
        }
    }

    @Test func `every beginning of a mail is a mail`() throws {
        for name in [
            "bounce", "html-gmail-inline", "obsolete-addresses", "filename-2231", "digest",
        ] {
            let raw = try Corpus.bytes(Corpus.fixtures.appending(path: "\(name).eml"))
            for end in stride(from: 0, through: raw.count, by: 5) {
                try exercise(Array(raw[..<end]))
            }
        }
    }

    @Test(arguments: [
        "", "\n", "\r", "\r\n", "\r\n\r\n", ":", ": x\n", "\0", "From ", "\n\n\n", "Subject:", "=?",
        "=?a?b?",
        "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n--\n", "Content-Type: /\n\nx",
        "To: (((\n\n",
        "To: <<<>>>\n\n", "To: \"\\\n\n", "Date: 99 Foo 99999 99:99\n\n",
        "Content-Type: text/plain; a*99999999999999999999*=x\n\n",
        "Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\nContent-Type: message/rfc822\n\n",
    ])
    func `odd mails are read`(text: String) throws {
        try exercise(Array(text.utf8))
    }

    private static let head =
        "From: a@b.c\r\nDate: Fri, 15 Jan 2016 00:12:43 +0100\r\nMIME-Version: 1.0\r\n"

    @Test(arguments: [
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n|\n--y",
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n|--x\r\n\r\na\r\n",
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n|--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n",
        "\r\n|\n", "|A:b\n", "To: a|\n b@c.d,", "To: |(", "Cc: |<", "To: |\"a", "Subject: |=?a?Q?",
        "Subject: |=?utf-8?Q?=?=",
        "Content-Type: text/plain|; a*1=b", "References: |<a@b>",
        "Content-Type: text/html\r\n\r\n|<div class=gmail_quote>",
        "Content-Type: text/html\r\n\r\n|<br><blockquote type=cite>x</blockquote>",
        "Content-Type: text/html\r\n\r\n|<div style='border-top:solid'></div>",
        "Content-Type: text/html\r\n\r\n|<p id=AppleMailSignature></p>",
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n|=\n",
        "Content-Transfer-Encoding: base64\r\n\r\n|QUJD\n",
        "Content-Type: message/delivery-status\r\n\r\n|x\n\n",
    ])
    func `much of one thing takes no long time`(pattern: String) throws {
        let pieces = pattern.split(separator: "|", omittingEmptySubsequences: false).map(
            String.init
        )
        let unit = Array(pieces[1].utf8)
        var raw = Array((Self.head + pieces[0]).utf8)
        for _ in 0..<(100_000 / unit.count) { raw += unit }
        let duration = try ContinuousClock().measure { try exercise(raw) }
        // Generous: this is a debug build on a busy machine, and quadratic work would take far longer.
        #expect(duration < .seconds(20), "\(duration)")
    }

    @Test func `a tree deeper than the limit ends there`() {
        var raw = Array(Self.head.utf8)
        for level in 0..<50 {
            raw += Array(
                "Content-Type: multipart/mixed; boundary=b\(level)\r\n\r\n--b\(level)\r\n".utf8
            )
        }
        let message = Message.parse(raw)
        #expect(message.problems.contains { $0.code == .tooDeep })
        #expect(message.parts.map(\.depth).max() == message.limits.depth)
    }

    @Test func `more parts than the limit are left out`() {
        let text =
            Self.head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            + String(repeating: "--b\r\n\r\nx\r\n", count: 500)
        let message = Message.parse(Array(text.utf8))
        #expect(message.parts.count == message.limits.parts)
        #expect(message.problems.contains { $0.code == .tooManyParts })
    }
}
