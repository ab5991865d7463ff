/// Numbers before a motion: `5j` moves five rows, `20G` goes to the twentieth.
extension Model {
    /// Takes a digit of a number in; false when the key is none here.
    mutating func takeDigit(_ key: Key, in context: KeyContext) -> Bool {
        guard context.takesCounts, case .character(let digit) = key, digit.isASCII,
            let value = digit.wholeNumberValue, value > 0 || count != nil
        else { return false }
        switch settings.keymap.meaning(of: [key], in: context) {
        case .nothing, .action(.count): break
        // The member has given the digit another meaning.
        case .action, .actions, .prefix: return false
        }
        count = min(Limits.count, (count ?? 0) * 10 + value)
        return true
    }

    /// Does what an action means after a number; what cannot be counted is done once.
    mutating func perform(_ action: Action, count: Int?, in context: KeyContext) -> [Effect] {
        guard let count else { return perform(action, in: context) }
        switch action {
        case .first, .last, .goToPost:
            guard context == .topic else {
                return perform(.first, in: context) + repeated(.next, count - 1, in: context)
            }
            return goToPost(count)
        case .links where context == .topic: return openLink(count)
        case .next where context == .topic: return movePosts(by: count)
        case .previous where context == .topic: return movePosts(by: -count)
        case .next, .previous, .pageForward, .pageBack, .halfPageForward, .halfPageBack,
            .lineForward, .lineBack, .nextSibling, .previousSibling, .findNext, .findPrevious:
            return repeated(action, count, in: context)
        default: return perform(action, in: context)
        }
    }

    /// Does several things one after the other, and that `count` times. It ends where a question is asked, or
    /// where a screen has no such action.
    mutating func perform(_ actions: [Action], count: Int) -> [Effect] {
        var effects: [Effect] = []
        for _ in 0..<min(count, Limits.repetitions) {
            for action in actions {
                let context = self.context
                guard
                    settings.keymap.bindings(for: context).contains(where: { $0.action == action })
                else { return effects }
                effects += perform(action, in: context)
            }
        }
        return effects
    }

    /// Does the same again and again, as long as it stays on its screen.
    private mutating func repeated(
        _ action: Action,
        _ times: Int,
        in context: KeyContext
    ) -> [Effect] {
        let topic = openTopicID
        var effects: [Effect] = []
        for _ in 0..<min(times, Limits.repetitions)
        where self.context == context && openTopicID == topic {
            effects += perform(action, in: context)
        }
        return effects
    }

    private mutating func movePosts(by step: Int) -> [Effect] {
        guard case .topic(let state) = screens[screens.count - 1], !state.stream.isEmpty else {
            return []
        }
        let viewport = self.viewport
        changeTopics(state.id) { state in
            state.selected = max(0, min(state.stream.count - 1, state.selected + step))
            state.reveal(viewport)
        }
        return settleTopic()
    }
}

extension KeyContext {
    /// Digits are typed into it, or choose rows, or mean nothing.
    var takesCounts: Bool {
        switch self {
        case .composer, .login, .prompt, .chooser, .leaving, .outgoing: false
        default: true
        }
    }
}
