import ArgumentParser
import ForumClient
import TerminalUI

/// Lists what the member should know.
struct Notifications: Verb {
    static let configuration = CommandConfiguration(abstract: "List your notifications.")

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Only those that were not read.")
    var unread = false

    /// A notification as JSON has it.
    private struct Record: Encodable {
        var id: Int
        var type: String
        var read: Bool
        var createdAt: String
        var username: String?
        var title: String?
        var url: String?

        private enum CodingKeys: String, CodingKey {
            case id
            case type
            case read
            case createdAt = "created_at"
            case username
            case title
            case url
        }
    }

    func perform() async throws(Failure) {
        try await site.withSite { (forum, address) async throws(Failure) in
            let rows = try await forum.notifications().filter { !unread || !$0.isRead }
            let now = Loop.now()
            guard !output.json else {
                let records = rows.map { row in
                    Record(
                        id: row.id,
                        type: row.type,
                        read: row.isRead,
                        createdAt: Timestamp.text(row.createdAt),
                        username: row.username,
                        title: row.title,
                        url: row.topic.map { "\(address.text)/t/\($0)/\(row.postNumber ?? 1)" }
                    )
                }
                Talk.print(json: records)
                return
            }
            Talk.print(lines: rows.map { Notifications.line($0, now: now) })
        }
    }

    static func line(_ row: NotificationRow, now: Int64) -> String {
        let mark = row.isRead ? "" : "unread: "
        let type = row.type.split(separator: "_").joined(separator: " ")
        let who = row.username.map { " by \($0)" } ?? ""
        let what = row.title.map { " in \($0)" } ?? ""
        let place = row.topic.map { " (\($0)/\(row.postNumber ?? 1))" } ?? ""
        return "\(mark)\(type)\(who)\(what)\(place), \(Age.long(since: row.createdAt, now: now))"
    }
}
