import Testing

@testable import TerminalUI

@Suite struct SettingsTests {
    // MARK: Keys

    @Test func `a key gets another meaning, in one context`() {
        var keymap = Keymap.standard
        let change = Keymap.Remapping(context: "list", keys: "n", action: "next-unread")
        #expect(keymap.apply(change) == nil)
        #expect(keymap.meaning(of: [.character("n")], in: .topicList) == .action(.nextUnread))
        #expect(keymap.meaning(of: [.character("n")], in: .topic) == .action(.findNext))
        #expect(keymap.table.contains { $0.name == "next-unread" && $0.keys.contains("n") })
    }

    @Test func `what began with the new keys is gone, so that they can be reached`() {
        var keymap = Keymap.standard
        #expect(keymap.apply(.init(context: "topic", keys: "x y", action: "like")) == nil)
        #expect(keymap.apply(.init(context: "topic", keys: "m", action: "mute")) == nil)
        #expect(keymap.meaning(of: [.character("m")], in: .topic) == .action(.mute))
        #expect(keymap.apply(.init(context: "topic", keys: "l", action: "none")) == nil)
        #expect(keymap.meaning(of: [.character("l")], in: .topic) == .nothing)
    }

    @Test(arguments: [
        ("nowhere", "x", "like"), ("topic", "Hyper-x", "like"), ("topic", "x", "fly"),
        ("list", "x", "vote"),
    ])
    func `what is wrong is said`(context: String, keys: String, action: String) {
        var keymap = Keymap.standard
        #expect(keymap.apply(.init(context: context, keys: keys, action: action)) != nil)
    }

    @Test func `the table holds everything once`() {
        let table = Keymap.standard.table
        let count = KeyContext.allCases.reduce(0) { $0 + Keymap.standard.bindings(for: $1).count }
        #expect(table.reduce(0) { $0 + $1.keys.count } == count)
        #expect(table.allSatisfy { !$0.name.isEmpty && !$0.description.isEmpty })
    }

    // MARK: Patterns

    @Test func `patterns kill and highlight, and are kept`() {
        let model = Sample.list()
        let effects = model.press("Kwelcome<enter>")
        #expect(effects == [.savePatterns(Patterns(killed: ["welcome"]))])
        #expect(model.list?.rows.count == 4)
        _ = model.update(
            .topicsLoaded(.latest, page: 0, TopicPage(rows: Sample.rows, hasMore: false))
        )
        #expect(model.list?.rows.count == 4)
        model.press("H#release<enter>")
        #expect(model.picture.contains(" !     A long title"))
        #expect(model.press(":kill welcome<enter>").contains(.loadTopics(.latest, page: 0)))
    }

    @Test func `posts of killed authors are folded`() {
        let model = Sample.list()
        model.model.settings.patterns = Patterns(killed: ["@mallory"])
        model.press("<enter>")
        var detail = Sample.detail(count: 3)
        detail.posts[1].username = "Mallory"
        _ = model.update(.topicLoaded(detail, near: nil))
        #expect(!model.picture.contains("Post number 2."))
        #expect(model.picture.contains("Mallory"))
        #expect(model.picture.contains("Post number 3."))
    }

    // MARK: Mouse, cursor and bell

    @Test func `a click selects, a second one opens, the wheel moves`() {
        let model = Sample.list()
        _ = model.update(.mouse(.click(Position(column: 10, row: 3))))
        #expect(model.list?.selected == 2)
        #expect(
            model.update(.mouse(.click(Position(column: 10, row: 3)))).first
                == .loadTopic(id: 3, near: 2)
        )
        model.press("q")
        _ = model.update(.mouse(.wheel(lines: -3)))
        #expect(model.list?.selected == 0)
    }

    @Test func `the cursor can follow the selection`() {
        let model = Sample.list()
        #expect(model.frame.cursor == nil)
        model.model.settings.cursorOnSelection = true
        model.press("jj")
        #expect(model.frame.cursor == Position(column: 0, row: 3))
    }

    @Test func `the bell rings for more notifications only, and only when wanted`() {
        let model = Sample.list()
        #expect(model.update(.notificationsCounted(2)).isEmpty)
        model.model.settings.ringsBell = true
        #expect(model.update(.notificationsCounted(3)) == [.ring])
        #expect(model.update(.notificationsCounted(1)).isEmpty)
    }

    // MARK: Searching and following

    @Test func `a search is narrowed down by choosing`() {
        let model = Sample.list()
        model.press("/birds order:likes<enter>\\1")
        #expect(model.list?.kind == .search("birds order:latest"))
        model.press("\\1")
        #expect(model.list?.kind == .search("birds"))
    }

    @Test func `levels are set with their reason shown, for topics, categories and tags`() {
        var detail = Sample.detail(count: 2)
        detail.level = .watching
        detail.reason = .watchedCategory
        let model = Sample.topic(detail)
        #expect(model.picture.contains("watching because you watch its category"))
        model.press("ml")
        #expect(model.picture.contains("because you watch its category"))
        #expect(model.press("4") == [.setLevel(.topic(1), .muted)])
        model.press("gcj")
        #expect(model.press("mt") == [.setLevel(.category(id: 2, name: "support"), .tracking)])
        _ = model.update(.levelSet(.category(id: 2, name: "support"), .tracking))
        #expect(model.picture.contains("(tracking)"))
        model.press(":tag release<enter>")
        #expect(model.press("mw") == [.setLevel(.tag("release"), .watching)])
    }

    @Test func `how posts come by mail is asked for where a site lets it be chosen`() {
        let support = Followed.category(id: 2, name: "support")
        let model = Sample.list()
        model.press("gcjml")
        // Discourse has no such choice.
        #expect(model.press("1") == [.setLevel(support, .watching)])
        model.model.site.deliveries = Delivery.allCases
        model.press("ml")
        #expect(model.press("1").isEmpty)
        #expect(model.picture.contains("one mail a week"))
        #expect(model.press("2") == [.setLevel(support, .watching, delivery: .daily)])
        _ = model.update(.levelSet(support, .watching, delivery: .daily))
        #expect(model.picture.contains("You watch the category support now: one mail a day."))
        #expect(model.model.site.category(2)?.delivery == .daily)
        model.press("ml")
        #expect(model.press("4") == [.setLevel(support, .regular)])
        let topic = Sample.topic(Sample.detail(count: 2))
        topic.model.site.deliveries = Delivery.allCases
        topic.press("ml")
        #expect(topic.press("1") == [.setLevel(.topic(1), .watching)])
    }

    @Test func `one key does several things`() {
        var keymap = Keymap.standard
        #expect(
            keymap.apply(.init(context: "topic", keys: "X", action: "like next bookmark")) == nil
        )
        #expect(
            keymap.meaning(of: [.character("X")], in: .topic)
                == .actions([.like, .next, .bookmark])
        )
        #expect(keymap.apply(.init(context: "list", keys: "X", action: "open back down")) != nil)
        let many = Array(repeating: "next", count: 30).joined(separator: " ")
        #expect(keymap.apply(.init(context: "list", keys: "X", action: many)) != nil)
        let model = Sample.topic()
        model.model.settings.keymap = keymap
        let effects = model.press("X")
        #expect(effects.contains(.setLike(topic: 1, post: 1001, on: true)))
        #expect(effects.contains { if case .bookmark = $0 { true } else { false } })
        #expect(model.topic?.selectedPost?.number == 2)
        model.press("3X")
        #expect(model.topic?.selectedPost?.number == 5)
        model.press("?")
        #expect(model.picture.contains("like this post, or take it back; then next"))
    }
}
