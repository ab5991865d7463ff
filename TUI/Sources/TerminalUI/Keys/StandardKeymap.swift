extension Keymap {
    /// Discourse's own shortcuts, with the keys of vim, less and the arrows.
    package static let standard = Keymap([
        .topicList: listKeys + counting + moving + listPaging + going + general,
        .categories: [
            Binding([.enter], .open, "open the category", bar: "open"),
            Binding("o", .open, "open the category"),
            Binding([.right], .open, "open the category"),
            Binding("/", .search, "search the site"),
        ] + levels("category") + counting + moving + listPaging + going + general,
        .notifications: notificationKeys + counting + moving + listPaging + going + general,
        .topic: topicKeys + countingPosts + levels("topic") + moving + topicPaging + going
            + general,
        .person: personKeys + levels("person").filter { $0.action != .track && $0.action != .watch }
            + counting + moving + listPaging + going + general,
        .chooser: [
            Binding([.enter], .open, "choose; 1\u{2013}9 choose by number", bar: "choose"),
            Binding("o", .open, "choose; 1\u{2013}9 choose by number"),
            Binding([.right], .open, "choose; 1\u{2013}9 choose by number"),
        ] + moving + listPaging + going + general,
        .review: [
            Binding([.enter], .open, "decide about it", bar: "decide"),
            Binding("o", .open, "decide about it"),
            Binding("#", .goToPost, "to the post in its topic", bar: "topic"),
            Binding("@", .person, "the page of its author", bar: "author"),
        ] + counting + moving + listPaging + going + general,
        .composer: composerKeys,
        .preview: [
            Binding([.control("p")], .preview, "back to writing", bar: "edit"),
            Binding([.escape], .preview, "back to writing"),
            Binding("q", .preview, "back to writing"),
            Binding([.control("x")], .send, "send", bar: "send"),
        ] + paging,
        .leaving: [
            Binding([.enter], .keepDraft, "keep the draft and leave", bar: "keep draft"),
            Binding("d", .discardDraft, "discard the draft", bar: "discard"),
            Binding("l", .sendLater, "send as soon as there is a network", bar: "send later"),
            Binding([.escape], .goOn, "go on writing", bar: "go on writing"),
        ],
        .outgoing: outgoingKeys + paging,
        .login: loginKeys,
        .help: [
            Binding([.escape], .back, "close the help", bar: "close"),
            Binding("q", .back, "close the help"),
            Binding("?", .back, "close the help"),
        ] + paging,
        .prompt: [
            Binding([.enter], .submit, "do it", bar: "do it"),
            Binding([.tab], .complete, "complete the name of a command", bar: "complete"),
            Binding([.escape], .cancel, "cancel", bar: "cancel"),
        ],
    ])

    private static let loginKeys: [Binding] = [
        Binding([.enter], .submit, "next field, then log in", bar: "log in"),
        Binding([.control("b")], .browserLogIn, "log in with a browser", bar: "with a browser"),
        Binding([.tab], .nextField, "next field", bar: "next field"),
        Binding([.backTab], .previousField, "previous field"),
        Binding([.down], .nextField, "next field"),
        Binding([.up], .previousField, "previous field"),
        Binding([.escape], .cancel, "cancel", bar: "cancel"),
    ]

    private static let outgoingKeys: [Binding] = [
        Binding("y", .send, "send", bar: "send"),
        Binding([.control("x")], .send, "send"),
        Binding("e", .externalEditor, "write on in $EDITOR", bar: "editor"),
        Binding([.escape], .goOn, "write on here", bar: "write on"),
        Binding("q", .goOn, "write on here"),
        Binding("t", .setTitle, "change the title", bar: "title"),
        Binding("c", .setCategory, "change the category", bar: "category"),
        Binding("g", .setTags, "change the tags", bar: "tags"),
        Binding("@", .setRecipients, "change to whom a message goes", bar: "to"),
        Binding("a", .attach, "attach a file by its path", bar: "attach"),
        Binding("p", .keepDraft, "postpone: keep the draft and leave", bar: "postpone"),
        Binding("l", .sendLater, "send as soon as there is a network", bar: "send later"),
        Binding("d", .leave, "leave; the draft can be kept or discarded", bar: "discard"),
        Binding([.control("p")], .preview, "preview on the whole screen"),
    ]

    private static let paging: [Binding] = [
        Binding(" ", .pageForward, "page on", bar: "page"),
        Binding([.pageDown], .pageForward, "page on"),
        Binding("b", .pageBack, "page back"),
        Binding([.pageUp], .pageBack, "page back"),
        Binding("j", .next, "down"),
        Binding([.down], .next, "down"),
        Binding("k", .previous, "up"),
        Binding([.up], .previous, "up"),
        Binding([.home], .first, "to the start"),
        Binding([.end], .last, "to the end"),
    ]

    /// The other digits count as well.
    private static let counting: [Binding] = [
        Binding("1", .count, "1\u{2013}9: a number for the next motion: 5j, 20G")
    ]

    private static let countingPosts: [Binding] = [
        Binding("1", .count, "1\u{2013}9: a number: 5j, 20G; 3 Enter opens link 3")
    ]

    private static let listPaging: [Binding] = [
        Binding("b", .pageBack, "page back")
    ]

    /// In a topic `b` marks a post, as on the web.
    private static let topicPaging: [Binding] = [
        Binding([.backspace], .pageBack, "page back"),
        Binding([.control("b")], .pageBack, "page back"),
        Binding([.control("e")], .lineForward, "a line on"),
        Binding([.control("y")], .lineBack, "a line back"),
    ]

    private static let moving: [Binding] = [
        Binding("j", .next, "next"),
        Binding([.down], .next, "next"),
        Binding("k", .previous, "previous"),
        Binding([.up], .previous, "previous"),
        Binding([.pageDown], .pageForward, "page on"),
        Binding([.pageUp], .pageBack, "page back"),
        Binding([.control("d")], .halfPageForward, "half a page on"),
        Binding([.control("u")], .halfPageBack, "half a page back"),
        Binding("gg", .first, "to the start", short: "start"),
        Binding([.home], .first, "to the start"),
        Binding("G", .last, "to the end"),
        Binding([.end], .last, "to the end"),
        Binding([.tab], .nextUnread, "next topic with unread posts, anywhere"),
        Binding([.backTab], .previousUnread, "previous topic with unread posts"),
    ]

    private static let going: [Binding] = [
        Binding("gh", .latest, "home: the latest topics", short: "home"),
        Binding("gl", .latest, "the latest topics", short: "latest"),
        Binding("gn", .newTopics, "new topics", short: "new"),
        Binding("gu", .unread, "unread topics", short: "unread"),
        Binding("gt", .top, "top topics", short: "top"),
        Binding("go", .hot, "hot topics", short: "hot"),
        Binding("gc", .categories, "the categories", short: "categories"),
        Binding("gT", .tags, "the tags", short: "tags"),
        Binding("gm", .messages, "your messages", short: "messages"),
        Binding("gi", .notifications, "your notifications", short: "notifications"),
        Binding("gb", .bookmarks, "your bookmarks", short: "bookmarks"),
        Binding("gd", .drafts, "your drafts", short: "drafts"),
        Binding("ga", .everywhere, "what is unread on all your sites", short: "all sites"),
        Binding("gS", .sites, "another site", short: "other site"),
        Binding("gr", .review, "the review queue, for staff", short: "review"),
        Binding("gj", .nextTopic, "the next topic of the list", short: "next topic"),
        Binding("gk", .previousTopic, "the previous topic of the list", short: "previous topic"),
    ]

    private static let general: [Binding] = [
        Binding(".", .refresh, "load what is new"),
        Binding(":", .command, "a command by its name"),
        Binding("?", .help, "all keys", bar: "keys"),
        Binding("z", .undo, "take the last action back"),
        Binding("u", .back, "back"),
        Binding([.escape], .back, "back"),
        Binding([.left], .back, "back"),
        Binding("q", .back, "back; quit from the first screen", bar: "back"),
        Binding([.control("l")], .redraw, "draw the screen again"),
        Binding([.control("z")], .suspend, "to the shell; `fg` returns"),
        Binding([.control("c")], .quit, "quit"),
    ]

    /// How closely to follow what the screen shows.
    private static func levels(_ what: String) -> [Binding] {
        [
            Binding(
                "ml",
                .level,
                "how closely to follow the \(what), and why",
                short: "level and why"
            ),
            Binding("mm", .mute, "mute the \(what)", short: "mute"),
            Binding("mr", .normal, "regular: notify when mentioned", short: "regular"),
            Binding("mt", .track, "track the \(what)", short: "track"),
            Binding("mw", .watch, "watch the \(what)", short: "watch"),
        ]
    }

    private static let listKeys: [Binding] =
        [
            Binding(" ", .nextUnread, "next topic with unread posts, anywhere", bar: "next unread"),
            Binding([.enter], .open, "open the topic", bar: "open"),
            Binding("o", .open, "open the topic"),
            Binding([.right], .open, "open the topic"),
            Binding(
                "c",
                .create,
                "write a new topic, or a message among messages",
                bar: "new topic"
            ),
            Binding("/", .search, "search the site", bar: "search"),
            Binding("g", .latest, "go to another list", bar: "go\u{2026}"),
            Binding("\\", .filter, "only topics with these words; in a search, its filters"),
            Binding("xr", .markRead, "mark the topic as read", short: "read"),
            Binding(
                "xt",
                .catchUp,
                "catch up: mark the whole list as read",
                short: "the whole list"
            ),
            Binding("O", .openInBrowser, "open the topic in a browser"),
            Binding("s", .copyLink, "copy a link to the topic"),
            Binding("K", .kill, "never list topics with these words, @author or #tag"),
            Binding("H", .highlight, "mark topics with these words, @author or #tag"),
        ] + levels("topic")

    private static let notificationKeys: [Binding] = [
        Binding([.enter], .open, "open what it is about", bar: "open"),
        Binding("o", .open, "open what it is about"),
        Binding([.right], .open, "open what it is about"),
        Binding("xr", .markRead, "mark all as read", bar: "mark all read", short: "read"),
    ]

    private static let personKeys: [Binding] = [
        Binding([.enter], .open, "open the post", bar: "open"),
        Binding("o", .open, "open the post"),
        Binding([.right], .open, "open the post"),
        Binding("c", .create, "write a message", bar: "message"),
        Binding("/", .search, "search what they wrote", bar: "search"),
        Binding("A", .moderate, "silence, suspend and so on, for staff"),
    ]

    private static let topicKeys: [Binding] = [
        Binding(
            " ",
            .pageForward,
            "page on; at the end, the next topic with unread posts",
            bar: "on"
        ),
        Binding("r", .replyToPost, "reply to this post", bar: "reply"),
        Binding("R", .replyToTopic, "reply to the topic", bar: "topic reply"),
        Binding("Q", .quote, "reply with a quote of this post", bar: "quote"),
        Binding("l", .like, "like this post, or take it back", bar: "like"),
        Binding(
            "b",
            .bookmark,
            "bookmark this post; again: a reminder, or remove it",
            bar: "bookmark"
        ),
        Binding("f", .bookmarkTopic, "bookmark the topic; again: a reminder, or remove it"),
        Binding("t", .replyAsTopic, "reply as a new topic"),
        Binding("e", .edit, "edit this post"),
        Binding("d", .delete, "delete this post; asks first"),
        Binding("!", .flag, "flag this post"),
        Binding("v", .vote, "vote in the poll of this post"),
        Binding("+", .reveal, "open what this post hides: details and spoilers"),
        Binding("-", .fold, "fold or open the answers to this post"),
        Binding("p", .openParent, "to the post this one replies to"),
        Binding("J", .nextSibling, "to the next answer to the same post"),
        Binding("K", .previousSibling, "to the previous answer to the same post"),
        Binding("@", .person, "the page of this post's author"),
        Binding("L", .firstUnread, "to the first unread post"),
        Binding("#", .goToPost, "to the post with a number", bar: "go to"),
        Binding([.enter], .links, "the links of this post, with their hosts", bar: "links"),
        Binding("o", .links, "the links of this post, with their hosts"),
        Binding("i", .images, "the pictures of this post"),
        Binding("O", .openInBrowser, "open this post in a browser"),
        Binding("s", .copyLink, "copy a link to this post"),
        Binding("y", .copyText, "copy the Markdown of this post"),
        Binding("|", .pipe, "give the Markdown of this post to a command"),
        Binding("U", .markUnread, "leave the topic unread from this post on"),
        Binding("A", .moderate, "close, pin, move and so on, for staff"),
        Binding("/", .search, "find in the topic"),
        Binding("n", .findNext, "next place found"),
        Binding("N", .findPrevious, "previous place found"),
        Binding("c", .create, "write a new topic"),
        Binding("w", .panes, "the topic alone, or beside its list on a wide terminal"),
    ]

    private static let composerKeys: [Binding] = [
        Binding([.control("x")], .send, "send", bar: "send"),
        Binding([.control("p")], .preview, "preview", bar: "preview"),
        Binding([.tab], .nextField, "next field", bar: "next field"),
        Binding([.control("e")], .externalEditor, "write in $EDITOR", bar: "editor"),
        Binding([.backTab], .previousField, "previous field"),
        Binding([.control("n")], .complete, "complete a tag or an @name"),
        Binding([.control("o")], .attach, "attach a file by its path", bar: "attach"),
        Binding([.control("r")], .lookOver, "look it over before it goes out"),
        Binding([.control("s")], .sendLater, "send as soon as there is a network"),
        Binding([.control("g")], .undo, "undo"),
        Binding([.escape], .leave, "leave; the draft can be kept", bar: "leave"),
        Binding([.control("c")], .leave, "leave; the draft can be kept"),
        Binding([.control("l")], .redraw, "draw the screen again"),
        Binding([.control("z")], .suspend, "to the shell; `fg` returns"),
    ]
}
