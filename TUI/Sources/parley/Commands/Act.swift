import ArgumentParser
import ForumClient
import TerminalUI

/// Which post a command is about.
struct PostOptions: ParsableArguments, Sendable {
    @Argument(
        help: ArgumentHelp(
            "The topic and the number of the post, or a link.",
            valueName: "topic/post"
        )
    )
    var place: TopicArgument

    /// The post itself; without a number the first one of the topic.
    func post(on forum: ForumSite) async throws(Failure) -> Post {
        try await forum.post(topic: place.topic, number: place.post ?? 1)
    }
}

/// Likes a post.
struct Like: Verb {
    static let configuration = CommandConfiguration(abstract: "Like a post, or take it back.")

    @OptionGroup var site: SiteOptions
    @OptionGroup var target: PostOptions

    @Flag(help: "Take the like back.")
    var undo = false

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            let post = try await target.post(on: forum)
            guard post.isLiked == undo else {
                Talk.say(undo ? "You do not like this post." : "You like this post already.")
                return
            }
            _ = try await forum.setLike(post: post.id, on: !undo)
            Talk.say(undo ? "The like is taken back." : "Liked.")
        }
    }
}

/// Marks a post to be found again.
struct BookmarkCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "bookmark",
        abstract: "Bookmark a post or a topic, or remove the bookmark."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var target: PostOptions

    @Option(help: "Remind in this many hours.")
    var remind: Int?

    @Flag(help: "The topic itself instead of one post.")
    var topic = false

    @Flag(help: "Remove the bookmark.")
    var undo = false

    func validate() throws {
        guard (remind ?? 1) > 0 else { throw ValidationError("A reminder is in the future.") }
    }

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            var bookmark = Bookmark(topic: target.place.topic)
            if topic {
                bookmark.id = try await forum.topic(bookmark.topic, near: nil).bookmarkID
            } else {
                let post = try await target.post(on: forum)
                bookmark.post = post.id
                bookmark.id = post.bookmarkID
            }
            if undo {
                guard let id = bookmark.id else {
                    throw Failure(.notFound, "There is no bookmark to remove.")
                }
                let change = BookmarkChange.remove(
                    topic: bookmark.topic,
                    post: bookmark.post,
                    id: id
                )
                _ = try await forum.bookmark(change)
                Talk.say("The bookmark is removed.")
                return
            }
            let reminder = remind.map { Reminder.at(Loop.now() + Int64($0) * 3600) } ?? .never
            _ = try await forum.bookmark(.set(bookmark, reminder))
            Talk.say("Bookmarked.")
        }
    }
}

/// Reports a post to the staff.
struct FlagCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "flag",
        abstract: "Report a post to the staff.",
        discussion: "Reasons: "
            + FlagReason.allCases.map { "\($0.word) (\($0.summary))" }.joined(separator: ", ") + "."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var target: PostOptions

    @Option(help: ArgumentHelp("Why; see below.", valueName: "reason"))
    var reason: FlagReason = .somethingElse

    @Option(help: "What the staff, or the author, should know.")
    var message: String?

    func validate() throws {
        guard !reason.wantsMessage || message?.isEmpty == false else {
            throw ValidationError("Say what is wrong with --message.")
        }
    }

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            let post = try await target.post(on: forum)
            _ = try await forum.flag(post: post.id, reason, message: message)
            Talk.say("Thank you; the staff will look at it.")
        }
    }
}

extension FlagReason: ExpressibleByArgument {
    package init?(argument: String) {
        guard let found = FlagReason.allCases.first(where: { $0.word == argument }) else {
            return nil
        }
        self = found
    }
}

/// Says how closely to follow something.
struct Level: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Say how closely to follow a topic, a category, a tag or a person.",
        discussion:
            "--delivery says how the posts of a category or tag come, where the site lets you "
            + "choose: "
            + Delivery.allCases.map { "\($0.rawValue) (\($0.name))" }.joined(separator: ", ") + "."
    )

    @OptionGroup var site: SiteOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "muted, regular, tracking, watching, watching-first-post or ignored.")
    var level: TrackingLevel

    @Argument(
        help: "The number of a topic or a link to it, @person, #tag, or the slug of a category."
    )
    var what: String

    @Option(help: ArgumentHelp("How its posts come by mail; see below.", valueName: "how"))
    var delivery: Delivery?

    private struct Record: Encodable {
        var what: String
        var level: String
        var delivery: String?
    }

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            let followed = try await target(on: forum)
            if let delivery { try await check(delivery, followed, on: forum) }
            try await forum.setLevel(followed, level, delivery: delivery)
            guard !output.json else {
                let word = TrackingLevel.words.first { $0.level == level }?.word ?? level.name
                Talk.print(json: Record(what: what, level: word, delivery: delivery?.rawValue))
                return
            }
            Talk.say(followed.words(level, delivery))
        }
    }

    private func target(on forum: ForumSite) async throws(Failure) -> Followed {
        if let place = TopicArgument(argument: what) { return .topic(place.topic) }
        if what.hasPrefix("@") { return .person(String(what.dropFirst())) }
        if what.hasPrefix("#") { return .tag(String(what.dropFirst())) }
        let category = try await forum.info().named(what)
        return .category(id: category.id, name: category.name)
    }

    private func check(
        _ delivery: Delivery,
        _ followed: Followed,
        on forum: ForumSite
    ) async throws(Failure) {
        guard followed.isPlace else {
            throw Failure(.refused, "--delivery is of categories and tags.")
        }
        guard try await forum.info().deliveries?.contains(delivery) == true else {
            throw Failure(.refused, "This site does not let you choose how posts come by mail.")
        }
    }
}

extension Delivery: ExpressibleByArgument {}

extension TrackingLevel: ExpressibleByArgument {
    package init?(argument: String) {
        guard let known = Self.words.first(where: { $0.word == argument }) else { return nil }
        self = known.level
    }

    static let words: [(word: String, level: TrackingLevel)] = [
        ("muted", .muted), ("regular", .regular), ("tracking", .tracking), ("watching", .watching),
        ("watching-first-post", .watchingFirstPost), ("ignored", .ignored),
    ]
}

/// Mutes a topic.
struct Mute: Verb {
    static let configuration = CommandConfiguration(abstract: "Mute a topic, or end that.")

    @OptionGroup var site: SiteOptions

    @Argument(help: ArgumentHelp("The number of the topic, or a link to it.", valueName: "topic"))
    var place: TopicArgument

    @Flag(help: "Follow the topic as usual again.")
    var undo = false

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            try await forum.setLevel(.topic(place.topic), undo ? .regular : .muted)
            Talk.say(undo ? "The topic is regular again." : "The topic is muted.")
        }
    }
}

/// Marks topics as read.
struct MarkRead: Verb {
    static let configuration = CommandConfiguration(
        commandName: "mark-read",
        abstract: "Mark topics as read."
    )

    @OptionGroup var site: SiteOptions

    @Argument(help: ArgumentHelp("Numbers of topics, or links to them.", valueName: "topic"))
    var places: [TopicArgument]

    func perform() async throws(Failure) {
        try await site.withSite { (forum, _) async throws(Failure) in
            try await forum.dismiss(topics: places.map(\.topic))
            Talk.say(places.count == 1 ? "The topic is read." : "\(places.count) topics are read.")
        }
    }
}
