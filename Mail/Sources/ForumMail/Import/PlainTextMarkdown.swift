/// Plain text of mail, whose author knew nothing of Markdown, as Markdown that shows the same.
///
/// Lists, quotes, `*stress*`, indented code and addresses are what they look like in either, and stay
/// as they are; what Markdown would read in a way nobody meant is escaped, and what would lose its
/// shape (diffs, indentation) is kept in it. So the text also stays readable for whoever edits it.
enum PlainTextMarkdown {
    static func convert(_ text: String) -> String {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var writer = Writer()
        var index = 0
        let signature = Self.signature(lines)
        while index < lines.count {
            if index == signature {
                writer.verbatim(["\\\(lines[index])"])
                index += 1
            } else if let end = FencedCode.end(from: index, in: lines) {
                writer.verbatim(lines[index..<end])
                index = end
            } else if let end = Diff.end(from: index, in: lines) {
                writer.fenced(lines[index..<end])
                index = end
            } else {
                writer.append(lines, at: index)
                index += 1
            }
        }
        return writer.output.joined(separator: "\n")
    }

    /// The last line when it is a name behind a dash, which is no list.
    private static func signature(_ lines: [Substring]) -> Int? {
        guard let last = lines.lastIndex(where: { !$0.allSatisfy(\.isWhitespace) }),
            lines[last].hasPrefix("- "), lines[last].split(separator: " ").count <= 4,
            lines[last].dropFirst(2).first?.isLetter == true, last > 0
        else { return nil }
        let isInList = lines[..<last].contains { PlainLine.isListItem($0) }
        return isInList ? nil : last
    }
}

/// A block between two lines of three backticks.
private enum FencedCode {
    private static let fence = "```"

    /// - Returns: The line behind it; `nil` when none begins here, or it does not end.
    static func end(from start: Int, in lines: [Substring]) -> Int? {
        guard lines[start].hasPrefix(fence), !lines[start].dropFirst(3).contains("`") else {
            return nil
        }
        let close = lines[(start + 1)...].prefix(1000).firstIndex { line in
            line.hasPrefix(fence) && line.allSatisfy { $0 == "`" || $0.isWhitespace }
        }
        return close.map { $0 + 1 }
    }
}

/// A patch in the text, in unified or context form.
private enum Diff {
    static func end(from start: Int, in lines: [Substring]) -> Int? {
        guard isHead(start, in: lines) else { return nil }
        var end = start
        while end < lines.count {
            let line = lines[end]
            guard line.allSatisfy(\.isWhitespace) else {
                guard belongs(line) else { break }
                end += 1
                continue
            }
            // A blank line belongs to it if the patch goes on behind it.
            guard end + 1 < lines.count, belongs(lines[end + 1]), !lines[end + 1].isEmpty else {
                break
            }
            end += 1
        }
        return end
    }

    private static func isHead(_ index: Int, in lines: [Substring]) -> Bool {
        let line = lines[index]
        let next = index + 1 < lines.count ? lines[index + 1] : ""
        if line.hasPrefix("--- ") && next.hasPrefix("+++ ") { return true }
        if line.hasPrefix("*** ") && next.hasPrefix("--- ") { return true }
        if line.hasPrefix("@@ -") { return true }
        guard line.hasPrefix("diff -") || line.hasPrefix("Index: ") else { return false }
        return ["--- ", "*** ", "====", "index ", "new file", "old mode", "deleted"]
            .contains { next.hasPrefix($0) }
    }

    private static let heads = [
        "diff ", "index ", "Index: ", "====", "@@", "***", "RCS file", "retrieving revision",
        "new file", "old mode", "new mode", "deleted file", "rename ", "similarity ", "Only in ",
        "\\ No newline", "+", "-", " ", "\t", "! ",
    ]

    private static func belongs(_ line: Substring) -> Bool {
        heads.contains { line.hasPrefix($0) }
    }
}

/// Writes lines of mail as lines of Markdown.
private struct Writer {
    private(set) var output: [String] = []
    private var depth = 0
    private var isAfterBlank = true
    /// Whether the lines of the block that is being written stand indented as code does.
    private var isInCode = false
    /// Whether indented lines hang from a list item.
    private var isInList = false

    mutating func verbatim(_ lines: ArraySlice<Substring>) {
        separate()
        output += lines.map { String($0) }
        endBlock()
    }

