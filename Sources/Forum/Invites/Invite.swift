package import Postgres

/// An invitation: to one address, or a link for several people.
package struct Invite: Sendable {
    package let id: ID<Invite>
    package let key: String
    package let inviterID: UserID
    package let email: String?
    package let domain: String?
    package let description: String?
    package let customMessage: String?
    package let emailedAt: Timestamp?
    package let maxRedemptions: Int
    package let redemptionCount: Int
    package let topicID: TopicID?
    package let groupIDs: [Int64]
    package let expiresAt: Timestamp
    package let createdAt: Timestamp
    package let updatedAt: Timestamp

    package var isLink: Bool { email == nil }

    package func isExpired(at now: Timestamp) -> Bool { expiresAt <= now }

    package func isOpen(at now: Timestamp) -> Bool {
        !isExpired(at: now) && redemptionCount < maxRedemptions
    }
}

/// An invitation with what it leads to, as its maker sees it.
package struct InviteView: Sendable {
    package let invite: Invite
    package let topic: FeaturedTopic?
    package let groups: [Group]
}

/// What somebody wants of a new invitation, or of one that is to change; `nil` leaves as it is.
package struct InviteWish: Sendable {
    package var email: String?
    package var domain: String?
    package var description: String?
    package var customMessage: String?
    package var maxRedemptions: Int?
    package var topicID: TopicID?
    package var groupIDs: [Int64]?
    package var groupNames: [String]?
    package var expiresAt: Timestamp?
    package var skipsEmail = false

    package init() {}
}

package enum Inviting {}

extension Rule where Action == Inviting, Resource == WholeSite {
    /// Staff, and members of some trust.
    package static func invite(_ settings: SiteSettings) -> Self {
        Self { _, principal in
            let isTrusted = principal.trustLevel >= settings.minTrustLevelToAllowInvite
            guard !principal.isSilenced, !principal.isStaged, principal.isStaff || isTrusted else {
                return .deny(.forbidden)
            }
            return .allow
        }
    }
}

package enum ChangingInvite {}

extension Rule where Action == ChangingInvite, Resource == Invite {
    /// Who made it, and staff. To others it does not exist.
    package static var changeInvite: Self {
        Self { invite, principal in
            principal.isStaff || principal.id == invite.inviterID ? .allow : .deny(.notFound)
        }
    }
}
