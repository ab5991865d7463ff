import TestSupport
import Testing

@testable import Postgres

@Suite struct MigratorTests {
    private static let steps = [
        Migration(
            number: 1,
            name: "first",
            sql: "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);"
        ),
        Migration(
            number: 2,
            name: "second",
            sql: "-- comment; with semicolon\nCREATE TABLE b (id int)"
        ),
        Migration(
            number: 3,
            name: "third",
            sql: "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;"
        ),
    ]

    @Test func `a fresh database gets every step once`() async throws {
        let database = try await TestDatabase.make(isMigrated: false)
        let migrator = Migrator(migrations: Self.steps)
        #expect(try await migrator.status(database.pool).allSatisfy { $0.appliedAt == nil })
        #expect(try await migrator.migrate(database.pool) == Self.steps)
        #expect(try await migrator.migrate(database.pool).isEmpty)
        #expect(try await migrator.status(database.pool).allSatisfy { $0.appliedAt != nil })
        #expect(try await database.pool.value("SELECT f() FROM a", as: Int.self) == 1)
        let hash = try await database.pool.value(
            "SELECT sha256 FROM schema_migrations WHERE number = 2",
            as: String.self
        )
        #expect(hash?.count == 64)
        try await database.drop()
    }

    @Test func `later steps are added to earlier ones`() async throws {
        let database = try await TestDatabase.make(isMigrated: false)
        try await Migrator(migrations: Array(Self.steps.prefix(1))).migrate(database.pool)
        let added = try await Migrator(migrations: Self.steps).migrate(database.pool)
        #expect(added.map(\.number) == [2, 3])
        try await database.drop()
    }

    @Test func `an edited, renamed or missing step is refused by name`() async throws {
        let database = try await TestDatabase.make(isMigrated: false)
        try await Migrator(migrations: Self.steps).migrate(database.pool)
        var edited = Self.steps
        edited[1].sql += " "
        await #expect(throws: MigrationError.edited(title: "0002_second", applied: "0002_second")) {
            try await Migrator(migrations: edited).migrate(database.pool)
        }
        var renamed = Self.steps
        renamed[0].name = "other"
        await #expect(throws: MigrationError.edited(title: "0001_other", applied: "0001_first")) {
            try await Migrator(migrations: renamed).status(database.pool)
        }
        let fewer = Array(Self.steps.prefix(2))
        await #expect(throws: MigrationError.missing(title: "0003_third")) {
            try await Migrator(migrations: fewer).migrate(database.pool)
        }
        var gap = Self.steps
        gap.remove(at: 1)
        await #expect(throws: MigrationError.misnumbered(gap[1])) {
            try await Migrator(migrations: gap).migrate(database.pool)
        }
        try await database.drop()
    }

    @Test func `a step that fails leaves nothing of itself`() async throws {
        let database = try await TestDatabase.make(isMigrated: false)
        var steps = Self.steps
        steps[1].sql = "CREATE TABLE half (id int); SELECT 1 / 0;"
        let error = await #expect(throws: MigrationError.self) {
            try await Migrator(migrations: steps).migrate(database.pool)
        }
        #expect(error?.description.contains("0002_second") == true)
        let tables = try await database.pool.values(
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
            as: String.self
        )
        #expect(tables == ["a", "schema_migrations"])
        #expect(try await Migrator(migrations: Self.steps).migrate(database.pool).count == 2)
        try await database.drop()
    }

    @Test func `a step must not end its transaction`() async throws {
        let database = try await TestDatabase.make(isMigrated: false)
        let step = Migration(
            number: 1,
            name: "sly",
            sql: "CREATE TABLE x (id int); COMMIT; SELECT 1;"
        )
        await #expect(throws: MigrationError.leavesTransaction(title: "0001_sly")) {
            try await Migrator(migrations: [step]).migrate(database.pool)
        }
        try await database.drop()
    }

    @Test func `several at once take turns`() async throws {
        let database = try await TestDatabase.make(isMigrated: false)
        let steps = (1...12).map { number in
            Migration(number: number, name: "s\(number)", sql: "CREATE TABLE t\(number) (id int)")
        }
        let applied = try await withThrowingTaskGroup(of: [Migration].self) { group in
            for _ in 0..<4 {
                group.addTask { try await Migrator(migrations: steps).migrate(database.pool) }
            }
            return try await group.reduce([]) { $0 + $1 }
        }
        #expect(applied.map(\.number).sorted() == Array(1...12))
        try await database.drop()
    }

    @Test func `the repository's own migrations are applied in the template`() async throws {
        let database = try await TestDatabase.make()
        let migrator = try Migrator(migrations: MigrationFiles.all())
        let status = try await migrator.status(database.pool)
        #expect(!status.isEmpty)
        #expect(status.allSatisfy { $0.appliedAt != nil })
        try await database.drop()
    }
}
