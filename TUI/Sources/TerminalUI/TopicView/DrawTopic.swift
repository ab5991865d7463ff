extension View {
    mutating func drawTopic(_ state: TopicState, in region: Region) {
        guard !state.stream.isEmpty else {
            let text = state.failure.map { [$0.message, ". tries again, u goes back"] }
            drawCentred(text ?? [state.isLoading ? "Loading\u{2026}" : "No posts."], in: region)
            return
        }
        var row = 0
        var index = max(0, min(state.top.index, state.stream.count - 1))
        var line = state.top.line
        let answers = state.foldedAnswers
        while row < region.rows, index < state.stream.count {
            row += drawPost(
                state,
                index: index,
                from: line,
                answers: answers,
                in: Region(
                    column: region.column,
                    row: region.row + row,
                    columns: region.columns,
                    rows: region.rows - row
                )
            )
            index += 1
            line = 0
        }
    }

    /// Draws the head, the body and the gap below of one post, from one of its lines on. Returns the
    /// rows that they take.
    private mutating func drawPost(
        _ state: TopicState,
        index: Int,
        from first: Int,
        answers: [Int: Int],
        in region: Region
    ) -> Int {
        let post = state.post(at: index)
        let layout = state.layout(index, columns: region.columns)
        let body = post == nil ? TopicState.estimatedBody : layout?.lines.count ?? 0
        let isFolded = post.map { state.folded.contains($0.id) } ?? false
        let height = isFolded ? 1 : body + TopicState.frameLines
        let start = min(first, height - 1)
        let end = min(height, start + region.rows)
        for line in start..<end {
            let row = region.row + line - start
            if line > 0 {
                // The last line is the gap.
                guard let lines = layout?.lines, line <= lines.count else { continue }
                let indent = TopicState.indent
                let text = lines[line - 1].cut(to: region.columns - indent)
                grid.draw(text, column: region.column + indent, row: row, limit: text.count)
            } else if let post {
                let answers = answers[post.number] ?? 0
                let cells = head(
                    of: post,
                    in: state,
                    index: index,
                    answers: answers,
                    columns: region.columns
                )
                grid.draw(cells, column: region.column, row: row, limit: region.columns)
            } else {
                let cells = missingHead(isSelected: index == state.selected)
                grid.draw(cells, column: region.column, row: row, limit: region.columns)
            }
        }
        return end - start
    }

    /// The head of a post that has not come yet.
    private func missingHead(isSelected: Bool) -> [Cell] {
        StyledText(isSelected ? ">" : " ", .strong).cells
            + TextPolicy.cells("\u{2500}\u{2500} loading\u{2026}", style: .muted)
    }

    /// `>── ana · 2h · #12 ↩ 9 ── ♥ 4 ─────── ● new`
    private func head(
        of post: Post,
        in state: TopicState,
        index: Int,
        answers: Int,
        columns: Int
    ) -> [Cell] {
        let isSelected = index == state.selected
        var line = StyledText(isSelected ? ">" : " ", .strong)
        let age = Age.short(since: post.createdAt, now: model.now)
        if let action = post.smallAction {
            line.append("   ")
            line.append(field: "\(post.username) \(action)", Style(.muted, .slanted))
            line.append(" \u{B7} \(age)", .muted)
            return line.cells.cut(to: columns)
        }
        line.append(
            state.folded.contains(post.id) ? "\u{25B8}  " : "\u{2500}\u{2500} ",
            Style(.rule)
        )
        let name = Style(.author, isSelected ? [.strong, .selected] : .strong)
        line.append(Array(TextPolicy.field(post.username, style: name).cut(to: 30)))
        line.append(" \u{B7} \(age) \u{B7} #\(post.number)", .muted)
        if let parent = post.replyToNumber {
            line.append(" \u{21A9} \(parent)", .muted)
        }
        for note in notes(on: post) + chainNotes(answers) {
            line.append(" \(note)", Style(.notice))
        }
        if post.likeCount > 0 {
            let mine = post.isLiked ? " (you)" : ""
            line.append(" \u{2500}\u{2500} ", Style(.rule))
            line.append("\u{2665} \(post.likeCount)\(mine)", Style(.like))
        }
        let measure = min(columns, Limits.headMeasure)
        let isNew = state.isNew(post) && post.username != model.site.username
        let mark = isNew ? " \u{25CF} new" : ""
        let room = measure - line.width - TextPolicy.width(mark) - 1
        line.append(" " + String(repeating: "\u{2500}", count: max(0, room - 1)), Style(.rule))
        line.append(mark, Style(.unread, .strong))
        return line.cells.cut(to: columns)
    }

    private func notes(on post: Post) -> [String] {
        (post.isWiki ? ["(wiki)"] : []) + (post.isHidden ? ["(hidden)"] : [])
            + (post.isDeleted ? ["(deleted)"] : [])
            + (post.isAnswer ? ["(solution)"] : [])
            + (post.bookmarkID != nil ? ["(bookmarked)"] : [])
    }

    private func chainNotes(_ count: Int) -> [String] {
        count == 0 ? [] : [count == 1 ? "(1 answer folded)" : "(\(count) answers folded)"]
    }

    // MARK: The column beside a topic

    mutating func drawInformation(_ state: TopicState, in region: Region) {
        drawDivider(column: region.column - 1, in: region)
        let lines = TopicView.information(state, site: model.site, columns: region.columns - 2)
        for (line, cells) in lines.prefix(region.rows).enumerated() {
            grid.draw(
                cells,
                column: region.column + 1,
                row: region.row + line,
                limit: region.columns - 2
            )
        }
    }
}

