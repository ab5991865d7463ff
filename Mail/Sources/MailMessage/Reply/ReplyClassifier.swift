/// What a line of a mail looks like, seen for itself.
enum ReplyLineKind: Equatable {
    case blank
    case text
    /// A line of fenced code, the fences included.
    case code
    case quote
    /// Dashes, underscores, stars and the like alone: a Markdown rule, or the head of a footer.
    case separator
    /// `-- `: what follows is a signature (RFC 3676 §4.3).
    case signatureMark(isExact: Bool)
    case marker
    case previousReplies
    case replyAbove
    case header(HeaderKind)
    case device
    case armour(ArmourKind)

    /// Which field of a copied header a line is.
    struct HeaderKind: OptionSet {
        let rawValue: UInt8

        static let from = HeaderKind(rawValue: 1)
        static let date = HeaderKind(rawValue: 2)
        static let to = HeaderKind(rawValue: 4)
        static let subject = HeaderKind(rawValue: 8)
    }

    enum ArmourKind {
        case message
        case signature
        case end
    }
}

/// Names the lines of a mail.
struct ReplyClassifier {
    /// The kind of every line. Fenced code is found first: nothing inside it is looked at.
    static func classify(_ lines: [Substring]) -> [ReplyLineKind] {
        let code = fencedLines(lines)
        var kinds = lines.indices.map { code[$0] ? .code : kind(of: lines[$0]) }
        let initials = quotingInitials(lines, kinds)
        guard !initials.isEmpty else { return kinds }
        for index in lines.indices where kinds[index] == .text {
            if let found = Self.initials(lines[index]), initials.contains(found) {
                kinds[index] = .quote
            }
        }
        return kinds
    }

    // MARK: Quotes with initials

    /// The initials before `>` that begin at least three lines (`AB> text`), as some programs quote.
    private static func quotingInitials(
        _ lines: [Substring],
        _ kinds: [ReplyLineKind]
    ) -> Set<Substring> {
        var counts: [Substring: Int] = [:]
        for index in lines.indices where kinds[index] == .text {
            if let found = initials(lines[index]) { counts[found, default: 0] += 1 }
        }
        // What programs prompt with is no quote.
        let prompts: Set<Substring> = ["SQL", "PS", "CQL", "IRB", "GDB"]
        return Set(counts.filter { $0.value >= 3 && !prompts.contains($0.key) }.keys)
    }

    private static func initials(_ line: Substring) -> Substring? {
        guard let mark = line.utf8.prefix(4).firstIndex(of: ASCII.greater),
            mark > line.startIndex, line.utf8[..<mark].allSatisfy({ $0 &- 0x41 < 26 })
        else { return nil }
        let after = line.utf8[mark...].dropFirst().first
        return after == nil || after == ASCII.space || after == ASCII.greater ? line[..<mark] : nil
    }

    // MARK: Code

    /// Which lines belong to closed code fences (CommonMark §4.5). A fence that is never closed is none.
    private static func fencedLines(_ lines: [Substring]) -> [Bool] {
        var inside = [Bool](repeating: false, count: lines.count)
        var disabled: Set<UInt8> = []
        var start = 0
        while start < lines.count {
            guard let open = nextFence(lines, from: start, disabled: disabled) else { break }
            let close = lines.indices.dropFirst(open.index + 1).first {
                fence(lines[$0]).map { $0.mark == open.mark && $0.count >= open.count && $0.isBare }
                    ?? false
            }
            if let close {
                for index in open.index...close { inside[index] = true }
                start = close + 1
            } else {
                disabled.insert(open.mark)
                start = open.index + 1
            }
        }
        return inside
    }

    private static func nextFence(
        _ lines: [Substring],
        from start: Int,
        disabled: Set<UInt8>
    ) -> (index: Int, mark: UInt8, count: Int)? {
        for index in start..<lines.count {
            if let fence = fence(lines[index]), !disabled.contains(fence.mark) {
                return (index, fence.mark, fence.count)
            }
        }
        return nil
    }

