/// Actions on badges; they exist as types only.
package enum ChangingBadge {}
package enum GrantingBadge {}
package enum FavoringBadge {}

/// The badges as a whole.
package struct BadgeAdministration: Sendable {}

extension Rule where Action == ChangingBadge, Resource == BadgeAdministration {
    /// Administrators; to others the administration does not exist.
    package static var changeBadge: Self {
        Self { _, principal in principal.isAdmin ? .allow : .deny(.notFound) }
    }
}

/// Who gets or loses which badge.
package struct BadgeGrant: Sendable {
    let badge: Badge
    let user: User
}

extension Rule where Action == GrantingBadge, Resource == BadgeGrant {
    /// Staff, for badges that the forum does not grant itself.
    package static var grantBadge: Self {
        Self { grant, principal in
            guard principal.isStaff else { return .deny(.forbidden) }
            return grant.badge.isManuallyGrantable ? .allow : .deny(.forbidden)
        }
    }
}

extension Rule where Action == FavoringBadge, Resource == UserBadge {
    /// Those who have it.
    package static var favorBadge: Self {
        Self { badge, principal in
            badge.holder.id == principal.id ? .allow : .deny(.forbidden)
        }
    }
}
