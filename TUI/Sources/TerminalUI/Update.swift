extension Model {
    /// Takes one message in and says what has to be done about it.
    package mutating func update(_ message: Message) -> [Effect] {
        let effects = respond(to: message)
        return effects + prefetch()
    }

    private mutating func respond(to message: Message) -> [Effect] {
        switch message {
        case .resized(let size):
            self.size = size
            return settle()
        case .clock(let seconds):
            now = seconds
            return retryWaits() + deliverDue()
        case .key(let key):
            return press(key)
        case .mouse(let mouse):
            return take(mouse)
        case .pasted(let text):
            return paste(text)
        case .connected(let isUp):
            let isBack = isUp && !isConnected
            isConnected = isUp
            isLive = isUp
            return isBack ? refresh() : []
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
            let earlier = self.site.username ?? ""
            let limits = self.site.limits
            self.site = site
            self.site.limits = limits
            if site.username == nil, !earlier.isEmpty {
                askToLogIn(as: earlier)
            }
        case .topicsLoaded(let kind, let page, let topics):
            take(topics, of: kind, page: page)
        case .topicLoaded(let detail, let near):
            return open(detail, near: near)
        case .postsLoaded(let topic, let posts):
            foldKilled(posts, in: topic)
            changeTopics(topic) { $0.take(posts) }
            return settle()
        case .foundInTopic(let topic, let words, let numbers):
            return found(in: topic, words: words, numbers: numbers)
        case .postsArrived(let topic, let ids, let posts):
            return arrive(topic: topic, ids: ids, posts: posts)
        case .postChanged(let topic, let post):
            changeTopics(topic) { state in
                guard let known = state.posts[post.id] else { return }
                // What was read before a bookmark was set may come after it: bookmarks are the member's own.
                var post = post
                post.bookmarkID = known.bookmarkID
                state.take([post])
            }
        case .topicBumped(let id, let highest, let poster):
            bump(id, highest: highest, poster: poster)
        case .notificationsLoaded(let rows):
            take(rows)
        case .notificationsCounted(let count):
            let isMore = count > site.unreadNotifications
            site.unreadNotifications = count
            return isMore && settings.ringsBell ? [.ring] : []
        case .choicesLoaded(let source, let choices):
            take(source, choices)
        case .personLoaded(let person):
            take(person)
        case .reviewLoaded(let items):
            take(items)
        case .unreadFound(let kind, let rows):
            return take(unread: kind, rows)
        case .unreadAhead(let rows):
            ahead = rows
        case .loggedIn(let username):
            return enter(as: username)
        case .codeNeeded:
            askForCode()
        case .approvalNeeded(let approval):
            askForApproval(approval)
        case .requestIsSlow(let isSlow):
            slowRequests = max(0, slowRequests + (isSlow ? 1 : -1))
        case .waitingLoaded(let topics):
            waiting = topics
        case .topicWaits(let id, let highest, let category, let isNew):
            wait(for: id, highest, in: category, isNew: isNew)
        case .loggedOut:
            site.username = nil
            waiting = WaitingTopics()
            say("You are logged out.")
            return [.loadSite] + refresh()
        default:
            return takeText(message)
        }
        return []
    }

    /// Messages about what is being written.
    private mutating func takeText(_ message: Message) -> [Effect] {
        switch message {
        case .rawLoaded(let post, let raw):
            changeComposer { $0.take(raw: raw, of: post) }
            return saveDraft()
        case .limitsLoaded(let limits):
            site.limits = limits
        case .editorClosed(let key, let text):
            takeFromEditor(key, text)
            return saveDraft() + [.redraw]
        case .submitted(let key, let topic, let number, let isPending):
            return finish(key, topic: topic, number: number, isPending: isPending)
        case .queued(let key):
            return finishQueued(key)
        case .queueCounted(let count):
            queued = count
        case .held(let key, let id, let due):
            return hold(key, id: id, due: due)
        case .takenBack(let id):
            return reopen(id)
        case .delivered(let id, let topic, let number, let isPending):
            return finishDelivery(id, topic: topic, number: number, isPending: isPending)
        case .notDelivered(let id, let failure):
            return failDelivery(id, failure)
        case .completed(let prefix, let names):
            changeComposer { $0.offer(names, for: prefix) }
            if names.isEmpty {
                say("Nothing begins with \u{201C}\(prefix)\u{201D}.")
            }
        case .similarFound(let title, let rows):
            changeComposer { state in
                if state.title.text.trimmed == title {
                    state.similar = Array(rows.prefix(Limits.similarTopics))
                }
            }
        case .uploading(let key, let name, let percent):
            changeComposer { state in
                if state.key == key {
                    state.uploading = "\(name): \(percent) %"
                }
            }
        case .uploaded(let key, let markdown):
            return insertUpload(key, markdown)
        default:
            return takeDraft(message)
        }
        return []
    }

    /// Messages about drafts.
    private mutating func takeDraft(_ message: Message) -> [Effect] {
        switch message {
        case .draftLoaded(let key, let draft):
            return recover(key, draft)
        case .draftConflict(let key, let draft):
            return merge(key, draft)
        case .draftSaved(let key):
            changeComposer { state in
                guard state.key == key, !state.draft.isEmpty else { return }
                state.isUnsafe = false
                if state.kept == .nowhere {
                    state.kept = .here
                }
            }
        case .draftShared(let key, let draft):
            changeComposer { state in
                if state.key == key, state.draft == draft {
                    state.kept = .onSite
                }
            }
        case .draftNotSaved(let key, let reason):
            changeComposer { state in
                if state.key == key {
                    state.kept = .nowhere
                    state.isUnsafe = true
                }
            }
            say("The draft could not be saved: \(reason)", isFailure: true)
        default:
            return takeAnswer(message)
        }
        return []
    }

    /// Answers to what the member did.
    private mutating func takeAnswer(_ message: Message) -> [Effect] {
        switch message {
        case .levelSet(let followed, let level, let delivery):
            finish(followed, level, delivery)
        case .bookmarked(let change, let id):
            return finish(change, id: id)
        case .flagged(let topic, let post):
            finishFlag(topic: topic, post)
        case .moderated(let moderation):
            return finish(moderation)
        case .reviewed(let decision):
            return finish(decision)
        case .dismissed(let topics):
            finishDismissal(topics)
        case .postDeleted(let topic, let post):
            return finishDeletion(topic: topic, post: post)
        case .postRecovered(let topic, _):
            say("The post is back.")
            return reloadTopic(topic)
        case .textForClipboard(let text):
            return [.copy(text)]
        case .textForCommand(let command, let text):
            return [.run(command: command, input: text)]
        default:
            break
        }
        return []
    }

    private mutating func take(_ topics: TopicPage, of kind: TopicListKind, page: Int) {
        let height = contentRows
        let patterns = settings.patterns
        var topics = topics
        topics.rows.removeAll(where: patterns.kills)
        changeLists { list in
            guard list.kind == kind else { return }
            list.take(topics, page: page)
            list.reveal(height: height)
        }
    }

    // MARK: Keys

    private mutating func press(_ key: Key) -> [Effect] {
        notice = nil
        noteKey()
        let context = self.context
        if context == .prompt { return answer(key) }
        if key == .escape, canCancelWaits { return cancelWaits() }
        if key == .escape, count != nil {
            count = nil
            return []
        }
        if pending.isEmpty, takeDigit(key, in: context) { return [] }
        let keys = pending + [key]
        pending = []
        switch settings.keymap.meaning(of: keys, in: context) {
        case .prefix:
            pending = keys
            return []
        case .action(let action):
            defer { count = nil }
            return perform(action, count: count, in: context)
        case .actions(let actions):
            defer { count = nil }
            return perform(actions, count: count ?? 1)
        case .nothing:
            count = nil
        }
        if context == .composer || context == .login {
            return type(key)
        }
        if keys.count == 1, case .character(let digit) = key, digit.isASCII,
            let number = digit.wholeNumberValue, number > 0
        {
            if context == .chooser { return choose(row: number - 1) }
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
            if !state.isSending || state.approval != nil {
                _ = state.edit(key)
            }
            screens[screens.count - 1] = .login(state)
            return []
        default:
            return []
        }
    }
}
