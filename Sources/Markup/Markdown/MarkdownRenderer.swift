import CCMark

/// Writes the syntax tree of a piece of Markdown as HTML, in the form that Discourse gives it. The
/// result still holds the writer's own tags: it is to be sanitised.
struct MarkdownRenderer {
    private let options: CookOptions
    private var out: [UInt8] = []
    private(set) var inline: InlineRenderer
    private var headings = 0
    private(set) var quotes: [QuoteReference] = []
    /// Polls that are no quotations, in order.
    private(set) var polls: [PollSource] = []
    private var poll = OpenPoll()

    /// The poll that is being written, if its depth is not 0.
    private struct OpenPoll {
        var depth = 0
        var source = PollSource()
        var listDepth = 0
        /// Where the option begins that is being written, and where its digest is to stand.
        var item: (digestAt: Int, contentAt: Int)?
        var isOptionList: Bool { depth == 1 && listDepth == 1 }
    }

    init(options: CookOptions, context: CookContext) {
        self.options = options
        inline = InlineRenderer(options: options, context: context)
    }

    var html: [UInt8] { out }

    // MARK: Tags that hold blocks

    mutating func open(_ kind: BlockTags.Kind, value: ArraySlice<UInt8>) {
        startLine()
        switch kind {
        case .quote:
            openQuote(value)
            inline.text.quoteDepth += 1
        case .details: openDetails(value)
        case .spoiler: append("<div class=\"spoiler\">\n")
        case .poll: openPoll(value)
        case .event: append(EventTag.open(value))
        }
    }

    mutating func close(_ kind: BlockTags.Kind) {
        startLine()
        switch kind {
        case .quote:
            append("</blockquote>\n</aside>\n")
            inline.text.quoteDepth -= 1
        case .details: append("</details>\n")
        case .spoiler, .event: append("</div>\n")
        case .poll: closePoll()
        }
    }

    // MARK: Polls

    private mutating func openPoll(_ value: ArraySlice<UInt8>) {
        poll.depth += 1
        guard poll.depth == 1 else { return }
        let restored = value.withUnsafeBufferPointer {
            MarkdownSource.restored($0, backslash: false)
        }
        poll.source = PollSource(attributes: String(decoding: restored, as: UTF8.self))
        poll.listDepth = 0
        append("<div class=\"poll\"\(poll.source.elementAttributes)>\n")
        append("<div class=\"poll-container\">\n")
    }

    private mutating func closePoll() {
        poll.depth -= 1
        guard poll.depth == 0 else { return }
        if poll.source.type == "number" { writeNumbers() }
        append("</div>\n<div class=\"poll-info\">\n<div class=\"poll-info_counts\">\n")
        append("<div class=\"poll-info_counts-count\">\n<span class=\"info-number\">0</span>\n")
        append("<span class=\"info-label\">voters</span>\n</div>\n</div>\n</div>\n</div>\n")
        if inline.text.quoteDepth == 0, polls.count < Limits.polls { polls.append(poll.source) }
    }

    private mutating func writeNumbers() {
        poll.source.options = poll.source.numbers.map { number in
            let text = String(number)
            return PollSource.Option(digest: PollSource.digest(text.utf8), html: text)
        }
        append("<ul>\n")
        for option in poll.source.options {
            append("<li data-poll-option-id=\"\(option.digest)\">\(option.html)</li>\n")
        }
        append("</ul>\n")
    }

    private mutating func openOption() {
        startLine()
        append("<li data-poll-option-id=\"")
        let digestAt = out.count
        append(String(repeating: "0", count: 32) + "\">")
        poll.item = (digestAt, out.count)
    }

    private mutating func closeOption() {
        guard let item = poll.item, item.contentAt <= out.count else { return }
        poll.item = nil
        let content = HTMLSanitizer.examine(
            HTMLTree(bytes: Array(out[item.contentAt...])),
            baseURL: options.baseURL
        )
        let html = String(content.html.trimmingSpaces())
        let digest = PollSource.digest(html.utf8)
        out.replaceSubrange(item.digestAt..<item.digestAt + 32, with: digest.utf8)
        guard poll.source.type != "number", poll.source.options.count < Limits.pollOptions else {
            return
        }
        poll.source.options.append(PollSource.Option(digest: digest, html: html))
    }

