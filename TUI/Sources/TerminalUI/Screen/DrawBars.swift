extension View {
    /// The bar at the top: where the reader is, and the state of the program.
    mutating func drawTopBar() {
        grid.fill(row: 0, style: .bar)
        let title = titleParts
        let right = topRight(beside: title.prefix(2).reduce(1) { $0 + $1.width })
        let room = max(0, size.columns - right.count - 1)
        var left = StyledText(" ", .bar)
        for part in title where left.width + 4 < room {
            left.append(part.cells)
        }
        grid.draw(left.cells.cut(to: room), column: 0, row: 0, limit: room)
        grid.draw(right, column: size.columns - right.count, row: 0, limit: right.count)
    }

    /// The title of the screen, and each detail behind it.
    private var titleParts: [StyledText] {
        var title = StyledText()
        title.append(field: screenTitle, Style(.bar, .strong))
        return [title]
            + screenDetails.map { detail in
                var part = StyledText(" \u{B7} ", .bar)
                part.append(field: detail, .bar)
                return part
            }
    }

    private var screenTitle: String {
        switch model.screens[model.screens.count - 1] {
        case .topic(let state): state.title.isEmpty ? "Topic" : state.title
        case .composer(let state): state.heading
        case .help: "Keys"
        case .chooser(let state) where state.source == nil: state.title
        default: model.site.title
        }
    }

    private var screenDetails: [String] {
        switch model.screens[model.screens.count - 1] {
        case .topicList(let state):
            [state.kind.title]
                + (state.filter.isEmpty ? [] : ["only \u{201C}\(state.filter)\u{201D}"])
        case .chooser(let state): state.source == nil ? [] : [state.title]
        case .person(let state): ["@" + state.username]
        case .review: ["Review"]
        case .categories: ["Categories"]
        case .notifications: ["Notifications"]
        case .login: ["Log in"]
        case .topic(let state):
            [model.site.category(state.categoryID)?.name].compactMap { $0 }
                + state.tags.map { "#" + $0 }
                + (state.isClosed ? ["closed"] : [])
                + (state.isArchived ? ["archived"] : [])
        default: []
        }
    }

    /// The state of the program; what can be done without makes way for a title of that width.
    private func topRight(beside width: Int) -> [Cell] {
        (0...2).lazy.map(topRight(without:)).first { width + $0.count < size.columns }
            ?? topRight(without: 3)
    }

    private func topRight(without left: Int) -> [Cell] {
        var text = StyledText()
        if case .topic(let state) = model.screens[model.screens.count - 1], size.columns >= 60 {
            text.append(progress(state), .bar)
        }
        if let seconds = model.secondsToWait {
            text.append(" wait \(seconds) s", Style(.bar, .strong))
        } else if isLoading {
            text.append(" loading\u{2026}", .bar)
        } else if model.slowRequests > 0 {
            text.append(" waiting for the site\u{2026}", .bar)
        }
        let waiting = [
            (model.waiting.unread.count, "unread", 3), (model.waiting.new.count, "new", 2),
        ]
        for (count, word, rank) in waiting where count > 0 && left < rank && size.columns >= 76 {
            text.append("  \(count > 999 ? "999+" : String(count)) \(word)", .bar)
        }
        if size.columns >= 60 {
            appendMember(to: &text)
        }
        if model.queued > 0 {
            text.append("  \(model.queued) unsent", Style(.bar, .strong))
        }
        if !model.isConnected {
            text.append("  \u{25CB} offline", Style(.bar, .strong))
        } else if model.isLive, left < 1, size.columns >= 76 {
            text.append("  \u{25CF} live", .bar)
        }
        text.append(" ", .bar)
        return text.cells.cut(to: max(0, size.columns - 2))
    }

    /// Who reads, and what waits for them.
    private func appendMember(to text: inout StyledText) {
        if let username = model.site.username, !username.isEmpty {
            text.append("  @", .bar)
            text.append(Array(TextPolicy.field(username, style: .bar).cut(to: 20)))
        }
        let unread = model.site.unreadNotifications
        if unread > 0 {
            text.append("  \(unread > 99 ? "99+" : String(unread)) for you", Style(.bar, .strong))
        }
        if model.site.isStaff, model.site.waitingForReview > 0 {
            text.append("  \(model.site.waitingForReview) to review", Style(.bar, .strong))
        }
    }

    private var isLoading: Bool {
        switch model.screens[model.screens.count - 1] {
        case .topicList(let state): state.isLoading
        case .notifications(let state): state.isLoading
        case .chooser(let state): state.isLoading
        case .person(let state): state.isLoading
        case .review(let state): state.isLoading
        case .topic(let state): state.isLoading || !state.requested.isEmpty
        case .composer(let state): state.mode == .sending || state.awaitedRaw != nil
        case .login(let state): state.isSending
        default: false
        }
    }

    /// `post 12/41 ▕███░░▏`
    private func progress(_ state: TopicState) -> String {
        guard !state.stream.isEmpty else { return "" }
        let count = state.stream.count
        let steps = 8
        let full = max(0, min(steps, (state.selected + 1) * steps / count))
        let bar =
            String(repeating: "\u{2588}", count: full)
            + String(repeating: "\u{2591}", count: steps - full)
        let number = state.selectedPost?.number ?? state.selected + 1
        return "post \(number)/\(max(state.highestNumber, number)) \u{2595}\(bar)\u{258F}"
    }

    // MARK: The status line

    /// The line above the keys: a question, a word to the reader, or what the screen has to say.
    mutating func drawStatus(row: Int) {
        guard row > 0 else { return }
        if let prompt = model.prompt {
            drawPrompt(prompt, row: row)
            return
        }
        guard model.pending.isEmpty else {
            drawFollowingKeys(rows: [row, row + 1])
            return
        }
        var line = StyledText(" ")
        if let count = model.count {
            line.append("\(count)", Style(.text, .strong))
            line.append(" " + countHint(count), .muted)
        } else if let notice = model.notice {
            let style = Style(notice.isFailure ? .failure : .notice, .strong)
            line.append(notice.isFailure ? "! " : "", style)
            line.append(field: notice.text, style)
        } else if let countdown = model.countdown {
            line.append(field: countdown, Style(.notice, .strong))
        } else {
            line.append(field: information, .muted)
        }
        grid.draw(line.cells.cut(to: size.columns), column: 0, row: row, limit: size.columns)
    }

    private func countHint(_ count: Int) -> String {
        model.context == .topic
            ? "j, k by so many posts; G to post \(count); Enter opens link \(count)"
            : "j, k by so many rows; G to row \(count)"
    }

    private mutating func drawPrompt(_ prompt: PromptState, row: Int) {
        var line = StyledText(" " + prompt.kind.label, Style(.field, .strong))
        let start = line.width
        let room = max(1, size.columns - start - 1)
        let hidden = max(0, prompt.field.cursorColumn - room + 1)
        let typed = TextPolicy.cells(prompt.field.text)
        line.append(Array(typed.dropFirst(hidden)))
        if prompt.kind == .command {
            line.append("   " + offers(prompt), .muted)
        }
        grid.draw(line.cells, column: 0, row: row, limit: size.columns)
        let column = start + prompt.field.cursorColumn - hidden
        cursor = Position(column: min(size.columns - 1, column), row: row)
    }

    /// The commands that begin as what was typed, the one that is named first with what it does.
    private func offers(_ prompt: PromptState) -> String {
        var found = prompt.candidates(in: model.contextBelowPrompt, keymap: model.settings.keymap)[
            ...
        ]
        if let named = found.firstIndex(where: { $0.action.rawValue == prompt.field.text }) {
            found = found[named...] + found[..<named]
        }
        let first = found.first.map { ["\($0.action.rawValue): \($0.label)"] } ?? []
        return (first + found.dropFirst().prefix(5).map(\.action.rawValue)).joined(separator: "  ")
    }

    private var information: String {
        switch model.screens[model.screens.count - 1] {
        case .topicList(let state): return state.information
        case .topic(let state): return state.information
        case .categories: return "\(model.site.categories.count) categories"
        case .notifications(let state): return state.information
        case .composer(let state): return state.information(model.site)
        case .login(let state):
            return state.approval == nil
                ? "Your password goes to \(model.site.url) and nowhere else."
                : "The key that you give can be taken back on the site at any time."
        case .chooser(let state):
            return state.rows.count == 1 ? "1 choice" : "\(state.rows.count) choices"
        case .person(let state): return state.person?.name ?? ""
        case .review(let state): return state.information
        case .help: return ":name does the same as a key."
        }
    }

    // MARK: The keys

    /// The last line: the keys that are valid now, as many as there is room for.
    mutating func drawKeys(row: Int) {
        guard row >= 0, model.pending.isEmpty else { return }
        grid.fill(row: row, style: .bar)
        let entries = shownKeys.map(View.entry)
        // The last entries say how to get help and how to leave: they are there in any case.
        let last = entries.suffix(2)
        var room = size.columns - 1 - last.reduce(0) { $0 + $1.count + View.gap } + View.gap
        var shown: [[Cell]] = []
        for entry in entries.dropLast(last.count) where entry.count + View.gap <= room {
            shown.append(entry)
            room -= entry.count + View.gap
        }
        draw(shown + last, row: row)
    }

    /// Columns between two keys of the bar.
    private static let gap = 2

    private static func entry(_ keys: String, _ label: String) -> [Cell] {
        var text = StyledText(keys, Style(.key, .strong))
        text.append(" " + label, .bar)
        return text.cells
    }

    private mutating func draw(_ entries: [[Cell]], row: Int) {
        var column = 1
        for entry in entries {
            grid.draw(entry, column: column, row: row, limit: size.columns - column)
            column += entry.count + View.gap
        }
    }

    /// All keys that can follow those that were pressed, on the last two lines.
    private mutating func drawFollowingKeys(rows: [Int]) {
        let started = model.pending
        var entries = model.settings.keymap.bindings(for: model.context).filter {
            $0.keys.count > started.count && $0.keys.starts(with: started)
        }.map { binding in
            let keys = binding.keys.dropFirst(started.count).map(\.name).joined(separator: " ")
            return View.entry(keys, binding.short ?? binding.label.shortened)
        }[...]
        for row in rows {
            grid.fill(row: row, style: .bar)
            var line: [[Cell]] = []
            var room = size.columns - 1
            while let entry = entries.first, entry.count <= room {
                line.append(entry)
                room -= entry.count + View.gap
                entries.removeFirst()
            }
            draw(line, row: row)
        }
    }

    /// More than one field can be typed into.
    private var hasFields: Bool {
        guard case .composer(let state) = model.screens[model.screens.count - 1] else {
            return true
        }
        return state.fields.count > 1
    }

    private var isWaitingForBrowser: Bool {
        guard case .login(let state) = model.screens[model.screens.count - 1],
            case .device? = state.approval
        else { return false }
        return true
    }

    private var shownKeys: [(String, String)] {
        let bindings = model.settings.keymap.bindings(for: model.context)
        let isGuest = model.site.username == nil
        if isWaitingForBrowser {
            return bindings.filter { $0.action == .browserLogIn || $0.action == .cancel }.map {
                ($0.keyNames, $0.action == .cancel ? "cancel" : "open the page")
            }
        }
        var shown = bindings.filter { $0.action != .nextField || hasFields }
            .filter { $0.action != .complete || model.prompt?.kind == .command }
            .compactMap { binding in binding.bar.map { (binding.keyNames, $0) } }
        if isGuest, model.context == .topicList {
            shown.insert((":login", "log in"), at: min(2, shown.count))
        }
        let isFirst = model.screens.count == 1
        return shown.map { $0.0 == "q" && isFirst ? ("q", "quit") : $0 }
    }
}

extension String {
    /// Up to the first comma, semicolon or colon: enough for the bar of keys.
    fileprivate var shortened: String {
        String(prefix { $0 != "," && $0 != ";" && $0 != ":" })
    }
}
