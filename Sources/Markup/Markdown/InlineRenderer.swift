import CCMark

/// Writes the content of a paragraph, a heading or a table's cell.
struct InlineRenderer {
    /// A node of the syntax tree, or a part of the text of one.
    enum Piece {
        case node(OpaquePointer)
        case text(UnsafeBufferPointer<UInt8>)
    }

    /// Content that is being written, and what closes it.
    private struct Frame {
        var pieces: [Piece]
        var marks: [InlineTags.Mark]
        var nextPiece = 0
        var nextMark = 0
        var end: String
        var link = 0
    }

    private let options: CookOptions
    var text: DialectText

    init(options: CookOptions, context: CookContext) {
        self.options = options
        text = DialectText(context: context)
    }

    /// The children of a node.
    static func pieces(of node: OpaquePointer) -> [Piece] {
        var pieces: [Piece] = []
        var child = cmark_node_first_child(node)
        while let current = child {
            if cmark_node_get_type(current) == CMARK_NODE_TEXT {
                if let literal = cmark_node_get_literal(current) {
                    pieces.append(.text(buffer(literal)))
                }
            } else {
                pieces.append(.node(current))
            }
            child = cmark_node_next(current)
        }
        return pieces
    }

    /// The bytes of a C string, valid as long as its node.
    static func buffer(_ text: UnsafePointer<CChar>) -> UnsafeBufferPointer<UInt8> {
        var count = 0
        while text[count] != 0 {
            count += 1
        }
        let raw = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: raw, count: count)
    }

    /// The text below a node, without markup.
    static func plainText(of node: OpaquePointer) -> String {
        var bytes: [UInt8] = []
        guard let iterator = cmark_iter_new(node) else {
            return ""
        }
        defer {
            cmark_iter_free(iterator)
        }
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let current = cmark_iter_get_node(iterator) else {
                break
            }
            guard event == CMARK_EVENT_ENTER else {
                continue
            }
            switch cmark_node_get_type(current) {
            case CMARK_NODE_TEXT, CMARK_NODE_CODE:
                if let literal = cmark_node_get_literal(current) {
                    bytes += MarkdownSource.restored(buffer(literal), backslash: false)
                }
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
                bytes.append(0x20)
            default:
                break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes pieces, depth first and without recursion.
    mutating func write(
        _ pieces: [Piece],
        inTable: Bool = false,
        ownLines: Bool = false,
        to out: inout [UInt8]
    ) {
        var frames = [frame(pieces, end: "", link: 0)]
        while var top = frames.popLast() {
            guard top.nextPiece < top.pieces.count else {
                out.append(contentsOf: top.end.utf8)
                continue
            }
            let index = top.nextPiece
            top.nextPiece += 1
            switch top.pieces[index] {
            case .text(let bytes):
                let own = ownLines && frames.isEmpty && Self.isOwnLine(top.pieces, index)
                write(bytes, piece: index, frame: &top, isOwnLine: own, to: &out)
                frames.append(top)
            case .node(let node):
                let inner = write(node, isLinked: top.link > 0, inTable: inTable, to: &out)
                frames.append(top)
                if let inner {
                    frames.append(inner)
                }
            }
        }
    }

    private func frame(_ pieces: [Piece], end: String, link: Int) -> Frame {
        let texts = pieces.map { piece -> UnsafeBufferPointer<UInt8>? in
            guard case .text(let bytes) = piece else {
                return nil
            }
            return bytes
        }
        return Frame(pieces: pieces, marks: InlineTags.marks(in: texts), end: end, link: link)
    }

    /// Whether a piece of text makes a whole line of its paragraph.
    private static func isOwnLine(_ pieces: [Piece], _ index: Int) -> Bool {
        for neighbour in [index - 1, index + 1] where pieces.indices.contains(neighbour) {
            guard case .node(let node) = pieces[neighbour] else {
                return false
            }
            let type = cmark_node_get_type(node)
            guard type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK else {
                return false
            }
        }
        return true
    }

    private mutating func write(
        _ bytes: UnsafeBufferPointer<UInt8>,
        piece: Int,
        frame: inout Frame,
        isOwnLine: Bool,
        to out: inout [UInt8]
    ) {
        var position = 0
        while frame.nextMark < frame.marks.count, frame.marks[frame.nextMark].piece == piece {
            let mark = frame.marks[frame.nextMark]
            frame.nextMark += 1
            text.write(bytes, position..<mark.offset, isLinked: frame.link > 0, to: &out)
            out.append(contentsOf: mark.html.utf8)
            frame.link += mark.link
            position = mark.offset + mark.length
        }
        text.write(
            bytes,
            position..<bytes.count,
            isLinked: frame.link > 0,
            isOwnLine: isOwnLine,
            to: &out
        )
    }

    /// Writes a node, or its beginning: then its content is returned.
    private func write(
        _ node: OpaquePointer,
        isLinked: Bool,
        inTable: Bool,
        to out: inout [UInt8]
    ) -> Frame? {
        let link = isLinked ? 1 : 0
        switch cmark_node_get_type(node) {
        case CMARK_NODE_SOFTBREAK:
            out.append(contentsOf: (options.traditionalLineBreaks ? "\n" : "<br>\n").utf8)
        case CMARK_NODE_LINEBREAK:
            out.append(contentsOf: "<br>\n".utf8)
        case CMARK_NODE_CODE:
            code(node, inTable: inTable, to: &out)
        case CMARK_NODE_HTML_INLINE:
            if let literal = cmark_node_get_literal(node) {
                let restored = MarkdownSource.restored(Self.buffer(literal), backslash: true)
                out.append(contentsOf: HTMLBalancer.clean(restored))
            }
        case CMARK_NODE_EMPH:
            out.append(contentsOf: "<em>".utf8)
            return frame(Self.pieces(of: node), end: "</em>", link: link)
        case CMARK_NODE_STRONG:
            out.append(contentsOf: "<strong>".utf8)
            return frame(Self.pieces(of: node), end: "</strong>", link: link)
        case CMARK_NODE_LINK:
            return self.link(node, to: &out)
        case CMARK_NODE_IMAGE:
            image(node, to: &out)
        default:
            break
        }
        return nil
    }

    private func code(_ node: OpaquePointer, inTable: Bool, to out: inout [UInt8]) {
        out.append(contentsOf: "<code>".utf8)
        if let literal = cmark_node_get_literal(node) {
            let bytes = Self.buffer(literal)
            // In a table the backslash before a vertical line has done its work (GFM §4.10).
            for byte in MarkdownSource.restored(bytes, backslash: !inTable) {
                Escape.appendText(byte, to: &out)
            }
        }
        out.append(contentsOf: "</code>".utf8)
    }

    private static func address(_ pointer: UnsafePointer<CChar>?) -> [UInt8] {
        pointer.map { MarkdownSource.restored(buffer($0), backslash: false) } ?? []
    }

    private static func append(title node: OpaquePointer, to out: inout [UInt8]) {
        let title = address(cmark_node_get_title(node))
        if !title.isEmpty {
            out.append(contentsOf: " title=\"".utf8)
            Escape.appendAttribute(title, to: &out)
            out.append(UInt8(ascii: "\""))
        }
    }

    private func link(_ node: OpaquePointer, to out: inout [UInt8]) -> Frame {
        var target = Self.address(cmark_node_get_url(node))
        if let upload = text.context.uploads[String(decoding: target, as: UTF8.self)] {
            target = Array(upload.utf8)
        }
        out.append(contentsOf: "<a href=\"".utf8)
        PercentEncoding.append(target, to: &out)
        out.append(UInt8(ascii: "\""))
        Self.append(title: node, to: &out)
        var pieces = Self.pieces(of: node)
        let suffix = Array("|attachment".utf8)
        if case .text(let bytes)? = pieces.last, bytes.count >= suffix.count,
            bytes.suffix(suffix.count).elementsEqual(suffix)
        {
            let kept = UnsafeBufferPointer(rebasing: bytes.dropLast(suffix.count))
            pieces[pieces.count - 1] = .text(kept)
            out.append(contentsOf: " class=\"attachment\"".utf8)
        }
        out.append(UInt8(ascii: ">"))
        return frame(pieces, end: "</a>", link: 1)
    }

    private func image(_ node: OpaquePointer, to out: inout [UInt8]) {
        var target = Self.address(cmark_node_get_url(node))
        let short = String(decoding: target, as: UTF8.self)
        if let upload = text.context.uploads[short] {
            target = Array(upload.utf8)
        }
        var (description, size) = Self.sized(Self.plainText(of: node))
        if size == nil, let known = text.context.uploadSizes[short] {
            size = (known.width, known.height)
        }
        out.append(contentsOf: "<img src=\"".utf8)
        PercentEncoding.append(target, to: &out)
        out.append(contentsOf: "\" alt=\"".utf8)
        Escape.appendAttribute(description.utf8, to: &out)
        out.append(UInt8(ascii: "\""))
        Self.append(title: node, to: &out)
        if let size {
            let attributes = " width=\"\(size.width)\" height=\"\(size.height)\""
            out.append(contentsOf: attributes.utf8)
        }
        out.append(UInt8(ascii: ">"))
    }

    /// Splits `name|690x388` or `name|690x388, 50%` (Discourse: image sizes).
    static func sized(_ text: String) -> (description: String, size: (width: Int, height: Int)?) {
        guard let bar = text.lastIndex(of: "|") else {
            return (text, nil)
        }
        let fields = text[text.index(after: bar)...].split(separator: ",")
        let sides = (fields.first ?? "").trimmingSpaces().split(separator: "x")
        guard sides.count == 2, let width = Int(sides[0]), let height = Int(sides[1]),
            (1...99_999).contains(width), (1...99_999).contains(height)
        else {
            return (text, nil)
        }
        let description = String(text[..<bar])
        guard fields.count > 1, fields[1].hasSuffix("%"),
            let percent = Int(fields[1].dropLast().trimmingSpaces()), (1...100).contains(percent)
        else {
            return (description, (width, height))
        }
        return (description, (max(1, width * percent / 100), max(1, height * percent / 100)))
    }
}
