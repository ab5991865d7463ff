import Postgres

extension Community {
    /// Gives categories their positions; what is not named stays.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, `.notFound` for a category that does
    ///   not exist, `.invalid` for a position that is none.
    package func reorderCategories(
        _ positions: [CategoryID: Int],
        by principal: Principal
    ) async throws {
        let permitted = try principal.may(.createCategory, WholeSite())
        guard positions.count <= Limits.categoriesReorderedMax,
            positions.values.allSatisfy({ (0...1_000_000).contains($0) })
        else {
            throw ForumError(
                .invalid,
                "Positions must be numbers from 0 to 1000000",
                field: "mapping"
            )
        }
        guard let first = positions.keys.min() else { return }
        try await database.transaction { transaction in
            let changed = try await transaction.query(
                ChangeCategoryQueries.reorder(positions, permitted)
            )
            guard changed.count == positions.count else { throw ForumError.notFound }
            try await transaction.execute(Self.event(first, by: principal))
        }
        signals.committed(.site)
    }

    /// The groups that can read a category, as far as the viewer may know of them; none for a
    /// category that everyone can read.
    ///
    /// - Throws: `.notFound`.
    package func visibleGroups(of id: CategoryID, for viewer: Viewer) async throws -> [String] {
        let category = try await category(id, for: viewer)
        guard category.isReadRestricted else { return [] }
        let known = Set(try await groups(for: viewer).map(\.name))
        let readers = try await database.all(
            CategoryQueries.permissions(of: id),
            as: CategoryPermission.self
        )
        return readers.map(\.groupName).filter { known.contains($0) }
    }

    /// Names of groups that have no permission in a category yet; for those who may give them one.
    package func availableGroups(
        for category: Category,
        by principal: Principal
    ) async throws -> [String] {
        guard category.canEdit else { return [] }
        return try await database.values(CategoryQueries.groupsWithout(category.id))
    }
}

extension Limits {
    static let categoriesReorderedMax = 2000
}
