/// A numbered list from which one thing is chosen.
struct ChooserState: Sendable {
    let title: String
    /// Where the rows come from; nil when they are here from the start.
    let source: ChoiceSource?
    var rows: [Choice]
    var selected = 0
    /// The row at the top of the screen.
    var top = 0
    var isLoading: Bool
    var failure: Failure?
    /// What is said when there is nothing to choose.
    var emptyText = "There is nothing here."

    init(_ title: String, rows: [Choice]) {
        self.title = title
        self.rows = rows
        source = nil
        isLoading = false
        selected = rows.firstIndex(where: \.isCurrent) ?? 0
    }

    init(_ title: String, from source: ChoiceSource, emptyText: String) {
        self.title = title
        self.source = source
        self.emptyText = emptyText
        rows = []
        isLoading = true
    }

    mutating func take(_ new: [Choice]) {
        rows = Array(new.prefix(Limits.choices))
        isLoading = false
        failure = nil
        selected = max(0, min(selected, rows.count - 1))
    }

    mutating func move(to index: Int, height: Int) {
        selected = max(0, min(rows.count - 1, index))
        reveal(height: height)
    }

    mutating func reveal(height: Int) {
        top = ListWindow.top(top, showing: selected, of: rows.count, height: height)
    }
}

/// The part of a list that the screen shows.
enum ListWindow {
    /// The first row of a screen of `height` rows, moved as little as shows the selected one.
    static func top(_ top: Int, showing selected: Int, of count: Int, height: Int) -> Int {
        let height = max(1, height)
        let moved = max(selected - height + 1, min(top, selected))
        return max(0, min(moved, max(0, count - height)))
    }
}
