/// Puts the lines of a relay together to replies (RFC 5321 §4.2.1).
struct ReplyParser {
    /// A line that is no reply, or a reply beyond ``ReplyLimits``.
    struct Malformed: Error, Equatable {}

    private var input: [UInt8] = []
    private var position = 0
    private var code = 0
    private var lines: [String] = []
    private var lineCount = 0

    /// Octets have come that belong to no complete reply.
    var hasPending: Bool { position < input.count || lineCount > 0 }

    mutating func receive(_ bytes: some Sequence<UInt8>) {
        input.removeSubrange(..<position)
        position = 0
        input.append(contentsOf: bytes)
    }

    /// Forgets everything that has come.
    mutating func discard() {
        self = ReplyParser()
    }

    /// The next complete reply; nil when more octets are needed.
    mutating func next() throws(Malformed) -> SMTPReply? {
        while let line = try nextLine() {
            let number = line.prefix(3)
            guard number.count == 3, let code = Command.number(number),
                (200..<600).contains(code), lineCount == 0 || code == self.code
            else { throw Malformed() }
            let mark = line.dropFirst(3).first
            guard mark == nil || mark == Octet.space || mark == Octet.hyphen else {
                throw Malformed()
            }
            self.code = code
            lineCount += 1
            guard lineCount <= ReplyLimits.lines else { throw Malformed() }
            lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
            guard mark == Octet.hyphen else { return take() }
        }
        return nil
    }

    /// A relay that ends its lines with LF alone is understood.
    private mutating func nextLine() throws(Malformed) -> ArraySlice<UInt8>? {
        guard let end = input[position...].firstIndex(of: Octet.lineFeed) else {
            guard input.count - position <= ReplyLimits.line else { throw Malformed() }
            return nil
        }
        var line = input[position..<end]
        position = end + 1
        guard line.count <= ReplyLimits.line else { throw Malformed() }
        if line.last == Octet.carriageReturn {
            line.removeLast()
        }
        return line
    }

    private mutating func take() -> SMTPReply {
        var texts = lines
        let enhanced = lines.last.flatMap(Self.enhancedCode) ?? ""
        if !enhanced.isEmpty {
            texts = lines.map { line in
                let rest = line.hasPrefix(enhanced) ? line.dropFirst(enhanced.count) : line[...]
                return String(rest.drop { $0 == " " })
            }
        }
        let reply = SMTPReply(
            code: code,
            enhanced: enhanced,
            text: String(texts.joined(separator: "\n").prefix(ReplyLimits.keptText))
        )
        lines = []
        lineCount = 0
        return reply
    }

    /// `5.1.1` at the start of a line (RFC 3463 §2).
    private static func enhancedCode(_ line: String) -> String? {
        let word = line.prefix { $0 != " " }
        let numbers = word.split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 3, ["2", "4", "5"].contains(numbers[0]),
            numbers.dropFirst().allSatisfy({ (1...3).contains($0.count) && Int($0) != nil })
        else { return nil }
        return String(word)
    }
}
