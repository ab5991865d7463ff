/// What stands above somebody's posts.
enum PersonView {
    /// Lines of the biography that are shown.
    private static let bioLines = 6

    static func head(of person: Person, now: Int64, columns: Int) -> [[Cell]] {
        var name = StyledText(" ")
        name.append(field: person.username, Style(.author, .strong))
        if let full = person.name, !full.isEmpty {
            name.append("  ")
            name.append(field: full)
        }
        if let title = person.title, !title.isEmpty {
            name.append(" \u{B7} ", .muted)
            name.append(field: title, .muted)
        }
        var lines = [name.cells.cut(to: columns), facts(of: person, now: now).cut(to: columns)]
        let standing = standing(of: person)
        if !standing.isEmpty {
            var line = StyledText(" ")
            line.append(field: standing.joined(separator: " \u{B7} "), Style(.notice, .strong))
            lines.append(line.cells.cut(to: columns))
        }
        if !person.bio.isEmpty {
            let width = max(10, min(columns - 3, Limits.measure))
            let bio = CookedRenderer.render(person.bio, width: width).lines.prefix(bioLines)
            lines += [[]] + bio.map { [.blank, .blank, .blank] + $0 }
        }
        let rule = String(repeating: "\u{2500}", count: max(0, columns - 2))
        return lines + [TextPolicy.cells(" " + rule, style: Style(.rule))]
    }

    private static func facts(of person: Person, now: Int64) -> [Cell] {
        let posts = person.postCount == 1 ? "1 post" : "\(person.postCount) posts"
        let topics = person.topicCount == 1 ? "1 topic" : "\(person.topicCount) topics"
        var parts = ["\(posts) in \(topics) of their own"]
        if let joined = person.joinedAt {
            parts.append("joined \(Age.long(since: joined, now: now))")
        }
        if let seen = person.lastSeenAt {
            parts.append("seen \(Age.long(since: seen, now: now))")
        }
        parts.append("trust level \(person.trustLevel)")
        return TextPolicy.cells(" " + parts.joined(separator: " \u{B7} "), style: .muted)
    }

    private static func standing(of person: Person) -> [String] {
        var parts: [String] = []
        if person.isAdmin { parts.append("administrator") }
        if person.isModerator { parts.append("moderator") }
        if person.isSuspended {
            parts.append("suspended" + (person.suspendReason.map { ": \($0)" } ?? ""))
        }
        if person.isSilenced { parts.append("silenced") }
        if person.level != .regular { parts.append("\(person.level.name) by you") }
        return parts
    }
}

extension View {
    mutating func drawPerson(_ state: PersonState, in region: Region) {
        guard let person = state.person else {
            let text = state.failure.map { [$0.message, ". tries again, u goes back"] }
            drawCentred(text ?? ["Loading\u{2026}"], in: region)
            return
        }
        let head = PersonView.head(of: person, now: model.now, columns: region.columns)
            .prefix(max(0, region.rows - 1))
        for (line, cells) in head.enumerated() {
            grid.draw(cells, column: region.column, row: region.row + line, limit: region.columns)
        }
        let rest = Region(
            column: region.column,
            row: region.row + head.count,
            columns: region.columns,
            rows: region.rows - head.count
        )
        guard !person.activity.isEmpty else {
            let text = person.isHidden ? "This profile is private." : "Nothing written here yet."
            drawCentred([text], in: rest)
            return
        }
        let top = ListWindow.top(
            state.top,
            showing: state.selected,
            of: person.activity.count,
            height: rest.rows
        )
        let lines = visible(person.activity.count, top: top, in: rest).map { index in
            activityLine(person.activity[index], index == state.selected, columns: region.columns)
        }
        drawRows(lines, top: top, selected: state.selected, in: rest)
    }

    private func activityLine(_ row: ActivityRow, _ isSelected: Bool, columns: Int) -> [Cell] {
        let age = StyledText.right(
            Age.short(since: row.createdAt, now: model.now),
            columns: 5,
            .muted
        )
        var line = StyledText(isSelected ? "> " : "  ", .strong)
        line.append(field: row.title, .strong)
        line.append("  ")
        line.append(field: row.excerpt, .muted)
        let room = max(1, columns - age.count - 1)
        return (line.cells.cut(to: room).fitted(to: room) + [.blank] + age).fitted(to: columns)
    }
}