    mutating func fenced(_ lines: ArraySlice<Substring>) {
        separate()
        output.append("```diff")
        output += lines.map { $0.hasPrefix("```") ? " \($0)" : String($0) }
        output.append("```")
        endBlock()
    }

    private mutating func separate() {
        if !isAfterBlank { output.append("") }
    }

    private mutating func endBlock() {
        depth = 0
        isAfterBlank = false
        isInCode = false
        isInList = false
    }

    mutating func append(_ lines: [Substring], at index: Int) {
        let (level, content) = Self.unquoted(lines[index])
        let isBlank = content.allSatisfy(\.isWhitespace)
        if level < depth, !isAfterBlank, !isBlank {
            // Without it the line would still belong to the quote above.
            output.append(String(repeating: ">", count: level))
            isAfterBlank = true
        }
        if level != depth {
            isInCode = false
            isInList = false
        }
        depth = level
        guard !isBlank else {
            output.append(String(repeating: ">", count: level))
            isAfterBlank = true
            return
        }
        let isIndented = Self.indentation(of: content) >= 4
        if isAfterBlank, !isInCode, !isInList {
            isInCode = isIndented && Self.isCode(lines, from: index, level: level)
        }
        if !isIndented { isInCode = false }
        let text: String
        if isInCode {
            text = Self.trimmedEnd(content)
        } else {
            text = indented(content)
        }
        output.append(level > 0 ? "\(String(repeating: ">", count: level)) \(text)" : text)
        isAfterBlank = false
    }

    /// How deep the line is quoted, and what is quoted: `> > text`, `>> text`.
    private static func unquoted(_ line: Substring) -> (level: Int, content: Substring) {
        var level = 0
        var rest = line
        while true {
            let blanks = level == 0 ? 0 : rest.prefix(1).prefix { $0 == " " }.count
            let inner = rest.dropFirst(blanks)
            guard inner.first == ">", level < 50 else { break }
            level += 1
            rest = inner.dropFirst()
        }
        if level > 0, rest.first == " " { rest = rest.dropFirst() }
        return (level, rest)
    }

    private static func indentation(of content: Substring) -> Int {
        var width = 0
        for character in content {
            switch character {
            case " ": width += 1
            case "\t": width += 4 - width % 4
            default: return width
            }
        }
        return width
    }

    private static func trimmedEnd(_ text: some StringProtocol) -> String {
        var text = Substring(text)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// Whether an indented block is code or a table rather than indented words or addresses.
    private static func isCode(_ lines: [Substring], from start: Int, level: Int) -> Bool {
        var words = 0
        var plainWords = 0
        for line in lines[start...].prefix(40) {
            let (depth, content) = unquoted(line)
            guard depth == level, indentation(of: content) >= 4,
                !content.allSatisfy(\.isWhitespace)
            else { break }
            let text = content.drop(while: \.isWhitespace)
            if text.hasPrefix("http://") || text.hasPrefix("https://") || text.hasPrefix("ftp://"),
                !text.contains(" ")
            {
                continue
            }
            if text.contains(where: { "{}=;<>$\\|#`".contains($0) }) || text.contains("  ")
                || text.contains("\t") || text.contains("()")
            {
                return true
            }
            for word in text.split(whereSeparator: \.isWhitespace) {
                words += 1
                let letters = word.filter { !".,:;!?'\"()-".contains($0) }
                if !letters.isEmpty, letters.allSatisfy(\.isLetter) { plainWords += 1 }
            }
        }
        return words > 0 && plainWords * 3 < words * 2
    }

    /// A line outside code. Its indentation, which Markdown would take away or read as code, is kept
    /// by spaces that it does not count as such; that of a list item and what hangs from it stays.
    private mutating func indented(_ content: Substring) -> String {
        let width = Self.indentation(of: content)
        let text = content.drop { $0 == " " || $0 == "\t" }
        let line = PlainLine.escaped(
            Substring(Self.trimmedEnd(text)),
            isAfterText: !isAfterBlank
        )
        if width < 4, PlainLine.isListItem(text) {
            isInList = true
        } else if width == 0 {
            isInList = false
        }
        guard width > 0 else { return line }
        if isInList, width < 6 { return String(repeating: " ", count: width) + line }
        return String(repeating: "\u{A0}", count: width) + line
    }
}
