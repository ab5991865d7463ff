/// Writes a tree of cooked HTML as the lines of a mail: paragraphs wrapped to the width that the quotes
/// and lists around them leave.
struct MailTextWriter {
    /// What stands before the lines of a quote or an item.
    private struct Container {
        /// Before the first line, until that is written.
        var marker: String
        let rest: String
        let element: Int
        var isUsed = false

        var isQuote: Bool { rest == MailTextWriter.quoteMark }
    }

    private struct OpenLink {
        let element: Int
        let address: String
        /// Bytes of the paragraph before its text.
        let start: Int
    }

    private(set) var references: MailText.References
    private let baseURL: String
    private let page: String
    private let labels: MailText.Labels
    private let columns: Int

    private var lines: [String] = []
    private var containers: [Container] = []
    private var lists: [Int?] = []
    private var links: [OpenLink] = []
    private var marks: [String: Int] = [:]
    private var paragraph = ""
    private var isSpaceDue = false
    private var isGapDue = false
    /// Code as it stands, while there is some.
    private var code: [UInt8]?
    private var language = ""
    private var table: (layout: TextTable, element: Int)?

    private static let quoteMark = "> "
    /// Columns that text keeps, whatever holds it.
    private static let leastColumns = 24

    init(
        baseURL: String,
        page: String,
        labels: MailText.Labels,
        references: MailText.References,
        columns: Int
    ) {
        self.baseURL = baseURL
        self.page = page
        self.labels = labels
        self.references = references
        self.columns = columns
    }

    mutating func finish() -> [String] {
        endParagraph()
        return lines
    }

    mutating func write(_ tree: HTMLTree) {
        var walk = HTMLWalk(tree)
        while let step = walk.next() {
            switch step {
            case .leave(let index): leave(tree[index], index)
            case .enter(let index) where tree[index].kind == .text: text(tree[index].text)
            case .enter(let index):
                if HiddenElement.isHidden(tree[index]) || !enter(tree[index], index, tree) {
                    walk.skipContent()
                }
            }
        }
    }

    // MARK: Elements

    /// - Returns: Whether the content is to be read.
    private mutating func enter(_ node: HTMLTree.Node, _ index: Int, _ tree: HTMLTree) -> Bool {
        if code != nil {
            if node.name == "code" { language = CodeLanguage.name(node.classes) ?? language }
            return true
        }
        let classes = node.classes
        if classes.contains("spoiler") || classes.contains("spoiled") {
            layOut(node)
            stand("[\(labels.spoiler)]", for: page)
            return false
        }
        layOut(node)
        guard enterBlock(node, classes, index, tree) else { return false }
        return enterInline(node, classes, index)
    }

    private mutating func enterBlock(
        _ node: HTMLTree.Node,
        _ classes: [String],
        _ index: Int,
        _ tree: HTMLTree
    ) -> Bool {
        switch node.name {
        case "pre" where table == nil:
            code = []
            language = ""
        case "aside" where classes.contains("quote"):
            if let name = node.attribute("data-username"), !name.isEmpty {
                text(labels.wrote(name))
                endParagraph()
                isGapDue = false
            }
        case "div" where classes.contains("title"):
            return !tree[node.parent].classes.contains("quote")
        case "div" where classes.contains("meta"):
            return links.isEmpty
        case "div" where classes.contains("poll-info"): return false
        case "div" where classes.contains("poll"):
            text(node.attribute("data-poll-title") ?? labels.poll)
            stand(":", for: page)
        case "blockquote":
            let isOfAside = tree[node.parent].classes.contains("quote")
            open(Self.quoteMark, Self.quoteMark, index, keepingGap: !isOfAside)
        case "details": open("[+] ", "    ", index, keepingGap: true)
        case "dd": open("    ", "    ", index, keepingGap: false)
        case "ul": lists.append(nil)
        case "ol": lists.append(Int(node.attribute("start") ?? "") ?? 1)
        case "li": openItem(index)
        case "table":
            if table == nil { table = (TextTable(), index) }
        case "tr" where table != nil: table?.layout.startRow()
        case "hr":
            emit("* * *")
            isGapDue = true
        default: break
        }
        return true
    }

