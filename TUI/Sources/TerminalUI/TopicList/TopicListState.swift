/// A list of topics and where the reader stands in it.
struct TopicListState: Sendable {
    var kind: TopicListKind
    var rows: [TopicRow] = []
    /// The row under the cursor.
    var selected = 0
    /// The row at the top of the screen.
    var top = 0
    var page = 0
    var hasMore = false
    var isLoading = true
    /// Topics with posts that came since the list was loaded.
    var bumped: Set<Int> = []
    var failure: Failure?
    /// Only rows with these words are shown; the others wait in `filteredOut`.
    private(set) var filter = ""
    private var filteredOut: [(index: Int, row: TopicRow)] = []

    init(kind: TopicListKind) {
        self.kind = kind
    }

    var selectedRow: TopicRow? {
        rows.indices.contains(selected) ? rows[selected] : nil
    }

    /// Takes a page in. The first page replaces the list and keeps the selected topic selected.
    mutating func take(_ new: TopicPage, page: Int) {
        let selectedID = selectedRow?.id
        if page == 0 {
            rows = []
            bumped = []
            filter = ""
            filteredOut = []
        }
        let known = Set(rows.map(\.id))
        rows += new.rows.filter { !known.contains($0.id) }
        rows = Array(rows.prefix(Limits.topicRows))
        self.page = page
        hasMore = new.hasMore && rows.count < Limits.topicRows && !new.rows.isEmpty
        isLoading = false
        failure = nil
        if let selectedID, let index = rows.firstIndex(where: { $0.id == selectedID }) {
            selected = index
        }
        selected = min(selected, max(0, rows.count - 1))
    }

    /// Moves the selection and keeps it on a screen of `height` rows.
    mutating func move(to index: Int, height: Int) {
        selected = max(0, min(rows.count - 1, index))
        reveal(height: height)
    }

    mutating func reveal(height: Int) {
        let height = max(1, height)
        if selected < top {
            top = selected
        } else if selected >= top + height {
            top = selected - height + 1
        }
        top = max(0, min(top, max(0, rows.count - height)))
    }

    /// Shows only rows with `words` in title, tags or last poster; no words show all again.
    mutating func show(only words: String) {
        let selectedID = selectedRow?.id
        for (index, row) in filteredOut.sorted(by: { $0.index < $1.index }) {
            rows.insert(row, at: min(index, rows.count))
        }
        filteredOut = []
        filter = words
        let wanted = words.lowercased()
        if !wanted.isEmpty {
            filteredOut = rows.enumerated().filter { !$0.element.contains(wanted) }
                .map { ($0.offset, $0.element) }
            rows.removeAll { !$0.contains(wanted) }
        }
        selected = rows.firstIndex { $0.id == selectedID } ?? 0
    }

    /// The request for the next page, when the selection comes near the end.
    mutating func wantedPage(height: Int) -> Effect? {
        guard hasMore, !isLoading, filter.isEmpty, selected + height >= rows.count else {
            return nil
        }
        isLoading = true
        return .loadTopics(kind, page: page + 1)
    }

    /// The next row with unread posts after `index`, going round once.
    func nextUnread(after index: Int) -> Int? {
        guard !rows.isEmpty else { return nil }
        for step in 1...rows.count {
            let candidate = (index + step) % rows.count
            if rows[candidate].hasUnread { return candidate }
        }
        return nil
    }

    /// The nearest row with unread posts above `index`.
    func previousUnread(before index: Int) -> Int? {
        rows.indices.prefix(max(0, index)).last { rows[$0].hasUnread }
    }
}

extension TopicRow {
    /// Whether title, tags or last poster hold `words`, which are in lower case.
    func contains(_ words: String) -> Bool {
        title.lowercased().contains(words) || lastPoster.lowercased().contains(words)
            || tags.contains { $0.lowercased().contains(words) }
    }
}

/// The list of categories.
struct CategoriesState: Sendable {
    var selected = 0
    var top = 0
}
