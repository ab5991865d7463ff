/// Writes a tree of HTML as Markdown. Every element whose text must be known before it can be
/// written (a quote, an item, emphasis, a cell) collects it in a frame of its own.
struct MarkdownWriter {
    enum Kind {
        case document
        case strong
        case emphasis
        case strike
        case link(String)
        case code
        case kept(String)
        case heading(Int)
        case quote
        case item
        case pre
        case table
        case cell
        /// Takes part in nothing: an element within one of its own kind.
        case plain
    }

    struct Frame {
        var kind: Kind
        var element: Int
        var text: [UInt8] = []
        /// Line ends and space before the first text, for the frame around this one.
        var leadingBreaks = 0
        var leadingSpace = false
        /// Line ends and space that the next text is to follow.
        var breaks = 0
        var space = false
        /// Whether the text holds more than lines of text.
        var hasBlocks = false
        var language = ""
        var rows: [[[UInt8]]] = []
        var isDataTable = true
        /// Whether a cell holds paragraphs, or a table of its own.
        var hasParagraphs = false
    }

    let options: HTMLToMarkdown.Options
    private var frames = [Frame(kind: .document, element: 0)]
    private var lists: [Int?] = []
    private var preformatted = 0
    private var strong = 0
    private var emphasis = 0
    private var links = 0
    private var codes = 0
    private var containers = 0

    init(options: HTMLToMarkdown.Options) {
        self.options = options
    }

    mutating func finish() -> String {
        String(String(decoding: frames[0].text, as: UTF8.self).trimmingSpaces())
    }

    mutating func write(_ tree: HTMLTree) {
        var walk = HTMLWalk(tree)
        while let step = walk.next() {
            switch step {
            case .leave(let index):
                leave(tree[index], index)
            case .enter(let index):
                let node = tree[index]
                if node.kind == .text {
                    text(node.text)
                } else if HiddenElement.isHidden(node) {
                    walk.skipContent()
                } else {
                    enter(node, index)
                }
            }
        }
    }

    // MARK: Elements

    private mutating func enter(_ node: HTMLTree.Node, _ index: Int) {
        if preformatted > 0 {
            if node.name == "br" {
                frames[frames.count - 1].text.append(0x0a)
            } else if node.name == "code" {
                language(of: node)
            }
            return
        }
        if TextLayout.paragraphs.contains(node.name) {
            breakLine(node.name == "ul" || node.name == "ol" ? (lists.isEmpty ? 2 : 1) : 2)
        } else if TextLayout.lines.contains(node.name), node.name != "br" {
            breakLine(1)
        }
        guard let kind = kind(of: node) else {
            single(node)
            return
        }
        frames.append(Frame(kind: kind, element: index))
        count(kind, by: 1)
        if case .pre = kind {
            language(of: node)
        }
    }

    /// The frame that an element opens, or nil when it opens none.
    private func kind(of node: HTMLTree.Node) -> Kind? {
        switch node.name {
        case "b", "strong": return strong > 0 || codes > 0 ? .plain : .strong
        case "i", "em", "cite", "dfn", "var": return emphasis > 0 || codes > 0 ? .plain : .emphasis
        case "s", "strike": return codes > 0 ? .plain : .strike
        case "a": return links > 0 ? .plain : .link(address(node.attribute("href")) ?? "")
        case "code", "tt", "samp": return codes > 0 ? .plain : .code
        case "ins", "del", "sub", "sup", "mark", "small", "kbd": return .kept(node.name)
        case "abbr", "acronym":
            guard let title = node.attribute("title"), !title.isEmpty else {
                return nil
            }
            return .kept("abbr title=\"\(Escape.html(title))\"")
        case "h1", "h2", "h3", "h4", "h5", "h6":
            return .heading(Int(node.name.dropFirst()) ?? 1)
        case "blockquote": return containers < 40 ? .quote : .plain
        case "li": return containers < 40 ? .item : .plain
        case "pre": return .pre
        case "table": return .table
        case "td", "th": return .cell
        default: return nil
        }
    }

