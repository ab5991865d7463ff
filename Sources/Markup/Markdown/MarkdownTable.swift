import CCMark

/// A table in GitHub's form (GFM §4.10), found in the content of a paragraph: a header, a row of
/// dashes with as many cells, and the rows below it.
struct MarkdownTable {
    typealias Piece = InlineRenderer.Piece

    /// What stands in the paragraph before the header.
    private(set) var before: [Piece] = []
    /// `left`, `center`, `right` or nothing for every column.
    private(set) var alignments: [String] = []
    private(set) var header: [[Piece]] = []
    private(set) var rows: [[[Piece]]] = []

    /// Nil when the pieces hold no table, or one beyond the limits.
    init?(_ pieces: [Piece]) {
        guard pieces.count > 2 else {
            return nil
        }
        var lines: [Range<Int>] = []
        var start = 0
        for (index, piece) in pieces.enumerated() where Self.isBreak(piece) {
            lines.append(start..<index)
            start = index + 1
        }
        lines.append(start..<pieces.count)
        for position in lines.indices.dropFirst() {
            guard let alignments = Self.alignments(pieces[lines[position]]) else {
                continue
            }
            let header = Self.cells(pieces[lines[position - 1]])
            let cells = (lines.count - position) * alignments.count
            guard header.count == alignments.count, cells <= Limits.tableCells else {
                continue
            }
            self.alignments = alignments
            self.header = header
            rows = lines[(position + 1)...].map { Self.cells(pieces[$0]) }
            if position > 1 {
                before = Array(pieces[..<lines[position - 2].upperBound])
            }
            return
        }
        return nil
    }

    private static func isBreak(_ piece: Piece) -> Bool {
        guard case .node(let node) = piece else {
            return false
        }
        let type = cmark_node_get_type(node)
        return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK
    }

    /// The alignments that a row of dashes gives; nil when the line is none, or too wide.
    private static func alignments(_ pieces: ArraySlice<Piece>) -> [String]? {
        guard pieces.count == 1, case .text(let bytes)? = pieces.first,
            bytes.contains(UInt8(ascii: "|")) || bytes.contains(UInt8(ascii: "-"))
        else {
            return nil
        }
        let allowed = bytes.allSatisfy {
            $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":")
                || $0 == 0x20 || $0 == 0x09
        }
        guard allowed, bytes.contains(UInt8(ascii: "|")) || bytes.contains(UInt8(ascii: ":")) else {
            return nil
        }
        var found: [String] = []
        for cell in split(bytes) {
            let text = Array(cell)
            let dashes = text.filter { $0 == UInt8(ascii: "-") }.count
            let left = text.first == UInt8(ascii: ":")
            let right = text.count > 1 && text.last == UInt8(ascii: ":")
            guard dashes > 0, dashes + (left ? 1 : 0) + (right ? 1 : 0) == text.count,
                found.count < Limits.tableColumns
            else {
                return nil
            }
            switch (left, right) {
            case (true, true): found.append("center")
            case (true, false): found.append("left")
            case (false, true): found.append("right")
            case (false, false): found.append("")
            }
        }
        return found
    }

    /// The cells of a row of text alone, without space at their ends.
    private static func split(_ bytes: UnsafeBufferPointer<UInt8>) -> [UnsafeBufferPointer<UInt8>] {
        var parts: [UnsafeBufferPointer<UInt8>] = []
        for cell in cells([.text(bytes)]) {
            if case .text(let text)? = cell.first {
                parts.append(text)
            } else {
                parts.append(UnsafeBufferPointer(start: nil, count: 0))
            }
        }
        return parts
    }

    /// The cells of a row.
    private static func cells(_ pieces: ArraySlice<Piece>) -> [[Piece]] {
        var cells: [[Piece]] = [[]]
        for piece in pieces {
            guard case .text(let bytes) = piece else {
                cells[cells.count - 1].append(piece)
                continue
            }
            var start = 0
            for index in 0...bytes.count
            where index == bytes.count || bytes[index] == UInt8(ascii: "|") {
                if index > start {
                    let part = UnsafeBufferPointer(rebasing: bytes[start..<index])
                    cells[cells.count - 1].append(.text(part))
                }
                if index < bytes.count {
                    cells.append([])
                }
                start = index + 1
            }
        }
        cells = cells.map(trimmed)
        // The lines at both ends of a row stand for no cell.
        if cells.count > 1, cells[0].isEmpty {
            cells.removeFirst()
        }
        if cells.count > 1, let last = cells.last, last.isEmpty {
            cells.removeLast()
        }
        return cells
    }

    /// Without white space at both ends.
    private static func trimmed(_ cell: [Piece]) -> [Piece] {
        var pieces = cell
        while case .text(let bytes)? = pieces.first {
            let rest = bytes.drop { $0 == 0x20 || $0 == 0x09 }
            pieces.removeFirst()
            if !rest.isEmpty {
                pieces.insert(.text(UnsafeBufferPointer(rebasing: rest)), at: 0)
                break
            }
        }
        while case .text(let bytes)? = pieces.last {
            var rest = bytes[...]
            while let last = rest.last, last == 0x20 || last == 0x09 {
                rest = rest.dropLast()
            }
            pieces.removeLast()
            if !rest.isEmpty {
                pieces.append(.text(UnsafeBufferPointer(rebasing: rest)))
                break
            }
        }
        return pieces
    }
}
