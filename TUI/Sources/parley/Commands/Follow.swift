import ArgumentParser
import ForumClient
import Foundation
import TerminalUI

/// Prints what happens in a topic while it happens.
struct Watch: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Print the posts of a topic as they come, one JSON object a line.",
        discussion: "Without TOPIC: the topics of the site in which somebody writes."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The number of the topic, or a link to it.", valueName: "topic"))
    var place: TopicArgument?

    @Option(help: "End after this many.")
    var limit: Int?

    private struct Bump: Encodable {
        var topicID: Int
        var highestPostNumber: Int

        private enum CodingKeys: String, CodingKey {
            case topicID = "topic_id"
            case highestPostNumber = "highest_post_number"
        }
    }

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            var left = limit ?? Int.max
            for await happening in forum.happenings(topic: place?.topic) {
                switch happening {
                case .postsCreated(let topic, let ids):
                    for post in try await forum.posts(topic: topic, ids: ids) {
                        print(post)
                        left -= 1
                    }
                case .topicBumped(let id, let highest) where place == nil:
                    Talk.print(jsonLine: Bump(topicID: id, highestPostNumber: highest))
                    left -= 1
                default:
                    break
                }
                if left <= 0 { return }
            }
        }
    }

    private func print(_ post: Post) {
        guard output.plain else {
            Talk.print(jsonLine: PostRecord(post, width: TerminalUI.Limits.measure))
            return
        }
        let text = post.render(width: Talk.columns).text
        Talk.print(lines: ["Post \(post.number), by \(post.username)", text, ""])
    }
}

/// Prints a whole topic as Markdown.
struct Export: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Print a whole topic: Markdown, or JSON with --json."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The number of the topic, or a link to it.", valueName: "topic"))
    var place: TopicArgument

    private struct Record: Encodable {
        var id: Int
        var title: String
        var url: String
        var posts: [Exported]
    }

    private struct Exported: Encodable {
        var number: Int
        var username: String
        var createdAt: String
        var raw: String

        private enum CodingKeys: String, CodingKey {
            case number = "post_number"
            case username
            case createdAt = "created_at"
            case raw
        }
    }

    func perform() async throws(Failure) {
        try await site.withSite { (forum, address) async throws(Failure) in
            let topic = try await forum.topic(place.topic, near: nil)
            let posts = try await forum.rawPosts(topic: topic.id, ids: topic.stream)
            let url = "\(address.text)/t/\(topic.id)"
            guard !output.json else {
                Talk.print(
                    json: Record(
                        id: topic.id,
                        title: topic.title,
                        url: url,
                        posts: posts.map { post, raw in
                            Exported(
                                number: post.number,
                                username: post.username,
                                createdAt: Timestamp.text(post.createdAt),
                                raw: raw
                            )
                        }
                    )
                )
                return
            }
            var lines = ["# \(topic.title)", "", url, ""]
            for (post, raw) in posts {
                lines.append(
                    "## \(post.username), \(Timestamp.text(post.createdAt)), #\(post.number)"
                )
                lines +=
                    [""]
                    + raw.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                lines.append("")
            }
            Talk.print(lines: lines)
        }
    }
}

/// Shows how the program is set up.
struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the settings, where they come from, and the keys.",
        subcommands: [ShowConfig.self, ShowKeys.self],
        defaultSubcommand: ShowConfig.self
    )
}

struct ShowConfig: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print the file of settings, the settings there are, and what is wrong with it."
    )

    func perform() async throws(Failure) {
        let current = Configuration.current
        var lines = [Configuration.file.path, ""]
        for setting in Configuration.definitions {
            let written = current.written[setting.name]
            let origin = written == nil ? "by default" : "from the file"
            lines.append("\(setting.name) = \(written ?? setting.standard)  (\(origin))")
            lines.append("    \(setting.description)")
        }
        Talk.print(lines: lines)
        let problems = current.problems + current.keymap().problems
        for problem in problems {
            Talk.say(problem)
        }
        guard problems.isEmpty else {
            throw Failure(.refused, "The file of settings has mistakes.")
        }
    }
}

struct ShowKeys: Verb {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Print every key with its context, name and meaning."
    )

    @OptionGroup var output: OutputOptions

    private struct Record: Encodable {
        var context: String
        var name: String
        var keys: [String]
        var description: String
    }

    func perform() async throws(Failure) {
        let table = Configuration.current.keymap().keymap.table
        guard !output.json else {
            Talk.print(
                json: table.map {
                    Record(
                        context: $0.context.rawValue,
                        name: $0.name,
                        keys: $0.keys,
                        description: $0.description
                    )
                }
            )
            return
        }
        Talk.print(
            lines: table.map { entry in
                let keys = entry.keys.joined(separator: ", ")
                return "\(entry.context.rawValue)\t\(entry.name)\t\(keys)\t\(entry.description)"
            }
        )
    }
}
