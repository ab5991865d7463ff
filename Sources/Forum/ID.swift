package import Postgres

/// The number of one `Subject`, such as a topic: two kinds of id cannot be mixed up.
package struct ID<Subject>: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let value: Int64

    package init(_ value: Int64) { self.value = value }

    package var description: String { String(value) }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

extension ID: SQLEncodable {
    package var sqlValue: SQLValue { value.sqlValue }
}

extension ID: SQLDecodable {
    package static func decode(
        _ column: UnsafeBufferPointer<UInt8>?
    ) throws(PostgresError) -> Self {
        Self(try Int64.decode(column))
    }
}

package typealias UserID = ID<User>
package typealias GroupID = ID<Group>
package typealias CategoryID = ID<Category>
package typealias TopicID = ID<Topic>
package typealias PostID = ID<Post>
package typealias TagID = ID<Tag>
package typealias TagGroupID = ID<TagGroup>
package typealias NotificationID = ID<Notification>
package typealias IncomingEmailID = ID<IncomingEmail>
package typealias OutgoingEmailID = ID<OutgoingEmail>
package typealias BookmarkID = ID<ListedBookmark>
package typealias PollID = ID<Poll>
package typealias TopicTimerID = ID<TopicTimer>
package typealias UploadID = ID<Upload>
package typealias BadgeID = ID<Badge>
package typealias UserBadgeID = ID<UserBadge>

extension ID where Subject == User {
    /// The user that acts where no person does (Discourse's id −1).
    package static var system: Self { Self(-1) }
}

extension ID where Subject == Category {
    /// Where topics go that name no category (Discourse's default).
    package static var uncategorized: Self { Self(1) }
}
