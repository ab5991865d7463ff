/// Escapes one line of plain text: only where Markdown would read something into it.
enum PlainLine {
    /// - Parameters:
    ///   - line: Without quote marks, indentation and blanks at its end.
    ///   - isAfterText: Whether it stands right below other words, of which it could make a heading or
    ///     a table. Alone a rule is a rule in either.
    static func escaped(_ line: Substring, isAfterText: Bool) -> String {
        guard let first = line.utf8.first else { return "" }
        guard mayBeginBlock(first) else { return inline(line) }
        if isUnderline(line) { return isAfterText ? "\\\(line)" : String(line) }
        if isRule(line) { return String(line) }
        let marker = listMarker(line)
        var output = String(line[..<marker])
        let rest = line[marker...]
        if marker == line.startIndex, isHeading(line) || isDefinition(line) || line.first == ">" {
            output += "\\"
            return output + inline(rest, isAfterBackslash: true)
        }
        return output + inline(rest)
    }

    static func isListItem(_ line: Substring) -> Bool {
        guard let first = line.utf8.first, mayBeginBlock(first) else { return false }
        return !isRule(line) && !isUnderline(line) && listMarker(line) > line.startIndex
    }

    // MARK: Blocks

    /// Whether a line that begins with this byte can be anything but words: most cannot, and are not looked
    /// at further.
    private static func mayBeginBlock(_ first: UInt8) -> Bool {
        !isASCIILetter(first) && first != UInt8(ascii: "(") && first != UInt8(ascii: "\"")
    }

    private static func isASCIILetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// A line of `---` or `===`, which makes a heading of the line above, or of `--|--`, which makes a
    /// table of it.
    private static func isUnderline(_ line: Substring) -> Bool {
        let marks = line.filter { !$0.isWhitespace }
        if line.contains("|") || line.contains(":") {
            return marks.contains("-") && marks.allSatisfy { "-:|".contains($0) }
        }
        return line.allSatisfy { $0 == "-" } || line.allSatisfy { $0 == "=" }
    }

    /// `* * *`, `___`, `- - -`.
    private static func isRule(_ line: Substring) -> Bool {
        let marks = line.filter { !$0.isWhitespace }
        guard marks.count >= 3, let first = marks.first, "-*_".contains(first) else { return false }
        return marks.allSatisfy { $0 == first }
    }

    private static func isHeading(_ line: Substring) -> Bool {
        let marks = line.prefix { $0 == "#" }
        guard (1...6).contains(marks.count) else { return false }
        let next = line.dropFirst(marks.count).first
        return next == nil || next == " " || next == "\t"
    }

    /// `[1]: http://…` would vanish: Markdown keeps it for links that name it.
    private static func isDefinition(_ line: Substring) -> Bool {
        line.first == "[" && line.contains("]:")
    }

    /// Where the text of a list item begins; the start of the line when it is none.
    private static func listMarker(_ line: Substring) -> Substring.Index {
        var rest = line
        if let first = line.first, "-*+".contains(first) {
            rest = line.dropFirst()
        } else {
            let digits = line.prefix { $0.isASCII && $0.isNumber }
            // A year at the end of a sentence is no list.
            guard (1...2).contains(digits.count) else { return line.startIndex }
            rest = line.dropFirst(digits.count)
            guard rest.first == "." || rest.first == ")" else { return line.startIndex }
            rest = rest.dropFirst()
        }
        guard rest.first == " ", let text = rest.firstIndex(where: { $0 != " " }) else {
            return line.startIndex
        }
        return text
    }

    // MARK: Inline

