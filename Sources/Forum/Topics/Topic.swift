package import Postgres

/// A row of `topics`.
package struct Topic: Sendable, Equatable {
    package enum Archetype: String, Sendable {
        case regular
        case message = "private_message"
    }

    package let id: TopicID
    package let title: String
    /// `title` as HTML.
    package let fancyTitle: String
    package let slug: String
    package let archetype: Archetype
    /// Of every regular topic; a message has none.
    package let categoryID: CategoryID?
    package let authorID: UserID
    package let lastPosterID: UserID
    package let postsCount: Int
    /// The number of the newest post, also when that one was deleted: numbers are never used twice.
    package let highestPostNumber: Int
    package let replyCount: Int
    package let likeCount: Int
    package let participantCount: Int
    package let wordCount: Int
    package let views: Int
    package let isClosed: Bool
    package let isArchived: Bool
    package let isVisible: Bool
    package let pinnedAt: Timestamp?
    package let pinnedUntil: Timestamp?
    package let isPinnedGlobally: Bool
    package let excerpt: String?
    package let externalID: String?
    package let deletedAt: Timestamp?
    package let createdAt: Timestamp
    package let bumpedAt: Timestamp
    package let lastPostedAt: Timestamp?
    /// The most recent posters beside the author, newest first.
    package let featuredUserIDs: [UserID]
}

/// What a topic shows of a person.
package struct UserCard: Sendable, Equatable {
    package let id: UserID
    package let username: String
    package let name: String?
    package let title: String?
    package let trustLevel: Int
    package let isAdmin: Bool
    package let isModerator: Bool
}

/// What a topic shows of a tag.
package struct TagCard: Sendable, Equatable {
    package let id: TagID
    package let name: String
    package let slug: String
}

/// Where a member stands in a topic.
package struct TopicViewerState: Sendable, Equatable {
    /// 0 muted, 1 regular, 2 tracking, 3 watching.
    package let notificationLevel: Int
    package let notificationsReasonID: Int?
    package let lastReadPostNumber: Int
    package let hasPosted: Bool
    package let lastVisitedAt: Timestamp?
}
