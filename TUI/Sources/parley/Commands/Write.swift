import ArgumentParser
import ForumClient
import TerminalUI

/// What is printed after something was sent.
private struct ReceiptRecord: Encodable {
    var topicID: Int
    var postNumber: Int
    var pending: Bool
    var url: String

    private enum CodingKeys: String, CodingKey {
        case topicID = "topic_id"
        case postNumber = "post_number"
        case pending
        case url
    }
}

extension Receipt {
    /// Prints the address of the new post.
    fileprivate func print(_ output: OutputOptions, site: String) {
        let url = "\(site)/t/\(topic)/\(postNumber)"
        if output.json {
            let record = ReceiptRecord(
                topicID: topic,
                postNumber: postNumber,
                pending: isPending,
                url: url
            )
            Talk.print(json: record)
        } else if isPending {
            Talk.say("Your post waits for approval by the staff.")
        } else {
            Talk.print(lines: [url])
        }
    }
}

/// Begins a topic.
struct NewTopic: Verb {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Begin a topic.",
        discussion: "Without TEXT your editor opens; - reads the text from standard input."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The title.")
    var title: String

    @Option(help: ArgumentHelp("The category.", valueName: "slug"))
    var category: String?

    @Option(help: ArgumentHelp("Tags, separated by commas.", valueName: "tags"))
    var tags: String?

    @Argument(help: "The text, in Markdown.")
    var text: String?

    func perform() async throws(Failure) {
        let raw = try BodySource.read(text)
        try await site.withSite { (forum, address) async throws(Failure) in
            var id: Int?
            if let category {
                guard
                    let found = try await forum.info().categories.first(where: {
                        $0.slug == category
                    })
                else {
                    throw Failure(.notFound, "There is no category with the slug “\(category)”.")
                }
                id = found.id
            }
            let names = (tags ?? "").split { $0 == "," || $0 == " " }.map(String.init)
            let receipt = try await forum.submit(
                Submission(
                    key: .newTopic,
                    target: .newTopic(title: title, categoryID: id, tags: names),
                    raw: raw
                )
            )
            receipt.print(output, site: address.text)
        }
    }
}

/// Answers a topic or a post.
struct Reply: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Reply to a topic or to a post of it.",
        discussion: "Without TEXT your editor opens; - reads the text from standard input."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    @Argument(
        help: ArgumentHelp("The number of the topic, or a link to it.", valueName: "topic[/post]")
    )
    var place: TopicArgument

    @Argument(help: "The text, in Markdown.")
    var text: String?

    func perform() async throws(Failure) {
        let raw = try BodySource.read(text)
        try await site.withSite { (forum, address) async throws(Failure) in
            let receipt = try await forum.submit(
                Submission(
                    key: .reply(topic: place.topic),
                    target: .reply(topic: place.topic, toPost: place.post),
                    raw: raw
                )
            )
            receipt.print(output, site: address.text)
        }
    }
}
