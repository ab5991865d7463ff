import ArgumentParser
import Forum
import ForumMail
import Foundation

struct ImportUsers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "users",
        abstract: "Bring in the members of another forum, with their passwords.",
        discussion: """
            The file has one JSON object a line, or is CSV whose first line names the columns: \
            username, email, and as far as there are any name, password_hash, password_salt, \
            password_algorithm (Discourse's columns), created_at, trust_level, admin, moderator, \
            active, approved. Passwords hold: each is checked by its old hash once, and kept as a \
            hash of Parley's own afterwards. Whoever has no hash asks for a new password by mail. \
            Addresses that have an account already are skipped, so an interrupted import can be run \
            again. No mail is sent.

            From a Discourse, psql writes such a file: join its tables users, user_emails (the \
            primary one) and user_passwords (older sites keep hash and salt in users itself), and \
            copy the columns above out as CSV with a header.
            """
    )

    /// The largest file that is read, in bytes.
    private static let fileBytesMax = 512 * 1024 * 1024

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "The file; - reads standard input.", completion: .file())
    var file: String
    @Flag(help: "Print what was done as JSON.")
    var json = false
    @Flag(name: .customLong("dry-run"), help: "Only read the file and say what is wrong with it.")
    var isDryRun = false

    func run() async throws {
        let list = try await reporting { try UserList(read()) }
        var report = UserImportReport(read: list.entries.count)
        if isDryRun {
            for entry in list.entries {
                if case .failure(let error) = entry.user { report.refuse(entry.line, error) }
            }
        } else {
            report = try await bringIn(list, report)
        }
        try report.show(asJSON: json)
        if !report.refused.isEmpty { throw ExitCode(1) }
    }

    private func bringIn(
        _ list: UserList,
        _ empty: UserImportReport
    ) async throws -> UserImportReport {
        try await withCommunity(database) { community, _ in
            var report = empty
            let bar = ProgressBar(isShown: isatty(STDERR_FILENO) == 1, noun: "users")
            defer { bar.end() }
            var progress = ImportProgress(file: file)
            progress.bytesTotal = list.entries.count
            for (number, entry) in list.entries.enumerated() {
                do throws(any Error) {
                    report.count(
                        try await community.importUser(entry.user.get(), by: .system)
                    )
                } catch let error as ForumError where error.code != .unavailable {
                    report.refuse(entry.line, error)
                }
                progress.bytesRead = number + 1
                progress.mails = number + 1
                bar.show(progress)
            }
            return report
        }
    }

    private func read() throws -> String {
        let data: Data?
        if file == "-" {
            data = try FileHandle.standardInput.readToEnd() ?? Data()
        } else {
            data = FileManager.default.contents(atPath: file)
        }
        guard let data else {
            throw CommandFailure(message: "\(file) cannot be read. Nothing was imported.")
        }
        guard data.count <= Self.fileBytesMax else {
            throw CommandFailure(message: "\(file) is larger than 512 MiB. Import it in parts.")
        }
        guard let text = String(bytes: data, encoding: .utf8) else {
            throw CommandFailure(message: "\(file) is not in UTF-8. Nothing was imported.")
        }
        return text
    }
}

/// What an import of users did.
private struct UserImportReport: Encodable {
    struct Refusal: Encodable {
        let line: Int
        let reason: String
    }

    let read: Int
    private(set) var made = 0
    private(set) var claimed = 0
    private(set) var known = 0
    private(set) var refused: [Refusal] = []

    init(read: Int) { self.read = read }

    mutating func count(_ outcome: UserImportOutcome) {
        switch outcome {
        case .made: made += 1
        case .claimed: claimed += 1
        case .known: known += 1
        }
    }

    mutating func refuse(_ line: Int, _ error: ForumError) {
        refused.append(Refusal(line: line, reason: error.message))
    }

    func show(asJSON: Bool) throws {
        if asJSON {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(self), as: UTF8.self))
            return
        }
        print(
            """
            \(read) users: \(made) made, \(claimed) took over what they had written by mail, \
            \(known) were there already, \(refused.count) refused.
            """
        )
        for refusal in refused { print("  line \(refusal.line): \(refusal.reason)") }
    }
}