    private mutating func enterInline(
        _ node: HTMLTree.Node,
        _ classes: [String],
        _ index: Int
    ) -> Bool {
        switch node.name {
        case "br": paragraph += table == nil ? "\n" : " "
        case "img": image(node, classes)
        case "iframe", "video", "audio":
            stand("[\(node.name)]", for: node.attribute("src"))
            return false
        case "span" where classes.contains("chcklst-box"):
            text(classes.contains("checked") ? "[x]" : "[ ]")
        case "a":
            let isPlain = ["anchor", "mention", "mention-group", "hashtag", "hashtag-cooked"]
                .contains { classes.contains($0) }
            guard !isPlain, let address = whole(node.attribute("href")) else { break }
            if isSpaceDue { space() }
            links.append(
                OpenLink(element: index, address: address, start: paragraph.utf8.count)
            )
        default:
            if let mark = Self.marks[node.name] { beginMark(mark) }
        }
        return true
    }

    /// Marks that readers of mail know (RFC 1855 §2.1.1).
    private static let marks = [
        "strong": "*", "b": "*", "em": "_", "i": "_", "code": "`", "s": "~~", "del": "~~",
    ]

    private mutating func leave(_ node: HTMLTree.Node, _ index: Int) {
        if let written = code {
            if node.name == "pre" { close(code: written) }
            return
        }
        switch node.name {
        case "ul", "ol":
            endParagraph()
            if !lists.isEmpty { lists.removeLast() }
            isGapDue = isGapDue || lists.isEmpty
        case "h1", "h2", "h3", "h4", "h5",
            "h6" where table == nil:
            underline(node.name)
        case "td", "th":
            if table != nil {
                let cell = takeParagraph().replacing("\n", with: " ")
                table?.layout.add(cell, isHeading: node.name == "th")
            }
        case "table" where table?.element == index: closeTable()
        case "a" where links.last?.element == index: closeLink()
        default:
            if let mark = Self.marks[node.name] { endMark(mark) }
        }
        if TextLayout.paragraphs.contains(node.name) || TextLayout.lines.contains(node.name) {
            layOut(node)
        }
        if containers.last?.element == index { close() }
        if TextLayout.paragraphs.contains(node.name), node.name != "ul", node.name != "ol" {
            isGapDue = isGapDue || !lines.isEmpty
        }
    }

    /// Ends the line before or after an element that stands on lines of its own.
    private mutating func layOut(_ node: HTMLTree.Node) {
        let isParagraph = TextLayout.paragraphs.contains(node.name)
        guard isParagraph || TextLayout.lines.contains(node.name), node.name != "br" else { return }
        guard table == nil else {
            isSpaceDue = true
            return
        }
        endParagraph()
        guard isParagraph, !lines.isEmpty else { return }
        let isList = node.name == "ul" || node.name == "ol"
        // What an item begins with follows its mark; a list within a list stands close to it.
        if !(containers.last.map { !$0.isUsed } ?? false), !(isList && !lists.isEmpty) {
            isGapDue = true
        }
    }

    // MARK: Text

