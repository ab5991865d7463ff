/// The actions of changing who is in a group, and what the group is; they exist as types only.
package enum ManagingGroup {}
package enum EditingGroup {}
package enum JoiningGroup {}

extension Rule where Action == ManagingGroup, Resource == Group {
    /// Administrators and the owners of the group; nobody for the automatic ones.
    package static var manageGroup: Self {
        Self { group, principal in
            if group.isAutomatic {
                return .deny(
                    ForumError(.forbidden, "You cannot change an automatic group.")
                )
            }
            return principal.isAdmin || (group.isOwner && !principal.isSilenced)
                ? .allow : .deny(.forbidden)
        }
    }
}

extension Rule where Action == EditingGroup, Resource == Group {
    /// Administrators, and the owners of a group that is not automatic.
    package static var editGroup: Self {
        Self { group, principal in
            if principal.isAdmin { return .allow }
            return group.isOwner && !group.isAutomatic && !principal.isSilenced
                ? .allow : .deny(.forbidden)
        }
    }
}

extension Rule where Action == JoiningGroup, Resource == Group {
    /// Whoever knows of a group that anybody may join.
    package static var joinGroup: Self {
        Self { group, principal in
            group.isOpenToJoin && !group.isAutomatic && !principal.isStaged
                ? .allow : .deny(.forbidden)
        }
    }

    package static var leaveGroup: Self {
        Self { group, _ in
            group.isOpenToLeave && !group.isAutomatic ? .allow : .deny(.forbidden)
        }
    }

    /// To ask for membership, where the owners decide.
    package static var requestGroup: Self {
        Self { group, principal in
            group.takesRequests && !group.isAutomatic && !principal.isStaged
                && !principal.isSilenced ? .allow : .deny(.forbidden)
        }
    }
}
