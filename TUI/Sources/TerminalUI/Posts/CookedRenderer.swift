/// Lays out the HTML of a cooked post as styled lines.
package enum CookedRenderer {
    /// Lines of at most `width` columns. Never fails: what it does not know it reads as text.
    ///
    /// - Parameters:
    ///   - isOpen: Shows what details and spoilers hide.
    ///   - withPolls: Shows polls as the text has them, without votes.
    package static func render(
        _ html: String,
        width: Int,
        isOpen: Bool = true,
        withPolls: Bool = true
    ) -> RenderedPost {
        var renderer = Renderer(width: width, isOpen: isOpen, withPolls: withPolls)
        for token in HTMLTokenizer(html) {
            renderer.read(token)
            if renderer.writer.isFull { break }
        }
        return renderer.finish()
    }
}

/// The state between two tokens.
private struct Renderer {
    /// An element that is open and what was true before it.
    struct Element {
        var name: String
        var style: Style
        /// Containers of the writer that were open before.
        var depth: Int
        var link: String?
        /// The next number of an ordered list; nil for the others.
        var counter: Int?
        /// Its text shows when somebody asks for it.
        var isSpoiler = false
    }

    var writer: BlockWriter
    private var elements: [Element] = []
    private var style = Style.text
    /// The element whose content is left out, and how deep elements of its name stand in it.
    private var skipping: (name: String, depth: Int)?
    private var code: String?
    private var table: TableLayout?
    private var cell: BlockWriter?
    private let isOpen: Bool
    private let withPolls: Bool

    init(width: Int, isOpen: Bool, withPolls: Bool) {
        writer = BlockWriter(width: width)
        self.isOpen = isOpen
        self.withPolls = withPolls
    }

    /// Inside of something that is not to be read yet.
    private var isHidden: Bool { !isOpen && elements.contains { $0.isSpoiler } }

    private static let void: Set<String> = [
        "br", "hr", "img", "input", "wbr", "meta", "link", "source", "col",
    ]

    mutating func read(_ token: HTMLToken) {
        if skip(token) { return }
        switch token {
        case .text(let text): write(text)
        case .open(let tag): open(tag)
        case .close(let name): close(name)
        }
    }

    mutating func finish() -> RenderedPost {
        if let text = code {
            code = nil
            writer.code(text)
        }
        endTable()
        return writer.finish()
    }

    // MARK: Text

    private mutating func write(_ text: String) {
        let text = isHidden ? Renderer.covered(text) : text
        if code != nil {
            code?.append(text)
        } else if cell != nil {
            cell?.write(flowing: text, style)
        } else if table == nil {
            writer.write(flowing: text, style)
        }
    }

    /// Every letter becomes a block.
    private static func covered(_ text: String) -> String {
        String(text.map { $0.isWhitespace ? $0 : "\u{2592}" })
    }

    /// Text that belongs to the layout and not to the post.
    private mutating func writeMark(_ text: String, _ style: Style) {
        if cell != nil {
            cell?.write(text, style)
        } else {
            writer.write(text, style)
        }
    }

    // MARK: Elements that are left out

    private mutating func skip(_ token: HTMLToken) -> Bool {
        guard let current = skipping else { return false }
        switch token {
        case .open(let tag) where tag.name == current.name:
            skipping = (current.name, current.depth + 1)
        case .close(current.name) where current.depth == 0:
            skipping = nil
            // Closed details are an open element, which ends in the usual way.
            return current.name != "details"
        case .close(current.name):
            skipping = (current.name, current.depth - 1)
        default:
            break
        }
        return true
    }

    private func isLeftOut(_ tag: HTMLTag) -> Bool {
        switch tag.name {
        case "svg", "script", "style", "template", "noscript": true
        case "div":
            tag.hasClass("meta") || tag.hasClass("quote-controls")
                || (!withPolls && tag.hasClass("poll"))
        case "a": tag.hasClass("anchor")
        default: false
        }
    }

    // MARK: Opening

    private mutating func open(_ tag: HTMLTag) {
        guard code == nil else { return }
        if isLeftOut(tag) {
            skipping = (tag.name, 0)
            return
        }
        if Renderer.void.contains(tag.name) {
            openVoid(tag)
            return
        }
        guard elements.count < Limits.openElements else { return }
        var element = Element(name: tag.name, style: style, depth: writer.depth)
        element.isSpoiler = tag.hasClass("spoiler") || tag.hasClass("spoiled")
        if table != nil, openInTable(tag) {
            elements.append(element)
            return
        }
        openInline(tag, &element)
        openBlock(tag, &element)
        elements.append(element)
    }

    private mutating func openVoid(_ tag: HTMLTag) {
        switch tag.name {
        case "br":
            if cell != nil {
                cell?.write(" ", style)
            } else {
                writer.lineBreak()
            }
        case "hr" where table == nil:
            writer.rule()
        case "img":
            image(tag)
        default:
            break
        }
    }

    private mutating func image(_ tag: HTMLTag) {
        if tag.hasClass("avatar") || tag.hasClass("site-icon") { return }
        let label = tag.attributes["alt"] ?? tag.attributes["title"] ?? ""
        if tag.hasClass("emoji") {
            write(label)
            return
        }
        let number = writer.link(linkInForce ?? tag.attributes["src"] ?? "", isImage: true)
        var text = "[img"
        text += number.map { " \($0)" } ?? ""
        text += label.isEmpty ? "" : ": " + label.prefix(Limits.fieldCharacters)
        if let width = tag.attributes["width"], let height = tag.attributes["height"],
            width.utf8.count < 6, height.utf8.count < 6
        {
            text += ", \(width)\u{D7}\(height)"
        }
        writeMark(text + "]", Style(.link, .slanted))
    }

