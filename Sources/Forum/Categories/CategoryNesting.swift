import Postgres

extension Community {
    /// - Throws: `.invalid` when the parent does not exist, is a subcategory itself, or the child
    ///   has subcategories: categories are two deep.
    static func checkParent(
        _ parent: CategoryID,
        of id: CategoryID,
        in transaction: Transaction
    ) async throws {
        func refuse(_ message: String) -> ForumError {
            ForumError(.invalid, message, field: "parent_category_id")
        }
        guard parent != id else { throw refuse("A category cannot be its own parent") }
        guard id != .uncategorized else { throw refuse("Uncategorized can't have a parent") }
        let rows = try await transaction.query(ChangeCategoryQueries.parent(of: parent))
        guard let row = rows.first else { throw refuse("There is no such parent category") }
        let grandparent: CategoryID? = try row.get(0)
        let children = try await transaction.query(ChangeCategoryQueries.childIDs(of: id))
        guard grandparent == nil, children.isEmpty else {
            throw refuse("You can't nest a subcategory under another.")
        }
    }

    /// A group that sees a subcategory sees its parent: checked in both directions.
    ///
    /// - Throws: `.invalid` with the names of the groups that would not.
    static func checkPermissions(
        of id: CategoryID,
        parent: CategoryID?,
        in transaction: Transaction
    ) async throws {
        var names: [String] = []
        if let parent {
            names += try await transaction.values(
                ChangeCategoryQueries.conflicts(parent: parent, child: id)
            )
        }
        let children: [CategoryID] = try await transaction.values(
            ChangeCategoryQueries.childIDs(of: id)
        )
        for child in children {
            names += try await transaction.values(
                ChangeCategoryQueries.conflicts(parent: id, child: child)
            )
        }
        guard names.isEmpty else {
            throw ForumError(
                .invalid,
                "Any group that is allowed to access a subcategory must also be allowed to access "
                    + "the parent category. The following groups have access to one of the "
                    + "subcategories, but no access to parent category: "
                    + Set(names).sorted().joined(separator: ", ") + ".",
                field: "permissions"
            )
        }
    }
}
