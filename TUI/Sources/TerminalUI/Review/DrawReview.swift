extension View {
    /// The queue above, what waits below.
    mutating func drawReview(_ state: ReviewState, in region: Region) {
        guard let item = state.selectedItem else {
            let text = state.failure.map { [$0.message, ". tries again"] }
            let empty = ["Nothing waits for the staff."]
            drawCentred(state.isLoading ? ["Loading\u{2026}"] : text ?? empty, in: region)
            return
        }
        let rows = min(state.items.count, model.reviewListRows)
        let list = Region(column: 0, row: region.row, columns: region.columns, rows: rows)
        let lines = visible(state.items.count, top: state.top, in: list).map { index in
            reviewLine(state.items[index], index == state.selected, columns: region.columns)
        }
        drawRows(lines, top: state.top, selected: state.selected, in: list)
        let rule = String(repeating: "\u{2500}", count: region.columns)
        grid.draw(
            TextPolicy.cells(rule, style: Style(.rule)),
            column: 0,
            row: region.row + rows,
            limit: region.columns
        )
        let width = max(10, min(Limits.measure, region.columns - 2))
        for (line, cells) in ReviewView.text(of: item, width: width).enumerated()
        where line < region.rows - rows - 1 {
            grid.draw(cells, column: 1, row: region.row + rows + 1 + line, limit: width)
        }
    }

    private func reviewLine(_ item: ReviewItem, _ isSelected: Bool, columns: Int) -> [Cell] {
        let age = StyledText.right(
            Age.short(since: item.createdAt, now: model.now),
            columns: 5,
            .muted
        )
        var line = StyledText(isSelected ? "> " : "  ", .strong)
        line.append(StyledText.left(item.kind.name, columns: 14, Style(.notice)))
        line.append(" ")
        line.append(field: item.author, Style(.author, .strong))
        line.append("  ")
        line.append(field: item.title.isEmpty ? item.text : item.title)
        if let name = item.claimedBy {
            line.append(field: " (claimed by \(name))", .muted)
        }
        let room = max(1, columns - age.count - 1)
        return (line.cells.cut(to: room).fitted(to: room) + [.blank] + age).fitted(to: columns)
    }
}

extension ReviewItem.Kind {
    package var name: String {
        switch self {
        case .flaggedPost: "flagged post"
        case .queuedPost: "waiting post"
        case .account: "new account"
        case .other(let name): name
        }
    }
}

/// What waits, as lines.
enum ReviewView {
    static func text(of item: ReviewItem, width: Int) -> [[Cell]] {
        var lines: [[Cell]] = []
        for reason in item.reasons {
            let cells = TextPolicy.field(reason, style: Style(.notice))
            lines += Wrap.rows(cells, columns: width)
        }
        if !lines.isEmpty {
            lines.append([])
        }
        for paragraph in item.text.split(separator: "\n", omittingEmptySubsequences: false)
            .prefix(Limits.reviewLines)
        {
            lines += Wrap.rows(TextPolicy.cells(paragraph), columns: width)
        }
        return lines
    }
}
