extension View {
    mutating func drawNotifications(_ state: NotificationsState, in region: Region) {
        guard !state.rows.isEmpty else {
            if state.isLoading {
                drawCentred(["Loading\u{2026}"], in: region)
            } else if let failure = state.failure {
                drawCentred([failure.message, ". tries again"], in: region)
            } else {
                drawCentred(
                    ["Nothing yet.", "Who answers, mentions or quotes you is told here."],
                    in: region
                )
            }
            return
        }
        let lines = visible(state.rows.count, top: state.top, in: region).map { index in
            notificationLine(state.rows[index], index == state.selected, columns: region.columns)
        }
        drawRows(lines, top: state.top, selected: state.selected, in: region)
    }

    private func notificationLine(
        _ row: NotificationRow,
        _ isSelected: Bool,
        columns: Int
    ) -> [Cell] {
        let age = StyledText.right(
            Age.short(since: row.createdAt, now: model.now),
            columns: 5,
            .muted
        )
        let emphasis: Emphasis = row.isRead ? [] : .strong
        var line = StyledText(isSelected ? ">" : " ", .strong)
        line.append(row.isRead ? " " : "\u{25CF}", Style(.unread, .strong))
        line.append(" ")
        if let username = row.actor {
            line.append(field: username, Style(.author, emphasis))
            line.append(" ")
        }
        line.append(row.happening, .muted)
        if let title = row.title, !title.isEmpty {
            line.append(" ")
            line.append(field: title, Style(row.isRead ? .text : .unread, emphasis))
        }
        let room = max(1, columns - age.count - 1)
        return (line.cells.cut(to: room).fitted(to: room) + [.blank] + age).fitted(to: columns)
    }
}
