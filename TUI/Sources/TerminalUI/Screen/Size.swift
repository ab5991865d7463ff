/// Columns and rows of a terminal or of a part of it.
package struct Size: Sendable, Hashable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }
}

/// A place on the grid, counted from the upper left corner.
package struct Position: Sendable, Hashable {
    package var column: Int
    package var row: Int

    package init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }
}

/// A part of the grid that one view draws into.
package struct Region: Sendable, Hashable {
    package var column: Int
    package var row: Int
    package var size: Size

    package init(column: Int, row: Int, columns: Int, rows: Int) {
        self.column = column
        self.row = row
        size = Size(columns: columns, rows: rows)
    }

    package var columns: Int { size.columns }
    package var rows: Int { size.rows }
}
