extension Model {
    mutating func openPerson(_ username: String) -> [Effect] {
        screens.append(.person(PersonState(username: username)))
        return [.loadPerson(username)]
    }

    /// Rows left for what the person wrote.
    var activityRows: Int {
        guard case .person(let state) = screens[screens.count - 1], let person = state.person else {
            return contentRows
        }
        return max(
            1,
            contentRows - PersonView.head(of: person, now: now, columns: size.columns).count
        )
    }

    mutating func performOnPerson(_ action: Action) -> [Effect] {
        guard case .person(var state) = screens[screens.count - 1] else { return [] }
        switch action {
        case .open:
            guard state.rows.indices.contains(state.selected) else { return [] }
            let row = state.rows[state.selected]
            return openTopic(id: row.topic, title: row.title, near: row.postNumber)
        case .create:
            return compose(.message(to: state.username))
        case .search:
            prompt = PromptState(.search)
            prompt?.field = TextField("@\(state.username) ")
            return []
        case .moderate:
            return moderate(state)
        case .back:
            return goBack()
        default:
            let last = state.rows.count - 1
            guard let target = action.moved(from: state.selected, last: last, height: activityRows)
            else { return [] }
            state.move(to: target, height: activityRows)
        }
        screens[screens.count - 1] = .person(state)
        return []
    }

    mutating func take(_ person: Person) {
        let height = activityRows
        changePeople { state in
            guard state.username.lowercased() == person.username.lowercased() else { return }
            state.person = person
            state.failure = nil
            state.move(to: state.selected, height: height)
        }
    }

    mutating func changePeople(_ change: (inout PersonState) -> Void) {
        for index in screens.indices {
            guard case .person(var state) = screens[index] else { continue }
            change(&state)
            screens[index] = .person(state)
        }
    }
}
