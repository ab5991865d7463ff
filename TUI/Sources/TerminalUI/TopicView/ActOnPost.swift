/// What a member does with a post.
extension Model {
    mutating func reply(
        _ state: TopicState,
        to post: Post?,
        isQuoting: Bool
    ) -> [Effect] {
        if site.username != nil, !state.canReply, !state.isLoading {
            let reason = state.isArchived ? "archived" : "closed"
            let isShut = state.isArchived || state.isClosed
            say(isShut ? "This topic is \(reason)." : "You cannot reply here.", isFailure: true)
            return []
        }
        let first = state.stream.first
        var composer = ComposerState(
            .reply(
                topic: state.id,
                title: state.title,
                toNumber: post?.id == first ? nil : post?.number,
                toUsername: post?.id == first ? nil : post?.username
            )
        )
        guard isQuoting, let post else { return compose(composer) }
        composer.awaitedRaw = post.id
        composer.quoteHead =
            "[quote=\"\(post.username), post:\(post.number), topic:\(state.id)\"]"
        return compose(composer) + (site.username == nil ? [] : [.loadRaw(post: post.id)])
    }

    mutating func editPost(_ state: TopicState) -> [Effect] {
        guard let post = state.selectedPost else { return [] }
        guard post.canEdit else {
            say("You cannot edit this post.", isFailure: true)
            return []
        }
        var composer = ComposerState(.edit(post: post.id, number: post.number, topic: state.id))
        composer.awaitedRaw = post.id
        return compose(composer) + [.loadRaw(post: post.id)]
    }

    mutating func like(_ state: TopicState) -> [Effect] {
        guard let post = state.selectedPost else { return [] }
        guard site.username != nil else {
            say("Log in to like posts: type :login", isFailure: true)
            return []
        }
        guard post.isLiked || post.canLike else {
            say("You cannot like this post.", isFailure: true)
            return []
        }
        changeTopics(state.id) { $0.setLike(post.id, on: !post.isLiked) }
        let back = Effect.setLike(topic: state.id, post: post.id, on: post.isLiked)
        remember(Undo(post.isLiked ? "Liked again." : "The like is taken back.", back))
        return [.setLike(topic: state.id, post: post.id, on: !post.isLiked)]
    }

    /// A topic of its own that continues this one.
    mutating func replyAsTopic(_ state: TopicState) -> [Effect] {
        var composer = ComposerState(.newTopic)
        composer.categoryID = state.categoryID
        composer.body = TextArea(
            "Continuing the discussion from [\(state.title)](\(address(in: state))):\n\n"
        )
        return compose(composer)
    }
}
