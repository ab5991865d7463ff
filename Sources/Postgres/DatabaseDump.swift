import CPostgres
import Foundation

/// Copies of a whole database in pg_dump's custom format, which holds no commands of psql: a copy
/// from elsewhere can run nothing outside of the database.
package struct DatabaseDump: Sendable {
    private let connectionString: String
    /// Where the programs leave what they say.
    private let output: String

    package init(connectionString: String, output: String) {
        self.connectionString = connectionString
        self.output = output
    }

    /// Writes a copy, as of one moment, while the database is in use.
    ///
    /// - Parameter tables: Those that are copied without their rows.
    /// - Throws: `PostgresError` with what pg_dump says.
    package func write(
        to file: String,
        withoutRowsOf tables: [String] = []
    ) async throws(PostgresError) {
        let binaries = try Self.binaries()
        try await ChildProcess.run(
            binaries.dump,
            [
                "--format=custom", "--no-owner", "--no-privileges", "--no-password",
                "--file=\(file)",
            ] + tables.map { "--exclude-table-data=public.\($0)" },
            account: nil,
            environment: try environment(),
            output: output
        )
    }

    /// The list of what a copy holds; an error for what is no copy.
    ///
    /// - Throws: `PostgresError` with what pg_restore says.
    package func check(_ file: String) async throws(PostgresError) {
        let binaries = try Self.binaries()
        try await ChildProcess.run(
            binaries.restore,
            ["--list", file],
            account: nil,
            output: output
        )
    }

    /// Puts a copy into the database, in one transaction. What has the same names must not be there.
    ///
    /// - Throws: `PostgresError` with what pg_restore says; nothing has changed then.
    package func restore(from file: String) async throws(PostgresError) {
        let binaries = try Self.binaries()
        try await ChildProcess.run(
            binaries.restore,
            [
                "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
                "--no-password", "--dbname=\(try name())", file,
            ],
            account: nil,
            environment: try environment(),
            output: output
        )
    }

    /// Runs another program to its end.
    ///
    /// - Throws: `PostgresError` with what it says.
    package static func run(
        _ program: String,
        _ arguments: [String],
        output: String
    ) async throws(PostgresError) {
        guard let path = ChildProcess.find(program) else {
            throw PostgresError(.unavailable, "\(program) is not installed.")
        }
        try await ChildProcess.run(path, arguments, account: nil, output: output)
    }

    /// Whether the programs that copy a database are here.
    ///
    /// - Throws: `PostgresError` that says how to get them.
    package static func checkTools() throws(PostgresError) { _ = try binaries() }

    private static func binaries() throws(PostgresError) -> PostgresBinaries {
        do throws(PostgresError) {
            let found = try PostgresBinaries.find()
            if access(found.dump, X_OK) == 0, access(found.restore, X_OK) == 0 { return found }
        } catch {
            // A database elsewhere needs no server here, only the client's programs.
        }
        guard let dump = ChildProcess.find("pg_dump"), ChildProcess.find("pg_restore") != nil else {
            throw PostgresError(
                .unavailable,
                "pg_dump and pg_restore are not installed (Debian: apt-get install "
                    + "postgresql-client)."
            )
        }
        return PostgresBinaries(directory: (dump as NSString).deletingLastPathComponent)
    }

    /// The parts of the address as libpq's variables: arguments can be seen by everybody on the
    /// machine.
    private func environment() throws(PostgresError) -> [String] {
        try options().compactMap { name, variable, value in
            guard let variable, name != "password" || !value.isEmpty else { return nil }
            return "\(variable)=\(value)"
        }
    }

    private func name() throws(PostgresError) -> String {
        try options().first { $0.name == "dbname" }?.value ?? ""
    }

    private func options() throws(PostgresError) -> [(
        name: String, variable: String?, value: String
    )] {
        var message: UnsafeMutablePointer<CChar>?
        guard let parsed = PQconninfoParse(connectionString, &message) else {
            defer { PQfreemem(message) }
            throw PostgresError(
                .unavailable,
                message.map { String(cString: $0) } ?? "the address of the database is wrong"
            )
        }
        defer { PQconninfoFree(parsed) }
        var found: [(name: String, variable: String?, value: String)] = []
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                found.append(
                    (
                        String(cString: keyword),
                        option.pointee.envvar.map { String(cString: $0) },
                        String(cString: value)
                    )
                )
            }
            option += 1
        }
        return found
    }
}
