import ArgumentParser
import ForumClient
import TerminalUI

/// Says who is logged in.
struct WhoAmI: Verb {
    static let configuration = CommandConfiguration(
        commandName: "whoami",
        abstract: "Print the name of who is logged in; exit with 4 when nobody is."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    private struct Record: Encodable {
        var site: String
        var username: String
        var staff: Bool
    }

    func perform() async throws(Failure) {
        try await site.withSite { (forum, address) async throws(Failure) in
            let info = try await forum.info()
            guard let username = info.username else {
                throw Failure(.auth, "Nobody is logged in to \(address.text).")
            }
            if output.json {
                Talk.print(
                    json: Record(site: address.text, username: username, staff: info.isStaff)
                )
            } else {
                Talk.print(lines: [username])
            }
        }
    }
}

/// Shows people.
struct Users: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look people up.",
        subcommands: [ShowUser.self]
    )
}

/// Prints what is known of somebody.
struct ShowUser: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print somebody's page."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The user name.")
    var username: String

    func perform() async throws(Failure) {
        try await site.withSite { (forum, address) async throws(Failure) in
            let person = try await forum.person(username)
            if output.json {
                Talk.print(json: PersonRecord(person, site: address.text))
            } else {
                Talk.print(lines: PersonOutput.lines(person, now: Loop.now()))
            }
        }
    }
}

/// Somebody as JSON has them.
private struct PersonRecord: Encodable {
    struct Activity: Encodable {
        var title: String
        var excerpt: String
        var createdAt: String
        var url: String

        private enum CodingKeys: String, CodingKey {
            case title
            case excerpt
            case createdAt = "created_at"
            case url
        }
    }

    var id: Int
    var username: String
    var name: String?
    var title: String?
    var trustLevel: Int
    var admin: Bool
    var moderator: Bool
    var postCount: Int
    var topicCount: Int
    var createdAt: String?
    var lastSeenAt: String?
    var activity: [Activity]

    init(_ person: Person, site: String) {
        id = person.id
        username = person.username
        name = person.name
        title = person.title
        trustLevel = person.trustLevel
        admin = person.isAdmin
        moderator = person.isModerator
        postCount = person.postCount
        topicCount = person.topicCount
        createdAt = person.joinedAt.map { Timestamp.text($0) }
        lastSeenAt = person.lastSeenAt.map { Timestamp.text($0) }
        activity = person.activity.map {
            Activity(
                title: $0.title,
                excerpt: $0.excerpt,
                createdAt: Timestamp.text($0.createdAt),
                url: "\(site)/t/\($0.topic)/\($0.postNumber)"
            )
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case username
        case name
        case title
        case trustLevel = "trust_level"
        case admin
        case moderator
        case postCount = "post_count"
        case topicCount = "topic_count"
        case createdAt = "created_at"
        case lastSeenAt = "last_seen_at"
        case activity
    }
}

/// Somebody as lines.
enum PersonOutput {
    static func lines(_ person: Person, now: Int64) -> [String] {
        var lines = [person.username + (person.name.map { ", \($0)" } ?? "")]
        if let title = person.title, !title.isEmpty { lines.append(title) }
        let roles = [(person.isAdmin, "administrator"), (person.isModerator, "moderator")]
        lines += roles.filter(\.0).map(\.1)
        var facts = ["trust level \(person.trustLevel)", "\(person.postCount) posts"]
        if let joined = person.joinedAt {
            facts.append("joined \(Age.long(since: joined, now: now))")
        }
        if let seen = person.lastSeenAt {
            facts.append("seen \(Age.long(since: seen, now: now))")
        }
        lines.append(facts.joined(separator: ", "))
        lines += person.activity.map {
            "\($0.topic)/\($0.postNumber) \($0.title), "
                + "\(Age.long(since: $0.createdAt, now: now)): \($0.excerpt)"
        }
        return lines
    }
}
