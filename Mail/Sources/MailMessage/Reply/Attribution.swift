/// Lines that say who wrote the quote below: "On Tue, Jan 15, 2016 at 11:12 AM, X wrote:".
enum Attribution {
    /// How sure it is.
    enum Strength {
        /// It has a verb of saying or an address at its end, and a date, time or address.
        case strong
        /// Only a quote right below it makes it one.
        case weak
    }

    struct Found {
        let count: Int
        let strength: Strength
    }

    /// The attribution that begins at line `start`, over as many lines as it takes.
    static func find(
        _ lines: [Substring],
        _ kinds: [ReplyLineKind],
        at start: Int,
        paragraphStart: Bool
    ) -> Found? {
        guard isCandidate(kinds[start]), paragraphStart || mayEnd(lines[start]) else { return nil }
        var joined = ""
        for count in 1...Limits.attributionLines {
            let index = start + count - 1
            guard index < lines.count,
                isCandidate(kinds[index]) || (count > 1 && kinds[index] == .quote)
            else { return nil }
            if count > 1 { joined += " " }
            joined += String(lines[index]).trimmed
            guard joined.utf8.count <= Limits.attributionCharacters else { return nil }
            if endsAttribution(joined), let strength = strength(of: joined) {
                return Found(count: count, strength: strength)
            }
            if count == 1, !paragraphStart || !startsAttribution(joined) { return nil }
        }
        return nil
    }

    /// Whether a text alone, white space made single, is an attribution.
    static func isAttribution(_ text: String) -> Bool {
        endsAttribution(text) && strength(of: text) != nil
    }

    private static func isCandidate(_ kind: ReplyLineKind) -> Bool {
        switch kind {
        case .text, .header: true
        default: false
        }
    }

    /// Whether the line's last byte can be that of an attribution; most lines end here.
    private static func mayEnd(_ line: Substring) -> Bool {
        guard let last = line.utf8.last(where: { !$0.isWhitespace }) else { return false }
        return last >= 0x80 || [ASCII.colon, ASCII.underscore, 0x2A, ASCII.dot].contains(last)
    }

    private static func startsAttribution(_ text: String) -> Bool {
        guard let first = text.first else { return false }
        if first.isNumber || first == "\"" || text.utf8.contains(ASCII.less) { return true }
        let lower = String(text.prefix(12)).lowercased()
        return ReplyWords.attributionStarts.contains { lower.utf8.starts(with: $0.utf8) }
    }

    private static func endsAttribution(_ text: String) -> Bool {
        let end = text.last { $0 != "*" && $0 != "_" && !$0.isWhitespace }
        return end == ":" || end == "：" || text.hasSuffix("wrote...")
    }

    private static func strength(of text: String) -> Strength? {
        guard text.utf8.count >= 6 else { return nil }
        let lower = text.lowercased()
        let hasVerb = holdsVerb(Array(lower.utf8))
        let evidence = Evidence(text)
        let endsWithAddress =
            lower.hasSuffix(">:") || lower.hasSuffix("> :") || lower.hasSuffix("):")
        if hasVerb, evidence.hasAddress || evidence.hasClock || evidence.hasYear || evidence.hasDate
        {
            return .strong
        }
        if endsWithAddress, evidence.hasAddress, evidence.hasClock || evidence.hasYear {
            return .strong
        }
        return hasVerb || evidence.hasAddress || (evidence.hasClock && evidence.hasYear)
            ? .weak : nil
    }

    private static let verbs: [[UInt8]] = ReplyWords.verbs.map { Array($0.utf8) }

    /// A verb as a word of its own; languages without spaces need none around it.
    private static func holdsVerb(_ text: [UInt8]) -> Bool {
        var heads = [Bool](repeating: false, count: 256)
        for byte in text { heads[Int(byte)] = true }
        return verbs.contains { verb in
            guard heads[Int(verb[0])], verb.count <= text.count else { return false }
            let isASCII = verb.allSatisfy { $0 < 128 }
            for start in 0...(text.count - verb.count)
            where text[start] == verb[0] && text[start...].starts(with: verb) {
                let end = start + verb.count
                let joinsBefore = start > 0 && text[start - 1].isLetter
                let joinsAfter = end < text.count && text[end].isLetter
                if !isASCII || !(joinsBefore || joinsAfter) { return true }
            }
            return false
        }
    }

    /// What in a line speaks of a person and a moment.
    private struct Evidence {
        var hasAddress = false
        var hasClock = false
        var hasYear = false
        var hasDate = false

        init(_ text: String) {
            let bytes = Array(text.utf8)
            var run = 0
            for (index, byte) in bytes.enumerated() {
                if byte == ASCII.at, index > 0, index + 1 < bytes.count,
                    bytes[index - 1] > 32, bytes[index + 1].isAlphanumeric
                {
                    hasAddress = true
                }
                guard byte.isDigit else {
                    note(run, bytes, index)
                    run = 0
                    continue
                }
                run += 1
            }
            note(run, bytes, bytes.count)
        }

        /// A run of digits that ends at `end`.
        private mutating func note(_ run: Int, _ bytes: [UInt8], _ end: Int) {
            guard run > 0 else { return }
            if run == 4, bytes[end - 4] == 0x31 || bytes[end - 4] == 0x32 { hasYear = true }
            guard run <= 2, end + 2 < bytes.count else { return }
            let mark = bytes[end]
            let next = bytes[end + 1].isDigit && bytes[end + 2].isDigit
            if next, mark == ASCII.colon || mark == 0x68 || mark == ASCII.dot { hasClock = true }
            if bytes[end + 1].isDigit,
                mark == ASCII.slash || mark == ASCII.hyphen || mark == ASCII.dot
            {
                hasDate = true
            }
        }
    }
}
