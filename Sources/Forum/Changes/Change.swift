package import Postgres

/// One entry of the change feed as one viewer may see it.
///
/// It says where to look, and how the thing stands now; it is no record of what a change consisted of.
/// So entries may be applied in the order in which they come, and twice does no harm.
package struct Change: Sendable, Equatable {
    package enum Kind: Int, Sendable, CaseIterable {
        case category = 1
        case tag = 2
        case user = 3
        case topic = 4
        case post = 5
    }

    package enum Action: String, Sendable, CaseIterable {
        /// Met on the walk over everything that a reader begins with.
        case present
        case created
        case edited
        /// To another category or topic, or somebody was let in or out. What is in it moved along, without
        /// entries of its own.
        case moved
        /// Came back: was deleted, hidden or closed to the viewer. What is in it came along.
        case recovered
        /// The viewer could see it and now cannot, or it is no more; which of the two is not told.
        case gone
    }

    package let kind: Kind
    package let id: Int64
    package let action: Action
    /// When it changed; not told of what is gone.
    package let at: Timestamp?
    /// `nil` for what is gone.
    package let subject: Subject?

    /// What the thing is now. Fields that its kind does not have are `nil`.
    package struct Subject: Sendable, Equatable {
        /// A topic's title, a category's, tag's or person's name.
        package let name: String?
        package let slug: String?
        package let topicID: TopicID?
        package let postNumber: Int?
        /// The category of a topic or post, the parent of a category.
        package let categoryID: CategoryID?
        /// The author of a topic or post.
        package let userID: UserID?
        package let username: String?
        package let version: Int?
        package let createdAt: Timestamp?
        package let updatedAt: Timestamp?
        /// Of posts, when it was asked for.
        package let raw: String?
        package let isMessage: Bool
        package var tags: [TagCard] = []
    }
}

package struct ChangePage: Sendable {
    package let changes: [Change]
    /// Where the next page begins; never the same text twice, whether or not something happened.
    package let cursor: String
    /// Whether there is more now.
    package let hasMore: Bool
    /// Whether the reader is still on the walk over everything.
    package let isWalking: Bool
    /// Whether the viewer is in other groups than when the cursor was made: what they may see is more
    /// or less than what they were told of.
    package let isAccessChanged: Bool
}
