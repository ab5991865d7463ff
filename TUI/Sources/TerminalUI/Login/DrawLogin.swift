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
        let note = LoginView.lines(for: state, columns: region.columns - 4)
        for (line, cells) in note.enumerated() where line < region.rows - 4 {
            grid.draw(cells, column: 2, row: region.row + 3 + line, limit: region.columns - 2)
        }
        let first = region.row + 3 + (note.isEmpty ? 0 : note.count + 1)
        let dots = String(repeating: "\u{2022}", count: state.password.characters.count)
        let all: [(LoginState.Field, String, String, Int)] = [
            (.username, "User name: ", state.username.text, state.username.cursorColumn),
            (.password, "Password:  ", dots, state.password.cursor),
            (.code, "Code:      ", state.code.text, state.code.cursorColumn),
            (.payload, "Paste it:  ", state.payload.text, state.payload.cursorColumn),
        ]
        let shown = all.filter { state.fields.contains($0.0) }
        for (line, entry) in shown.enumerated() where first + line < region.row + region.rows {
            let row = first + line
            let isFocused = state.focus == entry.0
            var text = StyledText(isFocused ? "> " : "  ", .strong)
            text.append(entry.1, .muted)
            let start = text.width
            let room = max(1, region.columns - start - 1)
            let hidden = max(0, entry.3 - room + 1)
            text.append(Array(TextPolicy.cells(entry.2, style: Style(.field)).dropFirst(hidden)))
            grid.draw(text.cells, column: 0, row: row, limit: region.columns)
            if isFocused, !state.isSending || state.approval != nil {
                cursor = Position(column: start + entry.3 - hidden, row: row)
            }
        }
    }
}

/// What is said above the form.
enum LoginView {
    static func lines(for state: LoginState, columns: Int) -> [[Cell]] {
        let width = max(10, min(columns, Limits.measure))
        switch state.approval {
        case nil:
            guard state.isSending else { return [] }
            return [TextPolicy.cells("Asking the site\u{2026}", style: .muted)]
        case .device(let code, let page):
            var line = StyledText("Code: ", .muted)
            line.append(field: code, Style(.notice, .strong))
            return [line.cells.cut(to: width)]
                + Wrap.rows(TextPolicy.field("Type it on this page:"), columns: width)
                + Wrap.hardRows(TextPolicy.field(page, style: Style(.link)), columns: width)
                + [
                    [],
                    TextPolicy.field("Waiting for your word there\u{2026}", style: .muted).cut(
                        to: width
                    ),
                ]
        case .paste(let page):
            return Wrap.rows(
                TextPolicy.field("Open this page in a browser, say yes, and paste what it shows:"),
                columns: width
            ) + Wrap.hardRows(TextPolicy.field(page, style: Style(.link)), columns: width)
        }
    }
}
