/// A reply of RFC 5321 §4.2 with the enhanced status code of RFC 3463.
package struct SMTPReply: Sendable, Hashable {
    /// Three digits: 2xx done, 3xx go on, 4xx try again later, 5xx never.
    package var code: Int

    /// `class.subject.detail`, or empty where RFC 2034 has none (greeting, EHLO, 354).
    package var enhanced: String

    /// For people. A line feed separates the lines of a reply of several lines.
    package var text: String

    package init(code: Int, enhanced: String, text: String) {
        self.code = code
        self.enhanced = enhanced
        self.text = text
    }

    /// `code` is 2xx.
    package var isPositive: Bool { (200..<300).contains(code) }

    /// `code` is 4xx: the peer keeps the mail and tries again.
    package var isTemporary: Bool { (400..<500).contains(code) }

    /// `code` is 5xx: the peer gives up.
    package var isPermanent: Bool { (500..<600).contains(code) }
}

extension SMTPReply: CustomStringConvertible {
    package var description: String {
        enhanced.isEmpty ? "\(code) \(text)" : "\(code) \(enhanced) \(text)"
    }
}

extension SMTPReply {
    /// Octets that fit into a line of 512 after the code and before CRLF (RFC 5321 §4.5.3.1.5).
    private static let lineRoom = 506

    /// The reply as it is sent. Control characters become spaces, so that no text can forge a
    /// second reply, and what is not ASCII a question mark, for not every peer takes it (RFC 6531 §3.7.4);
    /// a line too long for RFC 5321 is wrapped.
    func wire() -> [UInt8] {
        var bytes: [UInt8] = []
        let lines = wireLines()
        for (index, line) in lines.enumerated() {
            bytes.append(contentsOf: String(code).utf8)
            bytes.append(index == lines.count - 1 ? Octet.space : Octet.hyphen)
            bytes.append(contentsOf: line)
            bytes.append(contentsOf: [Octet.carriageReturn, Octet.lineFeed])
        }
        return bytes
    }

    private func wireLines() -> [[UInt8]] {
        let prefix = enhanced.isEmpty ? [] : Array("\(enhanced) ".utf8)
        let room = Self.lineRoom - prefix.count
        var lines: [[UInt8]] = []
        let plain = text.unicodeScalars.map { $0.isASCII ? UInt8($0.value) : Octet.question }
        for line in plain.split(separator: Octet.lineFeed, omittingEmptySubsequences: false) {
            var rest = line.map { $0 < Octet.space || $0 == Octet.delete ? Octet.space : $0 }[...]
            while rest.count > room {
                lines.append(prefix + rest.prefix(room))
                rest = rest.dropFirst(room)
            }
            lines.append(prefix + rest)
        }
        return lines
    }
}

/// The octets that mean something in SMTP.
enum Octet {
    static let null: UInt8 = 0x00
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let hyphen: UInt8 = 0x2D
    static let dot: UInt8 = 0x2E
    static let colon: UInt8 = 0x3A
    static let less: UInt8 = 0x3C
    static let equals: UInt8 = 0x3D
    static let greater: UInt8 = 0x3E
    static let question: UInt8 = 0x3F
    static let at: UInt8 = 0x40
    static let backslash: UInt8 = 0x5C
    static let delete: UInt8 = 0x7F
}
