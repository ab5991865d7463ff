/// Lays out Markdown that is still being written, for the preview of the composer. It shows what
/// the text will mean line by line; the server's own rendering decides in the end.
package enum MarkdownRenderer {
    package static func render(_ markdown: String, width: Int) -> RenderedPost {
        var reader = MarkdownReader(width: width)
        for line in markdown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            reader.read(line)
            if reader.writer.isFull { break }
        }
        return reader.finish()
    }
}

/// The state between two lines.
private struct MarkdownReader {
    var writer: BlockWriter
    /// The fence that ends the code being read, and the code so far.
    private var fence: (mark: Substring, code: String)?
    private var table: TableLayout?
    /// Quotes opened by `[quote]`.
    private var openQuotes = 0

    init(width: Int) {
        writer = BlockWriter(width: width)
    }

    mutating func finish() -> RenderedPost {
        if let open = fence {
            fence = nil
            writer.code(open.code)
        }
        endTable()
        return writer.finish()
    }

    mutating func read(_ line: Substring) {
        if let open = fence {
            if line.drop(while: { $0 == " " }).hasPrefix(open.mark) {
                fence = nil
                writer.code(open.code)
            } else {
                fence = (open.mark, open.code + line + "\n")
            }
            return
        }
        let (depth, rest) = MarkdownReader.quoteDepth(line)
        writer.endParagraph()
        let wanted = openQuotes + depth
        writer.close(to: min(wanted, writer.depth), gap: true)
        while writer.depth < wanted {
            writer.open(.quote)
        }
        block(rest)
    }

    private mutating func block(_ line: Substring) {
        let text = line.drop { $0 == " " }
        if !(text.hasPrefix("|") && text.dropFirst().contains("|")) {
            endTable()
        }
        if text.isEmpty {
            writer.endParagraph(gap: true)
        } else if text.hasPrefix("```") || text.hasPrefix("~~~") {
            fence = (text.prefix(3), "")
        } else if text.hasPrefix("[quote") {
            writer.endParagraph(gap: true)
            openQuotes = min(openQuotes + 1, Limits.nesting)
            writer.open(.quote)
            writer.write(MarkdownReader.quotedName(text) + ":", Style(.author, .strong))
            writer.endParagraph()
        } else if text.hasPrefix("[/quote]") {
            openQuotes = max(0, openQuotes - 1)
            writer.close(to: min(openQuotes, writer.depth), gap: true)
        } else if let level = MarkdownReader.headingLevel(text) {
            writer.endParagraph(gap: true)
            inline(text.dropFirst(level).drop { $0 == " " }, Style(.heading, .strong))
            writer.endParagraph(gap: true)
        } else if MarkdownReader.isRule(text) {
            writer.rule()
        } else if text.hasPrefix("|") {
            row(text)
        } else if let item = MarkdownReader.item(line) {
            for _ in 0..<min(item.indent / 2, Limits.nesting) {
                writer.open(.indent)
            }
            writer.open(.item(marker: item.marker, isUsed: false))
            inline(item.text, .text)
            writer.close(to: min(openQuotes, writer.depth), gap: false)
        } else {
            inline(text, .text)
        }
    }

    // MARK: Kinds of lines

    private static func quoteDepth(_ line: Substring) -> (Int, Substring) {
        var depth = 0
        var rest = line
        while depth < Limits.nesting {
            let next = rest.drop { $0 == " " }
            guard next.first == ">" else { break }
            depth += 1
            rest = next.dropFirst()
        }
        return (depth, depth > 0 && rest.first == " " ? rest.dropFirst() : rest)
    }

    private static func headingLevel(_ text: Substring) -> Int? {
        let level = text.prefix { $0 == "#" }.count
        guard (1...6).contains(level), text.dropFirst(level).first == " " else { return nil }
        return level
    }

    private static func isRule(_ text: Substring) -> Bool {
        let marks = text.filter { $0 != " " }
        guard marks.count >= 3, let first = marks.first, "-*_".contains(first) else { return false }
        return marks.allSatisfy { $0 == first }
    }

    private static func item(
        _ line: Substring
    ) -> (indent: Int, marker: String, text: Substring)? {
        let indent = line.prefix { $0 == " " }.count
        let text = line.dropFirst(indent)
        if let first = text.first, "-*+".contains(first), text.dropFirst().first == " " {
            return (indent, "\u{2022} ", text.dropFirst(2))
        }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard (1...9).contains(digits.count), text.dropFirst(digits.count).hasPrefix(". ") else {
            return nil
        }
        return (indent, digits + ". ", text.dropFirst(digits.count + 2))
    }