    private mutating func openQuote(_ value: ArraySlice<UInt8>) {
        let (quote, isFull) = BlockTags.quote(value)
        quotes.append(quote)
        let key = quote.username.lowercased()
        let name = inline.text.context.users[key] ?? quote.username
        var attributes = ""
        if !quote.username.isEmpty {
            attributes += " data-username=\"\(Escape.html(name))\""
        }
        if let post = quote.postNumber {
            attributes += " data-post=\"\(post)\""
        }
        if let topic = quote.topicID {
            attributes += " data-topic=\"\(topic)\""
        }
        if isFull {
            attributes += " data-full=\"true\""
        }
        append("<aside class=\"quote no-group\"\(attributes)>\n")
        if !quote.username.isEmpty {
            append("<div class=\"title\">\n<div class=\"quote-controls\"></div>\n")
            if let avatar = inline.text.context.avatars[key] {
                let size = "width=\"24\" height=\"24\""
                append("<img alt=\"\" \(size) src=\"\(Escape.html(avatar))\" class=\"avatar\"> ")
            }
            if let id = quote.topicID, let topic = inline.text.context.topics[id] {
                let number = quote.postNumber.map { "/\($0)" } ?? ""
                let address = Escape.html(topic.url + number)
                append("<a href=\"\(address)\">\(Escape.html(topic.title))</a></div>\n")
            } else {
                append("\(Escape.html(name)):</div>\n")
            }
        }
        append("<blockquote>\n")
    }

    private mutating func openDetails(_ value: ArraySlice<UInt8>) {
        var title = Bytes.trimmed(value)
        var isOpen = false
        if title.count > 5, title.suffix(5).elementsEqual(" open".utf8) {
            isOpen = true
            title = Bytes.trimmed(title.dropLast(5))
        }
        let text = BlockTags.unquoted(title)
        append("<details\(isOpen ? " open" : "")>\n<summary>\n")
        append(Escape.html(text.isEmpty ? "Summary" : text))
        append("</summary>\n")
    }

    // MARK: Blocks

