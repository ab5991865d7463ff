/// Sending what was written.
extension Model {
    mutating func leaveComposer() -> [Effect] {
        let notice = self.notice
        let effects = goBack()
        self.notice = notice
        return effects
    }

    mutating func send() -> [Effect] {
        guard case .composer(let state) = screens[screens.count - 1], state.mode != .sending else {
            return []
        }
        switch state.submission() {
        case .failure(let failure):
            changeComposer { state in
                state.mode = .editing
                state.focus = state.missingField ?? state.focus
            }
            say(failure.message, isFailure: true)
            return []
        case .success(let submission):
            if state.mode == .editing, state.isTooShort(site) || !state.cautions.isEmpty {
                lookOver()
                return []
            }
            let effects = saveDraft()
            changeComposer { $0.mode = .sending }
            return effects + [dispatch(submission)]
        }
    }

    /// The site has the post: the draft goes, and the post is shown.
    mutating func finish(
        _ key: DraftKey,
        topic: Int,
        number: Int,
        isPending: Bool
    ) -> [Effect] {
        closeComposer(key)
        let effects: [Effect] = [.deleteDraft(key)]
        if isPending {
            say("Your post waits for approval by the staff.")
            return effects
        }
        say("Sent.")
        if openTopicID == topic {
            return effects + [.loadTopic(id: topic, near: number)]
        }
        return effects + openTopic(id: topic, title: "", near: number)
    }

    /// Keeps the post here until there is a network.
    mutating func sendLater() -> [Effect] {
        guard case .composer(let state) = screens[screens.count - 1], state.mode != .sending else {
            return []
        }
        switch state.submission() {
        case .failure(let failure):
            changeComposer { $0.mode = .editing }
            say(failure.message, isFailure: true)
            return []
        case .success(let submission):
            let effects = saveDraft()
            changeComposer { $0.mode = .sending }
            return effects + [.queue(submission)]
        }
    }

    /// The post is safe on this machine.
    mutating func finishQueued(_ key: DraftKey) -> [Effect] {
        closeComposer(key)
        say("The post goes out when the site can be reached.")
        return [.deleteDraft(key)]
    }

    mutating func closeComposer(_ key: DraftKey) {
        screens.removeAll { screen in
            if case .composer(let state) = screen { state.key == key } else { false }
        }
        if screens.isEmpty {
            screens = [.topicList(TopicListState(kind: .latest))]
        }
    }
}

extension ComposerState {
    /// The first field that has to be filled in and is not.
    var missingField: Field? {
        fields.first { field in
            switch field {
            case .recipients: recipients.text.trimmed.isEmpty
            case .title: title.text.trimmed.isEmpty
            case .category, .tags, .body: false
            }
        }
    }
}
