/// Text of many lines that is being typed, with a cursor and undo.
package struct TextArea: Sendable, Hashable {
    /// A place between two characters.
    package struct Place: Sendable, Hashable {
        package var line: Int
        package var column: Int
    }

    /// What undo returns to.
    private struct Moment: Sendable, Hashable {
        var lines: [[Character]]
        var cursor: Place
        var count: Int
    }

    /// Never empty.
    package private(set) var lines: [[Character]] = [[]]
    package private(set) var cursor = Place(line: 0, column: 0)
    /// Characters of the text, line ends included.
    package private(set) var count = 0
    private var history: [Moment] = []
    private var isTypingWord = false
    /// The column that moving up and down tries to keep.
    private var wantedColumn: Int?
    /// What the last cut took.
    private var cut: [Character] = []

    package init(_ text: String = "") {
        replace(with: text)
        history = []
    }

    package var text: String {
        lines.map { String($0) }.joined(separator: "\n")
    }

    package var isEmpty: Bool { count == 0 }

    /// Sets the whole text; the cursor goes to its end. Can be undone.
    package mutating func replace(with text: String) {
        remember()
        lines = [[]]
        cursor = Place(line: 0, column: 0)
        count = 0
        put(text)
    }

    /// Puts `text` before everything; the cursor stays where it was in the text.
    package mutating func insertAtStart(_ text: String) {
        let place = cursor
        let linesBefore = lines.count
        let isFirst = place.line == 0
        remember()
        cursor = Place(line: 0, column: 0)
        put(text)
        let end = cursor
        cursor = Place(
            line: place.line + lines.count - linesBefore,
            column: isFirst ? end.column + place.column : place.column
        )
    }

    /// Adds text at the cursor. What exceeds the limit of a post is left out: false then.
    @discardableResult
    package mutating func insert(_ text: String) -> Bool {
        let isWord = text.count == 1 && !(text.first?.isWhitespace ?? true)
        if !(isWord && isTypingWord) {
            remember()
        }
        isTypingWord = isWord
        return put(text)
    }

    @discardableResult
    private mutating func put(_ text: String) -> Bool {
        wantedColumn = nil
        for character in text {
            guard count < Limits.composerCharacters else { return false }
            if character.isNewline {
                let rest = Array(lines[cursor.line][cursor.column...])
                lines[cursor.line].removeSubrange(cursor.column...)
                lines.insert(rest, at: cursor.line + 1)
                cursor = Place(line: cursor.line + 1, column: 0)
            } else if cursor.column > 0,
                let joined = TextField.joined(lines[cursor.line][cursor.column - 1], character)
            {
                lines[cursor.line][cursor.column - 1] = joined
                continue
            } else {
                lines[cursor.line].insert(character, at: cursor.column)
                cursor.column += 1
            }
            count += 1
        }
        return true
    }

    // MARK: Undo

    private mutating func remember() {
        let moment = Moment(lines: lines, cursor: cursor, count: count)
        if history.last?.lines != moment.lines {
            history.append(moment)
        }
        if history.count > Limits.undoSteps {
            history.removeFirst()
        }
        isTypingWord = false
    }

    /// Takes the last change back; false when there is none.
    package mutating func undo() -> Bool {
        guard let last = history.popLast() else { return false }
        lines = last.lines
        cursor = last.cursor
        count = last.count
        isTypingWord = false
        wantedColumn = nil
        return true
    }

    // MARK: Keys

    /// Does what an editing key means in text of `columns` columns; false when it means nothing.
    package mutating func edit(_ key: Key, columns: Int, rows: Int) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .enter: insert("\n")
        case .tab: insert("    ")
        case .backspace: removeBefore()
        case .delete, .control("d"): removeAfter()
        case .control("k"): removeToLineEnd()
        case .control("u"): removeToLineStart()
        case .control("w"): removeWord()
        case .control("y"): insert(String(cut))
        default: return move(key, columns: columns, rows: rows)
        }
        return true
    }

    private mutating func move(_ key: Key, columns: Int, rows: Int) -> Bool {
        isTypingWord = false
        switch key {
        case .up: moveRows(-1, columns: columns)
        case .down: moveRows(1, columns: columns)
        case .pageUp: moveRows(-max(1, rows - 1), columns: columns)
        case .pageDown: moveRows(max(1, rows - 1), columns: columns)
        default:
            wantedColumn = nil
            switch key {
            case .left: moveLeft()
            case .right: moveRight()
            case .home, .control("a"): cursor.column = 0
            case .end: cursor.column = lines[cursor.line].count
            default: return false
            }
        }
        return true
    }

    private mutating func moveLeft() {
        if cursor.column > 0 {
            cursor.column -= 1
        } else if cursor.line > 0 {
            cursor = Place(line: cursor.line - 1, column: lines[cursor.line - 1].count)
        }
    }

    private mutating func moveRight() {
        if cursor.column < lines[cursor.line].count {
            cursor.column += 1
        } else if cursor.line + 1 < lines.count {
            cursor = Place(line: cursor.line + 1, column: 0)
        }
    }

    private mutating func removeBefore() {
        guard cursor != Place(line: 0, column: 0) else { return }
        remember()
        wantedColumn = nil
        count -= 1
        if cursor.column > 0 {
            cursor.column -= 1
            lines[cursor.line].remove(at: cursor.column)
        } else {
            let rest = lines.remove(at: cursor.line)
            cursor = Place(line: cursor.line - 1, column: lines[cursor.line - 1].count)
            lines[cursor.line] += rest
        }
    }

    private mutating func removeAfter() {
        let before = cursor
        moveRight()
        guard cursor != before else { return }
        removeBefore()
    }

    private mutating func removeToLineEnd() {
        guard cursor.column < lines[cursor.line].count else { return removeAfter() }
        remove(from: cursor.column, to: lines[cursor.line].count)
    }

    private mutating func removeToLineStart() {
        remove(from: 0, to: cursor.column)
    }

    private mutating func removeWord() {
        let line = lines[cursor.line]
        var start = cursor.column
        guard start > 0 else { return removeBefore() }
        while start > 0, line[start - 1].isWhitespace {
            start -= 1
        }
        while start > 0, !line[start - 1].isWhitespace {
            start -= 1
        }
        remove(from: start, to: cursor.column)
    }

    /// Removes part of the current line and keeps it for `^Y`.
    private mutating func remove(from start: Int, to end: Int) {
        guard start < end else { return }
        remember()
        wantedColumn = nil
        cut = Array(lines[cursor.line][start..<end])
        lines[cursor.line].removeSubrange(start..<end)
        count -= end - start
        cursor.column = start
    }

    // MARK: Rows on the screen

    /// The cells of one line and the ranges of its rows.
    private func rows(ofLine line: Int, columns: Int) -> (cells: [Cell], ranges: [Range<Int>]) {
        let cells = TextPolicy.cells(String(lines[line]), tab: 4)
        return (cells, Wrap.ranges(cells, columns: columns))
    }

    /// Row within its line and column on the screen.
    private func place(of place: Place, columns: Int) -> (row: Int, column: Int) {
        let before = TextPolicy.cells(String(lines[place.line][..<place.column]), tab: 4).count
        let ranges = rows(ofLine: place.line, columns: columns).ranges
        let row = ranges.lastIndex { $0.lowerBound <= before } ?? 0
        return (row, min(before - ranges[row].lowerBound, max(0, columns - 1)))
    }

    private mutating func moveRows(_ steps: Int, columns: Int) {
        let start = place(of: cursor, columns: columns)
        let wanted = wantedColumn ?? start.column
        var line = cursor.line
        var row = start.row + steps
        while row < 0, line > 0 {
            line -= 1
            row += rows(ofLine: line, columns: columns).ranges.count
        }
        var height = rows(ofLine: line, columns: columns).ranges.count
        while row >= height, line + 1 < lines.count {
            row -= height
            line += 1
            height = rows(ofLine: line, columns: columns).ranges.count
        }
        if row < 0 {
            cursor = Place(line: 0, column: 0)
        } else if row >= height {
            cursor = Place(line: line, column: lines[line].count)
        } else {
            cursor = Place(
                line: line,
                column: character(line: line, row: row, column: wanted, columns: columns)
            )
        }
        wantedColumn = wanted
    }

    /// The character that stands at a place of the screen.
    private func character(line: Int, row: Int, column: Int, columns: Int) -> Int {
        let ranges = rows(ofLine: line, columns: columns).ranges
        let range = ranges[row]
        let isLast = row == ranges.count - 1
        let most = isLast ? range.upperBound : ranges[row + 1].lowerBound - 1
        let target = min(range.lowerBound + column, most)
        var width = 0
        for (index, character) in lines[line].enumerated() {
            let next = width + TextPolicy.cells(String(character), tab: 4).count
            if next > target { return index }
            width = next
        }
        return lines[line].count
    }

    /// All rows of the text wrapped to `columns`, and where the cursor stands in them.
    package func layout(columns: Int) -> (rows: [[Cell]], cursor: Position) {
        var all: [[Cell]] = []
        var position = Position(column: 0, row: 0)
        for line in lines.indices {
            if line == cursor.line {
                let place = place(of: cursor, columns: columns)
                position = Position(column: place.column, row: all.count + place.row)
            }
            let wrapped = rows(ofLine: line, columns: columns)
            all += wrapped.ranges.map { Array(wrapped.cells[$0]) }
        }
        return (all, position)
    }
}