    private mutating func text(_ text: String) {
        guard code == nil else {
            code?.append(contentsOf: text.utf8)
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x20, 0x09, 0x0A, 0x0C, 0x0D: isSpaceDue = true
            // No terminal is to take it for a command.
            case 0..<0x20, 0x7F..<0xA0: continue
            default:
                if isSpaceDue { space() }
                paragraph.unicodeScalars.append(scalar)
            }
        }
    }

    private mutating func space() {
        isSpaceDue = false
        guard let last = paragraph.utf8.last, last != 0x20, last != 0x0A else { return }
        paragraph += " "
    }

    /// What stands for something else, with the number of its address.
    private mutating func stand(_ words: String, for address: String?) {
        text(words)
        guard let address = whole(address), let number = references.number(of: address) else {
            return
        }
        text(" [\(number)]")
    }

    /// An address that can be opened from a mail; `nil` for a place on the page.
    private func whole(_ address: String?) -> String? {
        guard let address, !address.hasPrefix("#"), LinkAddress.check(address) != nil else {
            return nil
        }
        // Two slashes name another host.
        if address.hasPrefix("//") { return "https:\(address)" }
        return address.hasPrefix("/") ? baseURL + address : address
    }

    private mutating func beginMark(_ mark: String) {
        marks[mark, default: 0] += 1
        guard marks[mark] == 1 else { return }
        if isSpaceDue { space() }
        paragraph += mark
    }

    private mutating func endMark(_ mark: String) {
        guard let depth = marks[mark], depth > 0 else { return }
        marks[mark] = depth - 1
        if depth == 1 { paragraph += mark }
    }

    private mutating func image(_ node: HTMLTree.Node, _ classes: [String]) {
        let name = node.attribute("alt") ?? node.attribute("title") ?? ""
        if classes.contains("emoji") {
            text(name)
            return
        }
        let decoration = ["avatar", "site-icon", "thumbnail", "favicon"]
        guard !decoration.contains(where: { classes.contains($0) }) else { return }
        let words = name.isEmpty ? "[\(labels.image)]" : "[\(labels.image): \(name)]"
        // Within a link the picture is the link's text, and leads to what the link leads to.
        stand(words, for: links.isEmpty ? node.attribute("src") : nil)
    }

    private mutating func closeLink() {
        guard let link = links.popLast() else { return }
        let bytes = paragraph.utf8
        guard link.start < bytes.count else {
            text(link.address)
            return
        }
        let start = bytes.index(bytes.startIndex, offsetBy: link.start)
        let words = String(Substring(bytes[start...]))
        let forms = [words, "http://\(words)", "https://\(words)", "mailto:\(words)"]
        guard !forms.contains(where: { $0 == link.address || "\($0)/" == link.address }),
            let number = references.number(of: link.address)
        else { return }
        paragraph += " [\(number)]"
    }

    // MARK: Blocks

    private mutating func open(
        _ marker: String,
        _ rest: String,
        _ element: Int,
        keepingGap: Bool
    ) {
        guard table == nil, containers.count < Limits.textContainers else { return }
        endParagraph()
        if keepingGap { writeGap() }
        isGapDue = false
        containers.append(Container(marker: marker, rest: rest, element: element))
    }

    private mutating func openItem(_ element: Int) {
        var marker = "- "
        if let list = lists.last, let number = list {
            marker = "\(number). "
            lists[lists.count - 1] = number &+ 1
        }
        let rest = String(repeating: " ", count: marker.utf8.count)
        open(marker, rest, element, keepingGap: true)
    }

    private mutating func close() {
        endParagraph()
        guard let container = containers.last else { return }
        if !container.isUsed, !container.isQuote { emit("") }
        containers.removeLast()
    }

    private mutating func close(code written: [UInt8]) {
        code = nil
        let fenced = String(
            decoding: MarkdownForm.fenced(written, language: language),
            as: UTF8.self
        )
        for line in fenced.split(separator: "\n", omittingEmptySubsequences: false) {
            emit(String(line))
        }
        isGapDue = true
    }

    private mutating func closeTable() {
        guard let layout = table?.layout else { return }
        paragraph = ""
        table = nil
        for line in layout.lines(columns: room) { emit(line) }
        isGapDue = true
    }

    private mutating func underline(_ name: String) {
        let heading = TextWrap.lines(takeParagraph(), columns: room)
        guard let width = heading.map({ TextWrap.width(of: $0) }).max(), width > 0 else { return }
        for line in heading { emit(line) }
        emit(String(repeating: name == "h1" ? "=" : "-", count: min(width, room)))
    }

    private mutating func takeParagraph() -> String {
        defer {
            paragraph = ""
            isSpaceDue = false
        }
        return paragraph
    }

    private mutating func endParagraph() {
        guard table == nil else { return }
        let words = takeParagraph()
        guard !words.isEmpty else { return }
        for line in TextWrap.lines(words, columns: room) { emit(line) }
    }

    // MARK: Lines

    /// Columns left for text.
    private var room: Int {
        max(Self.leastColumns, columns - containers.reduce(0) { $0 + $1.rest.utf8.count })
    }

    private mutating func emit(_ line: String) {
        writeGap()
        lines.append(Self.trimmed(prefix(isFirstLine: true) + line))
        for index in containers.indices { containers[index].isUsed = true }
    }

    private mutating func writeGap() {
        guard isGapDue, !lines.isEmpty else { return }
        isGapDue = false
        let gap = Self.trimmed(prefix(isFirstLine: false))
        if lines.last != gap || !gap.isEmpty { lines.append(gap) }
    }

    /// What stands before a line; the marks of quotes within quotes stand close (`>> `).
    private func prefix(isFirstLine: Bool) -> String {
        var prefix = ""
        for container in containers {
            if container.isQuote, prefix.hasSuffix(Self.quoteMark) { prefix.removeLast() }
            prefix += isFirstLine && !container.isUsed ? container.marker : container.rest
        }
        return prefix
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
