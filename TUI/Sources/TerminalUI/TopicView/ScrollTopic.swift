/// Moving through a topic by lines and by posts.
extension TopicState {
    /// The part of the terminal that shows the topic.
    struct Viewport: Sendable, Hashable {
        var columns: Int
        var rows: Int
        /// Nothing stands beside it, so that the terminal itself can scroll it.
        var spansScreen = true
    }

    /// A post on the screen: which of its lines show, and where.
    struct VisiblePost: Hashable {
        var index: Int
        /// Row of the screen on which its first visible line stands.
        var row: Int
        /// The first of its lines on the screen.
        var firstLine: Int
        /// Lines of it on the screen.
        var count: Int
        /// Lines that it has.
        var height: Int

        /// Its text was on the screen to the end; the gap below does not count.
        var showsEnd: Bool { firstLine + count >= height - 1 }
        var showsStart: Bool { firstLine == 0 }
    }

    /// The posts on the screen, from the top.
    mutating func visiblePosts(_ viewport: Viewport) -> [VisiblePost] {
        var found: [VisiblePost] = []
        var row = 0
        var index = top.index
        var line = top.line
        while row < viewport.rows, index < stream.count {
            let height = height(index, columns: viewport.columns)
            line = min(line, height - 1)
            let count = min(height - line, viewport.rows - row)
            found.append(
                VisiblePost(index: index, row: row, firstLine: line, count: count, height: height)
            )
            row += count
            index += 1
            line = 0
        }
        return found
    }

    /// Moves the screen by `lines`, as far as there is text. True when it moved.
    @discardableResult
    mutating func scroll(by lines: Int, _ viewport: Viewport) -> Bool {
        let before = top
        lines < 0 ? scrollBack(-lines, viewport) : scrollOn(lines, viewport)
        fillScreen(viewport)
        return top != before
    }

    private mutating func scrollOn(_ lines: Int, _ viewport: Viewport) {
        var left = lines
        while left > 0 {
            let rest = height(top.index, columns: viewport.columns) - top.line
            if left < rest {
                top.line += left
                return
            }
            guard top.index + 1 < stream.count else { return }
            left -= rest
            top = Anchor(index: top.index + 1, line: 0)
        }
    }

    private mutating func scrollBack(_ lines: Int, _ viewport: Viewport) {
        var left = lines
        while left > 0 {
            if left <= top.line {
                top.line -= left
                return
            }
            guard top.index > 0 else {
                top.line = 0
                return
            }
            left -= top.line + 1
            let above = top.index - 1
            top = Anchor(index: above, line: height(above, columns: viewport.columns) - 1)
        }
    }

    /// Moves back when the end of the topic leaves rows of the screen empty.
    private mutating func fillScreen(_ viewport: Viewport) {
        top.index = max(0, min(top.index, stream.count - 1))
        let shown = visiblePosts(viewport)
        guard let last = shown.last, last.index == stream.count - 1 else { return }
        let used = last.row + last.count
        if used < viewport.rows {
            scrollBack(viewport.rows - used, viewport)
        }
    }

    mutating func isAtEnd(_ viewport: Viewport) -> Bool {
        guard let last = visiblePosts(viewport).last else { return true }
        return last.index == stream.count - 1 && last.showsEnd
    }

    /// Puts a post at the top of the screen and selects it.
    mutating func go(to index: Int, _ viewport: Viewport) {
        guard !stream.isEmpty else { return }
        selected = max(0, min(stream.count - 1, index))
        top = Anchor(index: selected, line: 0)
        fillScreen(viewport)
    }

    mutating func goToEnd(_ viewport: Viewport) {
        guard !stream.isEmpty else { return }
        top = Anchor(
            index: stream.count - 1,
            line: max(0, height(stream.count - 1, columns: viewport.columns) - 1)
        )
        fillScreen(viewport)
        selected = stream.count - 1
    }

