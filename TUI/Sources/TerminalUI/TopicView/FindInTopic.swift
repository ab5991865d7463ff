/// Finding words in a topic: at once among the posts that are here, then in the whole topic by the site's
/// search.
extension Model {
    /// Begins to look for words.
    mutating func find(words: String) -> [Effect] {
        guard let id = openTopicID else { return [] }
        changeTopics(id) { state in
            state.find = words
            state.hits = nil
        }
        return find(1) + settleTopic()
    }

    /// To the next post that holds the words looked for.
    mutating func find(_ step: Int) -> [Effect] {
        guard case .topic(let state) = screens[screens.count - 1], !state.find.isEmpty else {
            say("Nothing to find yet: / asks for words.")
            return []
        }
        let isWhole = state.stream.allSatisfy { state.posts[$0] != nil }
        let asks = !isWhole && state.hits == nil
        if asks {
            changeTopics(state.id) { $0.hits = [] }
        }
        let question: [Effect] = asks ? [.findInTopic(topic: state.id, words: state.find)] : []
        if let number = state.nextFound(step, columns: topicColumns) {
            return question + goToPost(number)
        }
        say(
            asks
                ? "Looking in the whole topic\u{2026}"
                : "\u{201C}\(state.find)\u{201D} is not in this topic."
        )
        return question
    }

    /// The site has looked through the whole topic.
    mutating func found(in topic: Int, words: String, numbers: [Int]) -> [Effect] {
        var wasHere = false
        changeTopics(topic) { state in
            guard state.find == words else { return }
            state.hits = numbers
        }
        guard case .topic(let state) = screens[screens.count - 1], state.id == topic,
            state.find == words
        else { return [] }
        let text = words.lowercased()
        wasHere = state.selectedPost?.contains(text, columns: topicColumns) ?? false
        guard !wasHere else { return [] }
        notice = nil
        return find(1)
    }
}

extension TopicState {
    /// The number of the nearest post with the words, going round once.
    fileprivate func nextFound(_ step: Int, columns: Int) -> Int? {
        let here = selectedPost?.number ?? 0
        let places = [nextLoaded(step, columns: columns)].compactMap { $0 } + (hits ?? [])
        let round = max(highestNumber, places.max() ?? 0) + 1
        return places.min { one, other in
            distance(here, one, step, round) < distance(here, other, step, round)
        }
    }

    private func distance(_ here: Int, _ place: Int, _ step: Int, _ round: Int) -> Int {
        let way = ((place - here) * step % round + round) % round
        return way == 0 ? round : way
    }

    private func nextLoaded(_ step: Int, columns: Int) -> Int? {
        guard !stream.isEmpty else { return nil }
        let words = find.lowercased()
        for distance in 1...stream.count {
            let index = ((selected + step * distance) % stream.count + stream.count) % stream.count
            if let post = post(at: index), post.contains(words, columns: columns) {
                return post.number
            }
        }
        return nil
    }
}

extension Post {
    /// Whether the text that is shown holds `words`, which are in lower case.
    func contains(_ words: String, columns: Int) -> Bool {
        let text = TopicState.render(self, columns: columns).lines.map(\.text)
        return text.joined(separator: " ").lowercased().contains(words)
            || username.lowercased().contains(words)
    }
}
