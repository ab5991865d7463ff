import Postgres

extension Community {
    /// Removes a category that nothing stands in.
    ///
    /// - Throws: `.notFound`, `.forbidden` for anybody but administrators and for Uncategorized,
    ///   `.conflict` while it has topics or subcategories.
    package func deleteCategory(_ id: CategoryID, by principal: Principal) async throws {
        let category = try await category(id, for: .member(principal))
        let permitted = try principal.may(.changeCategory, category)
        guard id != .uncategorized else {
            throw ForumError(
                .forbidden,
                "This category is special. It holds the topics that have no category; "
                    + "it cannot be deleted."
            )
        }
        guard !category.hasChildren else {
            throw ForumError(
                .conflict,
                "Can't delete this category because it has sub-categories."
            )
        }
        try await Self.translatingConflicts(of: CategoryFields()) {
            try await database.transaction { transaction in
                let topics: Int =
                    try await transaction.value(
                        ChangeCategoryQueries.topicCount(of: permitted)
                    ) ?? 0
                guard topics == 0 else {
                    throw ForumError(
                        .conflict,
                        "Can't delete this category because it has \(topics) "
                            + (topics == 1 ? "topic." : "topics.")
                    )
                }
                _ = try await transaction.batch(ChangeCategoryQueries.delete(permitted))
                _ = try await transaction.batch([
                    Self.event(id, deleted: category, by: principal),
                    logLine(StaffAction(.deleteCategory, subject: category.name), by: principal),
                ])
            }
        }
        signals.committed(.site)
    }
}
