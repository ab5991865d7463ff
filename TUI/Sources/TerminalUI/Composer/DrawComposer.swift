extension View {
    mutating func drawComposer(_ state: ComposerState, in region: Region) {
        guard state.mode != .outgoing else {
            drawOutgoing(state, in: region)
            return
        }
        var row = region.row
        let head = min(state.headRows, max(0, region.rows - 2))
        drawFields(state, row: row, rows: head)
        row += head
        let rule = String(repeating: "\u{2500}", count: max(0, size.columns))
        grid.draw(
            TextPolicy.cells(rule, style: Style(.rule)),
            column: 0,
            row: row,
            limit: size.columns
        )
        let text = model.composerRegion
        let place = Region(column: 1, row: row + 1, columns: text.columns, rows: text.rows)
        if state.mode == .preview {
            drawPreview(state, in: place)
        } else {
            drawBody(state, in: place)
        }
    }

    private mutating func drawFields(_ state: ComposerState, row: Int, rows: Int) {
        let category = model.site.category(state.categoryID)?.name ?? "(none)"
        let shown = state.fields.dropLast().map { field in
            switch field {
            case .title: (field, "Title:    ", state.title.text)
            case .recipients: (field, "To:       ", state.recipients.text)
            case .category: (field, "Category: ", "\u{2039} \(category) \u{203A}")
            case .tags, .body: (field, "Tags:     ", state.tags.text)
            }
        }
        for (line, entry) in shown.enumerated() where line < rows {
            let isFocused = state.focus == entry.0 && state.mode == .editing
            var text = StyledText(isFocused ? ">" : " ", .strong)
            text.append(entry.1, .muted)
            let start = text.width
            let room = max(1, size.columns - start - 1)
            let column = state.cursorColumn(of: entry.0)
            let hidden = isFocused ? max(0, column - room + 1) : 0
            text.append(Array(TextPolicy.cells(entry.2, style: Style(.field)).dropFirst(hidden)))
            grid.draw(text.cells, column: 0, row: row + line, limit: size.columns)
            if isFocused {
                cursor = Position(column: start + column - hidden, row: row + line)
            }
        }
        for (line, topic) in state.similar.enumerated() where shown.count + line < rows {
            var text = StyledText(" Similar:  ", .muted)
            text.append(field: topic.title, Style(.notice))
            text.append(" (\(topic.postsCount) posts)", .muted)
            let place = row + shown.count + line
            grid.draw(text.cells.cut(to: size.columns), column: 0, row: place, limit: size.columns)
        }
    }

    private mutating func drawBody(_ state: ComposerState, in region: Region) {
        let layout = state.body.layout(columns: region.columns)
        let highest = max(0, layout.rows.count - 1)
        // The size may have changed since the last key: the cursor stays on the screen.
        var top = min(state.top, highest)
        top = max(layout.cursor.row - region.rows + 1, min(top, layout.cursor.row))
        for line in 0..<region.rows where layout.rows.indices.contains(top + line) {
            grid.draw(
                layout.rows[top + line],
                column: region.column,
                row: region.row + line,
                limit: region.columns
            )
        }
        if state.focus == .body, state.mode == .editing {
            cursor = Position(
                column: min(size.columns - 1, region.column + layout.cursor.column),
                row: region.row + layout.cursor.row - top
            )
        }
    }

    mutating func drawPreview(_ state: ComposerState, in region: Region) {
        let lines = MarkdownRenderer.render(state.body.text, width: region.columns).lines
        for line in 0..<region.rows where lines.indices.contains(state.top + line) {
            grid.draw(
                lines[state.top + line],
                column: region.column,
                row: region.row + line,
                limit: region.columns
            )
        }
    }
}

extension ComposerState {
    /// What is being written, for the bar at the top.
    var heading: String {
        switch purpose {
        case .newTopic:
            "New topic"
        case .message:
            "New message"
        case .reply(_, let title, let number, let username):
            if let number, let username {
                "Reply to \(username), #\(number), in \(title)"
            } else {
                "Reply to \(title)"
            }
        case .edit(_, let number, _):
            "Edit post #\(number)"
        }
    }

    func cursorColumn(of field: Field) -> Int {
        switch field {
        case .title: title.cursorColumn
        case .recipients: recipients.cursorColumn
        case .tags: tags.cursorColumn
        case .category: 2
        case .body: 0
        }
    }

    /// What the status line says.
    func information(_ site: SiteInfo) -> String {
        switch mode {
        case .leaving: return "Leave? Enter keeps the draft, d discards it, Esc goes on."
        case .sending: return "Sending\u{2026}"
        case .outgoing: return uploading ?? "Nothing is sent yet."
        case .editing, .preview: break
        }
        var parts = [mode == .preview ? "Preview" : lengths(site)]
        if arrived > 0 {
            parts.append(
                arrived == 1
                    ? "1 reply came since you began" : "\(arrived) replies came since you began"
            )
        }
        if let words = kept.words {
            parts.append(words)
        }
        if awaitedRaw != nil {
            parts.append("loading the text\u{2026}")
        }
        if let uploading {
            parts.append(uploading)
        }
        if completions.count > 1 {
            parts.append("^N: " + completions.joined(separator: " "))
        }
        return parts.joined(separator: " \u{B7} ")
    }

    /// Characters that the site wants at least.
    private func least(_ site: SiteInfo) -> Int {
        switch purpose {
        case .newTopic: site.limits.firstPost
        case .message: site.limits.message
        case .edit(_, number: 1, _): site.limits.firstPost
        case .reply, .edit: site.limits.post
        }
    }

    func isTooShort(_ site: SiteInfo) -> Bool {
        body.count < least(site)
            || (purpose == .newTopic && title.characters.count < site.limits.title)
    }

    /// How long the text is, and how much is missing to what the site takes.
    func lengths(_ site: SiteInfo) -> String {
        let least = least(site)
        let written = body.count
        var text = "\(written) characters"
        if written < least {
            text += " (at least \(least))"
        }
        let letters = title.characters.count
        if purpose == .newTopic, letters > 0, letters < site.limits.title {
            text = "title \(letters) of at least \(site.limits.title) \u{B7} " + text
        }
        return text
    }
}
