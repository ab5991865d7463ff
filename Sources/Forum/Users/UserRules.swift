/// Actions on users; they exist as types only.
package enum ChangingProfile {}

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

package enum AdministeringUser {}
package enum PenalisingUser {}
package enum AppointingStaff {}
package enum RemovingUser {}

extension Rule where Action == AdministeringUser, Resource == User {
    /// Account keeping, such as activation: administrators for everybody, moderators for all but
    /// administrators. Nobody keeps the account of the system.
    package static var administerUser: Self {
        Self { user, principal in
            guard user.id != .system, principal.isStaff else { return .deny(.forbidden) }
            return principal.isAdmin || !user.isAdmin ? .allow : .deny(.forbidden)
        }
    }
}

extension Rule where Action == PenalisingUser, Resource == User {
    /// Suspending and silencing: staff, over people who are not staff.
    package static var penaliseUser: Self {
        Self { user, principal in
            guard user.id != .system, principal.isStaff, !user.isStaff else {
                return .deny(.forbidden)
            }
            return .allow
        }
    }
}

extension Rule where Action == AppointingStaff, Resource == User {
    /// Administrators, over others: nobody gives up their own office, so one always stays.
    package static var appointStaff: Self {
        Self { user, principal in
            guard principal.isAdmin else { return .deny(.forbidden) }
            if user.id == .system || user.isStaged { return .deny(.notFound) }
            return user.id == principal.id ? .deny(.forbidden) : .allow
        }
    }
}

extension Rule where Action == RemovingUser, Resource == User {
    /// Deleting, merging and making anonymous: staff, over people who are not staff.
    package static var removeUser: Self {
        Self { user, principal in
            guard user.id != .system, principal.isStaff, !user.isStaff, user.id != principal.id
            else { return .deny(.forbidden) }
            return .allow
        }
    }
}
