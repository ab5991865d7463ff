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
    /// Asks for the topics that come next, whenever they are other ones than before.
    mutating func prefetch() -> [Effect] {
        guard settings.prefetches, isConnected, waits.isEmpty, !(site.username ?? "").isEmpty,
            let places = comingTopics, places != upcoming
        else { return [] }
        upcoming = places
        return [.prefetch(places)]
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
