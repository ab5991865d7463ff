/// What helps while somebody writes: drafts that are found again, names, similar topics, files.
extension Model {
    // MARK: Drafts

    mutating func recover(_ key: DraftKey, _ draft: Draft?) -> [Effect] {
        var isRecovered = false
        changeComposer { state in
            guard state.key == key else { return }
            isRecovered = state.recover(draft)
        }
        if isRecovered {
            say("Your draft is back. Esc, then d, discards it.")
        }
        return saveDraft()
    }

    /// Another program has written the same draft: both texts are kept, the other one below.
    mutating func merge(_ key: DraftKey, _ other: Draft) -> [Effect] {
        var isMerged = false
        changeComposer { state in
            guard state.key == key, !other.body.isEmpty else { return }
            let own = state.body.text
            guard own != other.body, !own.contains(other.body) else { return }
            state.body.replace(with: "\(own)\n\n----\n\n\(other.body)")
            isMerged = true
        }
        guard isMerged else { return [] }
        say("This draft was changed elsewhere too; that text stands below yours.")
        return saveDraft()
    }

    /// Goes on with a draft from the list of drafts.
    mutating func resume(_ key: DraftKey, title: String) -> [Effect] {
        switch key {
        case .newTopic: return compose(.newTopic)
        case .message: return compose(.message(to: ""))
        case .reply(let topic):
            return compose(.reply(topic: topic, title: title, toNumber: nil, toUsername: nil))
        case .edit(let post):
            return compose(.edit(post: post, number: 0, topic: 0))
        }
    }

    // MARK: Names

    /// Asks for names that begin as the word at the cursor does, or takes the next one offered.
    mutating func completeName() -> [Effect] {
        guard case .composer(let state) = screens[screens.count - 1] else { return [] }
        if let next = state.nextCompletion {
            changeComposer { $0.insert(completion: next) }
            return saveDraft()
        }
        guard let wanted = state.wantedCompletion else {
            say("Tags, recipients and @names can be completed.")
            return []
        }
        return [.complete(wanted)]
    }

    // MARK: Similar topics

    /// A title that is left is looked up.
    mutating func lookUp(leaving before: ComposerState.Field?) -> [Effect] {
        guard case .composer(let state) = screens[screens.count - 1], before == .title,
            state.focus != .title, state.purpose == .newTopic
        else { return [] }
        let title = state.title.text.trimmed
        guard title.count >= 4 else { return [] }
        return [.findSimilar(title: title)]
    }

    // MARK: Files

    mutating func insertUpload(_ key: DraftKey, _ markdown: String) -> [Effect] {
        changeComposer { state in
            guard state.key == key else { return }
            state.uploading = nil
            state.body.insert("\(markdown)\n")
        }
        say("The file is attached.")
        return saveDraft()
    }
}

extension ComposerState {
    /// What the word at the cursor could be the beginning of.
    var wantedCompletion: Completion? {
        switch focus {
        case .tags: ComposerState.lastWord(tags.beforeCursor).map { .tag($0) }
        case .recipients: ComposerState.lastWord(recipients.beforeCursor).map { .person($0) }
        case .body:
            body.wordBeforeCursor.flatMap { word in
                word.first == "@" && word.count > 1 ? .person(String(word.dropFirst())) : nil
            }
        case .title, .category: nil
        }
    }

    private static func lastWord(_ text: String) -> String? {
        let word = text.split(omittingEmptySubsequences: false) { $0 == "," || $0 == " " }.last
        return word.flatMap { $0.isEmpty ? nil : String($0.first == "@" ? $0.dropFirst() : $0) }
    }

    /// The name to put in next, when the word at the cursor is what was asked about or one of
    /// the names offered for it.
    var nextCompletion: String? {
        guard let wanted = wantedCompletion, !completions.isEmpty else { return nil }
        let word =
            switch wanted {
            case .tag(let word), .person(let word): word
            }
        if word == completed { return completions.first }
        guard let index = completions.firstIndex(of: word) else { return nil }
        return completions[(index + 1) % completions.count]
    }

    /// Takes names in that were asked for; the first one goes into the text.
    mutating func offer(_ names: [String], for prefix: String) {
        completions = Array(names.prefix(Limits.completions))
        completed = prefix
        guard let next = nextCompletion else { return }
        insert(completion: next)
    }

    mutating func insert(completion name: String) {
        let word =
            switch wantedCompletion {
            case .tag(let word), .person(let word): word
            case nil: ""
            }
        switch focus {
        case .tags: tags.replaceBeforeCursor(word.count, with: name)
        case .recipients: recipients.replaceBeforeCursor(word.count, with: name)
        case .body: body.replaceBeforeCursor(word.count, with: name)
        case .title, .category: break
        }
    }
}

extension TextField {
    var beforeCursor: String { String(characters[..<cursor]) }

    mutating func replaceBeforeCursor(_ count: Int, with text: String) {
        for _ in 0..<count {
            _ = edit(.backspace)
        }
        insert(text)
    }
}

extension TextArea {
    /// The characters between the last white space and the cursor.
    var wordBeforeCursor: String? {
        let before = lines[cursor.line][..<cursor.column]
        return before.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace).last
            .map { String($0) }
    }

    mutating func replaceBeforeCursor(_ count: Int, with text: String) {
        for _ in 0..<count {
            _ = edit(.backspace, columns: Limits.measure, rows: 1)
        }
        insert(text)
    }
}