    private mutating func count(_ kind: Kind, by step: Int) {
        switch kind {
        case .strong: strong += step
        case .emphasis: emphasis += step
        case .link: links += step
        case .code: codes += step
        case .pre: preformatted += step
        case .quote, .item: containers += step
        default: break
        }
    }

    /// Writes what an element without a frame stands for.
    private mutating func single(_ node: HTMLTree.Node) {
        switch node.name {
        case "br":
            if case .heading = frames[frames.count - 1].kind {
                frames[frames.count - 1].space = true
            } else {
                frames[frames.count - 1].breaks += 1
            }
        case "hr":
            append(Array("---".utf8), isBlock: true)
            breakLine(2)
        case "img": image(node)
        case "ul": lists.append(nil)
        case "ol": lists.append(Int(node.attribute("start") ?? "") ?? 1)
        case "q": append([UInt8(ascii: "\"")])
        case "tr":
            if case .table = frames[frames.count - 1].kind {
                frames[frames.count - 1].rows.append([])
            }
        default: break
        }
    }

    private mutating func leave(_ node: HTMLTree.Node, _ index: Int) {
        if frames.count > 1, frames[frames.count - 1].element == index, let frame = frames.popLast()
        {
            count(frame.kind, by: -1)
            close(frame)
        } else if preformatted > 0 {
            return
        }
        switch node.name {
        case "ul", "ol":
            if !HiddenElement.isHidden(node) {
                lists.removeLast()
            }
            breakLine(lists.isEmpty ? 2 : 1)
        case "q" where !HiddenElement.isHidden(node): append([UInt8(ascii: "\"")])
        case "br": break
        default:
            if TextLayout.paragraphs.contains(node.name) {
                breakLine(2)
            } else if TextLayout.lines.contains(node.name) {
                breakLine(1)
            }
        }
    }

    // MARK: Text

    private mutating func breakLine(_ count: Int) {
        let top = frames.count - 1
        frames[top].space = false
        frames[top].breaks = max(frames[top].breaks, count)
    }

    /// Writes the line ends or the space that wait, before a text.
    private mutating func flush() {
        let top = frames.count - 1
        if frames[top].text.isEmpty {
            frames[top].leadingBreaks = max(frames[top].leadingBreaks, frames[top].breaks)
            frames[top].leadingSpace = frames[top].leadingSpace || frames[top].space
        } else if frames[top].breaks > 0 {
            for _ in 0..<min(frames[top].breaks, 2) {
                frames[top].text.append(0x0a)
            }
        } else if frames[top].space {
            frames[top].text.append(0x20)
        }
        frames[top].breaks = 0
        frames[top].space = false
    }

    /// Appends written Markdown.
    private mutating func append(_ bytes: [UInt8], isBlock: Bool = false) {
        guard !bytes.isEmpty else {
            return
        }
        flush()
        frames[frames.count - 1].text.append(contentsOf: bytes)
        if isBlock {
            frames[frames.count - 1].hasBlocks = true
        }
    }

