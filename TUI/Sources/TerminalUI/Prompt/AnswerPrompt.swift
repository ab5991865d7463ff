extension Model {
    /// A key while a question stands on the status line.
    mutating func answer(_ key: Key) -> [Effect] {
        guard var current = prompt else { return [] }
        switch settings.keymap.meaning(of: [key], in: .prompt) {
        case .action(.cancel):
            prompt = nil
            return []
        case .action(.submit):
            prompt = nil
            return submit(current)
        case .action(.complete):
            if current.kind == .command {
                current.complete(in: contextBelowPrompt, keymap: settings.keymap)
                prompt = current
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
        current.typed = nil
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
        if answered.kind == .filter {
            changeTopList { $0.show(only: text) }
            return settle()
        }
        guard !text.isEmpty else { return [] }
        if let moderation = moderation(answered.kind, text) {
            switch moderation {
            case .success(let change): return [.moderate(change)]
            case .failure(let failure):
                say(failure.message, isFailure: true)
                return []
            }
        }
        return submit(answered.kind, text)
    }

    private mutating func submit(_ kind: PromptState.Kind, _ text: String) -> [Effect] {
        switch kind {
        case .search:
            return search(text)
        case .find: return find(words: text)
        case .goToPost:
            guard let number = Int(text), number > 0 else {
                say("\u{201C}\(text)\u{201D} is not the number of a post.", isFailure: true)
                return []
            }
            return goToPost(number)
        case .command: return run(command: text)
        case .flagMessage(let topic, let post, let reason):
            return [.flag(topic: topic, post: post, reason, message: text)]
        case .pipe(let post): return [.pipe(post: post, command: text)]
        case .kill: return toggle(pattern: text, in: \.killed)
        case .highlight: return toggle(pattern: text, in: \.highlighted)
        case .attach(let key):
            changeComposer { $0.uploading = "\(text): 0 %" }
            return [.upload(key, path: text)]
        case .reviewReason(var decision):
            decision.reason = text
            return [.review(decision)]
        default: return confirm(kind, text)
        }
    }

    /// Questions that only a whole word answers.
    private mutating func confirm(_ kind: PromptState.Kind, _ text: String) -> [Effect] {
        let isYes = text.lowercased() == "yes"
        switch kind {
        case .deletion(let topic, let post, _):
            if isYes { return [.delete(topic: topic, post: post)] }
            say("Nothing was deleted.")
        case .catchUp(let topics, _):
            if isYes { return [.dismiss(topics)] }
            say("Nothing was marked.")
        case .quitQueued:
            if isYes { return [.quit] }
        default:
            break
        }
        return []
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
        if let effects = run(name, argument) { return effects }
        if let number = Int(name), openTopicID != nil {
            return goToPost(number)
        }
        if name == "q" || name == "quit" {
            return perform(.quit, in: context)
        }
        let known = PromptState(.command).candidates(in: context, keymap: settings.keymap)
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

    /// Commands that take an argument; nil for all others.
    private mutating func run(_ name: String, _ argument: String) -> [Effect]? {
        guard !argument.isEmpty else { return nil }
        switch name {
        case "user", "person": return openPerson(argument)
        case "tag": return openList(.tag(argument))
        case "site": return [.enterSite(argument, topic: nil, near: nil)]
        case "message": return compose(.message(to: argument))
        case "kill": return toggle(pattern: argument, in: \.killed)
        case "highlight": return toggle(pattern: argument, in: \.highlighted)
        case "open", "go":
            // What a browser's address bar would take: a link, or a path of this site.
            return follow(link: argument)
        default: return nil
        }
    }
}
