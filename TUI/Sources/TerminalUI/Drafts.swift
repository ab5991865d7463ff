/// What a draft belongs to.
package enum DraftKey: Sendable, Hashable {
    case newTopic
    case message
    case reply(topic: Int)
    case edit(post: Int)

    /// A name that is safe as the name of a file; all but the last are Discourse's draft keys.
    package var name: String {
        switch self {
        case .newTopic: "new_topic"
        case .message: "new_private_message"
        case .reply(let topic): "topic_\(topic)"
        case .edit(let post): "post_\(post)"
        }
    }

    /// The site keeps such drafts too. The text of a post that is being changed stays here: the
    /// site knows only one draft of a topic.
    package var isShared: Bool {
        if case .edit = self { false } else { true }
    }

    /// Reads what ``name`` wrote; also Discourse's names that have a number behind them.
    package init?(name: String) {
        if name.hasPrefix("new_topic") {
            self = .newTopic
        } else if name.hasPrefix("new_private_message") {
            self = .message
        } else if name.hasPrefix("topic_"), let topic = Int(name.dropFirst(6)) {
            self = .reply(topic: topic)
        } else if name.hasPrefix("post_"), let post = Int(name.dropFirst(5)) {
            self = .edit(post: post)
        } else {
            return nil
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
    /// Names of those whom a message is for, by comma or space.
    package var recipients: String

    package init(
        title: String = "",
        categoryID: Int? = nil,
        tags: String = "",
        body: String = "",
        replyToNumber: Int? = nil,
        recipients: String = ""
    ) {
        self.recipients = recipients
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
        case message(title: String, to: [String])
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

extension Draft {
    /// The draft as something that can be sent.
    package func submission(_ key: DraftKey) throws(Failure) -> Submission {
        let names = ComposerState.names(in: key == .message ? recipients : tags)
        let target: Submission.Target
        switch key {
        case .newTopic:
            target = .newTopic(title: title.trimmed, categoryID: categoryID, tags: names)
        case .message: target = .message(title: title.trimmed, to: names)
        case .reply(let topic): target = .reply(topic: topic, toPost: replyToNumber)
        case .edit(let post): target = .edit(post: post)
        }
        guard body.contains(where: { !$0.isWhitespace }) else {
            throw Failure(.refused, "There is nothing to send yet.")
        }
        if key == .message, names.isEmpty {
            throw Failure(.refused, "A message needs somebody to go to.")
        }
        if key == .newTopic || key == .message, title.trimmed.isEmpty {
            let what = key == .message ? "message" : "topic"
            throw Failure(.refused, "A \(what) needs a title.")
        }
        return Submission(key: key, target: target, raw: body)
    }
}
