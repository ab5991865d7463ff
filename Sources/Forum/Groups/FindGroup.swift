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

    /// A page of the members; empty when the viewer may not see them.
    ///
    /// - Returns: The page, owners first, and how many there are in all.
    package func members(
        of group: Group,
        for viewer: Viewer,
        limit: Int = Limits.groupMembersPerPage,
        offset: Int = 0
    ) async throws -> (members: [GroupMember], total: Int) {
        let limit = min(max(limit, 1), 1000)
        let answers = try await database.batch(
            GroupQueries.members(of: group.id, for: viewer, limit: limit, offset: max(offset, 0))
        )
        return (try answers[1].decode(), try answers[0].firstValue() ?? 0)
    }
}
