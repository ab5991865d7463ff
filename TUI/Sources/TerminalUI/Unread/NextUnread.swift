/// Reading on: the next topic with unread posts, wherever it is.
extension Model {
    /// Opens the next topic with unread posts in the place of the open one: first of the list the
    /// reader came from, then of the whole site, then of the other sites.
    mutating func nextUnread() -> [Effect] {
        let lists = screens.indices.filter {
            if case .topicList = screens[$0] { true } else { false }
        }
        guard let index = lists.last, case .topicList(var list) = screens[index] else {
            return seekUnread()
        }
        let current = list.selected
        // In the list itself the topic under the cursor counts.
        let isInList = index == screens.count - 1
        let isHere = isInList && (list.selectedRow?.hasUnread ?? false)
        guard let next = isHere ? current : list.nextUnread(after: current),
            isInList || next != current
        else { return seekUnread() }
        list.move(to: next, height: contentRows)
        screens[index] = .topicList(list)
        screens.removeSubrange((index + 1)...)
        return openTopic(list.rows[next])
    }

    /// The topic before this one with unread posts.
    mutating func previousUnread() -> [Effect] {
        guard
            let index = screens.lastIndex(where: { if case .topicList = $0 { true } else { false } }
            ),
            case .topicList(var list) = screens[index],
            let found = list.previousUnread(before: list.selected)
        else {
            say("No unread topic before this one in the list.")
            return []
        }
        list.move(to: found, height: contentRows)
        screens[index] = .topicList(list)
        screens.removeSubrange((index + 1)...)
        return openTopic(list.rows[found])
    }

    /// The topic beside the open one in its list.
    mutating func openBeside(_ step: Int) -> [Effect] {
        guard
            let index = screens.lastIndex(where: { if case .topicList = $0 { true } else { false } }
            ),
            case .topicList(var list) = screens[index],
            list.rows.indices.contains(list.selected + step)
        else {
            say(step > 0 ? "This is the last topic of the list." : "This is the first one.")
            return []
        }
        list.move(to: list.selected + step, height: contentRows)
        screens[index] = .topicList(list)
        screens.removeSubrange((index + 1)...)
        return openTopic(list.rows[list.selected])
    }

    private mutating func seekUnread() -> [Effect] {
        guard site.username != nil else {
            say("No more unread topics in this list.")
            return []
        }
        if let known = unreadAhead, !known.isEmpty {
            return take(unread: .allUnread, known)
        }
        say("Looking for unread topics\u{2026}")
        return [.findUnread]
    }

    /// What the site, or another one, has unread: the first is opened above a list of all.
    mutating func take(unread kind: TopicListKind, _ rows: [TopicRow]) -> [Effect] {
        let open = openTopicID
        let rows = rows.filter { $0.site != nil || $0.id != open || $0.unreadCount > 0 }
        // From now on the list holds it.
        ahead = nil
        hasLookedAhead = false
        guard let first = rows.first else {
            say("You have read everything.")
            return []
        }
        notice = nil
        if let address = first.site, address != site.url {
            say("All is read here; the next unread topic is on \(address).")
        }
        var list = TopicListState(kind: kind)
        list.take(TopicPage(rows: rows, hasMore: false), page: 0)
        screens = [.topicList(list)]
        return openTopic(first)
    }

    // MARK: Marking

    /// Marks the topic under the cursor, or every topic of the list, as read.
    mutating func markRead() -> [Effect] {
        guard let row = list?.selectedRow, row.hasUnread else { return [] }
        setRead(topic: row.id, upTo: row.highestNumber)
        guard site.username != nil else { return [] }
        let first = max(1, (row.lastRead ?? 0) + 1, row.highestNumber - 1000)
        if let read = row.lastRead {
            remember(
                Undo("The topic is unread again.", .markUnread(topic: row.id, after: read))
            )
        }
        return [.markRead(topic: row.id, numbers: Array(first...max(first, row.highestNumber)))]
    }

    mutating func catchUp() -> [Effect] {
        guard isMember("catch up"), let list else { return [] }
        let rows = list.rows.filter(\.hasUnread)
        guard !rows.isEmpty else {
            say("Nothing is unread in this list.")
            return []
        }
        let count = rows.count == 1 ? "1 topic" : "\(rows.count) topics"
        prompt = PromptState(.catchUp(topics: rows.map(\.id), count))
        return []
    }

    /// The site has dismissed topics.
    mutating func finishDismissal(_ topics: [Int]) {
        let known = Set(topics)
        waiting.dismiss(topics)
        changeLists { list in
            for index in list.rows.indices where known.contains(list.rows[index].id) {
                list.rows[index].lastRead = list.rows[index].highestNumber
                list.rows[index].isNew = false
                list.rows[index].unreadCount = 0
            }
        }
        say(topics.count == 1 ? "1 topic is read." : "\(topics.count) topics are read.")
    }

    /// Leaves the open topic unread from the selected post on, for later.
    mutating func deferTopic(_ state: TopicState) -> [Effect] {
        guard isMember("keep read marks"), let post = state.selectedPost else { return [] }
        let after = max(0, post.number - 1)
        waiting.unread[state.id] = state.highestNumber
        changeTopics(state.id) { $0.isDeferred = true }
        let effects: [Effect] = [.markUnread(topic: state.id, after: after)] + goBack()
        changeLists { list in
            guard let index = list.rows.firstIndex(where: { $0.id == state.id }) else { return }
            list.rows[index].lastRead = after
            list.rows[index].unreadCount = max(1, list.rows[index].highestNumber - after)
        }
        say("Left unread from post #\(post.number) on.")
        return effects
    }
}