    private static func fence(_ line: Substring) -> (mark: UInt8, count: Int, isBare: Bool)? {
        let content = line.utf8.drop { $0 == ASCII.space }
        guard line.utf8.count - content.count <= 3, let mark = content.first,
            mark == 0x60 || mark == 0x7E
        else { return nil }
        let run = content.prefix { $0 == mark }
        let rest = content.dropFirst(run.count)
        guard run.count >= 3, mark == 0x7E || !rest.contains(0x60) else { return nil }
        // A long row of tildes is a line somebody drew.
        if mark == 0x7E, run.count > 8 { return nil }
        return (mark, run.count, rest.allSatisfy(\.isBlank))
    }

    // MARK: One line

    private static let replyAbove = PrefixTable(ReplyWords.replyAbove)
    private static let devices = PrefixTable(ReplyWords.deviceSignatures)

    static func kind(of line: Substring) -> ReplyLineKind {
        let utf8 = line.utf8
        guard let firstIndex = utf8.firstIndex(where: { !$0.isWhitespace }) else { return .blank }
        let content = line[firstIndex...]
        let first = utf8[firstIndex]
        if first >= 0x80 || first < ASCII.space, content.allSatisfy(\.isWhitespace) {
            return .blank
        }
        if first == ASCII.greater, utf8.distance(from: utf8.startIndex, to: firstIndex) <= 3 {
            return .quote
        }
        guard utf8.count <= 400 else { return .text }
        if !first.isAlphanumeric, let mark = markKind(line, content, first) { return mark }
        if mayBeSpecial(content.utf8), let special = special(content) { return special }
        return headerKind(content).map { .header($0) } ?? .text
    }

    /// What a line is that begins with a mark, for its marks alone.
    private static func markKind(
        _ line: Substring,
        _ content: Substring,
        _ first: UInt8
    ) -> ReplyLineKind? {
        if first == ASCII.hyphen || first == ASCII.backslash {
            if let mark = signatureMark(line) { return mark }
            if let armour = armour(content) { return .armour(armour) }
        }
        return isSeparator(content) ? .separator : nil
    }

    /// Bytes of the shortest line that the tables know.
    private static let shortestSpecial =
        [
            ReplyWords.replyAbove, ReplyWords.deviceSignatures, Array(ReplyWords.markers),
            Array(ReplyWords.previousReplies),
        ].joined().map(\.utf8.count).min() ?? 0

    private static func special(_ content: Substring) -> ReplyLineKind? {
        guard content.utf8.count >= shortestSpecial else { return nil }
        let core = core(of: content)
        if core.text.isEmpty { return nil }
        if core.isDecorated, ReplyWords.previousReplies.contains(core.text) {
            return .previousReplies
        }
        if isReplyAbove(core.text) { return .replyAbove }
        if isMarker(core, content) { return .marker }
        return isDevice(core.text, content) && headerKind(content) == nil ? .device : nil
    }

    /// Whether a line is worth a closer look: it begins with a mark or a word of the tables, or ends
    /// with a colon. Most lines do not.
    private static func mayBeSpecial(_ content: Substring.UTF8View) -> Bool {
        guard let first = content.first, let last = content.last else { return false }
        if !first.isAlphanumeric || last == ASCII.colon || last >= 0x80 { return true }
        return replyAbove.mayMatch(content) || devices.mayMatch(content)
    }

    private static func signatureMark(_ line: Substring) -> ReplyLineKind? {
        if line == "-- " { return .signatureMark(isExact: true) }
        // HTML made into Markdown has its dashes escaped.
        guard line.utf8.count < 10 else { return nil }
        let dashes = line.utf8.filter { $0 != ASCII.backslash }
        guard dashes.starts(with: "--".utf8) else { return nil }
        let isBare = dashes.dropFirst(2).allSatisfy(\.isWhitespace)
        return isBare ? .signatureMark(isExact: false) : nil
    }

    private static func armour(_ content: Substring) -> ReplyLineKind.ArmourKind? {
        guard content.hasPrefix("-----") else { return nil }
        if content.hasPrefix("-----BEGIN PGP SIGNED MESSAGE-----") { return .message }
        if content.hasPrefix("-----BEGIN PGP SIGNATURE-----") { return .signature }
        return content.hasPrefix("-----END PGP SIGNATURE-----") ? .end : nil
    }

    private static func isSeparator(_ content: Substring) -> Bool {
        var count = 0
        for scalar in content.unicodeScalars {
            if scalar == "\r" { continue }
            guard isMark(scalar), scalar != ">", scalar != "<", scalar != "\\" else { return false }
            if scalar != " ", scalar != "\t", scalar != "\u{A0}" { count += 1 }
        }
        return count >= 3
    }

