extension Model {
    /// Columns and rows of the text in the composer.
    var composerRegion: Size {
        var rows = contentRows - 1
        if case .composer(let state) = screens[screens.count - 1] {
            rows -= min(state.headRows, max(0, rows - 1))
        }
        return Size(columns: max(4, min(Limits.measure, size.columns - 2)), rows: max(1, rows))
    }

    mutating func compose(_ purpose: ComposerState.Purpose) -> [Effect] {
        var state = ComposerState(purpose)
        if purpose == .newTopic, case .category(let id, _, _)? = list?.kind {
            state.categoryID = id
        }
        return compose(state)
    }

    mutating func compose(_ state: ComposerState) -> [Effect] {
        guard site.username != nil else {
            screens.append(.login(LoginState()))
            say("Log in first, then write.")
            return []
        }
        screens.append(.composer(state))
        return [.loadDraft(state.key)]
    }

    /// Writes what is being written to disk, once it is known that nothing is lost by that.
    mutating func saveDraft() -> [Effect] {
        for screen in screens.reversed() {
            guard case .composer(let state) = screen else { continue }
            guard state.isDraftKnown, !state.lacksText, state.mode != .sending else { return [] }
            if state.kept == .onSite {
                changeComposer { $0.kept = .here }
            }
            return [.saveDraft(state.key, state.draft)]
        }
        return []
    }

    mutating func typeInComposer(_ key: Key) -> [Effect] {
        let region = composerRegion
        let choices: [Int?] = [nil] + site.categories.filter(\.canCreate).map(\.id)
        let names = site.categories
        let before = composerFocus
        var isRefused = false
        var isKnown = true
        changeComposer { state in
            guard state.mode == .editing else { return }
            switch state.focus {
            case .title: isKnown = state.editField(\.title, key)
            case .tags: isKnown = state.editField(\.tags, key)
            case .recipients: isKnown = state.editField(\.recipients, key)
            case .category: state.chooseCategory(key, choices: choices, categories: names)
            case .body:
                let isFull = state.body.count >= Limits.composerCharacters
                isKnown = state.body.edit(key, columns: region.columns, rows: region.rows)
                isRefused = isFull && state.body.count >= Limits.composerCharacters
            }
            state.revealCursor(region)
        }
        if isRefused {
            say("A post holds \(Limits.composerCharacters) characters at most.", isFailure: true)
        } else if !isKnown {
            say("\(key.name) does nothing here.")
        }
        return saveDraft() + lookUp(leaving: before)
    }

    var composerFocus: ComposerState.Field? {
        guard case .composer(let state) = screens[screens.count - 1] else { return nil }
        return state.focus
    }

    mutating func insertInComposer(_ text: String) -> [Effect] {
        let region = composerRegion
        var isWhole = true
        let plain = text.replacingLineEnds
        changeComposer { state in
            switch state.focus {
            case .title: state.title.insert(plain)
            case .tags: state.tags.insert(plain)
            case .recipients: state.recipients.insert(plain)
            case .category: break
            case .body: isWhole = state.body.insert(plain)
            }
            state.revealCursor(region)
        }
        if !isWhole {
            say(
                "The paste was cut: a post holds \(Limits.composerCharacters) characters.",
                isFailure: true
            )
        }
        return saveDraft()
    }

