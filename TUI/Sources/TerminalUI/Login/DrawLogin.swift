extension View {
    mutating func drawLogin(_ state: LoginState, in region: Region) {
        let heading = TextPolicy.field(
            "Log in to \(model.site.title)",
            style: Style(.heading, .strong)
        )
        grid.draw(
            heading.cut(to: region.columns - 2),
            column: 2,
            row: region.row + 1,
            limit: region.columns - 2
        )
        let dots = String(repeating: "\u{2022}", count: state.password.characters.count)
        let shown: [(LoginState.Field, String, String, Int)] = [
            (.username, "User name: ", state.username.text, state.username.cursorColumn),
            (.password, "Password:  ", dots, state.password.cursor),
            (.code, "Code:      ", state.code.text, state.code.cursorColumn),
        ]
        for (line, entry) in shown.enumerated() where state.fields.contains(entry.0) {
            let row = region.row + 3 + line
            let isFocused = state.focus == entry.0
            var text = StyledText(isFocused ? "> " : "  ", .strong)
            text.append(entry.1, .muted)
            let start = text.width
            let room = max(1, region.columns - start - 1)
            let hidden = max(0, entry.3 - room + 1)
            text.append(Array(TextPolicy.cells(entry.2, style: Style(.field)).dropFirst(hidden)))
            grid.draw(text.cells, column: 0, row: row, limit: region.columns)
            if isFocused, !state.isSending {
                cursor = Position(column: start + entry.3 - hidden, row: row)
            }
        }
    }
}