    /// A line without the marks at its ends, in lower case, and whether there were two or more on both.
    private static func core(
        of content: Substring
    ) -> (text: String, isDecorated: Bool, hasDashes: Bool) {
        let view = content.unicodeScalars
        let head = view.prefix { isMark($0) }
        var body = view.dropFirst(head.count)
        var tail = 0
        while let last = body.last, isMark(last) || last == ":" || last == "：" {
            if last != " " { tail += 1 }
            body.removeLast()
        }
        let lead = head.count { $0 != " " }
        return (String(body).lowercased(), lead >= 1 && tail >= 1, lead >= 2 && tail >= 2)
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", "_", "=", "*", "~", "#", "+", "—", "–", ">", "<", " ", "\u{A0}", "\t", "\\": true
        default: false
        }
    }

    private static func isReplyAbove(_ text: String) -> Bool {
        guard text.utf8.count >= 12 else { return false }
        return replyAbove.match(text).map { text.count <= $0.count + 30 } ?? false
    }

    private static func isMarker(
        _ core: (text: String, isDecorated: Bool, hasDashes: Bool),
        _ content: Substring
    ) -> Bool {
        if core.hasDashes {
            if ReplyWords.markers.contains(core.text) { return true }
            return ["forwarded by ", "forwarded message from ", "original message from "].contains {
                core.text.hasPrefix($0)
            }
        }
        if core.text == "begin forwarded text" || core.text == "end forwarded text" {
            return content.hasPrefix("--")
        }
        guard content.last == ":" || content.last == "：" else { return false }
        return ReplyWords.markers.contains(core.text) && core.text.contains(" ")
            && core.text != "reply message" && core.text != "original mail"
    }

    /// `From: x`, `*Von:* x`, `**Sent**: x`: one of the names a copied header has.
    static func headerKind(_ content: Substring) -> ReplyLineKind.HeaderKind? {
        guard content.utf8.prefix(80).contains(where: { $0 == ASCII.colon || $0 == 0xEF }) else {
            return nil
        }
        let bare = content.drop { $0 == "*" || $0 == "_" || $0 == ">" || $0 == " " }
        guard let colon = bare.prefix(40).firstIndex(where: { $0 == ":" || $0 == "：" }) else {
            return nil
        }
        var name = bare[..<colon]
        while let last = name.last, last == "*" || last == "_" || last.isWhitespace {
            name.removeLast()
        }
        let word = name.lowercased()
        if ReplyWords.from.contains(word) { return .from }
        if ReplyWords.date.contains(word) { return .date }
        if ReplyWords.subject.contains(word) { return .subject }
        return ReplyWords.to.contains(word) ? .to : nil
    }

    /// "Sent from my phone" and its like: the words of a program, and little else on the line.
    private static func isDevice(_ text: String, _ content: Substring) -> Bool {
        guard content.count <= 120 else { return false }
        let body = text.hasPrefix("[") ? String(text.dropFirst()) : text
        guard let prefix = devices.match(body) else {
            return body.hasSuffix("から送信") && body.count <= 40
        }
        let rest = body.dropFirst(prefix.count)
        let words = rest.split(separator: " ").filter {
            !$0.hasPrefix("(http") && !$0.hasPrefix("<http")
        }
        // A sentence goes on, and ends with a full stop: that one is somebody's own.
        return words.count <= 8 && !(words.count > 3 && body.hasSuffix("."))
    }
}

/// Finds which of many prefixes a text has, by its first three bytes.
struct PrefixTable {
    private let prefixes: [UInt32: [String]]

    init(_ words: [String]) {
        prefixes = Dictionary(grouping: words, by: Self.key)
    }

    /// The first prefix in the list's order that `text` begins with.
    func match(_ text: String) -> String? {
        prefixes[Self.key(text)]?.first { text.utf8.starts(with: $0.utf8) }
    }

    /// Whether some prefix begins as the text does, in any case of ASCII letters.
    func mayMatch(_ text: Substring.UTF8View) -> Bool {
        prefixes[text.prefix(3).reduce(0) { $0 << 8 | UInt32($1.lowercased) }] != nil
    }

    private static func key(_ text: String) -> UInt32 {
        text.utf8.prefix(3).reduce(0) { $0 << 8 | UInt32($1) }
    }
}
