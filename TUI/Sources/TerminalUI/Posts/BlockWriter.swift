/// Builds the lines of a post: paragraphs wrapped to the width, behind the bars and markers of
/// the quotes and lists that hold them.
struct BlockWriter {
    /// What holds the text that is being written.
    enum Container: Hashable {
        case quote
        /// The marker of a list item; it stands on the item's first line only.
        case item(marker: String, isUsed: Bool)
        case indent
    }

    let width: Int
    private(set) var lines: [[Cell]] = []
    private(set) var links: [Link] = []
    private var containers: [Container] = []
    private var paragraph: [Cell] = []
    private var isGapDue = false

    /// Columns that text keeps whatever holds it.
    private static let leastMeasure = 8

    init(width: Int) {
        self.width = max(BlockWriter.leastMeasure, min(width, Limits.measure))
    }

    var isFull: Bool { lines.count >= Limits.postLines }
    var depth: Int { containers.count }

    // MARK: Containers

    mutating func open(_ container: Container) {
        endParagraph()
        if case .item = container {
            // Items of one list stand close together.
        } else {
            startBlock()
        }
        containers.append(container)
    }

    mutating func close(gap: Bool) {
        endParagraph()
        if case .item(_, false)? = containers.last {
            emit([])
        }
        if !containers.isEmpty {
            containers.removeLast()
        }
        isGapDue = isGapDue || gap
    }

    /// Leaves containers until only `depth` are open.
    mutating func close(to depth: Int, gap: Bool) {
        while containers.count > depth {
            close(gap: gap)
        }
    }

    // MARK: Text

    /// Adds running text: white space counts as one space.
    mutating func write(flowing text: String, _ style: Style) {
        var piece = ""
        var isSpaceDue = false
        for character in text.unicodeScalars {
            switch character.value {
            case 0x20, 0x09, 0x0A, 0x0C, 0x0D:
                isSpaceDue = true
            default:
                if isSpaceDue, !(piece.isEmpty && endsInSpace) {
                    piece.unicodeScalars.append(" ")
                }
                isSpaceDue = false
                piece.unicodeScalars.append(character)
            }
        }
        if isSpaceDue, !(piece.isEmpty && endsInSpace) {
            piece.unicodeScalars.append(" ")
        }
        write(piece, style)
    }

    private var endsInSpace: Bool { paragraph.last?.isSpace ?? true }

    /// Adds text as it is.
    mutating func write(_ text: String, _ style: Style) {
        guard !isFull else { return }
        paragraph.append(contentsOf: TextPolicy.cells(text, style: style))
    }

    mutating func write(_ cells: [Cell]) {
        guard !isFull else { return }
        paragraph.append(contentsOf: cells)
    }

    /// Remembers a link and returns its number; nil when there are too many.
    mutating func link(_ url: String, isImage: Bool = false) -> Int? {
        if let known = links.first(where: { $0.url == url }) { return known.number }
        guard links.count < Limits.links, !url.isEmpty else { return nil }
        links.append(Link(number: links.count + 1, url: url, isImage: isImage))
        return links.count
    }

    /// The running text so far, which leaves the writer: for the cells of tables.
    mutating func takeParagraph() -> [Cell] {
        let cells = paragraph
        paragraph = []
        return cells
    }

    mutating func lineBreak() {
        guard !paragraph.isEmpty else { return }
        flush()
    }

    mutating func endParagraph(gap: Bool = false) {
        if !paragraph.isEmpty {
            flush()
        }
        isGapDue = isGapDue || (gap && !lines.isEmpty)
    }

    // MARK: Blocks

    /// Code, verbatim: cut at the edge, never re-flowed.
    mutating func code(_ text: String) {
        endParagraph(gap: true)
        startBlock()
        var rows = text.split(separator: "\n", omittingEmptySubsequences: false)
        if rows.last?.isEmpty ?? false {
            rows.removeLast()
        }
        let room = measure - 2
        for row in rows {
            let cells = TextPolicy.cells(row, style: Style(.code), tab: 4)
            for part in Wrap.hardRows(cells, columns: room) {
                emit(TextPolicy.cells("  ", style: Style(.code)) + part)
            }
        }
        isGapDue = true
    }

    mutating func rule() {
        endParagraph(gap: true)
        startBlock()
        emit(TextPolicy.cells(String(repeating: "\u{2500}", count: measure), style: Style(.rule)))
        isGapDue = true
    }

    mutating func table(_ table: TableLayout) {
        endParagraph(gap: true)
        startBlock()
        for line in table.lines(width: measure) {
            emit(line)
        }
        isGapDue = true
    }

    /// Ends the post.
    mutating func finish() -> RenderedPost {
        close(to: 0, gap: false)
        endParagraph()
        if isFull {
            lines = Array(lines.prefix(Limits.postLines))
            let note = "(This post is longer than can be shown here.)"
            lines.append(TextPolicy.cells(note, style: .muted).cut(to: width))
        }
        return RenderedPost(lines: lines, links: links)
    }

    // MARK: Lines

    /// Columns left for text.
    private var measure: Int { max(BlockWriter.leastMeasure, width - prefixWidth) }

    private var prefixWidth: Int {
        containers.prefix(Limits.nesting).reduce(0) { $0 + BlockWriter.prefixWidth($1) }
    }

    private static func prefixWidth(_ container: Container) -> Int {
        switch container {
        case .quote, .indent: 2
        case .item(let marker, _): marker.unicodeScalars.count
        }
    }

    private mutating func startBlock() {
        guard isGapDue else { return }
        isGapDue = false
        if !lines.isEmpty {
            emitGap()
        }
    }

    private mutating func flush() {
        startBlock()
        var cells = paragraph
        paragraph = []
        while cells.last?.isSpace ?? false {
            cells.removeLast()
        }
        for row in Wrap.rows(cells, columns: measure) {
            emit(row)
        }
    }

    /// An empty line that shows the bars of quotes only.
    private mutating func emitGap() {
        var line: [Cell] = []
        for container in containers.prefix(Limits.nesting) {
            switch container {
            case .quote: line += TextPolicy.cells("\u{2502} ", style: Style(.rule))
            case .indent: line += TextPolicy.cells("  ")
            case .item(let marker, _):
                line += Array(repeating: .blank, count: marker.unicodeScalars.count)
            }
        }
        while line.last?.isSpace ?? false {
            line.removeLast()
        }
        lines.append(line)
    }

    private mutating func emit(_ row: [Cell]) {
        guard !isFull else { return }
        var line: [Cell] = []
        for index in containers.indices.prefix(Limits.nesting) {
            switch containers[index] {
            case .quote:
                line += TextPolicy.cells("\u{2502} ", style: Style(.rule))
            case .indent:
                line += TextPolicy.cells("  ")
            case .item(let marker, let isUsed):
                let count = marker.unicodeScalars.count
                line +=
                    isUsed
                    ? Array(repeating: .blank, count: count)
                    : TextPolicy.cells(marker, style: .muted)
                containers[index] = .item(marker: marker, isUsed: true)
            }
        }
        lines.append(Array((line.prefix(max(0, width - BlockWriter.leastMeasure)) + row)))
    }
}
