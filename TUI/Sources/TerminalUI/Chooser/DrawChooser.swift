extension View {
    mutating func drawChooser(_ state: ChooserState, in region: Region) {
        guard !state.rows.isEmpty else {
            let text = state.failure.map { [$0.message, ". tries again"] } ?? [state.emptyText]
            drawCentred(state.isLoading ? ["Loading\u{2026}"] : text, in: region)
            return
        }
        let widest = state.rows.map { TextPolicy.field($0.label, style: .text).count }.max() ?? 0
        let lines = visible(state.rows.count, top: state.top, in: region).map { index in
            choiceLine(
                state.rows[index],
                number: index + 1,
                index == state.selected,
                columns: region.columns,
                label: widest
            )
        }
        drawRows(lines, top: state.top, selected: state.selected, in: region)
    }

    private func choiceLine(
        _ choice: Choice,
        number: Int,
        _ isSelected: Bool,
        columns: Int,
        label widest: Int
    ) -> [Cell] {
        var line = StyledText(isSelected ? ">" : " ", .strong)
        line.append(choice.isCurrent ? "\u{2022}" : " ", .strong)
        line.append(StyledText.right(String(number), columns: 3, Style(.key, .strong)))
        line.append("  ")
        let room = max(1, columns - line.width - 1)
        let label = TextPolicy.field(choice.label, style: isSelected ? .strong : .text)
        // What is chosen comes before what is said about it.
        let labelRoom = choice.detail.isEmpty ? room : min(widest, max(room * 3 / 5, room - 30))
        let detailRoom = max(0, room - labelRoom)
        line.append(label.fitted(to: labelRoom))
        if detailRoom > 0 {
            line.append(StyledText.left(choice.detail, columns: detailRoom, .muted))
        }
        return line.cells.fitted(to: columns)
    }

    /// Draws the visible rows of a list; `lines` holds one for each index of ``visible(_:top:in:)``.
    mutating func drawRows(_ lines: [[Cell]], top: Int, selected: Int, in region: Region) {
        for (offset, cells) in lines.enumerated() {
            let row = region.row + offset
            grid.draw(cells, column: region.column, row: row, limit: region.columns)
            if top + offset == selected {
                grid.emphasise(
                    row: row,
                    column: region.column,
                    columns: min(region.columns, cells.firstColumn),
                    .selected
                )
            }
        }
    }

    /// The indices of a list of `count` rows that a region shows.
    func visible(_ count: Int, top: Int, in region: Region) -> Range<Int> {
        let first = max(0, min(top, count))
        return first..<min(count, first + region.rows)
    }
}

extension [Cell] {
    /// Columns of marks and numbers before what a row is about.
    private static let marks = 8

    /// The columns up to the gap behind what a row is about. The selection reaches so far: reversing all of
    /// a wide row, and the one before it back, would send twice its width at each step.
    fileprivate var firstColumn: Int {
        var end = Swift.min(count, Self.marks)
        while end < count, !self[end].isSpace || (end + 1 < count && !self[end + 1].isSpace) {
            end += 1
        }
        return end
    }
}
