package import Postgres

/// People who are given permission together.
package struct Group: Sendable, Equatable {
    /// Who may see something of a group (Discourse's numbers).
    package enum Level: Int, Sendable, CaseIterable {
        case everybody = 0
        case members = 1
        case groupMembers = 2
        case staff = 3
        case owners = 4
    }

    /// Who may address a group, by a mention or a message (Discourse's numbers).
    package enum AliasLevel: Int, Sendable, CaseIterable {
        case nobody = 0
        case admins = 1
        case staff = 2
        case membersAndStaff = 3
        case ownersAndStaff = 4
        case everybody = 99
    }

    package let id: GroupID
    package let name: String
    package let fullName: String?
    /// Kept by the forum itself: nobody adds or removes members.
    package let isAutomatic: Bool
    package let userCount: Int
    /// An `AliasLevel`.
    package let mentionableLevel: Int
    /// An `AliasLevel`.
    package let messageableLevel: Int
    /// Who may know of the group; a `Level`.
    package let visibilityLevel: Int
    package let membersVisibilityLevel: Int
    package let defaultNotificationLevel: Int
    package let createdAt: Timestamp
    /// The viewer is in it.
    package let isMember: Bool
    package let isOwner: Bool
    package let bioRaw: String?
    package let bioCooked: String?
    /// The title that members get who have none.
    package let title: String?
    package let grantTrustLevel: Int?
    package let isPrimary: Bool
    package let flairIcon: String?
    package let flairColor: String?
    package let flairBackground: String?
    /// Anybody may join.
    package let isOpenToJoin: Bool
    package let isOpenToLeave: Bool
    package let takesRequests: Bool
    package let requestTemplate: String?
    package let publishesReadState: Bool
    /// By `|`.
    package let emailDomains: String?
    package let incomingEmail: String?
    /// Whether the viewer may see who is in it.
    package let canSeeMembers: Bool

    /// The number of the group that everybody has, also those not logged in.
    package static let everyone = GroupID(0)
    package static let admins = GroupID(1)
    package static let moderators = GroupID(2)
    package static let staff = GroupID(3)
    /// The numbers of the groups of trust levels 0 to 4.
    package static let trustLevels: ClosedRange<Int64> = 10...14

    /// Whether `viewer` may address the group where its level is `level`.
    private func isAddressable(_ level: Int, by viewer: Viewer) -> Bool {
        guard let principal = viewer.principal, id != Self.everyone else { return false }
        switch AliasLevel(rawValue: level) {
        case .everybody: return true
        case .admins: return principal.isAdmin
        case .staff: return principal.isStaff
        case .membersAndStaff: return principal.isStaff || isMember
        case .ownersAndStaff: return principal.isStaff || isOwner
        case .nobody, nil: return false
        }
    }

    package func isMentionable(by viewer: Viewer) -> Bool {
        isAddressable(mentionableLevel, by: viewer)
    }

    package func isMessageable(by viewer: Viewer) -> Bool {
        isAddressable(messageableLevel, by: viewer)
    }
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
