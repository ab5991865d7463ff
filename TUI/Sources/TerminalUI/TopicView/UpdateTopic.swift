extension Model {
    /// The part of the screen that shows an open topic.
    var viewport: TopicState.Viewport {
        TopicState.Viewport(
            columns: topicColumns,
            rows: contentRows,
            spansScreen: topicColumns == size.columns
        )
    }

    mutating func performOnTopic(_ action: Action) -> [Effect] {
        guard case .topic(let state) = screens[screens.count - 1] else { return [] }
        let viewport = self.viewport
        var effects: [Effect] = []
        switch action {
        case .next: changeTopics(state.id) { $0.selectNext(viewport) }
        case .previous: changeTopics(state.id) { $0.selectPrevious(viewport) }
        case .pageForward: return pageOn(state.id)
        case .pageBack: scroll(by: -max(1, viewport.rows - 1))
        case .halfPageForward: scroll(by: max(1, viewport.rows / 2))
        case .halfPageBack: scroll(by: -max(1, viewport.rows / 2))
        case .lineForward: scroll(by: 1)
        case .lineBack: scroll(by: -1)
        case .panes: settings.showsPanes.toggle()
        case .first: changeTopics(state.id) { $0.go(to: 0, viewport) }
        case .last: changeTopics(state.id) { $0.goToEnd(viewport) }
        case .firstUnread: effects = goToFirstUnread(state)
        case .back: return goBack()
        case .goToPost: prompt = PromptState(.goToPost)
        case .search: prompt = PromptState(.find)
        case .findNext: effects = find(1)
        case .findPrevious: effects = find(-1)
        case .openLink: return openLink(1)
        case .links: return chooseLink(state, imagesOnly: false)
        case .images: return chooseLink(state, imagesOnly: true)
        case .openParent: effects = openParent(state)
        case .nextSibling: return goToSibling(1, state)
        case .previousSibling: return goToSibling(-1, state)
        case .fold: return toggleFold(state)
        case .reveal: return reveal(state)
        default: return actOnPost(action, state)
        }
        return effects + settleTopic()
    }

    private mutating func actOnPost(_ action: Action, _ state: TopicState) -> [Effect] {
        switch action {
        case .replyToPost: return reply(state, to: state.selectedPost, isQuoting: false)
        case .replyToTopic: return reply(state, to: nil, isQuoting: false)
        case .replyAsTopic: return replyAsTopic(state)
        case .quote: return reply(state, to: state.selectedPost, isQuoting: true)
        case .edit: return editPost(state)
        case .delete: return askToDelete(state)
        case .like: return like(state)
        case .bookmark: return bookmarkPost(state)
        case .bookmarkTopic: return bookmarkTopic(state)
        case .flag: return chooseFlag(state)
        case .vote: return vote(state)
        case .moderate: return moderate(state)
        case .markUnread: return deferTopic(state)
        case .person: return state.selectedPost.map { openPerson($0.username) } ?? []
        case .openInBrowser: return [.openLink(address(in: state))]
        case .copyLink:
            say("The link is copied: \(address(in: state))")
            return [.copy(address(in: state))]
        case .copyText:
            guard let post = state.selectedPost else { return [] }
            say("The text is copied.")
            return [.copyText(post: post.id)]
        case .pipe:
            guard let post = state.selectedPost else { return [] }
            prompt = PromptState(.pipe(post: post.id))
            return []
        default: return []
        }
    }

    /// The address of the selected post.
    func address(in state: TopicState) -> String {
        "\(site.url)/t/\(state.id)" + (state.selectedPost.map { "/\($0.number)" } ?? "")
    }

    // MARK: Loading

    /// Takes an opened topic in, and goes to the post that was asked for.
    mutating func open(_ detail: TopicDetail, near: Int?) -> [Effect] {
        let viewport = self.viewport
        foldKilled(detail.posts, in: detail.id)
        changeTopics(detail.id) { state in
            let isFirst = state.stream.isEmpty
            let isMoving = isFirst || near != state.selectedPost?.number
            state.take(detail)
            guard isMoving, let near, let index = state.index(ofNumber: near) else { return }
            state.go(to: index, viewport)
        }
        return settleTopic()
    }

    /// What killed authors write shows its head only, until it is opened.
    mutating func foldKilled(_ posts: [Post], in topic: Int) {
        let patterns = settings.patterns
        let killed = posts.filter { patterns.kills(author: $0.username) }.map(\.id)
        changeTopics(topic) { state in
            state.fold(killed.filter { state.posts[$0] == nil }, true)
        }
    }

    mutating func arrive(topic: Int, ids: [Int], posts: [Post]) -> [Effect] {
        var count = 0
        let viewport = self.viewport
        var wasAtEnd = false
        changeTopics(topic) { state in
            let before = state.stream.count
            wasAtEnd = state.isAtEnd(viewport)
            state.append(ids: ids, posts: posts)
            count = state.stream.count - before
        }
        changeComposer { state in
            if case .reply(topic, _, _, _) = state.purpose {
                state.arrived += count
            }
        }
        if count > 0, wasAtEnd, notice == nil, openTopicID == topic {
            say(count == 1 ? "1 new reply below." : "\(count) new replies below.")
        }
        return settleTopic()
    }

    /// Asks for posts, remembers what was read.
    mutating func settleTopic() -> [Effect] {
        guard let id = openTopicID else { return [] }
        let viewport = self.viewport
        let isMember = site.username != nil
        var effects: [Effect] = []
        var read = 0
        changeTopics(id) { state in
            effects = state.settle(viewport, isMember: isMember)
            read = state.lastRead
        }
        if read > 0 {
            setRead(topic: id, upTo: read)
        }
        return effects
    }

    // MARK: Moving

    mutating func scroll(by lines: Int) {
        guard let id = openTopicID else { return }
        let viewport = self.viewport
        changeTopics(id) { state in
            if !state.scroll(by: lines, viewport), !state.stream.isEmpty {
                state.selected = lines < 0 ? 0 : state.stream.count - 1
            }
            state.selectVisible(viewport)
        }
    }

    /// A page on; at the end to the next topic with unread posts.
    private mutating func pageOn(_ id: Int) -> [Effect] {
        let viewport = self.viewport
        var isAtEnd = false
        changeTopics(id) { state in
            isAtEnd = state.isAtEnd(viewport) && !state.isLoading
            if !isAtEnd {
                state.scroll(by: max(1, viewport.rows - 1), viewport)
                state.selectVisible(viewport)
            }
        }
        return isAtEnd ? nextUnread() : settleTopic()
    }

    private mutating func goToFirstUnread(_ state: TopicState) -> [Effect] {
        guard let number = state.newFrom else {
            say("Everything here was read before.")
            return []
        }
        return goToPost(number)
    }

    /// To the post with a number, which may have to be loaded first.
    mutating func goToPost(_ number: Int) -> [Effect] {
        guard case .topic(let state) = screens[screens.count - 1] else { return [] }
        if let index = state.index(ofNumber: number), state.post(at: index)?.number == number {
            let viewport = self.viewport
            changeTopics(state.id) { $0.go(to: index, viewport) }
            return settleTopic()
        }
        return [.loadTopic(id: state.id, near: max(1, min(number, state.highestNumber)))]
    }

    private mutating func openParent(_ state: TopicState) -> [Effect] {
        guard let number = state.selectedPost?.replyToNumber else {
            say("This post replies to the topic.")
            return []
        }
        return goToPost(number)
    }

    /// Opens a link of the selected post; topics of this site open here.
    mutating func openLink(_ number: Int) -> [Effect] {
        guard case .topic(let state) = screens[screens.count - 1],
            let links = state.layout(state.selected, columns: topicColumns)?.links
        else { return [] }
        guard let link = links.first(where: { $0.number == number }) else {
            say(links.isEmpty ? "This post has no links." : "This post has no link \(number).")
            return []
        }
        return link.isImage ? [show(image: link.url)] : follow(link: link.url)
    }
}

extension TopicState {
    mutating func setLike(_ id: Int, on: Bool) {
        guard var post = posts[id], post.isLiked != on else { return }
        post.isLiked = on
        post.likeCount = max(0, post.likeCount + (on ? 1 : -1))
        post.canLike = !on
        take([post])
    }
}