    private static func quotedName(_ text: Substring) -> String {
        let inside = text.dropFirst("[quote".count).drop { $0 == "=" || $0 == "\"" }
        return String(inside.prefix { $0 != "," && $0 != "\"" && $0 != "]" })
    }

    private mutating func row(_ text: Substring) {
        var cells = text.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
        if cells.last?.allSatisfy({ $0 == " " }) ?? false {
            cells.removeLast()
        }
        if cells.allSatisfy({ $0.allSatisfy { " -:".contains($0) } && !$0.isEmpty }) { return }
        let isFirst = table == nil
        var layout = table ?? TableLayout()
        layout.startRow()
        for cell in cells.prefix(Limits.tableColumns) {
            var inner = BlockWriter(width: Limits.measure)
            MarkdownReader.inline(
                Substring(String(cell).trimmed),
                isFirst ? Style(.heading, .strong) : .text,
                &inner
            )
            layout.add(inner.takeParagraph(), isHeading: isFirst)
        }
        table = layout
    }

    private mutating func endTable() {
        guard let done = table else { return }
        table = nil
        writer.table(done)
    }

    // MARK: Inside a line

    private mutating func inline(_ text: Substring, _ style: Style) {
        MarkdownReader.inline(text, style, &writer)
    }

    private static let marks: [(text: String, emphasis: Emphasis)] = [
        ("**", .strong), ("__", .strong), ("~~", .struck), ("*", .slanted), ("_", .slanted),
    ]

    /// Writes one line with its emphasis, code and links. Every step consumes something.
    private static func inline(_ text: Substring, _ base: Style, _ writer: inout BlockWriter) {
        var rest = text
        var emphasis: Emphasis = base.emphasis
        var plain = ""
        func flush() {
            writer.write(plain, Style(base.role, emphasis))
            plain = ""
        }
        while let first = rest.first {
            if first == "\\", let next = rest.dropFirst().first, next.isPunctuation {
                plain.append(next)
                rest = rest.dropFirst(2)
            } else if first == "`", let end = rest.dropFirst().firstIndex(of: "`") {
                flush()
                writer.write(String(rest[..<end].dropFirst()), Style(.code, emphasis))
                rest = rest[end...].dropFirst()
            } else if first == "[" || first == "!", let found = link(rest) {
                flush()
                let number = writer.link(found.url, isImage: first == "!")
                let mark = number.map { "[\($0)]" } ?? ""
                writer.write(
                    first == "!"
                        ? "[img\(number.map { " \($0)" } ?? ""): \(found.label)]" : found.label,
                    Style(.link, emphasis.union(.underlined))
                )
                if first == "[" {
                    writer.write(mark, .muted)
                }
                rest = found.rest
            } else if let mark = marks.first(where: { rest.hasPrefix($0.text) }),
                emphasis.contains(mark.emphasis) && !base.emphasis.contains(mark.emphasis)
                    ? plain.last != " " : opens(rest.dropFirst(mark.text.count), mark.text)
            {
                flush()
                emphasis.formSymmetricDifference(mark.emphasis)
                rest = rest.dropFirst(mark.text.count)
            } else {
                plain.append(first)
                rest = rest.dropFirst()
            }
        }
        flush()
    }

    /// Emphasis begins before a word, and only when its end is to be found.
    private static func opens(_ rest: Substring, _ mark: String) -> Bool {
        guard let next = rest.first, next != " " else { return false }
        return rest.contains(mark)
    }

    /// Longest label and address of a link that are looked for.
    private static let linkLength = 2000

    private static func link(
        _ text: Substring
    ) -> (label: String, url: String, rest: Substring)? {
        let inside = text.drop { $0 == "!" }
        guard inside.first == "[" else { return nil }
        let window = inside.prefix(linkLength)
        guard let middle = window.firstIndex(of: "]") else { return nil }
        let after = window[middle...].dropFirst()
        guard after.first == "(", let end = after.firstIndex(of: ")") else { return nil }
        return (
            String(inside[..<middle].dropFirst()), String(after[..<end].dropFirst()),
            text[end...].dropFirst()
        )
    }
}

extension Substring {
    /// Whether `text` occurs here.
    fileprivate func contains(_ text: String) -> Bool {
        guard let first = text.first else { return true }
        var rest = self
        while let place = rest.firstIndex(of: first) {
            rest = rest[place...]
            if rest.hasPrefix(text) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
