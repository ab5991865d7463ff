/// One step of the schema: a numbered script that runs once, in a transaction of its own.
package struct Migration: Sendable, Hashable {
    package var number: Int
    package var name: String
    package var sql: String

    package init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }

    /// `0001_create_users`, as the file is called.
    package var title: String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_" + name
    }
}

/// Why the schema is not what the program needs.
package enum MigrationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The list does not count 1, 2, 3, …
    case misnumbered(Migration)
    /// It was applied with other text or another name than it has now.
    case edited(title: String, applied: String)
    /// The database has a step that the program does not know: it is from a newer program.
    case missing(title: String)
    /// The step ends the transaction it runs in.
    case leavesTransaction(title: String)
    case failed(title: String, PostgresError)

    package var description: String {
        switch self {
        case .misnumbered(let migration):
            "migration \(migration.title) is out of order: numbers count from 1 without gaps"
        case .edited(let title, let applied):
            title == applied
                ? "migration \(title) was edited after it had been applied to this database"
                : "migration \(title) was applied to this database as \(applied)"
        case .missing(let title):
            "migration \(title) was applied to this database but is unknown to this program: "
                + "the database belongs to a newer version"
        case .leavesTransaction(let title):
            "migration \(title) must neither COMMIT nor ROLLBACK"
        case .failed(let title, let error):
            "migration \(title) failed: \(error)"
        }
    }
}

/// Brings a database's schema up to date. Several processes may do so at once: they take turns.
package struct Migrator: Sendable {
    /// A step and when it was applied, nil when it was not.
    package struct Status: Sendable, Hashable {
        package var migration: Migration
        package var appliedAt: Timestamp?
    }

    private struct Applied: RowDecodable {
        var number: Int
        var name: String
        var hash: String
        var time: Timestamp

        init(from row: inout RowReader) throws(PostgresError) {
            number = try row.next()
            name = try row.next()
            hash = try row.next()
            time = try row.next()
        }
    }

    private let migrations: [Migration]

    package init(migrations: [Migration]) {
        self.migrations = migrations.sorted { $0.number < $1.number }
    }

    /// Applies what is missing.
    /// - Returns: the steps that this call applied.
    /// - Throws: ``MigrationError``, or ``PostgresError`` when the database cannot be reached.
    @discardableResult
    package func migrate(_ pool: Pool) async throws -> [Migration] {
        try checkNumbers()
        var done: [Migration] = []
        while let migration = try await step(pool) {
            done.append(migration)
        }
        return done
    }

    /// Every step with the time it was applied, after the same checks as ``migrate(_:)``.
    package func status(_ pool: Pool) async throws -> [Status] {
        try checkNumbers()
        let exists = try await pool.value(
            "SELECT to_regclass('schema_migrations') IS NOT NULL",
            as: Bool.self
        )
        guard exists == true else {
            return migrations.map { Status(migration: $0, appliedAt: nil) }
        }
        let applied = try await check(pool)
        return migrations.map { migration in
            Status(
                migration: migration,
                appliedAt: applied.first { $0.number == migration.number }?.time
            )
        }
    }

    private func checkNumbers() throws(MigrationError) {
        for (index, migration) in migrations.enumerated() where migration.number != index + 1 {
            throw .misnumbered(migration)
        }
    }

    /// Applies the first step that is missing; nil when none is.
    private func step(_ pool: Pool) async throws -> Migration? {
        try await pool.transaction(timeoutSeconds: 0) { transaction -> Migration? in
            // The key is this module's own; the lock ends with the transaction.
            try await transaction.execute("SELECT pg_advisory_xact_lock(7239114065)")
            // A role that may not change the schema may still find that nothing is missing.
            let exists = try await transaction.value(
                "SELECT to_regclass('schema_migrations') IS NOT NULL",
                as: Bool.self
            )
            if exists != true {
                try await transaction.execute(
                    """
                    CREATE TABLE schema_migrations (
                        number integer PRIMARY KEY,
                        name text NOT NULL,
                        sha256 text NOT NULL,
                        applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
                    )
                    """
                )
            }
            let applied = try await check(transaction)
            guard applied.count < migrations.count else {
                return nil
            }
            let migration = migrations[applied.count]
            try await apply(migration, transaction)
            return migration
        }
    }

    private func apply(_ migration: Migration, _ transaction: Transaction) async throws {
        let identity: SQL = "SELECT pg_current_xact_id()::text"
        do throws(PostgresError) {
            let before = try await transaction.value(identity, as: String.self)
            try await transaction.script(migration.sql)
            let after = try await transaction.value(identity, as: String.self)
            guard before == after else {
                throw PostgresError(.closed, "")
            }
            try await transaction.execute(
                """
                INSERT INTO schema_migrations (number, name, sha256)
                VALUES (\(migration.number), \(migration.name), \(hash(of: migration)))
                """
            )
        } catch {
            guard error.code != .closed else {
                throw MigrationError.leavesTransaction(title: migration.title)
            }
            throw MigrationError.failed(title: migration.title, error)
        }
    }

    private func hash(of migration: Migration) -> SQL {
        "encode(sha256(convert_to(\(migration.sql), 'UTF8')), 'hex')"
    }

    /// Compares what was applied with what the program has.
    /// - Returns: the applied steps; they are the first of the list.
    private func check(_ connection: some Querying) async throws -> [Applied] {
        let hashes = SQL.joined(
            migrations.map { "(\($0.number)::integer, \(hash(of: $0)))" },
            separator: ", "
        )
        var statements: [SQL] = [
            "SELECT number, name, sha256, applied_at FROM schema_migrations ORDER BY number"
        ]
        if !migrations.isEmpty {
            statements.append(
                "SELECT hash FROM (VALUES \(hashes)) AS t (number, hash) ORDER BY number"
            )
        }
        let answers = try await connection.batch(statements)
        let applied = try answers[0].decode(Applied.self)
        let expected = try answers.dropFirst().first?.values(String.self) ?? []
        for (index, step) in applied.enumerated() {
            let title = Migration(number: step.number, name: step.name, sql: "").title
            guard index < migrations.count, step.number == index + 1 else {
                throw MigrationError.missing(title: title)
            }
            guard step.name == migrations[index].name, step.hash == expected[index] else {
                throw MigrationError.edited(title: migrations[index].title, applied: title)
            }
        }
        return applied
    }
}
