package import Postgres

extension Community {
    /// The groups that the viewer may know of, by name.
    package func groups(for viewer: Viewer) async throws(PostgresError) -> [Group] {
        try await database.all(GroupQueries.groups(for: viewer))
    }

    /// - Throws: `.notFound` also for a group the viewer may not know of.
    package func group(named name: String, for viewer: Viewer) async throws -> Group {
        guard let key = UsernameRules.lookupKey(name) else { throw ForumError.notFound }
        let group: Group? = try await database.first(
            GroupQueries.group(nameKey: key, for: viewer)
        )
        guard let group else { throw ForumError.notFound }
        return group
    }

    /// - Throws: `.notFound` also for a group the viewer may not know of.
    package func group(_ id: GroupID, for viewer: Viewer) async throws -> Group {
        let group: Group? = try await database.first(GroupQueries.group(id: id, for: viewer))
        guard let group else { throw ForumError.notFound }
        return group
    }

    /// The group that an address names: by number, else by name.
    ///
    /// - Throws: `.notFound`.
    package func group(idOrName text: String, for viewer: Viewer) async throws -> Group {
        if let number = Int64(text) { return try await group(GroupID(number), for: viewer) }
        return try await group(named: text, for: viewer)
    }

    /// A page of the members; empty when the viewer may not see them.
    ///
    /// - Returns: The page, owners first, and how many there are in all.
    package func members(
        of group: Group,
        for viewer: Viewer,
        limit: Int = Limits.groupMembersPerPage,
        offset: Int = 0
    ) async throws -> (members: [GroupMember], total: Int) {
        var query = GroupMemberListQuery()
        query.limit = limit
        query.offset = offset
        return try await members(of: group, query, for: viewer)
    }

    /// As `members(of:for:limit:offset:)`, in another order or only some.
    package func members(
        of group: Group,
        _ query: GroupMemberListQuery,
        for viewer: Viewer
    ) async throws -> (members: [GroupMember], total: Int) {
        var query = query
        query.limit = min(max(query.limit, 1), Limits.groupMembersPerPageMax)
        query.offset = min(max(query.offset, 0), 1_000_000)
        query.text = query.text.map { String($0.cleanedOfNUL.prefix(Limits.nameMax)) }
        let answers = try await database.batch(
            GroupMemberQueries.list(group.id, query, for: viewer)
        )
        return (try answers[1].decode(), try answers[0].firstValue() ?? 0)
    }

    /// The owners of a group, as far as the viewer may see its members.
    package func owners(of group: Group, for viewer: Viewer) async throws -> [GroupMember] {
        var query = GroupMemberListQuery()
        query.ownersOnly = true
        query.limit = Limits.groupMembersPerPageMax
        return try await members(of: group, query, for: viewer).members
    }
}

/// Which members of a group, in which order.
package struct GroupMemberListQuery: Sendable, Equatable {
    /// Discourse's `order`.
    package enum Order: String, Sendable, CaseIterable {
        case username
        case addedAt = "added_at"
        case lastPostedAt = "last_posted_at"
        case lastSeenAt = "last_seen_at"
    }

    /// `nil` lists owners first.
    package var order: Order?
    package var isAscending = true
    package var text: String?
    package var ownersOnly = false
    package var limit = Limits.groupMembersPerPage
    package var offset = 0

    package init() {}
}