    private mutating func text(_ text: String) {
        let top = frames.count - 1
        guard preformatted == 0 else {
            frames[top].text.append(contentsOf: text.utf8)
            return
        }
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let isFixedSpace = byte == 0xc2 && index + 1 < bytes.count && bytes[index + 1] == 0xa0
            if Bytes.isSpace(byte) || isFixedSpace {
                frames[top].space = true
                index += isFixedSpace ? 2 : 1
                continue
            }
            // Marks that keep preheaders apart from what follows show nothing.
            if let width = HiddenElement.invisible(bytes, at: index) {
                index += width
                continue
            }
            let startsLine = frames[top].breaks > 0 || frames[top].text.isEmpty
            flush()
            if codes == 0, Self.needsEscape(bytes, index, startsLine: startsLine) {
                frames[top].text.append(UInt8(ascii: "\\"))
            }
            frames[top].text.append(byte)
            index += 1
        }
    }

    /// Whether a sign would be taken for the beginning of a tag or of a heading. Others are left,
    /// as writers of plain text mean them.
    private static func needsEscape(_ bytes: [UInt8], _ index: Int, startsLine: Bool) -> Bool {
        switch bytes[index] {
        case UInt8(ascii: "<"):
            guard index + 1 < bytes.count else {
                return false
            }
            let next = bytes[index + 1]
            return Bytes.isLetter(next) || next == UInt8(ascii: "/") || next == UInt8(ascii: "!")
                || next == UInt8(ascii: "?")
        case UInt8(ascii: "#") where startsLine:
            let run = bytes[index...].prefix { $0 == UInt8(ascii: "#") }
            return run.count <= 6 && run.endIndex < bytes.count && bytes[run.endIndex] == 0x20
        default:
            return false
        }
    }

    // MARK: Frames

    /// Writes a frame that ends into the one around it.
    private mutating func close(_ frame: Frame) {
        switch frame.kind {
        case .document: break
        case .plain: inline(frame, frame.text)
        case .strong: inline(frame, emphasised(frame, "**", "__"))
        case .emphasis: inline(frame, emphasised(frame, "*", "_"))
        case .strike: inline(frame, emphasised(frame, "~~", "~~"))
        case .link(let address): inline(frame, MarkdownForm.link(frame.text, address))
        case .code: inline(frame, MarkdownForm.code(frame.text))
        case .kept(let tag):
            let name = String(tag.prefix { $0 != " " })
            inline(frame, MarkdownForm.wrapped(frame.text, "<\(tag)>", "</\(name)>"))
        case .heading(let level):
            let marks = [UInt8](repeating: UInt8(ascii: "#"), count: level) + [0x20]
            let line = MarkdownForm.oneLine(frame.text)
            append(line.isEmpty ? [] : marks + line, isBlock: true)
        case .quote:
            append(MarkdownForm.prefixed(frame.text, first: "> ", rest: "> "), isBlock: true)
        case .item: close(item: frame)
        case .pre: append(MarkdownForm.fenced(frame.text, language: frame.language), isBlock: true)
        case .table: close(table: frame)
        case .cell: close(cell: frame)
        }
    }

    /// Passes on what stands around a text, and the text.
    private mutating func inline(_ frame: Frame, _ text: [UInt8]) {
        pass(breaks: frame.leadingBreaks, space: frame.leadingSpace)
        append(text, isBlock: frame.hasBlocks)
        pass(breaks: frame.breaks, space: frame.space)
    }

    private mutating func pass(breaks: Int, space: Bool) {
        let top = frames.count - 1
        frames[top].breaks = max(frames[top].breaks, breaks)
        frames[top].space = frames[top].space || space
    }

    private func emphasised(_ frame: Frame, _ mark: String, _ other: String) -> [UInt8] {
        guard !frame.hasBlocks else {
            return frame.text
        }
        return MarkdownForm.emphasised(frame.text, Array(mark.utf8), Array(other.utf8))
    }

    private mutating func close(item frame: Frame) {
        var marker = "- "
        if let list = lists.last, let number = list {
            marker = "\(max(0, min(number, 999_999_999))). "
        }
        let indent = String(repeating: " ", count: marker.utf8.count)
        append(MarkdownForm.prefixed(frame.text, first: marker, rest: indent), isBlock: true)
        pass(breaks: frame.text.isEmpty ? 0 : frame.breaks, space: false)
    }

    private mutating func close(cell frame: Frame) {
        let top = frames.count - 1
        guard case .table = frames[top].kind else {
            inline(frame, frame.text)
            return
        }
        if frame.hasBlocks || frame.text.contains(0x0a) {
            frames[top].isDataTable = false
        }
        if max(frame.leadingBreaks, frame.breaks) > 1 {
            frames[top].hasParagraphs = true
        }
        if frames[top].rows.isEmpty {
            frames[top].rows.append([])
        }
        frames[top].rows[frames[top].rows.count - 1].append(frame.text)
    }

    private mutating func close(table frame: Frame) {
        if !frame.text.isEmpty {
            append(frame.text, isBlock: frame.hasBlocks)
            breakLine(2)
        }
        let rows = frame.rows.filter { !$0.isEmpty }
        let columns = rows.first?.count ?? 0
        if frame.isDataTable, (2...Limits.tableColumns).contains(columns),
            rows.allSatisfy({ $0.count == columns })
        {
            append(MarkdownForm.table(rows), isBlock: true)
            return
        }
        // A table that only places things on the page is read cell by cell.
        for row in rows {
            let isInline = !frame.hasParagraphs && !row.contains { $0.contains(0x0a) }
            for cell in row where !cell.isEmpty {
                append(cell, isBlock: !frame.isDataTable)
                if isInline {
                    frames[frames.count - 1].space = true
                } else {
                    breakLine(2)
                }
            }
            if isInline, row.count > 1, !frames[frames.count - 1].text.isEmpty {
                // Discourse leaves the space that would keep the next cell apart.
                frames[frames.count - 1].text.append(0x20)
            }
            breakLine(1)
        }
    }

    // MARK: Addresses

    private mutating func language(of node: HTMLTree.Node) {
        if let name = CodeLanguage.name(node.classes) { frames[frames.count - 1].language = name }
    }

    /// A link's address, when it is absolute and of a scheme that stays.
    private func address(_ value: String?) -> String? {
        let bytes = value.map { Array($0.utf8).filter { $0 > 0x20 && $0 != 0x7f } } ?? []
        guard bytes.count <= Limits.addressBytes,
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            options.schemes.contains(Bytes.lowercased(bytes[..<colon])), colon + 1 < bytes.count
        else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func image(_ node: HTMLTree.Node) {
        let source = node.attribute("src") ?? ""
        let width = Int(node.attribute("width") ?? "")
        let height = Int(node.attribute("height") ?? "")
        // An image of no size counts its readers.
        if width == 0 || height == 0 || (width == 1 && height == 1) {
            return
        }
        let isEmbedded = Bytes.matches(Array(source.utf8.prefix(4)), 0, "cid:")
        guard isEmbedded ? options.keepEmbeddedImages : address(source) != nil else {
            return
        }
        guard !options.keepImageTags, !isEmbedded else {
            let kept = node.attributes.filter {
                ["src", "alt", "title", "width", "height"].contains($0.name)
            }
            let attributes = kept.map { " \($0.name)=\"\(Escape.html($0.value))\"" }
            append(Array("<img\(attributes.joined())>".utf8))
            return
        }
        var name = node.attribute("alt") ?? ""
        if name.isEmpty {
            name = node.attribute("title") ?? ""
        }
        name = name.filter { $0 != "[" && $0 != "]" && $0 != "|" && !$0.isNewline }
        if let width, let height, width > 0, height > 0 {
            name += "|\(width)x\(height)"
        }
        let target = MarkdownForm.destination(address(source) ?? "")
        append(Array("![\(name)](\(target))".utf8))
    }
}

