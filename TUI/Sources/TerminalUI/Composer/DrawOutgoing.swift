extension View {
    /// What goes out and to whom, above the text as others will see it.
    mutating func drawOutgoing(_ state: ComposerState, in region: Region) {
        let facts = state.facts(model.site)
        let shown = facts.prefix(max(1, region.rows - 2))
        for (line, fact) in shown.enumerated() {
            var text = StyledText(" ")
            if fact.isWarning {
                text.append("! ", Style(.failure, .strong))
                text.append(field: fact.text, Style(.failure, .strong))
            } else {
                text.append((fact.name + ":").padded(to: 11), .muted)
                text.append(field: fact.text, Style(.field))
            }
            grid.draw(
                text.cells.cut(to: region.columns),
                column: region.column,
                row: region.row + line,
                limit: region.columns
            )
        }
        let rule = String(repeating: "\u{2500}", count: max(0, region.columns))
        grid.draw(
            TextPolicy.cells(rule, style: Style(.rule)),
            column: region.column,
            row: region.row + shown.count,
            limit: region.columns
        )
        let columns = model.composerRegion.columns
        drawPreview(
            state,
            in: Region(
                column: 1,
                row: region.row + shown.count + 1,
                columns: columns,
                rows: max(0, region.rows - shown.count - 1)
            )
        )
    }
}

extension String {
    fileprivate func padded(to count: Int) -> String {
        self + String(repeating: " ", count: Swift.max(1, count - self.count))
    }
}
