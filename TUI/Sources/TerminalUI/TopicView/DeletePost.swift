extension Model {
    /// Asks for a word before something goes that others may have answered.
    mutating func askToDelete(_ state: TopicState) -> [Effect] {
        guard let post = state.selectedPost else { return [] }
        guard post.canDelete else {
            say("You cannot delete this post.", isFailure: true)
            return []
        }
        prompt = PromptState(.deletion(topic: state.id, post: post.id, number: post.number))
        return []
    }

    mutating func finishDeletion(topic: Int, post: Int) -> [Effect] {
        remember(Undo("Bringing it back\u{2026}", .recover(topic: topic, post: post)))
        let isFirst = screens.contains { screen in
            if case .topic(let state) = screen { state.stream.first == post } else { false }
        }
        guard !isFirst else {
            // With its first post the topic is gone; only its own deletion can be taken back.
            say("The topic is deleted.")
            return openTopicID == topic ? goBack() + refresh() : []
        }
        say("The post is deleted. z brings it back.")
        return reloadTopic(topic)
    }

    /// Loads an open topic again around the reader.
    func reloadTopic(_ id: Int) -> [Effect] {
        for case .topic(let state) in screens where state.id == id {
            return [.loadTopic(id: id, near: state.selectedPost?.number)]
        }
        return []
    }
}
