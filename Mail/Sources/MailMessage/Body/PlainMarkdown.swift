extension PlainText {
    /// Plain text, whose author knew nothing of Markdown, as Markdown that looks the same: its special
    /// characters escaped, its indentation kept, its quotes told apart from text. Closed code fences
    /// stay; an address that is given twice in a row is given once.
    package static func markdown(
        _ text: String,
        isFlowed: Bool = false,
        deletesSpace: Bool = false
    ) -> String {
        let lines = LineEnds.split(isFlowed ? unflowed(text, deletesSpace: deletesSpace) : text)
        let kinds = ReplyClassifier.classify(lines)
        var writer = MarkdownWriter()
        for (line, kind) in zip(lines, kinds) {
            if kind == .code, line.first != ">" {
                writer.appendCode(String(line))
            } else {
                writer.append(line)
            }
        }
        return writer.output.joined(separator: "\n")
    }
}

/// Writes lines of mail as lines of Markdown.
private struct MarkdownWriter {
    private(set) var output: [String] = []
    private var depth = 0
    private var wasBlank = false

    mutating func appendCode(_ line: String) {
        output.append(line)
        depth = 0
        wasBlank = false
    }

    mutating func append(_ line: Substring) {
        let quotes = line.prefix { $0 == ">" }
        let level = quotes.count
        var content = line.dropFirst(level)
        if level > 0, let first = content.first, first == " " || first == "\t" {
            content = content.dropFirst()
        }
        let isBlank = content.allSatisfy(\.isWhitespace)
        if isBlank {
            if wasBlank, level == depth { return }
        } else if level < depth, !wasBlank {
            // Without it the line would still belong to the quote above.
            output.append(String(quotes))
        }
        depth = level
        wasBlank = isBlank
        let text = isBlank && level > 0 ? "" : Self.indented(content)
        output.append(level > 0 && !text.isEmpty ? "\(quotes) \(text)" : "\(quotes)\(text)")
    }

    /// Leading white space, which Markdown would take away or read as code.
    private static func indented(_ content: Substring) -> String {
        let blanks = content.prefix { $0 == " " || $0 == "\t" }
        let width = blanks.reduce(0) { $0 + ($1 == "\t" ? 2 : 1) }
        let text = content.dropFirst(blanks.count)
        guard width > 1, !text.isEmpty else { return blanks + escaped(text) }
        return String(repeating: "&nbsp;", count: width) + escaped(text)
    }

    // MARK: Escaping

    private static func escaped(_ text: Substring) -> String {
        var output = ""
        var rest = text
        var lastLink: Substring?
        while let start = linkStart(in: rest) {
            let before = rest[..<start]
            let link = rest[start...].prefix {
                !$0.isWhitespace && $0 != "<" && $0 != ">" && $0 != ")"
            }
            let isRepeated = lastLink == link && isWrapping(before)
            if !isRepeated { output += escapedText(before) + link }
            rest = rest[link.endIndex...]
            if isRepeated, let close = closing(of: before), rest.first == close {
                rest = rest.dropFirst()
            }
            lastLink = link
        }
        return output + escapedText(rest)
    }

    private static func linkStart(in text: Substring) -> Substring.Index? {
        var rest = text
        while let h = rest.firstIndex(of: "h") {
            let tail = rest[h...]
            if tail.hasPrefix("http://") || tail.hasPrefix("https://") { return h }
            rest = tail.dropFirst()
        }
        return nil
    }

    /// What may stand between an address and its repetition: a space, and a bracket that opens.
    private static func isWrapping(_ text: Substring) -> Bool {
        [" ", " <", " ("].contains(text)
    }

    private static func closing(of text: Substring) -> Character? {
        switch text.last {
        case "<": ">"
        case "(": ")"
        default: nil
        }
    }

    private static func escapedText(_ text: Substring) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "-", ".", "!", "~":
                output.unicodeScalars.append("\\")
                output.unicodeScalars.append(scalar)
            case "'": output += "&#39;"
            case "\"": output += "&quot;"
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}
