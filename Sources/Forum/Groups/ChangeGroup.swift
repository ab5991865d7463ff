import Postgres

/// The action of changing a group or who is in it; exists as a type only.
package enum ManagingGroup {}

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

/// What a new group is.
package struct NewGroup: Sendable {
    package var name: String
    package var fullName: String?
    package var visibilityLevel: Group.Level
    package var membersVisibilityLevel: Group.Level
    package var mentionableLevel: Group.Level
    package var messageableLevel: Group.Level

    package init(
        name: String,
        fullName: String? = nil,
        visibilityLevel: Group.Level = .everybody,
        membersVisibilityLevel: Group.Level = .everybody,
        mentionableLevel: Group.Level = .everybody,
        messageableLevel: Group.Level = .everybody
    ) {
        self.name = name
        self.fullName = fullName
        self.visibilityLevel = visibilityLevel
        self.membersVisibilityLevel = membersVisibilityLevel
        self.mentionableLevel = mentionableLevel
        self.messageableLevel = messageableLevel
    }
}

extension Community {
    /// Makes a group; its name follows the rules of usernames and may be nobody's username.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, `.invalid`.
    package func createGroup(_ new: NewGroup, by principal: Principal) async throws -> Group {
        let permitted = try principal.mayAdministerSite()
        var new = new
        new.name = new.name.trimmingWhitespace
        let problems = UsernameRules.problems(new.name)
        guard problems.isEmpty else {
            let texts = problems.map { "Name" + $0.dropFirst("Username".count) }
            throw ForumError(.invalid, texts, field: "name")
        }
        guard (new.fullName ?? "").unicodeScalars.count <= 100 else {
            throw ForumError(
                .invalid,
                "Full name is too long (maximum is 100 characters)",
                field: "full_name"
            )
        }
        let taken = ForumError(.invalid, "Name has already been taken", field: "name")
        let key = UsernameRules.fold(new.name)
        guard try await database.query(UserQueries.takenNames([key])).isEmpty else { throw taken }
        do throws(any Error) {
            let id: GroupID? = try await database.value(
                GroupQueries.insert(new, permitted, at: clock())
            )
            guard let id else { throw ForumError(.bug, "The group was not stored.") }
            return try await group(id, for: .member(principal))
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            throw taken
        }
    }

    /// Removes a group; the permissions it carried go with it.
    ///
    /// - Throws: `.notFound`, `.forbidden`.
    package func deleteGroup(_ id: GroupID, by principal: Principal) async throws {
        _ = try principal.mayAdministerSite()
        let permitted = try await managedGroup(id, by: principal)
        try await database.execute(GroupQueries.delete(permitted))
        signals.committed(.site)
    }

    /// Adds people to a group; who is in it already stays.
    ///
    /// - Throws: `.notFound`, `.forbidden`.
    package func addMembers(
        _ users: [UserID],
        to id: GroupID,
        asOwners: Bool = false,
        by principal: Principal
    ) async throws {
        let permitted = try await managedGroup(id, by: principal)
        try await database.execute(
            GroupQueries.addMembers(users.map(\.value), to: permitted, asOwners: asOwners)
        )
        signals.committed(.site)
    }

    package func addMember(
        _ user: UserID,
        to id: GroupID,
        by principal: Principal
    ) async throws {
        try await addMembers([user], to: id, by: principal)
    }

    /// Takes people out of a group; what it let them see is closed to them at once.
    ///
    /// - Throws: `.notFound`, `.forbidden`.
    package func removeMembers(
        _ users: [UserID],
        from id: GroupID,
        by principal: Principal
    ) async throws {
        let permitted = try await managedGroup(id, by: principal)
        try await database.execute(
            GroupQueries.removeMembers(users.map(\.value), from: permitted)
        )
        signals.committed(.site)
    }

    private func managedGroup(
        _ id: GroupID,
        by principal: Principal
    ) async throws -> Permitted<ManagingGroup, Group> {
        try principal.may(.manageGroup, try await group(id, for: .member(principal)))
    }
}
