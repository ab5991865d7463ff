import Postgres

extension Community {
    /// All tag groups, by name.
    ///
    /// - Throws: `.forbidden` for anybody but staff.
    package func tagGroups(by principal: Principal) async throws -> [TagGroup] {
        _ = try principal.may(.manageTags, WholeSite())
        let groups = try await database.all(TagGroupQueries.all, as: TagGroupRow.self)
        return try await completed(groups.map(\.group))
    }

    /// - Throws: `.forbidden` for anybody but staff, `.notFound`.
    package func tagGroup(_ id: TagGroupID, by principal: Principal) async throws -> TagGroup {
        _ = try principal.may(.manageTags, WholeSite())
        let groups = try await database.all(TagGroupQueries.group(id), as: TagGroupRow.self)
        guard let group = try await completed(groups.map(\.group)).first else {
            throw ForumError.notFound
        }
        return group
    }

    /// Tag groups whose names contain what somebody typed, as far as the viewer may know of them.
    package func searchTagGroups(
        _ text: String,
        for viewer: Viewer,
        limit: Int = 5
    ) async throws -> [TagGroup] {
        let ids: [Int64] = try await database.values(
            TagGroupQueries.visibleIDs(
                text.cleanedOfNUL.trimmingWhitespace.lowercased(),
                for: viewer,
                limit: min(max(limit, 1), Limits.tagsFoundMax)
            )
        )
        let groups = try await database.all(TagGroupQueries.all, as: TagGroupRow.self)
        let found = groups.map(\.group).filter { ids.contains($0.id.value) }
        return try await completed(found)
    }

    /// Tag groups with their tags and permissions.
    private func completed(_ groups: [TagGroup]) async throws -> [TagGroup] {
        guard !groups.isEmpty else { return [] }
        let ids = groups.map(\.id.value)
        let answers = try await database.batch([
            TagGroupQueries.tags(of: ids), TagGroupQueries.permissions(of: ids),
        ])
        var tags: [Int64: [TagCard]] = [:]
        for row in answers[0] {
            tags[try row.get(0, as: Int64.self), default: []].append(
                TagCard(id: try row.get(1), name: try row.get(2), slug: try row.get(3))
            )
        }
        var permissions: [Int64: [String: Int]] = [:]
        for row in answers[1] {
            let name: String = try row.get(1)
            permissions[try row.get(0, as: Int64.self), default: [:]][name] = try row.get(2)
        }
        return groups.map { group in
            var group = group
            group.tags = tags[group.id.value] ?? []
            group.permissions = permissions[group.id.value] ?? [:]
            return group
        }
    }
}
