package import Postgres

/// A mailing list that was brought in. What it made is the staff's alone until it is published.
package struct Import: Sendable, Equatable, RowDecodable {
    package let id: ImportID
    package let name: String
    package let createdAt: Timestamp
    /// `nil` while it waits.
    package let publishedAt: Timestamp?
    package let topics: Int
    package let posts: Int

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
        createdAt = try row.next()
        publishedAt = try row.next()
        topics = try row.next()
        posts = try row.next()
    }
}

package typealias ImportID = ID<Import>

extension Community {
    /// The import of a name that waits; made when there is none.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, `.invalid` for a name that is none.
    package func openImport(named name: String, by principal: Principal) async throws -> ImportID {
        let permitted = try principal.mayAdministerSite()
        let name = name.cleanedOfNUL.trimmingWhitespace
        guard (1...Limits.importNameMax).contains(name.unicodeScalars.count) else {
            throw ForumError(
                .invalid,
                "The name of an import has 1 to \(Limits.importNameMax) characters.",
                field: "name"
            )
        }
        guard
            let id = try await database.value(
                ImportListQueries.open(name, permitted, at: clock()),
                as: ImportID.self
            )
        else { throw ForumError(.bug, "No number for the import.") }
        return id
    }

    /// A category that is made for an import, for staff alone until it is published.
    ///
    /// - Throws: As `createCategory(_:by:)`.
    package func createCategory(
        _ fields: NewCategory,
        for destination: ImportID,
        by principal: Principal
    ) async throws -> CategoryID {
        var fields = fields
        fields.permissions = ["staff": 1]
        let id = try await createCategory(fields, by: principal).id
        try await database.execute(ImportListQueries.note(id, of: destination))
        return id
    }

    /// After an archive is in: a forum that has grown many times over in a minute gets the plans of
    /// its new size at once, not at autovacuum's next round. An import that brought nothing is gone.
    package func finishImport(_ id: ImportID) async throws(PostgresError) {
        try await database.execute(ImportQueries.statistics)
        try await database.execute(ImportListQueries.removeIfEmpty(id))
    }

    /// The newest imports, those that wait first.
    ///
    /// - Throws: `.forbidden` for anybody but administrators.
    package func imports(for principal: Principal) async throws -> [Import] {
        _ = try principal.mayAdministerSite()
        return try await database.all(ImportListQueries.list)
    }

    /// The import that a number or a name says, one that waits.
    ///
    /// - Throws: `.notFound`, `.forbidden` for anybody but administrators.
    package func waitingImport(
        _ nameOrNumber: String,
        for principal: Principal
    ) async throws -> Import {
        let waiting = try await waitingImports(for: principal)
        let named = waiting.first { $0.name.lowercased() == nameOrNumber.lowercased() }
        let numbered = waiting.first { $0.id.description == nameOrNumber }
        guard let found = named ?? numbered else { throw ForumError.notFound }
        return found
    }

    func waitingImport(_ id: ImportID, for principal: Principal) async throws -> Import {
        guard let found = try await waitingImports(for: principal).first(where: { $0.id == id })
        else { throw ForumError.notFound }
        return found
    }

    private func waitingImports(for principal: Principal) async throws -> [Import] {
        try await imports(for: principal).filter { $0.publishedAt == nil }
    }
}
