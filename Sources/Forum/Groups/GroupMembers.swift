import Postgres

/// Whom a request about a group's members names.
package struct GroupPeople: Sendable, Equatable {
    package var usernames: [String]
    package var ids: [UserID]
    /// Addresses that somebody has here.
    package var emails: [String]

    package init(usernames: [String] = [], ids: [UserID] = [], emails: [String] = []) {
        self.usernames = usernames
        self.ids = ids
        self.emails = emails
    }

    package var isEmpty: Bool { usernames.isEmpty && ids.isEmpty && emails.isEmpty }
    package var count: Int { usernames.count + ids.count + emails.count }

    var nameKeys: [String] { usernames.map { UsernameRules.fold($0.cleanedOfNUL) } }
}

/// Somebody named in such a request.
package struct GroupPerson: Sendable, Equatable {
    package let id: UserID
    package let username: String
    let isMember: Bool
    let isOwner: Bool
}

extension Community {
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
        try await add(users, to: permitted.resource.id, asOwners: asOwners, by: principal)
    }

    package func addMember(
        _ user: UserID,
        to id: GroupID,
        by principal: Principal
    ) async throws {
        try await addMembers([user], to: id, by: principal)
    }

    /// Adds those whom a request names, who must be somebody here.
    ///
    /// - Parameter telling: Sends each new one a message.
    /// - Returns: Everybody named, also who was in it before.
    /// - Throws: `.notFound`, `.forbidden`, `.malformed` when nobody is named, `.invalid` when all
    ///   of them are in it or one is not known.
    package func addMembers(
        _ people: GroupPeople,
        to id: GroupID,
        asOwners: Bool = false,
        telling: Bool = false,
        by principal: Principal
    ) async throws -> [GroupPerson] {
        let permitted = try await managedGroup(id, by: principal)
        let found = try await known(people, in: id)
        let isDone = found.allSatisfy { asOwners ? $0.isOwner : $0.isMember }
        guard !isDone else {
            let names = found.map(\.username).joined(separator: ", ")
            throw ForumError(
                .invalid,
                found.count == 1
                    ? "'\(names)' is already \(asOwners ? "an owner" : "a member") of this group."
                    : "The following users are already members of this group: \(names)",
                field: "usernames"
            )
        }
        let group = permitted.resource
        let new = try await add(found.map(\.id), to: id, asOwners: asOwners, by: principal)
        if telling {
            for person in found where new.contains(person.id) {
                try await tell(person, ofJoining: group, asOwner: asOwners)
            }
        }
        return found
    }

    /// Takes people out of a group; what it let them see is closed to them at once.
    ///
    /// - Throws: `.notFound`, `.forbidden`.
    package func removeMembers(
        _ users: [UserID],
        from id: GroupID,
        by principal: Principal
    ) async throws {
        _ = try await managedGroup(id, by: principal)
        _ = try await remove(users, from: id, by: principal)
    }

    /// As `removeMembers(_:from:by:)`, for whom a request names.
    ///
    /// - Returns: Who was in it, and who was not.
    package func removeMembers(
        _ people: GroupPeople,
        from id: GroupID,
        by principal: Principal
    ) async throws -> (removed: [GroupPerson], skipped: [GroupPerson]) {
        _ = try await managedGroup(id, by: principal)
        let found = try await known(people, in: id)
        let gone = try await remove(found.map(\.id), from: id, by: principal)
        return (found.filter { gone.contains($0.id) }, found.filter { !gone.contains($0.id) })
    }

    /// Makes owners plain members.
    ///
    /// - Throws: `.notFound`, `.forbidden`, `.malformed` when nobody is named.
    package func removeOwners(
        _ people: GroupPeople,
        from id: GroupID,
        by principal: Principal
    ) async throws -> [GroupPerson] {
        let permitted = try await managedGroup(id, by: principal)
        let found = try await known(people, in: id)
        try await database.execute(
            GroupMemberQueries.removeOwners(found.map(\.id), of: permitted, at: clock())
        )
        signals.committed(.site)
        return found
    }

    /// - Throws: `.notFound`, `.forbidden` where not everybody may join.
    package func joinGroup(_ group: Group, by principal: Principal) async throws {
        _ = try principal.may(.joinGroup, group)
        try await add([principal.id], to: group.id, asOwners: false, by: principal)
    }

    package func leaveGroup(_ group: Group, by principal: Principal) async throws {
        _ = try principal.may(.leaveGroup, group)
        _ = try await remove([principal.id], from: group.id, by: principal)
    }

    /// How a member hears of the group's messages; administrators set it for others.
    ///
    /// - Throws: `.notFound` for who is not in the group, `.forbidden`.
    package func setGroupLevel(
        _ level: NotificationLevel,
        in group: Group,
        of user: UserID?,
        by principal: Principal
    ) async throws {
        let user = user ?? principal.id
        guard user == principal.id || principal.isAdmin else { throw ForumError.forbidden }
        let query = GroupMemberQueries.setLevel(level.rawValue, in: group.id, of: user)
        guard try await database.execute(query) > 0 else { throw ForumError.notFound }
    }

    // MARK: Shared

    func managedGroup(
        _ id: GroupID,
        by principal: Principal
    ) async throws -> Permitted<ManagingGroup, Group> {
        try principal.may(.manageGroup, try await group(id, for: .member(principal)))
    }

    /// - Throws: `.invalid` when one of the names is nobody's.
    func people(named usernames: [String]) async throws -> [GroupPerson] {
        let names = usernames.filter { !$0.isEmpty }
        guard !names.isEmpty else { return [] }
        return try await known(GroupPeople(usernames: names), in: nil)
    }

    private func known(_ people: GroupPeople, in group: GroupID?) async throws -> [GroupPerson] {
        guard !people.isEmpty else {
            throw ForumError(
                .malformed,
                "usernames, user_ids or emails must be present.",
                field: "usernames"
            )
        }
        guard people.count <= Limits.groupMembersAtOnce else {
            throw ForumError(
                .invalid,
                "Maximum \(Limits.groupMembersAtOnce) users can be added at once",
                field: "usernames"
            )
        }
        var people = people
        people.emails = people.emails.compactMap {
            EmailAddressRules.normalise($0, allowingLocalDomains: true)
        }
        let found: [GroupPerson] = try await database.all(
            GroupMemberQueries.people(people, in: group)
        )
        let keys = Set(found.map { UsernameRules.fold($0.username) })
        let unknown = people.usernames.filter {
            !keys.contains(UsernameRules.fold($0.cleanedOfNUL))
        }
        guard unknown.isEmpty, !found.isEmpty else {
            let names = unknown.prefix(10).map { String($0.prefix(60)) }.joined(separator: ", ")
            throw ForumError(
                .invalid,
                unknown.isEmpty
                    ? "Nobody here has that address. Invite them first."
                    : "The following users do not exist: \(names)",
                field: "usernames"
            )
        }
        return found
    }

    @discardableResult
    private func add(
        _ users: [UserID],
        to group: GroupID,
        asOwners: Bool,
        by principal: Principal
    ) async throws -> Set<UserID> {
        let query = GroupMemberQueries.add(
            users,
            to: group,
            asOwners: asOwners,
            by: principal.id,
            at: clock()
        )
        let new = Set(try await database.values(query, as: UserID.self))
        signals.committed(.site)
        return new
    }

    private func remove(
        _ users: [UserID],
        from group: GroupID,
        by principal: Principal
    ) async throws -> Set<UserID> {
        let query = GroupMemberQueries.remove(users, from: group, by: principal.id, at: clock())
        let gone = Set(try await database.values(query, as: UserID.self))
        signals.committed(.site)
        return gone
    }

    /// A message from the forum, as Discourse sends it.
    private func tell(_ person: GroupPerson, ofJoining group: Group, asOwner: Bool) async throws {
        let name = (group.fullName ?? group.name).filter { $0 != "[" && $0 != "]" }
        let values = [
            "group_name": group.name, "group_full_name": name,
            "group_path": "\(baseURL)/g/\(group.name)",
        ]
        let message = NewTopic(
            title: try await say(
                asOwner ? .addedAsOwnerTitle : .addedAsMemberTitle,
                values
            ),
            raw: try await say(asOwner ? .addedAsOwnerBody : .addedAsMemberBody, values),
            recipients: [person.username]
        )
        _ = try await createTopic(message, by: .system, source: .importer)
    }
}
