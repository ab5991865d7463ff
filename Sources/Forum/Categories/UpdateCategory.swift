import Postgres

extension Community {
    /// Changes what is given and leaves the rest.
    ///
    /// - Throws: `.notFound`, `.forbidden` for anybody but administrators, `.invalid` with the field.
    package func updateCategory(
        _ id: CategoryID,
        _ changes: CategoryFields,
        by principal: Principal
    ) async throws -> Category {
        let old = try await category(id, for: .member(principal))
        let permitted = try principal.may(.changeCategory, old)
        let fields = try changes.checked()
        let groups = try await groupIDs(of: fields.permissions)
        let cooked = cookedDescription(fields.description)
        let now = clock()
        try await Self.translatingConflicts(of: fields) {
            try await database.transaction { transaction in
                try await transaction.execute(ChangeCategoryQueries.lockPermissions)
                try await Self.checkEmailIn(fields, of: id, in: transaction)
                if let parent = fields.parentID, parent.value != 0 {
                    try await Self.checkParent(parent, of: id, in: transaction)
                }
                try await transaction.execute(
                    ChangeCategoryQueries.update(permitted, fields, cooked: cooked, at: now)
                )
                if let groups {
                    _ = try await transaction.batch(
                        ChangeCategoryQueries.setPermissions(groups, of: id)
                    )
                }
                let parent: CategoryID? = try await transaction.value(
                    ChangeCategoryQueries.parent(of: id)
                )
                try await Self.checkPermissions(of: id, parent: parent, in: transaction)
                try await writeSettings(fields.settings, of: id, in: transaction)
                _ = try await transaction.batch([
                    Self.event(id, by: principal),
                    logLine(
                        StaffAction(
                            .changeCategory,
                            subject: old.name,
                            context: fields.permissions == nil ? nil : "permissions",
                            from: old.name,
                            to: fields.name ?? old.name,
                            category: id
                        ),
                        by: principal
                    ),
                ])
            }
        }
        signals.committed(.site)
        return try await category(id, for: .member(principal))
    }
}
