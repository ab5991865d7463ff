package import Postgres

/// Which door a post came in by.
package enum PostSource: Sendable, Equatable {
    case web
    case api
    /// - Parameters:
    ///   - id: The stored mail; one mail makes one post, however often it is tried.
    ///   - messageID: Its Message-ID without brackets.
    ///   - elided: What was trimmed off.
    case email(_ id: IncomingEmailID?, messageID: String?, elided: String?)
    /// Rates and lengths do not count.
    case importer

    var incomingEmailID: IncomingEmailID? {
        guard case .email(let id, _, _) = self else { return nil }
        return id
    }

    /// As `post_message_ids` keeps it.
    var messageID: String? {
        guard case .email(_, let messageID?, _) = self else { return nil }
        let cleaned = messageID.cleanedOfNUL
        return cleaned.isEmpty || cleaned.unicodeScalars.count > 998 ? nil : cleaned
    }

    var elided: String? {
        guard case .email(_, _, let elided?) = self, !elided.isEmpty else { return nil }
        return String(elided.cleanedOfNUL.unicodeScalars.prefix(Limits.importedPostMax))
    }

    var isEmail: Bool {
        if case .email = self { true } else { false }
    }
}

/// A reply that somebody wants to make.
package struct NewPost: Sendable, Equatable {
    package var topicID: TopicID
    /// Markdown.
    package var raw: String
    package var replyToPostNumber: Int?
    /// Only staff may say when it was written.
    package var createdAt: Timestamp?
    /// Why staff has to see it first, whoever wrote it.
    package var holdReason: String?

    package init(
        topicID: TopicID,
        raw: String,
        replyToPostNumber: Int? = nil,
        createdAt: Timestamp? = nil
    ) {
        self.topicID = topicID
        self.raw = raw
        self.replyToPostNumber = replyToPostNumber
        self.createdAt = createdAt
    }
}

/// A topic that somebody wants to open.
package struct NewTopic: Sendable, Equatable {
    package var title: String
    /// Markdown of the first post.
    package var raw: String
    /// `nil` is uncategorized, unless `recipients` makes it a message.
    package var categoryID: CategoryID?
    package var tags: [String]
    /// Only staff may say when it was written.
    package var createdAt: Timestamp?
    package var externalID: String?
    /// Usernames and group names; when there are any, the topic is a private message.
    package var recipients: [String]
    /// For threading mails without References: the subject without prefixes, lower case.
    package var subjectKey: String?
    /// The draft that it was written in, when that is not the usual one.
    package var draftKey: String?
    /// Why staff has to see it first, whoever wrote it.
    package var holdReason: String?
    /// The group whose address a mail came to: it takes messages from whoever knows that address.
    package var inbox: GroupID?

    package init(
        title: String,
        raw: String,
        categoryID: CategoryID? = nil,
        tags: [String] = [],
        createdAt: Timestamp? = nil,
        externalID: String? = nil,
        recipients: [String] = [],
        subjectKey: String? = nil,
        draftKey: String? = nil
    ) {
        self.title = title
        self.raw = raw
        self.categoryID = categoryID
        self.tags = tags
        self.createdAt = createdAt
        self.externalID = externalID
        self.recipients = recipients
        self.subjectKey = subjectKey
        self.draftKey = draftKey
    }
}

/// What became of it.
package struct CreatedPost: Sendable, Equatable {
    package let post: PostView
    /// False when the same mail had made this post before.
    package let isNew: Bool
    /// The number of the author's next draft in this place.
    package var draftSequence = 0

    package var id: PostID { post.id }
    package var number: Int { post.number }
    package var topicID: TopicID { post.topicID }
    package var topicSlug: String { post.topic.slug }
    package var cooked: String { post.cooked }
}
