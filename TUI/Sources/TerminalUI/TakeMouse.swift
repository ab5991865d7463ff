extension Model {
    /// What a mouse does is what keys do.
    mutating func take(_ mouse: Mouse) -> [Effect] {
        guard prompt == nil else { return [] }
        switch mouse {
        case .wheel(let lines):
            return turn(lines)
        case .click(let position):
            return click(position)
        }
    }

    private mutating func turn(_ lines: Int) -> [Effect] {
        let context = self.context
        if context == .topic {
            scroll(by: lines)
            return settleTopic()
        }
        guard context != .composer, context != .login else { return [] }
        var effects: [Effect] = []
        for _ in 0..<min(10, abs(lines)) {
            effects += perform(lines < 0 ? .previous : .next, in: context)
        }
        return effects
    }

    /// Selects what was clicked; what was selected already is opened.
    private mutating func click(_ position: Position) -> [Effect] {
        let row = position.row - 1
        guard row >= 0, row < contentRows else { return [] }
        switch screens[screens.count - 1] {
        case .topicList(let state):
            return select(state.top + row, of: state.rows.count, state.selected) { model, index in
                model.changeTopList { $0.selected = index }
            }
        case .notifications(let state):
            return select(state.top + row, of: state.rows.count, state.selected) { model, index in
                model.changeNotifications { $0.selected = index }
            }
        case .chooser(let state):
            return select(state.top + row, of: state.rows.count, state.selected) { model, index in
                model.changeChoosers { $0.selected = index }
            }
        case .categories(var state):
            let count = site.categories.count
            return select(state.top + row, of: count, state.selected) { model, index in
                state.selected = index
                model.screens[model.screens.count - 1] = .categories(state)
            }
        case .topic(let state):
            return clickPost(state, row: row, column: position.column)
        default:
            return []
        }
    }

    private mutating func select(
        _ index: Int,
        of count: Int,
        _ selected: Int,
        _ change: (inout Model, Int) -> Void
    ) -> [Effect] {
        guard index >= 0, index < count else { return [] }
        guard index != selected else { return perform(.open, in: context) }
        change(&self, index)
        return []
    }

    private mutating func clickPost(_ state: TopicState, row: Int, column: Int) -> [Effect] {
        guard column >= listPaneColumns else { return [] }
        let viewport = self.viewport
        changeTopics(state.id) { topic in
            let shown = topic.visiblePosts(viewport)
            if let post = shown.last(where: { $0.row <= row }) {
                topic.selected = post.index
            }
        }
        return settleTopic()
    }

    /// Changes the list on the screen.
    mutating func changeTopList(_ change: (inout TopicListState) -> Void) {
        guard case .topicList(var state) = screens[screens.count - 1] else { return }
        change(&state)
        screens[screens.count - 1] = .topicList(state)
    }
}
