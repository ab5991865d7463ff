/// Which notices somebody wants to see.
package struct NotificationFilter: Sendable, Equatable {
    /// `true` unread ones, `false` read ones, `nil` all.
    package var unreadOnly: Bool?
    /// Numbers of kinds; `nil` all.
    package var kinds: [Int]?
    /// Unread important ones first, then unread ones, then the rest.
    package var isByImportance = false
    package var offset = 0
    package var limit = Limits.notificationsPerPage

    package init() {}
}

/// How much there is to hear of, as Discourse's phone program asks for it.
package struct NotificationTotals: Sendable, Equatable {
    package let unread: Int
    package let unreadHighPriority: Int
    package let unreadMessages: Int
    package let newTopics: Int
    package let unreadTopics: Int
    package let groupInboxes: [GroupInbox]
    /// For staff: what waits for a decision and came after they last looked.
    package let unseenReviewables: Int

    package struct GroupInbox: Sendable, Equatable {
        package let groupID: GroupID
        package let name: String
        /// Messages to the group that the viewer has not read.
        package let count: Int
    }
}
