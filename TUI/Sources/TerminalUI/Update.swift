extension Model {
    /// Takes one message in and says what has to be done about it.
    package mutating func update(_ message: Message) -> [Effect] {
        switch message {
        case .resized(let size):
            self.size = size
            return settle()
        case .clock(let seconds):
            now = seconds
            return []
        case .key(let key):
            return press(key)
        case .pasted(let text):
            return paste(text)
        case .connected(let isUp):
            isConnected = isUp
            return []
        case .notice(let text):
            say(text)
            return []
        case .failed(let effect, let failure):
            return fail(effect, failure)
        default:
            return take(message)
        }
    }

    /// Messages with news from the site.
    private mutating func take(_ message: Message) -> [Effect] {
        switch message {
        case .siteLoaded(let site):
            self.site = site
        case .topicsLoaded(let kind, let page, let topics):
            let height = contentRows
            changeLists { list in
                guard list.kind == kind else { return }
                list.take(topics, page: page)
                list.reveal(height: height)
            }
        case .topicLoaded(let detail, let near):
            return open(detail, near: near)
        case .postsLoaded(let topic, let posts):
            changeTopics(topic) { $0.take(posts) }
            return settle()
        case .postsArrived(let topic, let ids, let posts):
            return arrive(topic: topic, ids: ids, posts: posts)
        case .postChanged(let topic, let post):
            changeTopics(topic) { state in
                if state.posts[post.id] != nil {
                    state.take([post])
                }
            }
        case .topicBumped(let id, let highest, let poster):
            bump(id, highest: highest, poster: poster)
        case .notificationsLoaded(let rows):
            take(rows)
        case .levelSet(let topic, let level):
            changeTopics(topic) { $0.level = level }
            say("This topic is now \(level.name).")
        default:
            return takeOwn(message)
        }
        return []
    }

    /// Answers to what the member did.
    private mutating func takeOwn(_ message: Message) -> [Effect] {
        switch message {
        case .rawLoaded(let post, let raw):
            changeComposer { $0.take(raw: raw, of: post) }
            return saveDraft()
        case .draftLoaded(let key, let draft):
            var isRecovered = false
            changeComposer { state in
                guard state.key == key else { return }
                isRecovered = state.recover(draft)
            }
            if isRecovered {
                say("Your draft is back. Esc, then d, discards it.")
            }
            return saveDraft()
        case .draftNotSaved(_, let reason):
            say("The draft could not be saved: \(reason)", isFailure: true)
        case .editorClosed(let key, let text):
            changeComposer { state in
                guard state.key == key, state.body.text != text else { return }
                state.body.replace(with: text)
            }
            return saveDraft() + [.redraw]
        case .submitted(let key, let topic, let number, let isPending):
            return finish(key, topic: topic, number: number, isPending: isPending)
        case .postDeleted(let topic, let post):
            return finishDeletion(topic: topic, post: post)
        case .postRecovered(let topic, _):
            deleted = nil
            say("The post is back.")
            return reloadTopic(topic)
        case .loggedIn(let username):
            return enter(as: username)
        case .codeNeeded:
            askForCode()
        case .loggedOut:
            site.username = nil
            say("You are logged out.")
            return [.loadSite] + refresh()
        default:
            break
        }
        return []
    }

    // MARK: Keys

    private mutating func press(_ key: Key) -> [Effect] {
        notice = nil
        let context = self.context
        if context == .prompt { return answer(key) }
        let keys = pending + [key]
        pending = []
        switch keymap.meaning(of: keys, in: context) {
        case .prefix:
            pending = keys
            return []
        case .action(let action):
            return perform(action, in: context)
        case .nothing:
            break
        }
        if context == .composer || context == .login {
            return type(key)
        }
        if context == .topic, keys.count == 1, case .character(let digit) = key,
            let number = digit.wholeNumberValue, number > 0
        {
            return openLink(number)
        }
        say("\(keys.map(\.name).joined(separator: " ")) does nothing here. ? shows the keys.")
        return []
    }

    private mutating func paste(_ text: String) -> [Effect] {
        let text = String(decoding: text.utf8.prefix(Limits.pasteBytes), as: UTF8.self)
        if prompt != nil {
            prompt?.field.insert(text)
            return []
        }
        switch screens[screens.count - 1] {
        case .login(var state):
            state.insert(text)
            screens[screens.count - 1] = .login(state)
            return []
        case .composer(let state) where state.mode == .editing:
            return insertInComposer(text)
        default:
            // Text that is pasted never becomes commands.
            say("Nothing here takes text.")
            return []
        }
    }

    private mutating func type(_ key: Key) -> [Effect] {
        switch screens[screens.count - 1] {
        case .composer:
            return typeInComposer(key)
        case .login(var state):
            if !state.isSending {
                _ = state.edit(key)
            }
            screens[screens.count - 1] = .login(state)
            return []
        default:
            return []
        }
    }

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
        case .latest: return show(.latest)
        case .newTopics: return show(.new)
        case .unread: return show(.unread)
        case .top: return show(.top)
        case .hot: return show(.hot)
        case .messages: return show(.messages)
        case .notifications: return showNotifications()
        case .categories:
            screens = [screens[0], .categories(CategoriesState())]
            return [.follow(topic: nil)]
        case .create: return compose(.newTopic)
        case .logIn:
            screens.append(.login(LoginState()))
            return []
        case .logOut: return [.logOut]
        case .refresh: return refresh()
        case .quit: return quit()
        case .nextUnread: return nextUnread()
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
        case .composer, .preview, .leaving: performOnComposer(action)
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
            return [.quit]
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
        return isWriting ? goBack() : [.quit]
    }

    /// Loads the visible screen again.
    mutating func refresh() -> [Effect] {
        switch screens[screens.count - 1] {
        case .topicList(var state):
            state.isLoading = true
            screens[screens.count - 1] = .topicList(state)
            if case .search = state.kind { return [.loadTopics(state.kind, page: 0)] }
            return [.loadTopics(state.kind, page: 0)]
        case .topic(let state):
            return [.loadTopic(id: state.id, near: state.selectedPost?.number)]
        case .categories:
            return [.loadSite]
        case .notifications(var state):
            state.isLoading = true
            screens[screens.count - 1] = .notifications(state)
            return [.loadNotifications]
        default:
            return []
        }
    }

    /// Brings the visible screen in order after its size or content changed.
    mutating func settle() -> [Effect] {
        let height = contentRows
        changeLists { $0.reveal(height: height) }
        return settleTopic()
    }

    // MARK: Failures

    private mutating func fail(_ effect: Effect, _ failure: Failure) -> [Effect] {
        say(failure.message, isFailure: true)
        switch effect {
        case .loadTopics(let kind, _):
            changeLists { list in
                guard list.kind == kind else { return }
                list.isLoading = false
                list.failure = failure
            }
        case .loadTopic(let id, _):
            changeTopics(id) { topic in
                topic.isLoading = false
                topic.failure = failure
            }
        case .loadNotifications:
            changeNotifications { state in
                state.isLoading = false
                state.failure = failure
            }
        case .loadPosts(let topic, let ids):
            changeTopics(topic) { $0.requested.subtract(ids) }
        case .loadRaw(let post):
            changeComposer { state in
                if state.awaitedRaw == post {
                    state.awaitedRaw = nil
                }
            }
        case .submit(let submission):
            changeComposer { state in
                if state.key == submission.key, state.mode == .sending {
                    state.mode = .editing
                }
            }
            say("Not sent; your text is kept. \(failure.message)", isFailure: true)
        case .setLike(let topic, let post, let on):
            changeTopics(topic) { $0.setLike(post, on: !on) }
        case .logIn:
            stopLogin()
        default:
            break
        }
        return []
    }
}

extension TopicListKind {
    /// Only members have such a list.
    var needsMember: Bool {
        self == .new || self == .unread || self == .messages
    }
}
