package import Postgres

/// What the database says of itself and of the role that asks.
package struct DatabaseSession: Sendable, RowDecodable {
    package let role: String
    package let mayChangeSchema: Bool
    package let isSuperuser: Bool
    /// Such as 150004.
    package let serverVersion: Int
    package let database: String
    package let time: Timestamp

    package init(from row: inout RowReader) throws(PostgresError) {
        role = try row.next()
        mayChangeSchema = try row.next()
        isSuperuser = try row.next()
        serverVersion = try row.next()
        database = try row.next()
        time = Timestamp(microseconds: try row.next())
    }
}

extension DatabaseRole {
    /// Gives the roles that the server has their rights on a migrated database.
    ///
    /// - Parameter database: As the owner.
    /// - Returns: Those roles.
    @discardableResult
    package static func grantRights(on database: Pool) async throws -> [DatabaseRole] {
        let roles = try await existing(on: database)
        for role in roles where try await !role.wrongRights(on: database).isEmpty {
            try await database.administer(DatabaseRoleQueries.grants(to: roles))
            break
        }
        return roles
    }

    package static func existing(on database: Pool) async throws(PostgresError) -> [DatabaseRole] {
        try await database.values(DatabaseRoleQueries.existing(), as: String.self)
            .compactMap { DatabaseRole(rawValue: $0) }
    }

    /// Who asks, and where.
    package static func session(of database: Pool) async throws -> DatabaseSession {
        guard let session: DatabaseSession = try await database.first(DatabaseRoleQueries.session())
        else { throw ForumError(.bug, "The database knows no role of this session.") }
        return session
    }

    /// What is wrong with the rights of a role that there is; empty when all is well.
    package func wrongRights(on database: Pool) async throws(PostgresError) -> [String] {
        guard let query = DatabaseRoleQueries.wrongRights(of: self) else { return [] }
        return try await database.values(query, as: String.self)
    }

    /// What the administrator of a server elsewhere runs once, as a superuser, to have all roles.
    package static func setUp(database: String) -> String {
        DatabaseRoleQueries.setUp(database: database)
    }
}
