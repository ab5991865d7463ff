package import Postgres

/// People who are given permission together.
package struct Group: Sendable, Equatable {
    /// Who may do something with a group (Discourse's numbers).
    package enum Level: Int, Sendable, CaseIterable {
        case everybody = 0
        case members = 1
        case groupMembers = 2
        case staff = 3
        case owners = 4
    }

    package let id: GroupID
    package let name: String
    package let fullName: String?
    /// Kept by the forum itself: nobody adds or removes members.
    package let isAutomatic: Bool
    package let userCount: Int
    package let mentionableLevel: Int
    package let messageableLevel: Int
    /// Who may know of the group; a `Level`.
    package let visibilityLevel: Int
    package let membersVisibilityLevel: Int
    package let defaultNotificationLevel: Int
    package let createdAt: Timestamp
    /// The viewer is in it.
    package let isMember: Bool
    package let isOwner: Bool

    /// The number of the group that everybody has, also those not logged in.
    package static let everyone = GroupID(0)
    package static let admins = GroupID(1)
    package static let moderators = GroupID(2)
    package static let staff = GroupID(3)
}

/// One member of a group in a list of them.
package struct GroupMember: Sendable, Equatable {
    package let id: UserID
    package let username: String
    package let name: String?
    package let title: String?
    package let isOwner: Bool
    package let addedAt: Timestamp
    package let lastPostedAt: Timestamp?
    package let lastSeenAt: Timestamp?
    package let trustLevel: Int
    package let isAdmin: Bool
    package let isModerator: Bool
}
