/// The picture of the whole terminal, row by row.
package struct Grid: Sendable, Hashable {
    package let size: Size
    package private(set) var cells: [Cell]

    package init(size: Size) {
        self.size = size
        cells = Array(repeating: .blank, count: size.columns * size.rows)
    }

    package subscript(column column: Int, row row: Int) -> Cell {
        cells[row * size.columns + column]
    }

    /// Whether a row is the same as in another picture of the same size.
    package func hasRow(_ row: Int, of other: Grid) -> Bool {
        guard size == other.size else { return false }
        let places = (row * size.columns)..<((row + 1) * size.columns)
        return cells[places] == other.cells[places]
    }

    /// The text of one row, with the spaces at its end.
    package func text(row: Int) -> String {
        guard row >= 0, row < size.rows else { return "" }
        return cells[(row * size.columns)..<((row + 1) * size.columns)].map(\.text).joined()
    }

    /// Draws `line` from `column` on and never past `limit` columns; a wide character that does
    /// not fit whole becomes a space.
    package mutating func draw(_ line: [Cell], column: Int, row: Int, limit: Int) {
        guard row >= 0, row < size.rows, column < size.columns else { return }
        let end = min(size.columns, column + max(0, limit))
        var target = column
        for cell in line {
            if target >= end { break }
            if target >= 0 {
                put(cell, column: target, row: row, end: end)
            }
            target += 1
        }
        repair(row: row, edge: end)
        repair(row: row, edge: max(0, column))
    }

    private mutating func put(_ cell: Cell, column: Int, row: Int, end: Int) {
        let index = row * size.columns + column
        if cell.width == 2 && column + 1 >= end {
            cells[index] = Cell(" ", style: cell.style)
        } else if cell.isRightHalf && (column == 0 || cells[index - 1].width != 2) {
            cells[index] = Cell(" ", style: cell.style)
        } else {
            cells[index] = cell
        }
    }

    /// Blanks the half of a wide character that drawing cut in two at `edge`.
    private mutating func repair(row: Int, edge: Int) {
        let index = row * size.columns + edge
        if edge < size.columns, cells[index].isRightHalf,
            edge == 0 || cells[index - 1].width != 2
        {
            cells[index] = Cell(" ", style: cells[index].style)
        }
        guard edge > 0, edge <= size.columns, cells[index - 1].width == 2 else { return }
        if edge == size.columns || !cells[index].isRightHalf {
            cells[index - 1] = Cell(" ", style: cells[index - 1].style)
        }
    }

    /// Fills part of a row with spaces of one style.
    package mutating func fill(row: Int, column: Int = 0, columns: Int? = nil, style: Style) {
        let width = columns ?? size.columns
        guard width > 0 else { return }
        draw(
            Array(repeating: Cell(" ", style: style), count: width),
            column: column,
            row: row,
            limit: width
        )
    }

    /// Adds to the style of part of a row, for the selection.
    package mutating func emphasise(row: Int, column: Int, columns: Int, _ more: Emphasis) {
        guard row >= 0, row < size.rows else { return }
        for target in max(0, column)..<max(0, column, min(size.columns, column + columns)) {
            let index = row * size.columns + target
            cells[index].style = cells[index].style.adding(more)
        }
    }
}

/// Everything that the painter needs to show one moment.
package struct Frame: Sendable, Hashable {
    package var grid: Grid
    /// Where the terminal's cursor stands; nil hides it.
    package var cursor: Position?
    /// The title of the terminal's window, free of control characters.
    package var title: String
}
