extension Model {
    /// Lets one thing be chosen from `rows`.
    mutating func choose(_ title: String, from rows: [Choice]) {
        var state = ChooserState(title, rows: rows)
        state.reveal(height: contentRows)
        screens.append(.chooser(state))
    }

    /// Lets one thing be chosen from what the site or this machine knows.
    mutating func choose(
        _ title: String,
        from source: ChoiceSource,
        emptyText: String
    ) -> [Effect] {
        screens = [
            screens[0], .chooser(ChooserState(title, from: source, emptyText: emptyText)),
        ]
        return [.follow(topic: nil), .loadChoices(source)]
    }

    mutating func performOnChooser(_ action: Action) -> [Effect] {
        guard case .chooser(var state) = screens[screens.count - 1] else { return [] }
        switch action {
        case .open:
            return choose(row: state.selected)
        case .back:
            return goBack()
        default:
            guard
                let target = action.moved(
                    from: state.selected,
                    last: state.rows.count - 1,
                    height: contentRows
                )
            else { return [] }
            state.move(to: target, height: contentRows)
        }
        screens[screens.count - 1] = .chooser(state)
        return []
    }

    /// Leaves the chooser and does what the row says.
    mutating func choose(row index: Int) -> [Effect] {
        guard case .chooser(let state) = screens[screens.count - 1] else { return [] }
        guard state.rows.indices.contains(index) else {
            say(state.rows.isEmpty ? state.emptyText : "There is no number \(index + 1) here.")
            return []
        }
        let meaning = state.rows[index].meaning
        if state.source == nil {
            pop()
        }
        return perform(meaning)
    }

    private mutating func perform(_ meaning: ChoiceMeaning) -> [Effect] {
        switch meaning {
        case .openLink(let url): return follow(link: url)
        case .openImage(let url): return [show(image: url)]
        case .openTopic(let id, let near): return openTopic(id: id, title: "", near: near)
        case .openList(let kind):
            screens.append(.topicList(TopicListState(kind: kind)))
            return [.loadTopics(kind, page: 0)]
        case .openDraft(let key, let title): return resume(key, title: title)
        case .openSite(let address): return [.enterSite(address, topic: nil, near: nil)]
        case .search(let words): return search(words)
        case .flag(let topic, let post, let reason):
            return flag(topic: topic, post: post, reason)
        case .bookmark(let bookmark, let reminder):
            return setBookmark(bookmark, reminder)
        case .removeBookmark(let topic, let post, let id):
            return [.bookmark(.remove(topic: topic, post: post, id: id))]
        case .follow(let followed, let level): return follow(followed, level)
        case .deliver(let followed, let level, let delivery):
            return [.setLevel(followed, level, delivery: delivery)]
        case .vote(let ballot): return [.vote(ballot)]
        case .moderate(let moderation): return [.moderate(moderation)]
        case .review(let decision): return decide(decision)
        case .ask(let kind):
            prompt = PromptState(kind)
            return []
        }
    }

    mutating func take(_ source: ChoiceSource, _ choices: [Choice]) {
        let height = contentRows
        changeChoosers { state in
            guard state.source == source else { return }
            state.take(choices)
            state.reveal(height: height)
        }
    }

    mutating func changeChoosers(_ change: (inout ChooserState) -> Void) {
        for index in screens.indices {
            guard case .chooser(var state) = screens[index] else { continue }
            change(&state)
            screens[index] = .chooser(state)
        }
    }
}