/// What does not show.
enum HiddenElement {
    /// Whether an element is hidden by its attribute or by its style, as the lines before a
    /// newsletter's text are.
    static func isHidden(_ node: HTMLTree.Node) -> Bool {
        if node.attribute("hidden") != nil {
            return true
        }
        guard let style = node.attribute("style"), !style.isEmpty else {
            return false
        }
        let rules = Bytes.lowercased(style.utf8.filter { !Bytes.isSpace($0) })
        for rule in rules.split(separator: ";") {
            switch rule {
            case "display:none", "display:none!important", "visibility:hidden", "mso-hide:all",
                "max-height:0", "max-height:0px", "font-size:0", "font-size:0px", "opacity:0":
                return true
            default: continue
            }
        }
        return false
    }

    /// The width of an invisible character: zero-width space and joiners, soft hyphen at the
    /// ends of words, combining grapheme joiner, byte order mark.
    static func invisible(_ bytes: [UInt8], at index: Int) -> Int? {
        switch bytes[index] {
        case 0xcd where index + 1 < bytes.count && bytes[index + 1] == 0x8f:
            return 2
        case 0xe2
        where index + 2 < bytes.count && bytes[index + 1] == 0x80
            && bytes[index + 2] == 0x8b:
            return 3
        case 0xef
        where index + 2 < bytes.count && bytes[index + 1] == 0xbb
            && bytes[index + 2] == 0xbf:
            return 3
        default:
            return nil
        }
    }
}
