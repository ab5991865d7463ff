/// What runs statements: the pool (each call on its own) or a transaction.
package protocol Querying: Sendable {
    /// Runs one statement.
    @discardableResult
    func query(_ sql: SQL) async throws(PostgresError) -> Rows

    /// Runs the statements in one round trip, all of them or none: outside of a transaction they
    /// are one implicit transaction. The answers come in the order of the statements.
    @discardableResult
    func batch(_ statements: [SQL]) async throws(PostgresError) -> [Rows]
}

extension Querying {
    /// Runs one statement and reads every row.
    package func all<T: RowDecodable>(
        _ sql: SQL,
        as type: T.Type = T.self
    ) async throws(PostgresError) -> [T] {
        try await query(sql).decode(type)
    }

    /// Runs one statement and reads the first row, when there is one.
    package func first<T: RowDecodable>(
        _ sql: SQL,
        as type: T.Type = T.self
    ) async throws(PostgresError) -> T? {
        try await query(sql).first(type)
    }

    /// Runs one statement and reads the first column of the first row, when there is one.
    package func value<T: SQLDecodable>(
        _ sql: SQL,
        as type: T.Type = T.self
    ) async throws(PostgresError) -> T? {
        try await query(sql).firstValue(type)
    }

    /// Runs one statement and reads the first column of every row.
    package func values<T: SQLDecodable>(
        _ sql: SQL,
        as type: T.Type = T.self
    ) async throws(PostgresError) -> [T] {
        try await query(sql).values(type)
    }

    /// Runs one statement for its effect.
    /// - Returns: the number of rows it changed.
    @discardableResult
    package func execute(_ sql: SQL) async throws(PostgresError) -> Int {
        try await query(sql).affected
    }
}

extension SQL {
    /// As the first statement of a batch or transaction: its commit does not wait for the disk. A crash of
    /// the machine may lose it, with what was committed after it and did not wait either; a crash of this
    /// process does not (PostgreSQL documentation 30.4).
    package static let relaxDurability: SQL = "SELECT set_config('synchronous_commit', 'off', true)"
}