/// What stands beside a topic on a wide screen.
enum TopicView {
    static func information(_ state: TopicState, site: SiteInfo, columns: Int) -> [[Cell]] {
        var lines: [[Cell]] = []
        func part(_ heading: String, _ entries: [(String, Style)]) {
            guard !entries.isEmpty else { return }
            lines += (lines.isEmpty ? [] : [[]])
            lines.append(TextPolicy.cells(heading, style: Style(.heading, .strong)))
            lines += entries.map { TextPolicy.field($0.0, style: $0.1).cut(to: columns) }
        }
        var facts = [("\(state.stream.count) posts \u{B7} \(state.views) views", Style.text)]
        if let category = site.category(state.categoryID) {
            facts.append((category.name, Style(.category)))
        }
        facts += state.tags.map { ("#" + $0, Style(.tag)) }
        part("Topic", facts)
        if let level = state.level {
            let because = state.reason.map { [($0.words, Style.muted)] } ?? []
            part(
                "You follow it: \(level.name)",
                because.isEmpty ? [(level.summary, .muted)] : because
            )
        }
        part("Who takes part", state.participants.map { ($0, Style(.author)) })
        let links = state.layout(state.selected, columns: state.layoutColumns)?.links ?? []
        part(
            "Links of this post",
            links.prefix(9).map {
                ("[\($0.number)] " + LinkHost.name(of: $0.url, site: site.url), Style(.link))
            }
        )
        return lines
    }
}

extension TopicState {
    /// Came since the last visit.
    func isNew(_ post: Post) -> Bool {
        newFrom.map { post.number >= $0 } ?? false
    }

    /// What the status line says.
    var information: String {
        var parts: [String] = []
        if arrived > 0 {
            parts.append(arrived == 1 ? "1 new reply below" : "\(arrived) new replies below")
        }
        if let newFrom {
            parts.append("new from #\(newFrom)")
        }
        parts.append(stream.count == 1 ? "1 post" : "\(stream.count) posts")
        if let level, level != .regular {
            parts.append(level.name + (reason.map { " " + $0.words } ?? ""))
        }
        if bookmarkID != nil {
            parts.append("bookmarked")
        }
        return parts.joined(separator: " \u{B7} ")
    }
}
