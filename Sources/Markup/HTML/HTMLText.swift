/// The text of HTML.
package enum HTMLText {
    /// What is shown of `html` as plain text: paragraphs apart by an empty line, list items with a
    /// dash or a number, images as their description, links as their text. For searching.
    package static func plain(html: String) -> String { plain(HTMLTree(parsing: html)) }

    /// As above, for a tree.
    package static func plain(_ tree: HTMLTree) -> String {
        var writer = PlainWriter()
        writer.write(tree)
        return writer.finish()
    }
}

/// Elements by the room they take in plain text.
enum TextLayout {
    /// Apart from what is around them by an empty line.
    static let paragraphs: Set<String> = [
        "p", "blockquote", "pre", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6",
        "aside", "details", "figure", "fieldset", "hr",
    ]
    /// On lines of their own.
    static let lines: Set<String> = [
        "div", "li", "tr", "dt", "dd", "section", "article", "header", "footer", "main", "nav",
        "address", "center", "caption", "summary", "figcaption", "legend", "dir", "menu", "br",
        "thead", "tbody", "tfoot",
    ]
}

private struct PlainWriter {
    private var out: [UInt8] = []
    /// Line ends to be written before the next text.
    private var pendingBreaks = 0
    private var pendingSpace = false
    private var preformatted = 0
    private var quotes = 0
    /// How many quotes the last line stands in.
    private var writtenQuotes = 0
    private var lists: [Int?] = []

    mutating func finish() -> String {
        String(decoding: out, as: UTF8.self)
    }

    mutating func write(_ tree: HTMLTree) {
        for step in HTMLWalk(tree) {
            switch step {
            case .leave(let index): leave(tree[index])
            case .enter(let index) where tree[index].kind == .text: text(tree[index].text)
            case .enter(let index): enter(tree[index])
            }
        }
    }

    private mutating func enter(_ node: HTMLTree.Node) {
        if TextLayout.paragraphs.contains(node.name) {
            breakLine(lists.isEmpty || node.name == "hr" ? 2 : 1)
        } else if TextLayout.lines.contains(node.name) {
            breakLine(1)
        }
        switch node.name {
        case "pre": preformatted += 1
        case "blockquote": quotes += 1
        case "ul": lists.append(nil)
        case "ol": lists.append(Int(node.attribute("start") ?? "") ?? 1)
        case "li": item()
        case "td", "th": pendingSpace = pendingSpace || node.previousSibling != HTMLTree.none
        case "img": text(node.attribute("alt") ?? node.attribute("title") ?? "")
        case "hr":
            text("---")
            breakLine(2)
        case "span" where node.classes.contains("chcklst-box"):
            text(node.classes.contains("checked") ? "[x]" : "[ ]")
        default: break
        }
    }

    private mutating func leave(_ node: HTMLTree.Node) {
        switch node.name {
        case "pre": preformatted -= 1
        case "blockquote":
            breakLine(2)
            quotes -= 1
        case "ul", "ol": lists.removeLast()
        default: break
        }
        if TextLayout.paragraphs.contains(node.name) {
            breakLine(lists.isEmpty ? 2 : 1)
        } else if TextLayout.lines.contains(node.name), node.name != "br" {
            breakLine(1)
        }
    }

    private mutating func item() {
        guard let list = lists.last else {
            text("- ")
            return
        }
        let indent = String(repeating: "  ", count: min(lists.count - 1, 20))
        flush()
        if let number = list {
            lists[lists.count - 1] = number &+ 1
            out.append(contentsOf: "\(indent)\(number). ".utf8)
        } else {
            out.append(contentsOf: "\(indent)- ".utf8)
        }
    }

    private mutating func breakLine(_ count: Int) {
        pendingSpace = false
        if !out.isEmpty {
            pendingBreaks = max(pendingBreaks, count)
        }
    }

    private mutating func flush() {
        if pendingBreaks > 0 {
            out.append(0x0a)
            if pendingBreaks > 1 {
                // A quote goes on through the empty line between its paragraphs.
                for _ in 0..<min(quotes, writtenQuotes, 20) {
                    out.append(contentsOf: "> ".utf8)
                }
                if out.last == 0x20 {
                    out.removeLast()
                }
                out.append(0x0a)
            }
            quotePrefix()
        } else if out.isEmpty {
            quotePrefix()
        } else if pendingSpace, let last = out.last, last != 0x20, last != 0x0a {
            out.append(0x20)
        }
        pendingBreaks = 0
        pendingSpace = false
    }

    private mutating func quotePrefix() {
        writtenQuotes = quotes
        for _ in 0..<min(quotes, 20) {
            out.append(contentsOf: "> ".utf8)
        }
    }

    private mutating func text(_ text: String) {
        guard preformatted == 0 else {
            self.preformattedText(text)
            return
        }
        for byte in text.utf8 {
            if Bytes.isSpace(byte) {
                pendingSpace = pendingSpace || !out.isEmpty
                continue
            }
            if pendingBreaks > 0 || pendingSpace || out.isEmpty {
                flush()
            }
            out.append(byte)
        }
    }

    private mutating func preformattedText(_ text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true {
            lines.removeLast()
        }
        for (index, line) in lines.enumerated() {
            if index > 0 {
                out.append(0x0a)
                quotePrefix()
            } else {
                flush()
            }
            out.append(contentsOf: line.utf8)
        }
        if text.hasSuffix("\n") {
            pendingBreaks = max(pendingBreaks, 1)
        }
    }
}