    private var linkInForce: String? {
        elements.last { $0.link != nil }?.link
    }

    private mutating func openInline(_ tag: HTMLTag, _ element: inout Element) {
        switch tag.name {
        case "em", "i", "cite", "var", "dfn": style = style.adding(.slanted)
        case "strong", "b", "th": style = style.adding(.strong)
        case "s", "del", "strike": style = style.adding(.struck)
        case "ins", "u": style = style.adding(.underlined)
        case "mark": style = style.adding(.selected)
        case "code", "kbd", "tt", "samp": style = Style(.code, style.emphasis)
        case "small", "sub", "sup": style = Style(.muted, style.emphasis)
        case "a" where tag.hasClass("mention") || tag.hasClass("mention-group"):
            style = Style(.author, style.emphasis)
        case "span" where tag.hasClass("mention"):
            style = Style(.author, style.emphasis)
        case "a" where tag.hasClass("hashtag-cooked") || tag.hasClass("hashtag"):
            style = Style(.category, style.emphasis)
        case "a":
            element.link = tag.attributes["href"]
            style = Style(.link, style.emphasis.union(.underlined))
        case "iframe", "video", "audio":
            let number = writer.link(tag.attributes["src"] ?? "")
            writeMark("[\(tag.name)\(number.map { " \($0)" } ?? "")]", Style(.link, .slanted))
        default:
            break
        }
    }

    private mutating func openBlock(_ tag: HTMLTag, _ element: inout Element) {
        guard table == nil else { return }
        switch tag.name {
        case "p", "div", "section", "article", "header", "dl", "dd", "dt", "figure", "summary":
            writer.endParagraph()
            style = tag.name == "summary" ? style.adding(.strong) : style
            if tag.name == "summary" {
                writer.write(isOpen ? "\u{25BE} " : "\u{25B8} ", .muted)
            } else if tag.hasClass("title"), isInQuote {
                style = Style(.author, .strong)
            }
        case "h1", "h2", "h3", "h4", "h5", "h6":
            writer.endParagraph(gap: true)
            style = Style(.heading, .strong)
        case "pre":
            writer.endParagraph(gap: true)
            code = ""
        case "aside", "details":
            writer.endParagraph(gap: true)
            writer.open(.quote)
        case "blockquote":
            // The quote of an aside has its bar already.
            guard elements.last?.name != "aside" else { break }
            writer.endParagraph(gap: true)
            writer.open(.quote)
        case "ul", "ol":
            writer.endParagraph(gap: !isInList)
            element.counter = tag.name == "ol" ? Int(tag.attributes["start"] ?? "") ?? 1 : nil
        case "li":
            openItem()
        case "table":
            writer.endParagraph(gap: true)
            table = TableLayout()
        default:
            break
        }
    }

    private var isInQuote: Bool { elements.last?.name == "aside" }
    private var isInList: Bool { elements.contains { $0.name == "li" } }

    private mutating func openItem() {
        // An item ends the one before it even when its end tag is missing.
        if let last = elements.last, last.name == "li" {
            close("li")
        }
        guard let list = elements.lastIndex(where: { $0.name == "ol" || $0.name == "ul" }),
            let number = elements[list].counter
        else {
            writer.open(.item(marker: "\u{2022} ", isUsed: false))
            return
        }
        elements[list].counter = number &+ 1
        writer.open(.item(marker: "\(number). ", isUsed: false))
    }

    /// True when the tag belongs to the table itself.
    private mutating func openInTable(_ tag: HTMLTag) -> Bool {
        switch tag.name {
        case "tr":
            endCell(isHeading: false)
            table?.startRow()
        case "td", "th":
            endCell(isHeading: elements.last?.name == "th")
            cell = BlockWriter(width: Limits.measure)
            style = tag.name == "th" ? Style(.heading, .strong) : .text
        case "thead", "tbody", "tfoot", "colgroup", "caption":
            break
        default:
            return false
        }
        return true
    }

    private mutating func endCell(isHeading: Bool) {
        guard let cells = cell?.takeParagraph() else { return }
        table?.add(cells, isHeading: isHeading)
        cell = nil
    }

    private mutating func endTable() {
        endCell(isHeading: false)
        if let done = table {
            table = nil
            writer.table(done)
        }
    }

    // MARK: Closing

    private mutating func close(_ name: String) {
        if let text = code {
            guard name == "pre" else { return }
            code = nil
            writer.code(text)
        }
        guard let index = elements.lastIndex(where: { $0.name == name }) else { return }
        for element in elements[index...].reversed() {
            leave(element)
        }
        style = elements[index].style
        elements.removeSubrange(index...)
    }

    private mutating func leave(_ element: Element) {
        switch element.name {
        case "a":
            if let url = element.link, !url.hasPrefix("#"), let number = writer.link(url) {
                writeMark("[\(number)]", .muted)
            }
        case "td", "th":
            endCell(isHeading: element.name == "th")
        case "table":
            endTable()
        case "summary" where !isOpen && table == nil:
            // Details stay closed: their text begins where the summary ends.
            writer.endParagraph()
            skipping = ("details", 0)
        case "p", "h1", "h2", "h3", "h4", "h5", "h6", "dl":
            if table == nil {
                writer.endParagraph(gap: true)
            }
        case "div", "section", "article", "header", "figure", "dd", "dt", "summary":
            if table == nil {
                writer.endParagraph()
            }
        case "aside", "details", "blockquote":
            writer.endParagraph()
            writer.close(to: element.depth, gap: true)
        case "li":
            writer.endParagraph()
            writer.close(to: element.depth, gap: false)
        case "ul", "ol":
            writer.endParagraph(gap: !elements.dropLast().contains { $0.name == "li" })
        default:
            break
        }
    }
}
