/// What a draft belongs to.
package enum DraftKey: Sendable, Hashable {
    case newTopic
    case reply(topic: Int)
    case edit(post: Int)

    /// A name that is safe as the name of a file; the first two are Discourse's draft keys.
    package var name: String {
        switch self {
        case .newTopic: "new_topic"
        case .reply(let topic): "topic_\(topic)"
        case .edit(let post): "post_\(post)"
        }
    }
}

/// Text that has not been sent.
package struct Draft: Sendable, Hashable {
    package var title: String
    package var categoryID: Int?
    package var tags: String
    package var body: String
    package var replyToNumber: Int?

    package init(
        title: String = "",
        categoryID: Int? = nil,
        tags: String = "",
        body: String = "",
        replyToNumber: Int? = nil
    ) {
        self.title = title
        self.categoryID = categoryID
        self.tags = tags
        self.body = body
        self.replyToNumber = replyToNumber
    }

    package var isEmpty: Bool {
        title.isEmpty && tags.isEmpty && body.allSatisfy(\.isWhitespace)
    }
}

/// What is sent when a draft is finished.
package struct Submission: Sendable, Hashable {
    package enum Target: Sendable, Hashable {
        case newTopic(title: String, categoryID: Int?, tags: [String])
        case reply(topic: Int, toPost: Int?)
        case edit(post: Int)
    }

    package var key: DraftKey
    package var target: Target
    package var raw: String

    package init(key: DraftKey, target: Target, raw: String) {
        self.key = key
        self.target = target
        self.raw = raw
    }
}
