/// Breaks a line of cells into rows.
package enum Wrap {
    /// Rows of at most `columns` cells. A row breaks after a space or beside a wide character;
    /// a word longer than a row is cut. Spaces at a break disappear. Empty text is one empty row.
    package static func rows(_ cells: [Cell], columns: Int) -> [[Cell]] {
        ranges(cells, columns: columns).map { Array(cells[$0]) }
    }

    /// The ranges of the rows, for those who need places as well.
    static func ranges(_ cells: [Cell], columns: Int) -> [Range<Int>] {
        let room = max(2, columns)
        guard cells.count > room else { return [0..<cells.count] }
        var rows: [Range<Int>] = []
        var start = 0
        while cells.count - start > room {
            let end = breakPoint(in: cells, from: start, room: room)
            var trimmed = end
            while trimmed > start, cells[trimmed - 1].isSpace {
                trimmed -= 1
            }
            // A row of nothing but spaces keeps them: it is an indent, not a gap.
            rows.append(start..<(trimmed == start ? end : trimmed))
            start = end
            while start < cells.count, cells[start].isSpace {
                start += 1
            }
        }
        if start < cells.count || rows.isEmpty {
            rows.append(start..<cells.count)
        }
        return rows
    }

    /// Where the row that begins at `start` ends.
    private static func breakPoint(in cells: [Cell], from start: Int, room: Int) -> Int {
        let limit = start + room
        var place = limit
        while place > start {
            let before = cells[place - 1]
            let after = cells[place]
            if after.isSpace || before.isSpace {
                return place
            }
            if !after.isRightHalf, before.isRightHalf || after.width == 2 {
                return place
            }
            place -= 1
        }
        // No place to break: cut the word, but never a wide character.
        return cells[limit].isRightHalf ? limit - 1 : limit
    }

    /// Rows of exactly the text given, cut at `columns` without regard to words: for code.
    package static func hardRows(_ cells: [Cell], columns: Int) -> [[Cell]] {
        let room = max(2, columns)
        var rows: [[Cell]] = []
        var start = 0
        while cells.count - start > room {
            let end = cells[start + room].isRightHalf ? start + room - 1 : start + room
            rows.append(Array(cells[start..<end]))
            start = end
        }
        rows.append(Array(cells[start...]))
        return rows
    }
}
