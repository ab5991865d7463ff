import Testing

@testable import TerminalUI

@Suite struct ViewTests {
    /// One model for every screen.
    static func models() -> [(name: String, model: Player)] {
        var topic = Sample.detail(count: 41, lastRead: 38)
        topic.posts[0].cooked = """
            <p>Version 2.0 is <strong>out</strong>. See the <a href="https://e.example">notes</a>.</p>
            <blockquote><p>It took a year and a lot of patience from everybody who tested it.</p></blockquote>
            <pre><code>make install PREFIX=/usr/local
            </code></pre><ul><li>faster</li><li>日本語 👍🏽 works</li></ul>
            """
        topic.posts[1].likeCount = 4
        topic.posts[1].isLiked = true
        topic.posts[1].replyToNumber = 1
        topic.posts[2].smallAction = "closed the topic"
        let categories = Sample.list()
        categories.press("gc")
        let composer = Sample.topic(topic)
        composer.press("r")
        _ = composer.update(.draftLoaded(.reply(topic: 1), nil))
        composer.press("Hello **all**,<enter><enter>日本語 and more.")
        let preview = composer.copy()
        preview.press("<^p>")
        let leaving = composer.copy()
        leaving.press("<esc>")
        let newTopic = Sample.list()
        newTopic.press("c")
        _ = newTopic.update(.draftLoaded(.newTopic, nil))
        newTopic.press("A title<tab><right><tab>one two<tab>Body text")
        let login = Sample.list(username: nil)
        login.press(":login<enter>ana<enter>secret")
        let help = Sample.topic(topic)
        help.press("?")
        let prompt = Sample.list()
        prompt.press("/words to f")
        let pending = Sample.list()
        pending.press("g")
        return [
            ("list", Sample.list()), ("list-guest", Sample.list(username: nil)),
            ("list-empty", Sample.list(topics: [])), ("categories", categories),
            ("notifications", NotificationsTests.shown()),
            ("topic", Sample.topic(topic)), ("topic-unread", Sample.topic(topic, near: 39)),
            ("composer", composer), ("preview", preview), ("leaving", leaving),
            ("new-topic", newTopic), ("login", login), ("help", help), ("prompt", prompt),
            ("keys-after-g", pending),
        ] + moreModels(topic) + RarerScreens.models()
    }

    /// What opens over lists and topics.
    private static func moreModels(_ detail: TopicDetail) -> [(name: String, model: Player)] {
        var detail = detail
        detail.level = .watching
        detail.reason = .watchedCategory
        detail.participants = ["ana (12)", "ken (3)", "日本人"]
        detail.views = 1234
        detail.posts[0].flags = FlagReason.allCases
        detail.posts[1].polls = [PollTests.poll()]
        detail.posts[1].bookmarkID = 4
        detail.posts[3].cooked =
            "<p>He is <span class=\"spoiler\">the butler</span>.</p>"
            + "<details><summary>Why</summary><p>Because.</p></details>"
        let rich = Sample.topic(detail)
        let links = rich.copy()
        links.press("<enter>")
        let flags = rich.copy()
        flags.press("!")
        let level = rich.copy()
        level.press("ml")
        let message = Sample.list()
        _ = message.model.compose(.message(to: "ken"))
        _ = message.update(.draftLoaded(.message, nil))
        message.press("Hello<tab>Dear Ken,")
        let similar = Sample.list()
        similar.press("cRelease notes<tab>")
        _ = similar.update(.similarFound(title: "Release notes", Array(Sample.rows.prefix(3))))
        let device = Sample.list(username: nil)
        device.press(":login<enter><^b>")
        let page = "https://forum.example/user-api-key/activate"
        _ = device.update(.approvalNeeded(.device(code: "WXYZ-1234", page: page)))
        let everywhere = Sample.list()
        everywhere.press("ga")
        var rows = Array(Sample.rows.prefix(3))
        rows[0].site = "https://forum.example"
        rows[1].site = "https://other.example"
        rows[2].site = "http://old.example:8080"
        _ = everywhere.update(
            .topicsLoaded(.everywhere, page: 0, TopicPage(rows: rows, hasMore: false))
        )
        return [
            ("topic-rich", rich), ("links", links), ("flags", flags), ("level", level),
            ("person", PersonTests.shown()), ("review", ReviewTests.shown()),
            ("message", message), ("similar", similar), ("login-browser", device),
            ("everywhere", everywhere),
        ]
    }

    @Test(arguments: [
        Size(columns: 80, rows: 24), Size(columns: 40, rows: 12), Size(columns: 120, rows: 40),
        Size(columns: 200, rows: 60),
    ])
    func `every screen looks as it did`(size: Size) throws {
        for (name, model) in ViewTests.models() {
            let model = model.copy()
            _ = model.update(.resized(size))
            try Goldens.check(model.picture, "\(name)-\(size.columns)x\(size.rows)")
        }
    }

    @Test(arguments: ["list", "topic-rich", "composer", "person", "review", "login", "tongues"])
    func `every part of a screen has the style that it had`(name: String) throws {
        let found = ViewTests.models().first { $0.name == name }
        let model = try #require(found?.model)
        try Goldens.check(model.frame.grid.styles, "\(name)-styles")
    }

    @Test func `every size gives a picture with exact rows`() {
        for (name, model) in ViewTests.models() {
            for rows in [1, 3, 10, 11, 24, 60] {
                for columns in [1, 2, 39, 40, 41, 60, 80, 119, 120, 200] {
                    let model = model.copy()
                    let size = Size(columns: columns, rows: rows)
                    _ = model.update(.resized(size))
                    if let flaw = view(model.model, size: size).flaw {
                        Issue.record("\(name) at \(columns)x\(rows): \(flaw)")
                    }
                }
            }
        }
    }

    @Test func `a picture in another size than the model's is whole as well`() {
        for (name, model) in ViewTests.models() {
            for size in [Size(columns: 41, rows: 11), Size(columns: 199, rows: 60)] {
                if let flaw = view(model.model, size: size).flaw {
                    Issue.record("\(name): \(flaw)")
                }
            }
        }
    }

    @Test func `a terminal too small says so in one line`() {
        let model = Sample.list(columns: 39, rows: 9)
        #expect(model.shown[0] == "too small: parley needs 40 columns and…")
        #expect(model.picture.split(separator: "\n").count == 1)
    }

    @Test func `without Unicode the picture is ASCII`() {
        let model = Sample.topic(near: nil)
        let frame = view(
            model.model,
            size: model.size,
            capabilities: Capabilities(hasUnicode: false)
        )
        let text = (0..<24).map { frame.grid.text(row: $0) }.joined()
        let isASCII = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        #expect(isASCII)
        #expect(text.contains("ken . 2h . #1"))
    }

    @Test func `unread, new and selected topics can be told apart without colour`() {
        let shown = Sample.list().shown
        #expect(shown[1].hasPrefix(">●   3 Release notes"))
        #expect(shown[3].hasPrefix("       Welcome"))
        #expect(shown[5].hasPrefix(" ● new Straße"))
    }

    @Test func `a wide screen shows a topic beside its list`() {
        let model = Sample.topic(columns: 120, rows: 30)
        #expect(model.shown[1].contains("Release notes"))
        #expect(model.shown[1].contains("#1"))
        _ = model.update(.resized(Size(columns: 100, rows: 30)))
        #expect(!model.shown[1].contains("Release notes"))
    }
}
