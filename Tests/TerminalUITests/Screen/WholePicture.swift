@testable import TerminalUI

extension Frame {
    /// What is wrong with a picture, nil when it is whole: half a wide character, or a cursor outside.
    var flaw: String? {
        let size = grid.size
        guard grid.cells.count == size.columns * size.rows else { return "cells are missing" }
        for row in 0..<size.rows {
            for column in 0..<size.columns {
                let cell = grid[column: column, row: row]
                if cell.width == 2 {
                    guard column + 1 < size.columns,
                        grid[column: column + 1, row: row].isRightHalf
                    else { return "half a character in row \(row)" }
                } else if cell.isRightHalf,
                    column == 0 || grid[column: column - 1, row: row].width != 2
                {
                    return "a right half alone in row \(row)"
                }
            }
        }
        if let cursor,
            cursor.column < 0 || cursor.column >= size.columns || cursor.row < 0
                || cursor.row >= size.rows
        {
            return "the cursor is outside"
        }
        return nil
    }
}
