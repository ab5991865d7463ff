extension Model {
    /// Does what an action means on the visible screen.
    mutating func perform(_ action: Action, in context: KeyContext) -> [Effect] {
        switch action {
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .help:
            screens.append(.help(HelpState(context: context)))
            return []
        case .command:
            prompt = PromptState(.command)
            return []
        case .logIn:
            screens.append(.login(LoginState()))
            return []
        case .logOut: return [.logOut]
        case .refresh: return refresh()
        case .quit: return quit()
        case .nextUnread: return nextUnread()
        case .previousUnread: return previousUnread()
        case .nextTopic: return openBeside(1)
        case .previousTopic: return openBeside(-1)
        case .level: return chooseLevelHere()
        case .mute: return setLevel(.muted)
        case .normal: return setLevel(.regular)
        case .track: return setLevel(.tracking)
        case .watch: return setLevel(.watching)
        case .undo where context != .composer: return takeBack()
        case .sendNow: return sendNow()
        default:
            return go(action, in: context)
        }
    }

    /// Goes to another screen, or does what the visible one makes of the action.
    private mutating func go(_ action: Action, in context: KeyContext) -> [Effect] {
        switch action {
        case .latest: return show(.latest)
        case .newTopics: return show(.new)
        case .unread: return show(.unread)
        case .top: return show(.top)
        case .hot: return show(.hot)
        case .messages: return show(.messages)
        case .bookmarks: return show(.bookmarks)
        case .everywhere: return show(.everywhere)
        case .notifications: return showNotifications()
        case .review: return showReview()
        case .tags:
            return choose("Tags", from: .tags, emptyText: "There are no tags here.")
        case .sites:
            return choose("Sites", from: .sites, emptyText: "No other site is known yet.")
        case .drafts:
            guard isMember("see your drafts") else { return [] }
            return choose("Drafts", from: .drafts, emptyText: "There are no drafts.")
        case .categories:
            screens = [screens[0], .categories(CategoriesState())]
            return [.follow(topic: nil)]
        case .message: return compose(.message(to: ""))
        case .create where context == .topicList && list?.kind == .messages:
            return compose(.message(to: ""))
        case .create where context != .person:
            return compose(.newTopic)
        case .search where context != .topic && context != .person:
            prompt = PromptState(.search)
            return []
        default:
            return performOnScreen(action, in: context)
        }
    }

    private mutating func performOnScreen(_ action: Action, in context: KeyContext) -> [Effect] {
        switch context {
        case .topicList: performOnList(action)
        case .categories: performOnCategories(action)
        case .notifications: performOnNotifications(action)
        case .topic: performOnTopic(action)
        case .person: performOnPerson(action)
        case .chooser: performOnChooser(action)
        case .review: performOnReview(action)
        case .composer, .preview, .leaving, .outgoing: performOnComposer(action)
        case .login: performOnLogin(action)
        case .help: performOnHelp(action)
        case .prompt: []
        }
    }

    // MARK: Moving between screens

    /// Shows a list as the first screen, so that `q` there quits.
    mutating func show(_ kind: TopicListKind) -> [Effect] {
        if kind.needsMember, site.username == nil {
            say("Log in to see this list: type :login", isFailure: true)
            return []
        }
        let isKept: Bool
        if case .topicList(let first) = screens[0], first.kind == kind {
            isKept = true
        } else {
            isKept = false
        }
        screens = isKept ? [screens[0]] : [.topicList(TopicListState(kind: kind))]
        return [.follow(topic: nil)] + refresh()
    }

    mutating func goBack() -> [Effect] {
        guard screens.count > 1 else {
            if case .topicList(let first) = screens[0], first.kind != .latest {
                return show(.latest)
            }
            return quit()
        }
        var effects: [Effect] = []
        if case .topic = screens[screens.count - 1] {
            effects = [.follow(topic: nil)]
        }
        pop()
        if case .topic(let below) = screens[screens.count - 1] {
            effects = [.follow(topic: below.id)]
        }
        return effects + settle()
    }

    /// Quits, but never over text that was not sent.
    private mutating func quit() -> [Effect] {
        let isWriting = screens.contains { screen in
            if case .composer = screen { true } else { false }
        }
        if isWriting { return goBack() }
        // What is held goes out on the way.
        let waiting = queued - held.count { $0.due != nil }
        guard waiting <= 0 else {
            prompt = PromptState(.quitQueued(waiting))
            return []
        }
        return [.quit]
    }

    /// Loads the visible screen again.
    mutating func refresh() -> [Effect] {
        ahead = nil
        hasLookedAhead = false
        switch screens[screens.count - 1] {
        case .topicList(var state):
            state.isLoading = true
            screens[screens.count - 1] = .topicList(state)
            return [.loadTopics(state.kind, page: 0)]
        case .topic(let state):
            // What the reader may do here is not known until the answer comes.
            changeTopics(state.id) { $0.isLoading = true }
            return [.loadTopic(id: state.id, near: state.selectedPost?.number)]
        case .categories:
            return [.loadSite]
        case .notifications(var state):
            state.isLoading = true
            screens[screens.count - 1] = .notifications(state)
            return [.loadNotifications]
        case .chooser(let state):
            return state.source.map { [.loadChoices($0)] } ?? []
        case .person(let state):
            return [.loadPerson(state.username)]
        case .review(var state):
            state.isLoading = true
            screens[screens.count - 1] = .review(state)
            return [.loadReview]
        default:
            return []
        }
    }

    /// Brings the visible screen in order after its size or content changed.
    mutating func settle() -> [Effect] {
        let height = contentRows
        changeLists { $0.reveal(height: height) }
        changeChoosers { $0.reveal(height: height) }
        return settleTopic()
    }
}

extension TopicListKind {
    /// Only members have such a list.
    var needsMember: Bool {
        switch self {
        case .new, .unread, .messages, .bookmarks, .allUnread: true
        default: false
        }
    }
}