    mutating func performOnComposer(_ action: Action) -> [Effect] {
        guard case .composer(let state) = screens[screens.count - 1] else { return [] }
        if state.mode == .preview || state.mode == .outgoing,
            let effects = movePreview(action)
        {
            return effects
        }
        switch action {
        case .send: return send()
        case .lookOver:
            lookOver()
        case .setTitle, .setCategory, .setTags, .setRecipients: editField(for: action)
        case .sendLater: return sendLater()
        case .attach:
            prompt = PromptState(.attach(state.key))
        case .complete: return completeName()
        case .preview:
            changeComposer { state in
                state.mode = state.mode == .preview ? .editing : .preview
                state.top = 0
            }
            let region = composerRegion
            changeComposer { $0.revealCursor(region) }
        case .externalEditor where state.lacksText:
            say("The text of the post has not come yet.", isFailure: true)
        case .externalEditor:
            return saveDraft() + [.edit(state.key, state.body.text)]
        case .nextField, .previousField:
            if state.fields.count == 1 {
                return action == .nextField ? typeInComposer(.tab) : []
            }
            let before = state.focus
            changeComposer { $0.moveFocus(by: action == .nextField ? 1 : -1) }
            return lookUp(leaving: before)
        case .undo:
            changeComposer { state in
                _ = state.body.undo()
            }
            return saveDraft()
        case .leave:
            guard !state.draft.isEmpty else { return [.deleteDraft(state.key)] + leaveComposer() }
            guard state.mode != .sending else { return [] }
            changeComposer { $0.mode = .leaving }
        case .goOn:
            changeComposer { $0.mode = .editing }
        case .keepDraft where state.isUnsafe:
            changeComposer { $0.mode = .editing }
            say(
                "The draft cannot be kept here. Make room, send it, or leave with d.",
                isFailure: true
            )
            return saveDraft()
        case .keepDraft:
            let effects = state.isDraftKnown ? [Effect.saveDraft(state.key, state.draft)] : []
            say("The draft is kept; open the composer here again to go on.")
            return effects + leaveComposer()
        case .discardDraft:
            say("The draft is discarded.")
            return [.deleteDraft(state.key)] + leaveComposer()
        default:
            break
        }
        return []
    }

    /// Scrolls the preview; nil when the action is another one.
    private mutating func movePreview(_ action: Action) -> [Effect]? {
        let page = max(1, contentRows - 2 - lookedOverRows)
        let step: Int
        switch action {
        case .next: step = 1
        case .previous: step = -1
        case .pageForward: step = page
        case .pageBack: step = -page
        case .first: step = -Limits.postLines
        case .last: step = Limits.postLines
        default: return nil
        }
        let columns = composerRegion.columns
        changeComposer { state in
            let lines = MarkdownRenderer.render(state.body.text, width: columns).lines.count
            state.top = max(0, min(state.top + step, lines - page))
        }
        return []
    }
}

extension ComposerState {
    mutating func editField(_ field: WritableKeyPath<ComposerState, TextField>, _ key: Key) -> Bool
    {
        switch key {
        case .enter, .down: moveFocus(by: 1)
        case .up: moveFocus(by: -1)
        default: return self[keyPath: field].edit(key)
        }
        return true
    }

    /// Arrows go through the categories; a letter goes to the next one that begins with it.
    mutating func chooseCategory(_ key: Key, choices: [Int?], categories: [Category]) {
        let current = choices.firstIndex(of: categoryID) ?? 0
        switch key {
        case .right, .character(" "):
            categoryID = choices[(current + 1) % choices.count]
        case .left:
            categoryID = choices[(current + choices.count - 1) % choices.count]
        case .enter, .down:
            moveFocus(by: 1)
        case .up:
            moveFocus(by: -1)
        case .character(let letter):
            for step in 1...choices.count {
                let candidate = choices[(current + step) % choices.count]
                let name = categories.first { $0.id == candidate }?.name ?? ""
                if candidate != nil, name.lowercased().hasPrefix(letter.lowercased()) {
                    categoryID = candidate
                    return
                }
            }
        default:
            break
        }
    }

    /// Keeps the cursor of the text on the screen.
    mutating func revealCursor(_ region: Size) {
        guard mode == .editing || mode == .leaving else { return }
        let row = body.layout(columns: region.columns).cursor.row
        top = max(row - region.rows + 1, min(top, row))
    }
}

extension String {
    /// With `\n` for every kind of line end.
    var replacingLineEnds: String {
        String(map { $0.isNewline ? "\n" : $0 })
    }
}
