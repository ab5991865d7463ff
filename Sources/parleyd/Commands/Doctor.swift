import ArgumentParser
import Forum
import Foundation
import Logging

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look whether everything is as it should be, and say what to do where it is not.",
        discussion: """
            Changes nothing. Ends with 0 when nothing failed (warnings do not count), otherwise \
            with 1.
            """
    )

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "One JSON object instead of lines.")
    var json = false

    @Flag(help: "Show the SQL that sets up the roles on a PostgreSQL elsewhere, and do nothing.")
    var sql = false

    /// The whole report, as `--json` writes it.
    private struct Report: Encodable {
        let ok: Bool
        let checks: [Finding]
    }

    func run() async throws {
        let configuration = try await database.load()
        if sql {
            print(DatabaseRole.setUp(database: Self.databaseName(configuration.databaseURL)))
            return
        }
        let findings = await Self.findings(configuration)
        let isWell = !findings.contains { $0.status == .failed }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let report = try encoder.encode(Report(ok: isWell, checks: findings))
            print(String(decoding: report, as: UTF8.self))
        } else {
            for finding in findings { print(finding.text) }
            print(isWell ? "Nothing failed." : "Something failed: see the lines with FAILED.")
        }
        if !isWell { throw ExitCode(1) }
    }

    private static func findings(_ configuration: ProcessConfiguration) async -> [Finding] {
        // What goes wrong is told in the findings.
        var logger = Logger(label: "parleyd") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        var findings = ConfigurationChecks(
            configuration: configuration,
            environment: ProcessInfo.processInfo.environment
        ).run()
        findings += MachineChecks(configuration: configuration).run()
        findings += await DatabaseChecks(configuration: configuration, logger: logger).run()
        findings += await MailChecks(
            configuration: configuration,
            helloName: URL(string: configuration.baseURL)?.host() ?? "localhost"
        ).run()
        return findings
    }

    private static func databaseName(_ url: String?) -> String {
        guard let url, let name = URL(string: url)?.path().dropFirst(), !name.isEmpty,
            name.utf8.allSatisfy({ $0 != 0x27 && $0 != 0x5C && $0 > 0x20 && $0 < 0x7F })
        else { return DatabaseRole.owner.rawValue }
        return String(name)
    }
}
