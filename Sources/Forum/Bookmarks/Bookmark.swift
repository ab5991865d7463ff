package import Postgres

/// What a post shows of the viewer's own bookmark.
package struct PostBookmark: Sendable, Equatable {
    package let id: BookmarkID
    package let name: String?
    package let reminderAt: Timestamp?
    package let autoDelete: BookmarkAutoDelete
    package let isPinned: Bool
}

/// When a bookmark goes away by itself. The numbers are Discourse's.
package enum BookmarkAutoDelete: Int, Sendable, CaseIterable {
    case never = 0
    case whenReminderSent = 1
    case onOwnerReply = 2
    /// Stays, and forgets its reminder once that was sent.
    case clearReminder = 3
}

/// What somebody wants to find again.
package enum BookmarkTarget: Sendable, Equatable {
    case topic(TopicID)
    case post(PostID)
}

/// A bookmark that somebody wants to make, or what they want it to be.
package struct BookmarkFields: Sendable, Equatable {
    package var name: String?
    package var reminderAt: Timestamp?
    package var autoDelete: BookmarkAutoDelete?

    package init(
        name: String? = nil,
        reminderAt: Timestamp? = nil,
        autoDelete: BookmarkAutoDelete? = nil
    ) {
        self.name = name
        self.reminderAt = reminderAt
        self.autoDelete = autoDelete
    }
}

/// A bookmark of one topic or of a post in it, as the topic's page lists it.
package struct TopicBookmark: Sendable, Equatable {
    package let bookmark: PostBookmark
    /// `nil` is the topic itself.
    package let postID: PostID?
    package let postNumber: Int
}

/// A row of somebody's list of bookmarks: what is marked, where it stands and who wrote it.
package struct ListedBookmark: Sendable {
    package let bookmark: PostBookmark
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
    package let topic: Topic
    /// Whether the topic itself is marked, not a post.
    package let isOfTopic: Bool
    package let postID: PostID
    package let postNumber: Int
    package let cooked: String
    package let isHidden: Bool
    package let author: UserCard
    package let lastReadPostNumber: Int
    package var tags: [TagCard]
}

/// One page of bookmarks.
package struct BookmarkPage: Sendable {
    package let owner: Principal
    package let bookmarks: [ListedBookmark]
    package let hasMore: Bool
}

/// Actions on bookmarks; they exist as types only.
package enum Bookmarking {}
package enum ChangingBookmark {}

/// What may be marked: something that its reader was shown to see.
package struct BookmarkPlace: Sendable {
    let target: BookmarkTarget
    let topicID: TopicID
}

/// A bookmark and whose it is.
package struct OwnedBookmark: Sendable {
    let id: BookmarkID
    let ownerID: UserID
    let reminderAt: Timestamp?
    let topicID: TopicID
}

extension Rule where Action == Bookmarking, Resource == BookmarkPlace {
    /// Whoever can read it can mark it.
    static var bookmarking: Self {
        Rule { _, principal in
            principal.isStaged
                ? .deny(
                    ForumError(.forbidden, "This account has not been claimed.", reason: .staged)
                ) : .allow
        }
    }
}

extension Rule where Action == ChangingBookmark, Resource == OwnedBookmark {
    /// One's own; there are no others to see.
    static var changingBookmark: Self {
        Rule { bookmark, principal in
            bookmark.ownerID == principal.id ? .allow : .deny(.notFound)
        }
    }
}
