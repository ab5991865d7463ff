/// The rows of a table and how they become lines.
struct TableLayout {
    private(set) var rows: [[[Cell]]] = []
    /// Rows at the top that are headings.
    private(set) var headings = 0

    mutating func startRow() {
        guard rows.count < Limits.tableRows else { return }
        rows.append([])
    }

    mutating func add(_ cell: [Cell], isHeading: Bool) {
        guard !rows.isEmpty, rows[rows.count - 1].count < Limits.tableColumns else { return }
        var trimmed = cell
        while trimmed.last?.isSpace ?? false {
            trimmed.removeLast()
        }
        rows[rows.count - 1].append(trimmed)
        if isHeading, headings == rows.count - 1 {
            headings = rows.count
        }
    }

    /// The lines of the table, none wider than `width` unless there are too many columns.
    func lines(width: Int) -> [[Cell]] {
        let columns = rows.map(\.count).max() ?? 0
        guard columns > 0 else { return [] }
        let widths = columnWidths(columns: columns, width: width)
        var lines: [[Cell]] = []
        for (index, row) in rows.enumerated() {
            lines += TableLayout.lines(of: row, widths: widths)
            if index + 1 == headings {
                let rules = widths.map { String(repeating: "\u{2500}", count: $0) }
                lines.append(
                    TextPolicy.cells(
                        rules.joined(separator: "\u{2500}\u{253C}\u{2500}"),
                        style: Style(.rule)
                    )
                )
            }
        }
        return lines.map { $0.cut(to: width) }
    }

    /// Natural widths, then the widest columns give way until the table fits.
    private func columnWidths(columns: Int, width: Int) -> [Int] {
        var widths = (0..<columns).map { column in
            max(2, rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0)
        }
        let room = max(columns * 2, width - (columns - 1) * 3)
        widths = widths.map { min($0, room) }
        while widths.reduce(0, +) > room {
            guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
                widths[widest] > 2
            else { break }
            widths[widest] -= 1
        }
        return widths
    }

    private static func lines(of row: [[Cell]], widths: [Int]) -> [[Cell]] {
        let wrapped = widths.indices.map { column in
            Wrap.rows(column < row.count ? row[column] : [], columns: widths[column])
        }
        let height = wrapped.map(\.count).max() ?? 0
        return (0..<height).map { line in
            var cells: [Cell] = []
            for column in widths.indices {
                if column > 0 {
                    cells += TextPolicy.cells(" \u{2502} ", style: Style(.rule))
                }
                let part = line < wrapped[column].count ? wrapped[column][line] : []
                cells += part.fitted(to: widths[column])
            }
            return cells
        }
    }
}
