import ArgumentParser
import Forum
import ForumMail
import Foundation

struct ImportSubscribers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "subscribers",
        abstract: "Let the members of a mailing list follow a category as they followed the list.",
        discussion: """
            Read are: of Mailman 3, CSV or the JSON of its REST interface (roster/member); of Mailman \
            2, the output of “list_members -f” or “dumpdb config.pck”, or config.pck itself; of \
            Google Groups, the CSV of the members; and any file with an address a line.

            Who got each mail watches the category, who got digests gets one a day, whose delivery \
            was stopped follows it on the web. Addresses without an account become staged users. No \
            mail is sent, and what somebody chose here before stays. Who was moderated or banned is \
            written to the log of the staff.
            """
    )

    /// The largest file that is read, in bytes.
    private static let fileBytesMax = 256 * 1024 * 1024

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "The file.", completion: .file())
    var file: String
    @Option(help: "The slug of the category; parent:child for a subcategory.")
    var category: String
    @Option(help: "each, daily, weekly or web: for members of whom the file does not say it.")
    var delivery = "each"
    @Flag(name: .customLong("dry-run"), help: "Only read, and say what would be done.")
    var isDryRun = false
    @Flag(help: "Print what was done as JSON.")
    var json = false

    func validate() throws {
        guard Delivery(rawValue: delivery) != nil else {
            throw ValidationError("--delivery is each, daily, weekly or web.")
        }
    }

    func run() async throws {
        let list = try await reporting {
            try SubscriberList(read(), delivery: Delivery(rawValue: delivery) ?? .each)
        }
        let report = try await withCommunity(database) { community, _ in
            let category = try await community.category(named: category, "Make it first.")
            return try await bringIn(list, to: category, of: community)
        }
        if json { try CommandOutput.printJSON(report) } else { report.print() }
        if !report.refused.isEmpty { throw ExitCode(1) }
    }

    private func bringIn(
        _ list: SubscriberList,
        to category: CategoryID,
        of community: Community
    ) async throws -> SubscriberReport {
        var report = SubscriberReport(read: list.entries.count)
        let bar = ProgressBar(isShown: isatty(STDERR_FILENO) == 1, noun: "members")
        defer { bar.end() }
        for (number, entry) in list.entries.enumerated() {
            do throws(any Error) {
                let subscriber = try entry.subscriber.get()
                report.count(subscriber)
                if !isDryRun {
                    report.count(
                        try await community.importSubscriber(
                            subscriber,
                            to: category,
                            by: .system
                        )
                    )
                }
            } catch let error as ForumError where error.code != .unavailable {
                report.refuse(entry.number, error)
            }
            bar.show(number + 1, of: list.entries.count, mails: number + 1)
        }
        return report
    }

    private func read() throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure(message: "\(file) cannot be read. Nothing was imported.")
        }
        guard data.count <= Self.fileBytesMax else {
            throw CommandFailure(message: "\(file) is larger than 256 MiB. Import it in parts.")
        }
        return Array(data)
    }
}

/// What an import of subscribers did, or would do.
private struct SubscriberReport: Encodable {
    struct Refusal: Encodable {
        let line: Int
        let reason: String
    }

    let read: Int
    /// How they get their mails, in the words of `--delivery`.
    private(set) var deliveries: [String: Int] = [:]
    private(set) var moderated = 0
    private(set) var banned = 0
    private(set) var subscribed = 0
    private(set) var known = 0
    private(set) var refused: [Refusal] = []

    init(read: Int) { self.read = read }

    mutating func count(_ subscriber: ImportedSubscriber) {
        switch subscriber.standing {
        case .banned:
            banned += 1
            return
        case .moderated: moderated += 1
        case .member: break
        }
        deliveries[subscriber.delivery.rawValue, default: 0] += 1
    }

    mutating func count(_ outcome: SubscriberOutcome) {
        switch outcome {
        case .subscribed: subscribed += 1
        case .known: known += 1
        case .noted: break
        }
    }

    mutating func refuse(_ line: Int, _ error: ForumError) {
        refused.append(Refusal(line: line, reason: error.message))
    }

    func print() {
        let kinds = deliveries.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        Swift.print(
            """
            \(read) members (\(kinds.joined(separator: ", "))): \(subscribed) subscribed, \(known) \
            followed the category already, \(moderated) were moderated, \(banned) banned, \
            \(refused.count) refused.
            """
        )
        for refusal in refused { Swift.print("  line \(refusal.line): \(refusal.reason)") }
    }
}