    /// To the next post; a post longer than the screen is scrolled to its end first.
    mutating func selectNext(_ viewport: Viewport) {
        let shown = visiblePosts(viewport)
        if let current = shown.first(where: { $0.index == selected }), !current.showsEnd {
            scroll(by: max(1, min(viewport.rows / 2, current.height - current.count)), viewport)
            return
        }
        guard selected + 1 < stream.count else { return }
        selected += 1
        reveal(viewport)
    }

    mutating func selectPrevious(_ viewport: Viewport) {
        let shown = visiblePosts(viewport)
        if let current = shown.first(where: { $0.index == selected }), !current.showsStart {
            scroll(by: -max(1, min(viewport.rows / 2, current.firstLine)), viewport)
            return
        }
        guard selected > 0 else { return }
        selected -= 1
        reveal(viewport)
    }

    /// Shows the selected post. A screen that holds all of it stays as it is: then only the mark moves,
    /// which costs a slow line next to nothing. Where the terminal can scroll, what is missing of a post that
    /// is there in part comes in. Otherwise the page turns, and the post is its first on the way on, its last
    /// on the way back.
    mutating func reveal(_ viewport: Viewport) {
        let shown = visiblePosts(viewport).first { $0.index == selected }
        if let shown, shown.showsStart, shown.showsEnd { return }
        if let shown, viewport.spansScreen {
            let below = min(shown.height - shown.count - shown.firstLine, shown.row)
            let above = min(shown.firstLine, viewport.rows - shown.count)
            scroll(by: shown.showsStart ? below : -above, viewport)
            return
        }
        let goesBack = Anchor(index: selected, line: 0) < top
        top = Anchor(index: selected, line: 0)
        if goesBack {
            let height = height(selected, columns: viewport.columns)
            if height < viewport.rows {
                scrollBack(viewport.rows - height, viewport)
            } else {
                top.line = height - viewport.rows
            }
        }
        fillScreen(viewport)
    }

    /// Keeps the selection on the screen after scrolling.
    mutating func selectVisible(_ viewport: Viewport) {
        let shown = visiblePosts(viewport)
        guard !shown.contains(where: { $0.index == selected }) else { return }
        selected = (shown.first(where: \.showsStart) ?? shown.first)?.index ?? selected
    }

    /// What has to happen after every change: posts around the screen are asked for, posts read
    /// are remembered, layouts far away are forgotten.
    mutating func settle(_ viewport: Viewport, isMember: Bool) -> [Effect] {
        guard !stream.isEmpty else { return [] }
        if layoutColumns != viewport.columns {
            fillScreen(viewport)
        }
        let shown = visiblePosts(viewport)
        forgetLayouts()
        var effects: [Effect] = []
        if let first = shown.first, let last = shown.last {
            effects += missingPosts(around: first.index...last.index)
            if last.index == stream.count - 1 {
                arrived = 0
            }
        }
        effects += readPosts(shown, isMember: isMember)
        return effects
    }

    /// One request for the posts that are missing on the screen and next to it.
    private mutating func missingPosts(around range: ClosedRange<Int>) -> [Effect] {
        let half = Limits.postsPerRequest / 2
        let near = max(0, range.lowerBound - half)..<min(stream.count, range.upperBound + half + 1)
        let missing = near.filter { posts[stream[$0]] == nil && !requested.contains(stream[$0]) }
        let isUrgent = missing.contains { range.contains($0) }
        guard isUrgent || missing.count >= half / 2 || missing.contains(stream.count - 1) else {
            return []
        }
        // What is on the screen comes first.
        let ordered = missing.filter(range.contains) + missing.filter { !range.contains($0) }
        let ids = ordered.prefix(Limits.postsPerRequest).map { stream[$0] }
        guard !ids.isEmpty else { return [] }
        requested.formUnion(ids)
        return [.loadPosts(topic: id, ids: ids.sorted())]
    }

    private mutating func readPosts(_ shown: [VisiblePost], isMember: Bool) -> [Effect] {
        let numbers = shown.filter(\.showsEnd).compactMap { post(at: $0.index)?.number }
            .filter { $0 > lastRead }
        guard !isDeferred, let highest = numbers.max() else { return [] }
        lastRead = highest
        return isMember ? [.markRead(topic: id, numbers: numbers)] : []
    }
}
