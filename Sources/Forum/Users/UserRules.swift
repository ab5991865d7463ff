/// Actions on users; they exist as types only.
package enum ChangingProfile {}
package enum ModeratingUser {}

extension Rule where Action == ChangingProfile, Resource == User {
    /// Oneself, and staff; nobody changes the system, and moderators do not change administrators.
    package static var changeProfile: Self {
        Self { user, principal in
            if user.id == .system { return .deny(.forbidden) }
            if principal.isAdmin || principal.id == user.id { return .allow }
            return principal.isModerator && !user.isAdmin ? .allow : .deny(.forbidden)
        }
    }
}

extension Rule where Action == ModeratingUser, Resource == User {
    /// Staff, over people who are not staff; administrators over moderators too.
    package static var moderateUser: Self {
        Self { user, principal in
            guard user.id != .system, principal.isStaff else { return .deny(.forbidden) }
            guard user.id != principal.id, !user.isAdmin else { return .deny(.forbidden) }
            return principal.isAdmin || !user.isModerator ? .allow : .deny(.forbidden)
        }
    }
}