    /// Whether a byte is a mark that may mean something. A `!` does before a `[` alone.
    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "*"), UInt8(ascii: "`"), UInt8(ascii: "_"), UInt8(ascii: "~"),
            UInt8(ascii: "\\"), UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "["),
            UInt8(ascii: "]"):
            true
        default: false
        }
    }

    private static func inline(_ line: Substring, isAfterBackslash: Bool = false) -> String {
        guard line.utf8.contains(where: isMark) else { return String(line) }
        let characters = Array(line)
        let stresses = stressed(characters)
        var output = ""
        var index = 0
        while index < characters.count {
            if let end = address(characters, at: index) {
                output += String(characters[index..<end])
                index = end
                continue
            }
            let character = characters[index]
            let isCovered = isAfterBackslash && index == 0
            if !isCovered, !stresses.contains(index), needsEscape(characters, at: index) {
                output.append("\\")
            }
            output.append(character)
            index += 1
        }
        return output
    }

    /// The end of a bare web address, which is a link as it stands, `<` and `>` around it included.
    private static func address(_ line: [Character], at index: Int) -> Int? {
        let isBracketed = line[index] == "<"
        let start = isBracketed ? index + 1 : index
        guard start < line.count, "hfHF".contains(line[start]),
            isBracketed || index == 0 || !(line[index - 1].isLetter || line[index - 1].isNumber)
        else { return nil }
        let head = String(line[start..<min(start + 8, line.count)]).lowercased()
        guard head.hasPrefix("http://") || head.hasPrefix("https://") || head.hasPrefix("ftp://")
        else { return nil }
        let end = line[start...].firstIndex { $0.isWhitespace || "<>\"".contains($0) } ?? line.count
        guard isBracketed else { return end }
        return end < line.count && line[end] == ">" ? end + 1 : nil
    }

    private static func needsEscape(_ line: [Character], at index: Int) -> Bool {
        let next = index + 1 < line.count ? line[index + 1] : nil
        switch line[index] {
        case "*", "`": return true
        case "_":
            // Within a word it means nothing.
            let isInWord =
                index > 0 && isWordCharacter(line[index - 1]) && next.map(isWordCharacter) == true
            return !isInWord
        case "~": return next == "~" || (index > 0 && line[index - 1] == "~")
        case "\\":
            return next == nil || next?.isASCII == true && next?.isPunctuationOrSymbol == true
        case "<": return next.map { $0.isLetter || "/!?".contains($0) } ?? false
        case "&": return isReference(line, at: index)
        case "[": return isTag(line, at: index) || next == "^"
        case "]": return next == "(" || next == "["
        case "!": return next == "["
        default: return false
        }
    }

    private static func isWordCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    /// `&amp;` and its kind, which the author wants to be seen.
    private static func isReference(_ line: [Character], at index: Int) -> Bool {
        let name = line[(index + 1)...].prefix(32).prefix {
            $0.isLetter || $0.isNumber || $0 == "#"
        }
        return !name.isEmpty && name.endIndex < line.count && line[name.endIndex] == ";"
    }

    /// `[quote]`, `[/b]`, `[ ]` and the other tags of the forum's dialect.
    private static func isTag(_ line: [Character], at index: Int) -> Bool {
        let rest = line[(index + 1)...].prefix(12)
        let name = String(rest.drop { $0 == "/" }.prefix { $0.isLetter }).lowercased()
        return tags.contains(name) || (rest.first == " " && rest.dropFirst().first == "]")
    }

    private static let tags: Set = [
        "quote", "details", "spoiler", "b", "i", "u", "s", "url", "img", "email", "code", "x",
        "color",
        "size", "wrap", "poll", "date",
    ]

    /// The marks of `*stress*`, `_stress_` and `` `code` ``: at the borders of words, on one line.
    private static func stressed(_ line: [Character]) -> Set<Int> {
        var found: Set<Int> = []
        var index = 0
        while index < line.count {
            let mark = line[index]
            guard "*_`".contains(mark), opens(line, at: index),
                let close = closing(line, mark, after: index)
            else {
                index += 1
                continue
            }
            found.insert(index)
            found.insert(close)
            index = close + 1
        }
        return found
    }

    private static func opens(_ line: [Character], at index: Int) -> Bool {
        guard index + 1 < line.count else { return false }
        let next = line[index + 1]
        guard next.isLetter || next.isNumber || (line[index] == "`" && !next.isWhitespace) else {
            return false
        }
        return index == 0 || line[index - 1].isWhitespace || "(\"'[".contains(line[index - 1])
    }

    private static func closing(_ line: [Character], _ mark: Character, after open: Int) -> Int? {
        let span = line[(open + 1)...].prefix(120)
        guard let close = span.firstIndex(of: mark), close > open + 1 else { return nil }
        let before = line[close - 1]
        guard !before.isWhitespace, before != "\\" else { return nil }
        // `foo' is a quotation of old, not code.
        if mark == "`", span[..<close].contains("'") { return nil }
        if mark != "`", span[..<close].contains(where: { "*_`<[\\&".contains($0) }) { return nil }
        let after = close + 1 < line.count ? line[close + 1] : " "
        guard after.isWhitespace || ".,;:!?)\"']".contains(after) else { return nil }
        return close
    }
}

extension Character {
    fileprivate var isPunctuationOrSymbol: Bool { isPunctuation || isSymbol }
}