    /// Parses and writes a piece of prepared source.
    mutating func markdown(_ source: ArraySlice<UInt8>) {
        let text = MarkdownSource.bounded(source, depth: options.maxNesting)
        guard !text.allSatisfy(Bytes.isSpace) else {
            return
        }
        text.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
                let document = cmark_parse_document(start, buffer.count, CMARK_OPT_DEFAULT)
            else {
                return
            }
            defer {
                cmark_node_free(document)
            }
            write(document, source: text)
        }
    }

    private mutating func write(_ document: OpaquePointer, source: [UInt8]) {
        guard let iterator = cmark_iter_new(document) else {
            return
        }
        defer {
            cmark_iter_free(iterator)
        }
        var lines: [Int]?
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else {
                return
            }
            let isEnter = event == CMARK_EVENT_ENTER
            switch cmark_node_get_type(node) {
            case CMARK_NODE_BLOCK_QUOTE:
                tag(isEnter, "<blockquote>\n", "</blockquote>\n")
            case CMARK_NODE_LIST:
                list(node, isEnter: isEnter)
            case CMARK_NODE_ITEM:
                item(isEnter: isEnter)
            case CMARK_NODE_HEADING where isEnter:
                heading(node)
                cmark_iter_reset(iterator, node, CMARK_EVENT_EXIT)
            case CMARK_NODE_PARAGRAPH where isEnter:
                paragraph(node)
                cmark_iter_reset(iterator, node, CMARK_EVENT_EXIT)
            case CMARK_NODE_CODE_BLOCK:
                if lines == nil {
                    lines = Self.lineStarts(source)
                }
                code(node, isFenced: Self.isFenced(node, source: source, lines: lines ?? []))
            case CMARK_NODE_HTML_BLOCK:
                startLine()
                out.append(contentsOf: HTMLBalancer.clean(Self.literal(node, backslash: true)))
                startLine()
            case CMARK_NODE_THEMATIC_BREAK:
                startLine()
                append("<hr>\n")
            default:
                break
            }
        }
    }

    private mutating func append(_ text: String) {
        out.append(contentsOf: text.utf8)
    }

    private mutating func startLine() {
        if let last = out.last, last != 0x0a {
            out.append(0x0a)
        }
    }

    private mutating func tag(_ isEnter: Bool, _ start: String, _ end: String) {
        startLine()
        append(isEnter ? start : end)
    }

    private mutating func list(_ node: OpaquePointer, isEnter: Bool) {
        if poll.depth > 0 { poll.listDepth += isEnter ? 1 : -1 }
        guard cmark_node_get_list_type(node) == CMARK_ORDERED_LIST else {
            tag(isEnter, "<ul>\n", "</ul>\n")
            return
        }
        let start = cmark_node_get_list_start(node)
        tag(isEnter, start == 1 ? "<ol>\n" : "<ol start=\"\(start)\">\n", "</ol>\n")
    }

    private mutating func item(isEnter: Bool) {
        if poll.isOptionList {
            guard !isEnter else { return openOption() }
            closeOption()
        }
        guard isEnter else {
            append("</li>\n")
            return
        }
        startLine()
        append("<li>")
    }

    private mutating func heading(_ node: OpaquePointer) {
        startLine()
        if poll.depth == 1, poll.source.title == nil {
            append("<div class=\"poll-title\">")
            let start = out.count
            inline.write(InlineRenderer.pieces(of: node), to: &out)
            let title = HTMLSanitizer.examine(
                HTMLTree(bytes: Array(out[start...])),
                baseURL: options.baseURL
            )
            poll.source.title = String(title.html.trimmingSpaces())
            append("</div>\n")
            return
        }
        let level = cmark_node_get_heading_level(node)
        headings += 1
        var slug = Slug.words(InlineRenderer.plainText(of: node), limit: Limits.anchorBytes)
        if slug.isEmpty {
            slug = "heading"
        }
        let name = Escape.html("\(slug)-\(headings)")
        append("<h\(level)><a name=\"\(name)\" class=\"anchor\" href=\"#\(name)\"></a>")
        inline.write(InlineRenderer.pieces(of: node), to: &out)
        append("</h\(level)>\n")
    }

    private mutating func paragraph(_ node: OpaquePointer) {
        let pieces = InlineRenderer.pieces(of: node)
        guard let table = MarkdownTable(pieces) else {
            paragraph(pieces, isTight: Self.isTight(node))
            return
        }
        if !table.before.isEmpty {
            paragraph(table.before, isTight: Self.isTight(node))
        }
        startLine()
        write(table)
    }

    private mutating func paragraph(_ pieces: [InlineRenderer.Piece], isTight: Bool) {
        if isTight {
            inline.write(pieces, to: &out)
            return
        }
        startLine()
        append("<p>")
        inline.write(pieces, ownLines: true, to: &out)
        append("</p>\n")
    }

    private mutating func write(_ table: MarkdownTable) {
        append("<div class=\"md-table\">\n<table>\n<thead>\n")
        row(table.header, table: table, name: "th")
        append("</thead>\n")
        if !table.rows.isEmpty {
            append("<tbody>\n")
            for cells in table.rows {
                row(cells, table: table, name: "td")
            }
            append("</tbody>\n")
        }
        append("</table>\n</div>\n")
    }

    private mutating func row(
        _ cells: [[InlineRenderer.Piece]],
        table: MarkdownTable,
        name: String
    ) {
        append("<tr>\n")
        for (column, alignment) in table.alignments.enumerated() {
            let align = alignment.isEmpty ? "" : " align=\"\(alignment)\""
            append("<\(name)\(align)>")
            if column < cells.count {
                inline.write(cells[column], inTable: true, to: &out)
            }
            append("</\(name)>\n")
        }
        append("</tr>\n")
    }

    private mutating func code(_ node: OpaquePointer, isFenced: Bool) {
        startLine()
        let info = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
        let language = info.utf8.prefix { !Bytes.isSpace($0) }.filter {
            Bytes.isAlphanumeric($0) || "+#-_.".utf8.contains($0)
        }.prefix(32)
        if isFenced {
            let name = language.isEmpty ? "auto" : String(decoding: language, as: UTF8.self)
            append("<pre><code class=\"lang-\(name)\">")
        } else {
            append("<pre><code>")
        }
        for byte in Self.literal(node, backslash: true) {
            Escape.appendText(byte, to: &out)
        }
        append("</code></pre>\n")
    }

    // MARK: The tree

    private static func literal(_ node: OpaquePointer, backslash: Bool) -> [UInt8] {
        guard let text = cmark_node_get_literal(node) else {
            return []
        }
        return MarkdownSource.restored(InlineRenderer.buffer(text), backslash: backslash)
    }

    private static func isTight(_ paragraph: OpaquePointer) -> Bool {
        guard let item = cmark_node_parent(paragraph), let list = cmark_node_parent(item),
            cmark_node_get_type(list) == CMARK_NODE_LIST
        else {
            return false
        }
        return cmark_node_get_list_tight(list) == 1
    }

    private static func lineStarts(_ source: [UInt8]) -> [Int] {
        var starts = [0]
        for (index, byte) in source.enumerated() where byte == 0x0a {
            starts.append(index + 1)
        }
        return starts
    }

    /// Whether a code block stands between fences. The parser does not say so: a fence stands at
    /// the block's first column behind at most three columns of space.
    private static func isFenced(_ node: OpaquePointer, source: [UInt8], lines: [Int]) -> Bool {
        let line = Int(cmark_node_get_start_line(node)) - 1
        let column = Int(cmark_node_get_start_column(node)) - 1
        guard lines.indices.contains(line), column >= 0 else {
            return false
        }
        let start = lines[line] + column
        guard start + 2 < source.count,
            source[start] == UInt8(ascii: "`") || source[start] == UInt8(ascii: "~"),
            source[start + 1] == source[start], source[start + 2] == source[start]
        else {
            return false
        }
        var spaces = 0
        var index = start - 1
        while index >= lines[line], source[index] == 0x20 || source[index] == 0x09 {
            spaces += source[index] == 0x09 ? 4 : 1
            index -= 1
        }
        return spaces <= 3
    }
}
