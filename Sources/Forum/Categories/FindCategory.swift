package import Postgres

extension Community {
    /// The categories that the viewer may know of, by position, parents before children.
    package func categories(for viewer: Viewer) async throws(PostgresError) -> [Category] {
        var categories: [Category] = try await database.all(
            CategoryQueries.categories(for: viewer, at: clock())
        )
        let children = Dictionary(
            grouping: categories.filter { $0.parentID != nil },
            by: \.parentID
        )
        for index in categories.indices {
            categories[index].subcategoryIDs = (children[categories[index].id] ?? []).map(\.id)
        }
        return categories
    }

    /// - Throws: `.notFound` also for a category that the viewer may not know of.
    package func category(_ id: CategoryID, for viewer: Viewer) async throws -> Category {
        let answers = try await database.batch([
            CategoryQueries.category(id, for: viewer, at: clock()),
            CategoryQueries.subcategories(of: id, for: viewer),
        ])
        guard var category: Category = try answers[0].first() else { throw ForumError.notFound }
        category.subcategoryIDs = try answers[1].values()
        return category
    }

    /// The category of a path: `[slug]`, `[parent, slug]`, or either with the number behind it,
    /// which then decides alone.
    ///
    /// - Throws: `.notFound` also for a category that the viewer may not know of.
    package func category(path: [String], for viewer: Viewer) async throws -> Category {
        guard (1...3).contains(path.count), let last = path.last else { throw ForumError.notFound }
        if let number = Int64(last) {
            return try await category(CategoryID(number), for: viewer)
        }
        let id: CategoryID? = try await database.value(
            CategoryQueries.id(
                slug: last.cleanedOfNUL.lowercased(),
                parentSlug: path.dropLast().last.map { $0.cleanedOfNUL.lowercased() },
                for: viewer
            )
        )
        guard let id else { throw ForumError.notFound }
        return try await category(id, for: viewer)
    }

    /// What each group may do in a category; for those who may change it.
    ///
    /// - Throws: `.notFound`, `.forbidden`.
    package func permissions(
        of id: CategoryID,
        by principal: Principal
    ) async throws -> [CategoryPermission] {
        let category = try await category(id, for: .member(principal))
        guard category.canEdit else { throw ForumError.forbidden }
        return try await database.all(CategoryQueries.permissions(of: id))
    }
}
