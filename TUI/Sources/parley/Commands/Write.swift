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
    func print(_ output: OutputOptions, site: String) {
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

extension ForumSite {
    /// Sends a draft; one that was typed in an editor, for want of an `argument`, is kept when that fails.
    fileprivate func submit(
        _ draft: Draft,
        _ key: DraftKey,
        _ argument: String?,
        at address: SiteAddress
    ) async throws(Failure) -> Receipt {
        argument == nil
            ? try await submit(typed: draft, key, at: address)
            : try await submit(try draft.submission(key))
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
        try await site.withSite { (forum, address) async throws(Failure) in
            let id = try await categoryID(on: forum)
            let raw = try BodySource.read(text)
            let draft = Draft(title: title, categoryID: id, tags: tags ?? "", body: raw)
            let receipt = try await forum.submit(draft, .newTopic, text, at: address)
            receipt.print(output, site: address.text)
        }
    }

    private func categoryID(on forum: ForumSite) async throws(Failure) -> Int? {
        guard let category else { return nil }
        return try await forum.info().named(category).id
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
            let draft = Draft(body: raw, replyToNumber: place.post)
            let key = DraftKey.reply(topic: place.topic)
            let receipt = try await forum.submit(draft, key, text, at: address)
            receipt.print(output, site: address.text)
        }
    }
}

/// Changes a post.
struct EditPost: Verb {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Change the text of a post.",
        discussion: "Without TEXT your editor opens with the present text."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var target: PostOptions

    @Argument(help: "The new text, in Markdown.")
    var text: String?

    func perform() async throws(Failure) {
        try await site.withSite { (forum, address) async throws(Failure) in
            let post = try await target.post(on: forum)
            let present = text == nil ? try await forum.raw(post: post.id) : ""
            let raw = try BodySource.read(text, present: present)
            let draft = Draft(body: raw)
            let receipt = try await forum.submit(draft, .edit(post: post.id), text, at: address)
            receipt.print(output, site: address.text)
        }
    }
}

/// Deletes a post.
struct DeletePost: Verb {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a post, or bring it back with --undo."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var target: PostOptions

    @Flag(help: "Bring the post back.")
    var undo = false

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            let post = try await target.post(on: forum)
            if undo {
                try await forum.recover(post: post.id)
            } else {
                try await forum.delete(post: post.id)
            }
            Talk.say(undo ? "The post is back." : "The post is deleted.")
        }
    }
}

/// Writes a message to people.
struct SendMessage: Verb {
    static let configuration = CommandConfiguration(
        commandName: "message",
        abstract: "Write a message to people.",
        discussion: "Without TEXT your editor opens; - reads the text from standard input."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The title.")
    var title: String

    @Option(help: ArgumentHelp("User names and groups, by commas.", valueName: "names"))
    var to: String

    @Argument(help: "The text, in Markdown.")
    var text: String?

    func perform() async throws(Failure) {
        let raw = try BodySource.read(text)
        try await site.withSite { (forum, address) async throws(Failure) in
            let draft = Draft(title: title, body: raw, recipients: to)
            let receipt = try await forum.submit(draft, .message, text, at: address)
            receipt.print(output, site: address.text)
        }
    }
}

/// Everything that writes, under one name.
struct PostCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "post",
        abstract: "Write, change and delete posts.",
        subcommands: [
            NewTopic.self, Reply.self, EditPost.self, DeletePost.self, SendMessage.self,
        ]
    )
}

/// Sends a file.
struct UploadCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "upload",
        abstract: "Send a file and print the Markdown that shows it."
    )

    @OptionGroup var site: SiteOptions

    @Argument(help: "The path of the file.")
    var path: String

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            Talk.print(lines: [try await forum.upload(path: path) { _ in }])
        }
    }
}
