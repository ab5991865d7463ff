import Forum
import Foundation
import Logging
import Migrations
import Postgres

/// Looks at the database and changes nothing.
struct DatabaseChecks {
    let configuration: ProcessConfiguration
    let logger: Logger

    /// Seconds that two clocks may differ by.
    private static let clockSeconds = 5.0

    func run() async -> [Finding] {
        let addresses: DatabaseAddresses
        do {
            guard let found = try reach() else {
                return [
                    .skipped(
                        "database",
                        "the server does not run, and so its private database does not either"
                    )
                ]
            }
            addresses = found
        } catch {
            return [unreachable(error)]
        }
        var findings: [Finding] = []
        let names =
            addresses.hasRoles
            ? [("database", addresses.application), ("database as its owner", addresses.owner)]
            : [("database", addresses.application)]
        for (name, address) in names {
            findings += await look(at: address, name) { pool, session in
                guard name == names.last?.0 else { return [] }
                let schema = try await migrations(pool)
                guard schema.allSatisfy({ $0.status == .ok }) else { return schema }
                return try await schema + secrets(pool) + roles(pool, addresses, session)
            }
        }
        return findings
    }

    private func reach() throws(PostgresError) -> DatabaseAddresses? {
        guard let url = configuration.databaseURL else {
            let directory = configuration.dataDirectory
            guard
                let owner = try EmbeddedCluster.connectionString(
                    ifRunningIn: directory,
                    role: DatabaseRole.owner.rawValue
                ),
                let application = try EmbeddedCluster.connectionString(
                    ifRunningIn: directory,
                    role: DatabaseRole.application.rawValue
                )
            else { return nil }
            return DatabaseAddresses(application: application, owner: owner, backup: owner)
        }
        let owner = configuration.databaseOwnerURL ?? url
        return DatabaseAddresses(application: url, owner: owner, backup: owner)
    }

    private func look(
        at address: String,
        _ name: String,
        _ more: (Pool, DatabaseSession) async throws -> [Finding]
    ) async -> [Finding] {
        let pool = Pool(
            configuration: PoolConfiguration(connectionString: address, size: 1),
            logger: logger
        )
        var findings: [Finding]
        do {
            try await pool.start()
            let session = try await DatabaseRole.session(of: pool)
            findings = [
                .ok(name, "\(session.database), as \(session.role)"), version(session),
                clock(session),
            ]
            findings += try await more(pool, session)
        } catch {
            findings = [unreachable(error, name)]
        }
        await pool.close()
        return findings
    }

    private func unreachable(_ error: any Error, _ name: String = "database") -> Finding {
        .failed(
            name,
            "\(error)",
            advice: configuration.databaseURL == nil
                ? "Look into \(configuration.dataDirectory)/postgres/log."
                : "Does the server run, is PARLEY_DATABASE_URL right, and does pg_hba.conf let this "
                    + "role in?"
        )
    }

    private func version(_ session: DatabaseSession) -> Finding {
        let major = session.serverVersion / 10_000
        guard major >= PostgresBinaries.oldestVersion else {
            return .failed(
                "PostgreSQL",
                "version \(major)",
                advice: "Version \(PostgresBinaries.oldestVersion) is the oldest that will do."
            )
        }
        return .ok("PostgreSQL", "version \(major)")
    }

    private func clock(_ session: DatabaseSession) -> Finding {
        let seconds =
            abs(Double(Timestamp.now().microseconds - session.time.microseconds)) / 1_000_000
        guard seconds <= Self.clockSeconds else {
            return .failed(
                "clock",
                "this machine and the database differ by \(Int(seconds)) seconds",
                advice: "Let both take their time from a server: apt-get install chrony"
            )
        }
        return .ok("clock", "the same here and at the database")
    }

    private func migrations(_ pool: Pool) async throws -> [Finding] {
        do {
            let missing = try await Migrator(
                migrations: Migrations.all.map {
                    Migration(number: $0.number, name: $0.name, sql: $0.sql)
                }
            ).status(pool).filter { $0.appliedAt == nil }
            guard !missing.isEmpty else { return [.ok("schema", "up to date")] }
            return [
                .warning(
                    "schema",
                    "\(missing.count) changes are missing, from \(missing[0].migration.title) on",
                    advice: "parleyd migrate"
                )
            ]
        } catch let error as MigrationError {
            return [
                .failed(
                    "schema",
                    error.description,
                    advice: "Use the program that this database belongs to, or restore a backup."
                )
            ]
        }
    }

    private func secrets(_ pool: Pool) async throws -> [Finding] {
        let missing = try await SiteSecrets.missing(in: pool)
        guard missing.isEmpty else {
            return [
                .warning(
                    "secrets",
                    "\(missing.joined(separator: ", ")) are missing in the database",
                    advice:
                        "parleyd serve makes them. If the forum was in use, restore a backup: links "
                        + "and reply addresses in mails already sent work only with the old ones."
                )
            ]
        }
        let path = "\(configuration.dataDirectory)/\(ServerKey.fileName)"
        guard access(path, R_OK) == 0 else { return [.ok("secrets", "all are in the database")] }
        let unreadable = try await ServerKey(at: path).unreadableWebHooks(in: pool)
        guard unreadable.isEmpty else {
            let numbers = unreadable.map(\.description).joined(separator: ", ")
            return [
                .failed(
                    "secrets",
                    "those of the webhooks \(numbers) were sealed by another \(ServerKey.fileName)",
                    advice:
                        "Put back the \(ServerKey.fileName) of the machine they were set on, or set "
                        + "them anew."
                )
            ]
        }
        return [.ok("secrets", "all are there and can be read")]
    }

    private func roles(
        _ pool: Pool,
        _ addresses: DatabaseAddresses,
        _ session: DatabaseSession
    ) async throws -> [Finding] {
        let existing = try await DatabaseRole.existing(on: pool)
        guard addresses.hasRoles, existing.contains(.application) else {
            let power = session.isSuperuser ? "a superuser" : "the owner"
            return [
                .warning(
                    "roles",
                    "one role does everything: a fault of the program could change the logs and the "
                        + "schema, as \(power) may",
                    advice: "parleyd doctor --sql shows how to have a role for each task."
                )
            ]
        }
        var findings: [Finding] = []
        for role in DatabaseRole.companions {
            guard existing.contains(role) else {
                findings.append(
                    .warning(
                        "role \(role.rawValue)",
                        "there is none",
                        advice: "parleyd doctor --sql shows how to make it."
                    )
                )
                continue
            }
            let problems = try await role.wrongRights(on: pool)
            findings.append(
                problems.isEmpty
                    ? .ok("role \(role.rawValue)", "may do what it needs, and no more")
                    : .failed(
                        "role \(role.rawValue)",
                        problems.prefix(5).joined(separator: "; ")
                            + (problems.count > 5 ? " … (\(problems.count) in all)" : ""),
                        advice: "parleyd migrate gives each role its rights again."
                    )
            )
        }
        return findings
    }
}
