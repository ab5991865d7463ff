/// Who is asking, once they have proved it: by a session, a key, or a mail whose sender was checked.
///
/// An object that never changes: a value of this size would be copied into every call that has to do with it.
package final class Principal: Sendable, Equatable {
    package let id: UserID
    package let username: String
    package let isAdmin: Bool
    package let isModerator: Bool
    /// 0 to 4, as in Discourse.
    package let trustLevel: Int
    /// Known by address only; may post where strangers may.
    package let isStaged: Bool
    /// May read but not write.
    package let isSilenced: Bool
    /// Every group of the person, 0 (everyone) included.
    package let groupIDs: [Int64]
    package let newness: Newness

    package init(
        id: UserID,
        username: String,
        isAdmin: Bool = false,
        isModerator: Bool = false,
        trustLevel: Int = 0,
        isStaged: Bool = false,
        isSilenced: Bool = false,
        groupIDs: [Int64] = [0],
        newness: Newness = Newness()
    ) {
        self.id = id
        self.username = username
        self.isAdmin = isAdmin
        self.isModerator = isModerator
        self.trustLevel = trustLevel
        self.isStaged = isStaged
        self.isSilenced = isSilenced
        self.groupIDs = groupIDs
        self.newness = newness
    }

    package var isStaff: Bool { isAdmin || isModerator }

    /// The forum itself: imports, the administrator's commands, automatic actions.
    package static let system = Principal(
        id: .system,
        username: "system",
        isAdmin: true,
        isModerator: true,
        trustLevel: 4,
        groupIDs: [0, 1, 2, 3, 10, 11, 12, 13, 14]
    )
}

extension Principal {
    /// Whether both are one person who may do the same; what is new to them decides nothing.
    package static func == (left: Principal, right: Principal) -> Bool {
        left.id == right.id && left.username == right.username && left.isAdmin == right.isAdmin
            && left.isModerator == right.isModerator && left.trustLevel == right.trustLevel
            && left.isStaged == right.isStaged && left.isSilenced == right.isSilenced
            && left.groupIDs == right.groupIDs
    }
}

/// Whose eyes an answer is for.
package enum Viewer: Sendable, Equatable {
    case anonymous
    case member(Principal)

    package var principal: Principal? {
        switch self {
        case .anonymous: nil
        case .member(let principal): principal
        }
    }

    package var groupIDs: [Int64] { principal?.groupIDs ?? [0] }
    package var isStaff: Bool { principal?.isStaff ?? false }
    package var isAdmin: Bool { principal?.isAdmin ?? false }

    /// The principal of an action that needs one.
    ///
    /// - Throws: `.unauthenticated`.
    package func requirePrincipal() throws(ForumError) -> Principal {
        guard let principal else { throw .notLoggedIn }
        return principal
    }
}
