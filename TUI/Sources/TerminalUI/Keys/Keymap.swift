/// Where keys are pressed: each context has its own keys.
package enum KeyContext: Sendable, Hashable, CaseIterable {
    case topicList
    case categories
    case notifications
    case topic
    case composer
    case preview
    case leaving
    case login
    case help
    case prompt

    /// The heading of the context in the help.
    package var title: String {
        switch self {
        case .topicList: "Lists of topics"
        case .categories: "Categories"
        case .notifications: "Notifications"
        case .topic: "Reading a topic"
        case .composer: "Writing"
        case .preview: "Preview"
        case .leaving: "Leaving the composer"
        case .login: "Logging in"
        case .help: "Help"
        case .prompt: "Prompts"
        }
    }
}

/// One way to an action.
package struct Binding: Sendable, Hashable {
    /// The keys that are pressed one after the other.
    package var keys: [Key]
    package var action: Action
    /// What it does, in a few words.
    package var label: String
    /// Shown in the bar of keys, in this order; nil keeps it to the help.
    package var bar: String?

    init(_ keys: [Key], _ action: Action, _ label: String, bar: String? = nil) {
        self.keys = keys
        self.action = action
        self.label = label
        self.bar = bar
    }

    package var keyNames: String {
        keys.map(\.name).joined(separator: " ")
    }
}

/// What a sequence of keys means.
package enum KeyMeaning: Sendable, Hashable {
    case action(Action)
    /// The beginning of a longer sequence.
    case prefix
    case nothing
}

