extension Model {
    mutating func performOnList(_ action: Action) -> [Effect] {
        guard case .topicList(var state) = screens[screens.count - 1] else { return [] }
        let height = contentRows
        switch action {
        case .open:
            guard let row = state.selectedRow else { return [] }
            return openTopic(row)
        case .back:
            return goBack()
        case .search:
            prompt = PromptState(.search)
            return []
        case .markRead:
            return markRead()
        default:
            let last = state.rows.count - 1
            guard let target = action.moved(from: state.selected, last: last, height: height)
            else { return [] }
            state.move(to: target, height: height)
        }
        let more = state.wantedPage(height: height)
        screens[screens.count - 1] = .topicList(state)
        return more.map { [$0] } ?? []
    }

    mutating func performOnCategories(_ action: Action) -> [Effect] {
        guard case .categories(var state) = screens[screens.count - 1] else { return [] }
        let last = max(0, site.categories.count - 1)
        let height = contentRows
        switch action {
        case .open:
            guard site.categories.indices.contains(state.selected) else { return [] }
            let category = site.categories[state.selected]
            let kind = TopicListKind.category(
                id: category.id,
                slug: category.slug,
                name: category.name
            )
            screens.append(.topicList(TopicListState(kind: kind)))
            return [.loadTopics(kind, page: 0)]
        case .back:
            return goBack()
        default:
            guard let target = action.moved(from: state.selected, last: last, height: height)
            else { return [] }
            state.selected = target
        }
        state.selected = max(0, min(last, state.selected))
        state.top = max(state.selected - height + 1, min(state.top, state.selected))
        screens[screens.count - 1] = .categories(state)
        return []
    }

    /// Opens a topic at the first post that was not read.
    mutating func openTopic(_ row: TopicRow) -> [Effect] {
        var near = row.hitNumber
        if near == nil, let read = row.lastRead, read > 0 {
            near = min(read + 1, row.highestNumber)
        }
        return openTopic(id: row.id, title: row.title, near: near)
    }

    mutating func openTopic(id: Int, title: String, near: Int?) -> [Effect] {
        screens.append(.topic(TopicState(id: id, title: title)))
        return [.loadTopic(id: id, near: near), .follow(topic: id)]
    }

    /// Opens the next topic of the list with unread posts, in the place of the open one.
    mutating func nextUnread() -> [Effect] {
        guard
            let index = screens.lastIndex(where: { if case .topicList = $0 { true } else { false } }
            ),
            case .topicList(var list) = screens[index]
        else { return [] }
        let current = list.selected
        // In the list itself the topic under the cursor counts.
        let isInList = index == screens.count - 1
        let isHere = isInList && (list.selectedRow?.hasUnread ?? false)
        guard let next = isHere ? current : list.nextUnread(after: current),
            isInList || next != current
        else {
            say("No more unread topics in this list.")
            return []
        }
        list.move(to: next, height: contentRows)
        screens[index] = .topicList(list)
        screens.removeSubrange((index + 1)...)
        return openTopic(list.rows[next])
    }

    /// Marks the topic under the cursor as read.
    private mutating func markRead() -> [Effect] {
        guard let row = list?.selectedRow, row.hasUnread else { return [] }
        setRead(topic: row.id, upTo: row.highestNumber)
        guard site.username != nil else { return [] }
        let first = max(1, (row.lastRead ?? 0) + 1, row.highestNumber - 1000)
        return [.markRead(topic: row.id, numbers: Array(first...max(first, row.highestNumber)))]
    }

    /// Remembers in every list what was read.
    mutating func setRead(topic: Int, upTo number: Int) {
        changeLists { list in
            guard let index = list.rows.firstIndex(where: { $0.id == topic }) else { return }
            let read = max(number, list.rows[index].lastRead ?? 0)
            list.rows[index].lastRead = read
            list.rows[index].isNew = false
            list.rows[index].unreadCount = max(0, list.rows[index].highestNumber - read)
        }
    }

    /// Somebody wrote: counts change in place, and no row moves under the reader.
    mutating func bump(_ id: Int, highest: Int, poster: String?) {
        let openID = openTopicID
        let isMember = site.username != nil
        changeLists { list in
            guard let index = list.rows.firstIndex(where: { $0.id == id }) else {
                list.bumped.insert(id)
                return
            }
            let more = highest - list.rows[index].highestNumber
            guard more > 0 else {
                // The number is not always told; that something happened is.
                if highest == 0, id != openID {
                    list.bumped.insert(id)
                }
                return
            }
            list.rows[index].highestNumber = highest
            list.rows[index].postsCount += more
            list.rows[index].lastPoster = poster ?? list.rows[index].lastPoster
            if isMember, list.rows[index].lastRead != nil {
                list.rows[index].unreadCount += more
            }
            if id != openID {
                list.bumped.insert(id)
            }
        }
    }

    /// The topic on the screen.
    var openTopicID: Int? {
        guard case .topic(let state) = screens[screens.count - 1] else { return nil }
        return state.id
    }
}
