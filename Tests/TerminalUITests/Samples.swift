@testable import TerminalUI

/// A fixed moment: 2026-11-23 12:00 UTC.
let noon: Int64 = 1_795_435_200

/// Ready models for tests.
enum Sample {
    static let categories = [
        Category(id: 1, name: "announce", slug: "announce"),
        Category(id: 2, name: "support", slug: "support"),
    ]

    static func site(username: String? = "ana") -> SiteInfo {
        SiteInfo(
            title: "Example Forum",
            url: "https://forum.example",
            username: username,
            categories: categories
        )
    }

    static func row(_ id: Int, _ title: String, unread: Int = 0, posts: Int = 10) -> TopicRow {
        var row = TopicRow(
            id: id,
            title: title,
            postsCount: posts,
            highestNumber: posts,
            lastPoster: "ken",
            bumpedAt: noon - Int64(id) * 3600
        )
        row.categoryID = id % 2 + 1
        row.lastRead = posts - unread
        row.unreadCount = unread
        return row
    }

    static let rows: [TopicRow] = {
        var rows = [
            row(1, "Release notes for 2.0", unread: 3, posts: 41),
            row(2, "日本語の投稿テスト 👍", unread: 1, posts: 7),
            row(3, "Welcome to the forum", posts: 2),
            row(4, "A long title that goes on and on until there is no room left for it at all"),
            row(5, "Straße, naïve, e\u{301}tude"),
        ]
        rows[2].isPinned = true
        rows[3].tags = ["release", "beta"]
        rows[4].isNew = true
        rows[4].lastRead = nil
        return rows
    }()

    static func post(_ number: Int, _ cooked: String? = nil, by username: String = "ken") -> Post {
        var post = Post(
            id: 1000 + number,
            number: number,
            username: username,
            createdAt: noon - 7200,
            cooked: cooked ?? "<p>Post number \(number).</p>"
        )
        post.canLike = true
        return post
    }

    static func detail(count: Int, loaded: Range<Int>? = nil, lastRead: Int? = nil) -> TopicDetail {
        let numbers = loaded ?? 1..<(count + 1)
        var detail = TopicDetail(
            id: 1,
            title: "Release notes for 2.0",
            stream: (1...max(1, count)).map { 1000 + $0 },
            posts: numbers.map { post($0) }
        )
        detail.categoryID = 1
        detail.tags = ["release"]
        detail.lastRead = lastRead
        detail.highestNumber = count
        detail.canReply = true
        return detail
    }

    /// The latest topics on the screen.
    static func list(
        columns: Int = 80,
        rows: Int = 24,
        username: String? = "ana",
        topics: [TopicRow] = Sample.rows
    ) -> Player {
        let model = Player(
            Model(
                site: site(username: username),
                size: Size(columns: columns, rows: rows),
                now: noon
            )
        )
        _ = model.update(
            .topicsLoaded(.latest, page: 0, TopicPage(rows: topics, hasMore: false))
        )
        return model
    }

    /// The first topic of the list, opened.
    static func topic(
        _ detail: TopicDetail = Sample.detail(count: 41),
        near: Int? = nil,
        columns: Int = 80,
        rows: Int = 24,
        username: String? = "ana"
    ) -> Player {
        let model = list(columns: columns, rows: rows, username: username)
        _ = model.update(.key(.enter))
        _ = model.update(.topicLoaded(detail, near: near))
        return model
    }
}

/// Somebody at the keys: a model that changes where it stands.
@dynamicMemberLookup
final class Player {
    var model: Model

    init(_ model: Model) {
        self.model = model
    }

    subscript<Value>(dynamicMember path: KeyPath<Model, Value>) -> Value {
        model[keyPath: path]
    }

    func copy() -> Player {
        Player(model)
    }

    func update(_ message: Message) -> [Effect] {
        model.update(message)
    }

    /// Presses keys, written as characters, or as names between angle brackets: `jj<enter>`.
    @discardableResult
    func press(_ keys: String) -> [Effect] {
        var effects: [Effect] = []
        var rest = Substring(keys)
        while let first = rest.first {
            if first == "<", let end = rest.firstIndex(of: ">") {
                effects += update(.key(Player.key(named: rest[..<end].dropFirst())))
                rest = rest[end...].dropFirst()
            } else {
                effects += update(.key(.character(first)))
                rest = rest.dropFirst()
            }
        }
        return effects
    }

    private static func key(named name: Substring) -> Key {
        let named: [Substring: Key] = [
            "enter": .enter, "esc": .escape, "tab": .tab, "backtab": .backTab, "up": .up,
            "down": .down, "left": .left, "right": .right, "home": .home, "end": .end,
            "pgup": .pageUp, "pgdn": .pageDown, "back": .backspace, "del": .delete,
        ]
        if let key = named[name] { return key }
        return .control(name.last ?? "?")
    }

    var frame: Frame {
        view(model, size: model.size)
    }

    /// The rows of the picture, without the spaces at their ends.
    var shown: [String] {
        let grid = frame.grid
        return (0..<model.size.rows).map { row in
            var text = grid.text(row: row)
            while text.last == " " {
                text.removeLast()
            }
            return text
        }
    }

    var picture: String { shown.joined(separator: "\n") }

    var topic: TopicState? {
        for case .topic(let state) in model.screens.reversed() {
            return state
        }
        return nil
    }

    var composer: ComposerState? {
        for case .composer(let state) in model.screens.reversed() {
            return state
        }
        return nil
    }
}