/// The keys of every context. The bar of keys, the help and the dispatch read the same table.
package struct Keymap: Sendable {
    private var bindings: [KeyContext: [Binding]]

    package static let standard = Keymap(bindings: [
        .topicList: listKeys + moving + going + general,
        .categories: [
            Binding([.enter], .open, "open the category", bar: "open"),
            Binding([.character("o")], .open, "open the category"),
            Binding([.right], .open, "open the category"),
        ] + moving + going + general,
        .notifications: notificationKeys + moving + going + general,
        .topic: topicKeys + moving + going + general,
        .composer: composerKeys,
        .preview: [
            Binding([.control("p")], .preview, "back to writing", bar: "edit"),
            Binding([.escape], .preview, "back to writing"),
            Binding([.character("q")], .preview, "back to writing"),
            Binding([.control("x")], .send, "send", bar: "send"),
        ] + paging,
        .leaving: [
            Binding([.enter], .keepDraft, "keep the draft and leave", bar: "keep draft"),
            Binding([.character("d")], .discardDraft, "discard the draft", bar: "discard"),
            Binding([.escape], .goOn, "go on writing", bar: "go on writing"),
        ],
        .login: [
            Binding([.enter], .submit, "next field, then log in", bar: "log in"),
            Binding([.tab], .nextField, "next field", bar: "next field"),
            Binding([.backTab], .previousField, "previous field"),
            Binding([.down], .nextField, "next field"),
            Binding([.up], .previousField, "previous field"),
            Binding([.escape], .cancel, "cancel", bar: "cancel"),
        ],
        .help: [
            Binding([.escape], .back, "close the help", bar: "close"),
            Binding([.character("q")], .back, "close the help"),
            Binding([.character("?")], .back, "close the help"),
        ] + paging,
        .prompt: [
            Binding([.enter], .submit, "do it", bar: "do it"),
            Binding([.tab], .complete, "complete the name of a command", bar: "complete"),
            Binding([.escape], .cancel, "cancel", bar: "cancel"),
        ],
    ])

    private static let paging: [Binding] = [
        Binding([.character(" ")], .pageForward, "page on", bar: "page"),
        Binding([.pageDown], .pageForward, "page on"),
        Binding([.character("b")], .pageBack, "page back"),
        Binding([.pageUp], .pageBack, "page back"),
        Binding([.character("j")], .next, "down"),
        Binding([.down], .next, "down"),
        Binding([.character("k")], .previous, "up"),
        Binding([.up], .previous, "up"),
        Binding([.home], .first, "to the start"),
        Binding([.end], .last, "to the end"),
    ]

    private static let moving: [Binding] = [
        Binding([.character("j")], .next, "next"),
        Binding([.down], .next, "next"),
        Binding([.character("k")], .previous, "previous"),
        Binding([.up], .previous, "previous"),
        Binding([.pageDown], .pageForward, "page on"),
        Binding([.character("b")], .pageBack, "page back"),
        Binding([.pageUp], .pageBack, "page back"),
        Binding([.control("d")], .halfPageForward, "half a page on"),
        Binding([.control("u")], .halfPageBack, "half a page back"),
        Binding([.character("g"), .character("g")], .first, "to the start"),
        Binding([.home], .first, "to the start"),
        Binding([.character("G")], .last, "to the end"),
        Binding([.end], .last, "to the end"),
        Binding([.tab], .nextUnread, "next topic with unread posts"),
    ]

    private static let going: [Binding] = [
        Binding([.character("g"), .character("h")], .latest, "home: the latest topics"),
        Binding([.character("g"), .character("l")], .latest, "the latest topics"),
        Binding([.character("g"), .character("n")], .newTopics, "new topics"),
        Binding([.character("g"), .character("u")], .unread, "unread topics"),
        Binding([.character("g"), .character("t")], .top, "top topics"),
        Binding([.character("g"), .character("o")], .hot, "hot topics"),
        Binding([.character("g"), .character("c")], .categories, "the categories"),
        Binding([.character("g"), .character("m")], .messages, "your messages"),
        Binding([.character("g"), .character("i")], .notifications, "your notifications"),
    ]

    private static let general: [Binding] = [
        Binding([.character(".")], .refresh, "load what is new"),
        Binding([.character(":")], .command, "a command by its name"),
        Binding([.character("?")], .help, "all keys", bar: "keys"),
        Binding([.character("u")], .back, "back"),
        Binding([.escape], .back, "back"),
        Binding([.left], .back, "back"),
        Binding([.character("q")], .back, "back; quit from the first screen", bar: "back"),
        Binding([.control("l")], .redraw, "draw the screen again"),
        Binding([.control("z")], .suspend, "to the shell; `fg` returns"),
        Binding([.control("c")], .quit, "quit"),
    ]

    private static let listKeys: [Binding] = [
        Binding([.character(" ")], .nextUnread, "next topic with unread posts", bar: "next unread"),
        Binding([.enter], .open, "open the topic", bar: "open"),
        Binding([.character("o")], .open, "open the topic"),
        Binding([.right], .open, "open the topic"),
        Binding([.character("c")], .create, "write a new topic", bar: "new topic"),
        Binding([.character("/")], .search, "search the site", bar: "search"),
        Binding([.character("g")], .latest, "go to another list", bar: "go\u{2026}"),
        Binding([.character("x"), .character("r")], .markRead, "mark the topic as read"),
    ]

    private static let notificationKeys: [Binding] = [
        Binding([.enter], .open, "open what it is about", bar: "open"),
        Binding([.character("o")], .open, "open what it is about"),
        Binding([.right], .open, "open what it is about"),
        Binding(
            [.character("x"), .character("r")],
            .markRead,
            "mark all as read",
            bar: "mark all read"
        ),
    ]

    private static let topicKeys: [Binding] = [
        Binding(
            [.character(" ")],
            .pageForward,
            "page on; at the end, the next topic with unread posts",
            bar: "on"
        ),
        Binding([.character("r")], .replyToPost, "reply to this post", bar: "reply"),
        Binding([.character("R")], .replyToTopic, "reply to the topic", bar: "topic reply"),
        Binding([.character("Q")], .quote, "reply with a quote of this post", bar: "quote"),
        Binding([.character("l")], .like, "like this post, or take it back", bar: "like"),
        Binding([.character("e")], .edit, "edit this post"),
        Binding([.character("d")], .delete, "delete this post; asks first"),
        Binding([.character("z")], .undo, "bring back the post that was just deleted"),
        Binding([.character("L")], .firstUnread, "to the first unread post"),
        Binding([.character("#")], .goToPost, "to the post with a number", bar: "go to"),
        Binding([.character("1")], .openLink, "open a link by its number (1\u{2013}9)"),
        Binding([.character("p")], .openParent, "to the post this one replies to"),
        Binding([.character("m"), .character("m")], .mute, "mute the topic"),
        Binding([.character("m"), .character("r")], .normal, "regular: notify when mentioned"),
        Binding([.character("m"), .character("t")], .track, "track the topic"),
        Binding([.character("m"), .character("w")], .watch, "watch the topic"),
        Binding([.character("/")], .search, "find in the posts loaded so far"),
        Binding([.character("n")], .findNext, "next place found"),
        Binding([.character("N")], .findPrevious, "previous place found"),
        Binding([.character("c")], .create, "write a new topic"),
    ]

    private static let composerKeys: [Binding] = [
        Binding([.control("x")], .send, "send", bar: "send"),
        Binding([.control("p")], .preview, "preview", bar: "preview"),
        Binding([.tab], .nextField, "next field", bar: "next field"),
        Binding([.control("e")], .externalEditor, "write in $EDITOR", bar: "editor"),
        Binding([.backTab], .previousField, "previous field"),
        Binding([.control("g")], .undo, "undo"),
        Binding([.escape], .leave, "leave; the draft can be kept", bar: "leave"),
        Binding([.control("c")], .leave, "leave; the draft can be kept"),
        Binding([.control("l")], .redraw, "draw the screen again"),
        Binding([.control("z")], .suspend, "to the shell; `fg` returns"),
    ]

    /// The keys of a context, in the order of the help.
    package func bindings(for context: KeyContext) -> [Binding] {
        bindings[context] ?? []
    }

    /// What `keys` mean in a context.
    package func meaning(of keys: [Key], in context: KeyContext) -> KeyMeaning {
        let known = bindings(for: context)
        if known.contains(where: { $0.keys.count > keys.count && $0.keys.starts(with: keys) }) {
            return .prefix
        }
        guard let binding = known.first(where: { $0.keys == keys }) else { return .nothing }
        return .action(binding.action)
    }
}
