/// Who answers whom, among the posts that are loaded.
extension TopicState {
    /// The posts that answer the one at `index`, directly or through others, in order.
    func descendants(of index: Int) -> [Int] {
        guard let root = post(at: index) else { return [] }
        var numbers: Set<Int> = [root.number]
        var found: [Int] = []
        // An answer always stands behind what it answers.
        for later in stream[(index + 1)...] {
            guard let post = posts[later], let parent = post.replyToNumber,
                numbers.contains(parent)
            else { continue }
            numbers.insert(post.number)
            found.append(later)
        }
        return found
    }

    /// The nearest post before or behind that answers the same one.
    func sibling(of index: Int, step: Int) -> Int? {
        guard let own = post(at: index) else { return nil }
        var place = index + step
        while stream.indices.contains(place) {
            if let other = post(at: place), other.replyToNumber == own.replyToNumber {
                return place
            }
            place += step
        }
        return nil
    }

    /// The number of answers that folded chains hide behind posts, by the numbers of these.
    var foldedAnswers: [Int: Int] {
        guard !folded.isEmpty else { return [:] }
        let parents = Dictionary(
            posts.values.map { ($0.number, $0.replyToNumber) },
            uniquingKeysWith: { first, _ in first }
        )
        var counts: [Int: Int] = [:]
        for post in folded.compactMap({ posts[$0] }) {
            var number = post.number
            // A post answers an earlier one: whatever a site says, this comes to an end.
            while let parent = parents[number] ?? nil, parent < number {
                counts[parent, default: 0] += 1
                number = parent
            }
        }
        return counts
    }
}

extension Model {
    /// Folds the answers of the selected post to their heads, or opens them.
    mutating func toggleFold(_ state: TopicState) -> [Effect] {
        let answers = state.descendants(of: state.selected)
        guard !answers.isEmpty else {
            say("Nothing loaded here answers this post.")
            return []
        }
        let isFolding = answers.contains { !state.folded.contains($0) }
        let viewport = self.viewport
        changeTopics(state.id) { topic in
            topic.fold(answers, isFolding)
            topic.reveal(viewport)
        }
        let count = answers.count == 1 ? "1 answer" : "\(answers.count) answers"
        say("\(count) \(isFolding ? "folded" : "open").")
        return settleTopic()
    }

    mutating func goToSibling(_ step: Int, _ state: TopicState) -> [Effect] {
        guard let index = state.sibling(of: state.selected, step: step) else {
            say("No other answer to the same post \(step > 0 ? "below" : "above").")
            return []
        }
        let viewport = self.viewport
        changeTopics(state.id) { $0.go(to: index, viewport) }
        return settleTopic()
    }

    /// Opens or closes what the selected post hides.
    mutating func reveal(_ state: TopicState) -> [Effect] {
        guard let post = state.selectedPost else { return [] }
        let viewport = self.viewport
        changeTopics(state.id) { topic in
            topic.toggleRevealed(post.id)
            topic.reveal(viewport)
        }
        return settleTopic()
    }
}
