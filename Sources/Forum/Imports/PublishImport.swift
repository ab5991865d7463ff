import Postgres

extension Community {
    /// Shows everybody what an import made, as if it had been here all along: nobody is told of it.
    ///
    /// Threads that go on from topics of before are put at their ends.
    ///
    /// - Returns: The import as it waited.
    /// - Throws: `.forbidden` for anybody but administrators, `.notFound` when it does not wait.
    @discardableResult
    package func publishImport(_ id: ImportID, by principal: Principal) async throws -> Import {
        let found = try await waitingImport(id, for: principal)
        try await database.transaction(timeoutSeconds: Limits.importSettlingSeconds) {
            transaction in
            try await Self.lock(id, in: transaction)
            let continued = try await transaction.values(
                ImportListQueries.continued(id),
                as: TopicID.self
            )
            let categories = try await transaction.values(
                ImportListQueries.untouchedCategories(of: id),
                as: CategoryID.self
            )
            let places = try await transaction.values(
                ImportListQueries.places(of: id),
                as: CategoryID.self
            )
            var statements = ImportListQueries.publish(id, at: clock())
            statements += continued.flatMap(RecountQueries.topic)
            statements += categories.flatMap {
                ChangeCategoryQueries.setPermissions([Group.everyone.value: 1], of: $0)
            }
            // Every node keeps pages that show how much there is.
            statements += places.map { Self.event($0, by: principal) }
            statements.append(ImportListQueries.release(id))
            statements.append(
                logLine(StaffAction(.publishImport, subject: found.name), by: principal)
            )
            _ = try await transaction.batch(statements)
        }
        signals.committed(.site)
        return found
    }

    /// Takes away all that an import made, people who were known by it alone among it.
    ///
    /// - Returns: The import as it waited.
    /// - Throws: `.forbidden` for anybody but administrators, `.notFound` when it does not wait.
    @discardableResult
    package func discardImport(_ id: ImportID, by principal: Principal) async throws -> Import {
        let found = try await waitingImport(id, for: principal)
        let categories = try await database.transaction(
            timeoutSeconds: Limits.importSettlingSeconds
        ) { transaction in
            try await Self.lock(id, in: transaction)
            let people = try await transaction.values(
                ImportListQueries.authors(of: id),
                as: UserID.self
            )
            let categories = try await transaction.values(
                ImportListQueries.categories(of: id),
                as: CategoryID.self
            )
            _ = try await transaction.batch([
                ImportListQueries.removeTopics(of: id),
                ImportListQueries.removeStrangers(people),
                ImportListQueries.remove(id),
                logLine(StaffAction(.discardImport, subject: found.name), by: principal),
            ])
            return categories
        }
        for category in categories {
            do {
                try await deleteCategory(category, by: principal)
            } catch let error as ForumError where error.code == .conflict {
                // Somebody has put something else there.
                continue
            }
        }
        signals.committed(.site)
        return found
    }

    private static func lock(_ id: ImportID, in transaction: Transaction) async throws {
        let answers = try await transaction.batch([ImportQueries.lock, ImportListQueries.lock(id)])
        guard try !answers[1].values(ImportID.self).isEmpty else { throw ForumError.notFound }
    }
}
