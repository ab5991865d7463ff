/// A topic that will probably be opened, and where it will be.
package struct TopicPlace: Sendable, Hashable {
    package var topic: Int
    /// The post that will be the first on the screen; nil for the first of the topic.
    package var near: Int?
    /// The number of the last post, as far as it is known.
    package var highestNumber: Int

    package init(topic: Int, near: Int?, highestNumber: Int) {
        self.topic = topic
        self.near = near
        self.highestNumber = highestNumber
    }
}

/// What Space will open next is fetched before it is asked for.
extension Model {
    /// Asks for the topics that come next, whenever they are other ones than before. Towards the end of the
    /// list that is its next page, or what else is unread on the site.
    mutating func prefetch() -> [Effect] {
        guard settings.prefetches, isConnected, waits.isEmpty, !(site.username ?? "").isEmpty,
            var places = comingTopics
        else { return [] }
        var effects: [Effect] = []
        var looksAhead = false
        if places.count < Limits.upcomingTopics {
            if let page = nextUnreadPage() {
                effects.append(page)
            } else if let rows = unreadAhead {
                places += rows.map(place(of:)).prefix(Limits.upcomingTopics - places.count)
            } else if !hasLookedAhead, list?.rows.allSatisfy({ $0.site == nil }) ?? true {
                hasLookedAhead = true
                looksAhead = true
            }
        }
        if places != upcoming || looksAhead {
            upcoming = places
            effects.append(.prefetch(places, beyond: looksAhead))
        }
        return effects
    }

    /// The next page of a list in which everything is unread.
    private mutating func nextUnreadPage() -> Effect? {
        guard let list, list.kind == .unread || list.kind == .new, list.hasMore, !list.isLoading,
            list.failure == nil, list.filter.isEmpty
        else { return nil }
        let page = Effect.loadTopics(list.kind, page: list.page + 1)
        changeLists { state in
            if state.kind == list.kind {
                state.isLoading = true
            }
        }
        return page
    }

    /// What is still unread of what was found ahead, without what the list has.
    var unreadAhead: [TopicRow]? {
        guard let ahead else { return nil }
        let listed = Set(list?.rows.map(\.id) ?? [])
        return ahead.filter { $0.hasUnread && !listed.contains($0.id) && $0.id != openTopicID }
    }

    /// The next topics with unread posts; nil where nobody reads on.
    private var comingTopics: [TopicPlace]? {
        let isReading: Bool
        switch screens[screens.count - 1] {
        case .topic(let state):
            guard !state.isLoading else { return nil }
            isReading = true
        case .topicList(let state):
            guard !state.isLoading else { return nil }
            isReading = false
        default: return nil
        }
        guard let list else { return [] }
        var places: [TopicPlace] = []
        if !isReading, let row = list.selectedRow, row.hasUnread {
            places.append(place(of: row))
        }
        var index = list.selected
        while places.count < Limits.upcomingTopics, let next = list.nextUnread(after: index),
            next != list.selected
        {
            let place = place(of: list.rows[next])
            guard !places.contains(place) else { break }
            places.append(place)
            index = next
        }
        return places.filter { place in
            !list.rows.contains { $0.id == place.topic && ($0.site ?? site.url) != site.url }
        }
    }

    private func place(of row: TopicRow) -> TopicPlace {
        TopicPlace(topic: row.id, near: row.placeToOpen, highestNumber: row.highestNumber)
    }
}
