extension View {
    mutating func drawList(_ state: TopicListState, in region: Region) {
        guard !state.rows.isEmpty else {
            drawEmpty(state, in: region)
            return
        }
        let lines = visible(state.rows.count, top: state.top, in: region).map { index in
            listLine(
                state.rows[index],
                isSelected: index == state.selected,
                columns: region.columns
            )
        }
        drawRows(lines, top: state.top, selected: state.selected, in: region)
    }

    private mutating func drawEmpty(_ state: TopicListState, in region: Region) {
        if state.isLoading {
            drawCentred(["Loading\u{2026}"], in: region)
        } else if let failure = state.failure {
            drawCentred([failure.message, ". tries again"], in: region)
        } else if !state.filter.isEmpty {
            drawCentred(
                ["No topic here has these words.", "\\ with nothing shows all"],
                in: region
            )
        } else {
            drawCentred(state.kind.emptyText, in: region)
        }
    }

    /// Widths of what stands to the right of the title; 0 leaves a column out.
    private struct Columns {
        var category = 0
        var posts = 0
        var poster = 0
        var age = 5

        init(_ columns: Int, showsSites: Bool) {
            if columns >= 48 {
                posts = 6
            }
            if columns >= 70 {
                category = 11
                poster = 11
            }
            if columns >= 110 {
                category = 20
                poster = 18
            } else if showsSites, columns >= 70 {
                // The name of a site is longer than that of a category.
                category += poster
                poster = 0
            }
        }

        var total: Int { category + posts + poster + age }
    }

    private func listLine(_ row: TopicRow, isSelected: Bool, columns: Int) -> [Cell] {
        let parts = Columns(columns, showsSites: row.site != nil)
        let emphasis: Emphasis = row.hasUnread ? .strong : []
        var line = StyledText(isSelected ? ">" : " ", .strong)
        let isHighlighted = model.settings.patterns.highlights(row)
        let mark = isHighlighted ? "!" : row.hasUnread ? "\u{25CF}" : " "
        line.append(mark, Style(isHighlighted ? .notice : .unread, .strong))
        line.append(StyledText.right(marker(row), columns: 4, Style(.unread, .strong)))
        line.append(" ")
        let room = max(1, columns - line.width - parts.total - 1)
        line.append(title(row, emphasis).cut(to: room).fitted(to: room))
        let category =
            row.site.map { LinkHost.name(of: $0, site: "") }
            ?? model.site.category(row.categoryID)?.name ?? ""
        line.append(StyledText.left(category, columns: parts.category, Style(.category)))
        line.append(StyledText.right(String(row.postsCount), columns: parts.posts, .muted))
        line.append(StyledText.left(row.lastPoster, columns: parts.poster, Style(.author)))
        let age = Age.short(since: row.bumpedAt, now: model.now)
        line.append(StyledText.right(age, columns: parts.age, .muted))
        return line.cells.fitted(to: columns)
    }

    /// New posts, or a word for a topic never seen.
    private func marker(_ row: TopicRow) -> String {
        if row.unreadCount > 0 { return row.unreadCount > 999 ? "1k+" : String(row.unreadCount) }
        return row.isNew ? "new" : ""
    }

    private func title(_ row: TopicRow, _ emphasis: Emphasis) -> [Cell] {
        var text = StyledText()
        text.append(field: row.title, Style(row.hasUnread ? .unread : .text, emphasis))
        let notes = (row.isPinned ? ["pinned"] : []) + (row.isClosed ? ["closed"] : [])
        if !notes.isEmpty {
            text.append(" (\(notes.joined(separator: ", ")))", .muted)
        }
        for tag in row.tags.prefix(5) {
            text.append(" #", Style(.tag))
            text.append(field: tag, Style(.tag))
        }
        return text.cells
    }

    mutating func drawCategories(_ state: CategoriesState, in region: Region) {
        guard !model.site.categories.isEmpty else {
            drawCentred(["Loading\u{2026}"], in: region)
            return
        }
        let all = model.site.categories
        let lines = visible(all.count, top: state.top, in: region).map { index in
            categoryLine(all[index], index == state.selected).fitted(to: region.columns)
        }
        drawRows(lines, top: state.top, selected: state.selected, in: region)
    }

    private func categoryLine(_ category: Category, _ isSelected: Bool) -> [Cell] {
        var text = StyledText(isSelected ? "> " : "  ", .strong)
        text.append(category.parentID == nil ? "" : "  ")
        text.append(StyledText.left(category.name, columns: 24, Style(.category, .strong)))
        text.append(StyledText.right("\(category.topicCount) topics", columns: 14, .muted))
        text.append("  ")
        if category.level != .regular {
            text.append("(\(category.level.name)) ", Style(.notice))
        }
        text.append(field: category.summary, .muted)
        return text.cells
    }
}

extension StyledText {
    /// A field cut and filled to `columns`, with a space before it.
    static func left(_ text: String, columns: Int, _ style: Style) -> [Cell] {
        guard columns > 1 else { return [] }
        return [.blank] + TextPolicy.field(text, style: style).fitted(to: columns - 1)
    }

    /// A field at the right edge of `columns`.
    static func right(_ text: String, columns: Int, _ style: Style) -> [Cell] {
        guard columns > 0 else { return [] }
        let cells = TextPolicy.field(text, style: style).cut(to: columns)
        return Array(repeating: .blank, count: columns - cells.count) + cells
    }
}

extension TopicListState {
    /// What the status line says.
    var information: String {
        if let blurb = selectedRow?.blurb, !blurb.isEmpty { return blurb }
        if isLoading && rows.isEmpty { return "" }
        let isOne = rows.count == 1 && !hasMore
        var parts = [isOne ? "1 topic" : "\(rows.count)\(hasMore ? "+" : "") topics"]
        let unread = rows.count(where: \.hasUnread)
        if unread > 0 {
            parts.append("\(unread) with unread posts")
        }
        if !bumped.isEmpty {
            parts.append("\(bumped.count) with new activity: . shows them")
        }
        return parts.joined(separator: " \u{B7} ")
    }
}
