extension Model {
    /// A key while a question stands on the status line.
    mutating func answer(_ key: Key) -> [Effect] {
        guard var current = prompt else { return [] }
        switch keymap.meaning(of: [key], in: .prompt) {
        case .action(.cancel):
            prompt = nil
            return []
        case .action(.submit):
            prompt = nil
            return submit(current)
        case .action(.complete):
            if current.kind == .command {
                let found = current.candidates(in: contextBelowPrompt, keymap: keymap)
                if let name = found.first?.action.rawValue {
                    current.field = TextField(name)
                    prompt = current
                }
            }
            return []
        default:
            break
        }
        if key == .control("c") || (key == .backspace && current.field.isEmpty) {
            prompt = nil
            return []
        }
        _ = current.field.edit(key)
        prompt = current
        return []
    }

    /// The context of the screen itself.
    var contextBelowPrompt: KeyContext {
        var copy = self
        copy.prompt = nil
        return copy.context
    }

    private mutating func submit(_ answered: PromptState) -> [Effect] {
        let text = answered.field.text.trimmed
        guard !text.isEmpty else { return [] }
        switch answered.kind {
        case .search:
            return search(text)
        case .find:
            if let id = openTopicID {
                changeTopics(id) { $0.find = text }
            }
            find(1)
            return settleTopic()
        case .goToPost:
            guard let number = Int(text), number > 0 else {
                say("\u{201C}\(text)\u{201D} is not the number of a post.", isFailure: true)
                return []
            }
            return goToPost(number)
        case .command:
            return run(command: text)
        case .deletion(let topic, let post, _):
            guard text.lowercased() == "yes" else {
                say("Nothing was deleted.")
                return []
            }
            return [.delete(topic: topic, post: post)]
        }
    }

    mutating func search(_ words: String) -> [Effect] {
        let kind = TopicListKind.search(words)
        if case .topicList(let state) = screens[screens.count - 1], case .search = state.kind {
            screens.removeLast()
        }
        screens.append(.topicList(TopicListState(kind: kind)))
        return [.loadTopics(kind, page: 0)]
    }

    private mutating func run(command text: String) -> [Effect] {
        let parts = text.split(separator: " ", maxSplits: 1)
        let name = parts.first.map(String.init) ?? ""
        let argument = parts.count > 1 ? String(parts[1]).trimmed : ""
        if name == "search", !argument.isEmpty {
            return search(argument)
        }
        if let number = Int(name), openTopicID != nil {
            return goToPost(number)
        }
        if name == "q" || name == "quit" {
            return perform(.quit, in: context)
        }
        let known = PromptState(.command).candidates(in: context, keymap: keymap)
        let exact = known.first { $0.action.rawValue == name }
        let close = known.filter { $0.action.rawValue.hasPrefix(name) }
        guard let chosen = exact ?? (close.count == 1 ? close.first : nil) else {
            say(
                "There is no command \u{201C}\(name)\u{201D} here. ? lists the keys.",
                isFailure: true
            )
            return []
        }
        return perform(chosen.action, in: context)
    }
}
