package import Postgres

/// Which categories are looked for.
package struct CategorySearch: Sendable {
    /// Part of a name; empty for all.
    package var term = ""
    package var parentID: CategoryID?
    package var includesUncategorized = true
    package var includesSubcategories = true
    package var only: [CategoryID]?
    package var rejected: [CategoryID] = []
    /// Stands first.
    package var prioritized: CategoryID?

    package init() {}
}

extension Community {
    /// The categories that fit and that the viewer may know of, by name; those that begin with the
    /// term first.
    package func searchCategories(
        _ search: CategorySearch,
        for viewer: Viewer
    ) async throws(PostgresError) -> [Category] {
        let term = search.term.trimmingWhitespace.lowercased()
        let all = try await categories(for: viewer)
        let found = all.filter { category in
            (term.isEmpty || category.name.lowercased().contains(term)
                || category.slug.contains(term))
                && (search.parentID == nil || category.parentID == search.parentID)
                && (search.includesUncategorized || category.id != .uncategorized)
                && (search.includesSubcategories || category.parentID == nil)
                && (search.only.map { $0.contains(category.id) } ?? true)
                && !search.rejected.contains(category.id)
        }
        func rank(_ category: Category) -> Int {
            if category.id == search.prioritized { return 0 }
            return category.name.lowercased().hasPrefix(term) ? 1 : 2
        }
        return found.sorted { left, right in
            let (a, b) = (rank(left), rank(right))
            return a != b ? a < b : left.name.lowercased() < right.name.lowercased()
        }
    }

    /// The categories of a path of slugs, from the top: every one of them.
    ///
    /// - Throws: `.notFound`.
    package func categories(
        onPath path: [String],
        for viewer: Viewer
    ) async throws -> [Category] {
        let last = try await category(path: path, for: viewer)
        guard let parent = last.parentID else { return [last] }
        return [try await category(parent, for: viewer), last]
    }
}
