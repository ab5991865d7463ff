import ArgumentParser
import Forum
import ForumMail
import MailStores
import Postgres

extension MailCommand {
    /// The places that mail is collected from.
    struct Sources: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The places that mail is collected from, and how it went the last time.",
            discussion: """
                They are set by PARLEY_MAIL_SOURCES. Ends with 1 when one of them fails.
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Flag(help: "Connect to each of them now, too; nothing is taken.")
        var test = false
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let addresses = try MailComposition.addresses(try await database.load())
            let known = try await withCommunity(database) { community, _ in
                try await community.mailSources(addresses.map(\.name))
            }
            var reports: [SourceReport] = []
            for address in addresses {
                let status = known.first { $0.name == address.name }
                var report = SourceReport(address, status)
                if test { await report.connect(to: address) }
                reports.append(report)
            }
            if json {
                try CommandOutput.printJSON(reports)
            } else if reports.isEmpty {
                print("Mail is collected nowhere: PARLEY_MAIL_SOURCES is not set.")
            } else {
                for line in reports.flatMap(\.lines) { print(Terminal.safe(line)) }
            }
            guard reports.allSatisfy(\.isWell) else { throw ExitCode.failure }
        }
    }
}

/// A source for programs.
private struct SourceReport: Encodable {
    let name: String
    let everySeconds: Int
    let triedAt: String?
    let succeededAt: String?
    let error: String?
    let failingSince: String?
    let taken: Int64
    let refused: Int64
    let waiting: Int64
    let left: Int64
    let mailError: String?
    /// What connecting now came to.
    var isReachable: Bool?
    var mailsThere: Int?
    var connectionError: String?

    private enum CodingKeys: String, CodingKey {
        case name
        case everySeconds = "every_seconds"
        case triedAt = "tried_at"
        case succeededAt = "succeeded_at"
        case error
        case failingSince = "failing_since"
        case taken
        case refused
        case waiting
        case left
        case mailError = "mail_error"
        case isReachable = "reachable"
        case mailsThere = "mails_there"
        case connectionError = "connection_error"
    }

    init(_ address: StoreAddress, _ status: MailSourceStatus?) {
        name = address.name
        everySeconds = address.everySeconds
        triedAt = status?.triedAt?.iso8601
        succeededAt = status?.succeededAt?.iso8601
        error = status?.error
        failingSince = status?.failingSince?.iso8601
        taken = status?.taken ?? 0
        refused = status?.refused ?? 0
        waiting = status?.waiting ?? 0
        left = status?.left ?? 0
        mailError = status?.mailError
    }

    var isWell: Bool { error == nil && isReachable != false }

    mutating func connect(to address: StoreAddress) async {
        do {
            mailsThere = try await address.waitingMails()
            isReachable = true
        } catch {
            isReachable = false
            connectionError = error.description
        }
    }

    /// The same for people.
    var lines: [String] {
        var lines = ["\(name)  every \(everySeconds) s"]
        lines.append(
            "  tried \(triedAt ?? "never"), worked \(succeededAt ?? "never"); "
                + "\(taken) taken, \(refused) refused, \(waiting) waiting, \(left) left there"
        )
        if let error { lines.append("  fails since \(failingSince ?? "now"): \(error)") }
        if let mailError { lines.append("  a mail: \(mailError)") }
        if let mailsThere { lines.append("  reached now: \(mailsThere) mails there") }
        if let connectionError { lines.append("  not reached now: \(connectionError)") }
        return lines
    }
}
