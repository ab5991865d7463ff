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
        case .filter:
            return filter(state)
        case .markRead:
            return markRead()
        case .catchUp:
            return catchUp()
        case .openInBrowser:
            return state.selectedRow.map { [.openLink(address(of: $0))] } ?? []
        case .copyLink:
            guard let row = state.selectedRow else { return [] }
            say("The link is copied: \(address(of: row))")
            return [.copy(address(of: row))]
        case .kill:
            prompt = PromptState(.kill)
            return []
        case .highlight:
            prompt = PromptState(.highlight)
            return []
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

    private func address(of row: TopicRow) -> String {
        "\(row.site ?? site.url)/t/\(row.id)" + (row.hitNumber.map { "/\($0)" } ?? "")
    }

    /// In a search: what narrows it down. In other lists: words that rows have to hold.
    private mutating func filter(_ state: TopicListState) -> [Effect] {
        guard case .search(let words) = state.kind else {
            prompt = PromptState(.filter)
            prompt?.field = TextField(state.filter)
            return []
        }
        choose("Narrow the search down", from: SearchFilter.choices(for: words))
        return []
    }

    /// Opens a topic at the first post that was not read.
    mutating func openTopic(_ row: TopicRow) -> [Effect] {
        if let address = row.site, address != site.url {
            let near = row.lastRead.map { min($0 + 1, row.highestNumber) }
            return [.enterSite(address, topic: row.id, near: near)]
        }
        return openTopic(
            id: row.id,
            title: row.title,
            near: row.placeToOpen,
            lastRead: row.lastRead
        )
    }

    /// `lastRead` is what this run knows; an older answer that is kept may know less.
    mutating func openTopic(
        id: Int,
        title: String,
        near: Int?,
        lastRead: Int? = nil
    ) -> [Effect] {
        var state = TopicState(id: id, title: title)
        state.knownRead = lastRead ?? 0
        screens.append(.topic(state))
        return [.loadTopic(id: id, near: near), .follow(topic: id)]
    }

    /// Remembers in every list what was read.
    mutating func setRead(topic: Int, upTo number: Int) {
        waiting.setRead(topic, upTo: number)
        if let index = ahead?.firstIndex(where: { $0.id == topic }) {
            ahead?[index].setRead(upTo: number)
        }
        changeLists { list in
            guard let index = list.rows.firstIndex(where: { $0.id == topic }) else { return }
            list.rows[index].setRead(upTo: number)
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
