extension Model {
    mutating func showReview() -> [Effect] {
        guard isMember("review"), site.isStaff else {
            say("Only the staff of the site reviews.", isFailure: true)
            return []
        }
        screens = [screens[0], .review(ReviewState())]
        return [.follow(topic: nil), .loadReview]
    }

    /// Rows of the list above the text.
    var reviewListRows: Int { max(1, contentRows / 2 - 1) }

    mutating func performOnReview(_ action: Action) -> [Effect] {
        guard case .review(var state) = screens[screens.count - 1] else { return [] }
        switch action {
        case .open:
            return chooseDecision(state)
        case .goToPost:
            guard let item = state.selectedItem, let topic = item.topic else {
                say("This one has no topic to go to.")
                return []
            }
            return openTopic(id: topic, title: item.title, near: item.postNumber)
        case .person:
            return state.selectedItem.map { openPerson($0.author) } ?? []
        case .back:
            return goBack()
        default:
            let last = state.items.count - 1
            guard
                let target = action.moved(
                    from: state.selected,
                    last: last,
                    height: reviewListRows
                )
            else { return [] }
            state.move(to: target, height: reviewListRows)
        }
        screens[screens.count - 1] = .review(state)
        return []
    }

    private mutating func chooseDecision(_ state: ReviewState) -> [Effect] {
        guard let item = state.selectedItem else { return [] }
        guard !item.actions.isEmpty else {
            say("Nothing can be decided here any more.")
            return []
        }
        let rows = item.actions.map { action in
            Choice(
                action.label,
                detail: action.warning ?? "",
                .review(
                    ReviewDecision(item: item.id, version: item.version, action: action.id)
                )
            )
        }
        choose("Decide about \(item.author)", from: rows)
        return []
    }

    mutating func decide(_ decision: ReviewDecision) -> [Effect] {
        guard !decision.wantsReason else {
            prompt = PromptState(.reviewReason(decision))
            return []
        }
        return [.review(decision)]
    }

    /// The site has carried a decision out.
    mutating func finish(_ decision: ReviewDecision) -> [Effect] {
        changeReview { state in
            state.items.removeAll { $0.id == decision.item }
            state.move(to: state.selected, height: 1)
        }
        site.waitingForReview = max(0, site.waitingForReview - 1)
        say("Decided.")
        return [.loadReview]
    }

    mutating func changeReview(_ change: (inout ReviewState) -> Void) {
        for index in screens.indices {
            guard case .review(var state) = screens[index] else { continue }
            change(&state)
            screens[index] = .review(state)
        }
    }

    mutating func take(_ items: [ReviewItem]) {
        let height = reviewListRows
        changeReview { state in
            state.take(items)
            state.move(to: state.selected, height: height)
        }
        site.waitingForReview = items.count
    }
}
