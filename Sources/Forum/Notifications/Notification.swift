package import Postgres

/// What a notice is about; the numbers are Discourse's.
package enum NotificationKind: Int, Sendable, CaseIterable {
    case mentioned = 1
    case replied = 2
    case quoted = 3
    case edited = 4
    case liked = 5
    case privateMessage = 6
    case invitedToPrivateMessage = 7
    case posted = 9
    case linked = 11
    case invitedToTopic = 13
    case groupMentioned = 15
    case groupMessageSummary = 16
    case watchingFirstPost = 17
    case likedConsolidated = 19
    case membershipRequestAccepted = 22
    case membershipRequestConsolidated = 23
    case watchingCategoryOrTag = 36
    case linkedConsolidated = 39

    /// Private messages stand above the rest of the list (Discourse's `high_priority`).
    package var isHighPriority: Bool { self == .privateMessage }

    /// Kinds that also go out by mail, each to those who asked for it.
    package var isMailed: Bool {
        switch self {
        case .mentioned, .replied, .quoted, .linked, .privateMessage, .posted, .watchingFirstPost,
            .watchingCategoryOrTag, .groupMentioned, .invitedToPrivateMessage, .invitedToTopic:
            true
        case .edited, .liked, .groupMessageSummary, .likedConsolidated, .linkedConsolidated,
            .membershipRequestAccepted, .membershipRequestConsolidated:
            false
        }
    }
}

/// One line of somebody's list of notices.
package struct Notification: Sendable, RowDecodable {
    package let id: NotificationID
    package let userID: UserID
    package let kind: Int
    package let isRead: Bool
    package let isHighPriority: Bool
    package let createdAt: Timestamp
    package let topicID: TopicID?
    package let postNumber: Int?
    package let fancyTitle: String?
    package let slug: String?
    /// JSON text with Discourse's keys (`topic_title`, `original_post_id`, `display_username` …).
    package let data: String

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        userID = try row.next()
        kind = try row.next()
        isRead = try row.next()
        isHighPriority = try row.next()
        createdAt = try row.next()
        topicID = try row.next()
        postNumber = try row.next()
        fancyTitle = try row.next()
        slug = try row.next()
        data = try row.next()
    }
}
