import Testing

@testable import TerminalUI

@Suite struct InjectionTests {
    static let attacks = [
        "\u{1B}[2J", "\u{1B}[6n", "\u{1B}[201~", "\u{1B}]0;title\u{7}", "\u{1B}]52;c;aGk=\u{7}",
        "\u{1B}Pq\u{1B}\\", "\u{1B}_Gx\u{1B}\\", "\u{1B}^pm\u{1B}\\", "\u{1B}Xsos", "\u{1B}c",
        "\u{9B}31m", "\u{9D}0;x\u{9C}", "real\rfake", "a\u{8}\u{8}b", "\u{202E}gnp.exe",
        "\u{2066}\u{2069}", "\u{E0041}\u{E007F}", "\u{FEFF}\u{200D}\u{200B}", "\u{0}\u{7F}",
        "line\nline\u{2028}line\u{85}x", "a" + String(repeating: "\u{301}", count: 10_000),
        String(repeating: "long ", count: 20_000), "👩\u{200D}", "\u{200D}👩", "\u{FE0F}\u{20E3}",
    ]

    /// A model with the attack in every field that a server or a member can fill.
    static func models(_ attack: String) -> [Player] {
        var site = Sample.site(username: attack)
        site.title = attack
        site.categories[0].name = attack
        site.categories[0].summary = attack
        var row = Sample.row(1, attack, unread: 1)
        row.categoryID = 1
        row.tags = [attack]
        row.lastPoster = attack
        row.blurb = attack
        let list = Player(Model(site: site, size: Size(columns: 80, rows: 24), now: noon))
        _ = list.update(.topicsLoaded(.latest, page: 0, TopicPage(rows: [row], hasMore: false)))
        let categories = list.copy()
        categories.press("gc")
        var post = Sample.post(
            1,
            "<p>\(attack) <a href=\"\(attack)\">x</a> <img alt=\"\(attack)\" src=x></p>"
        )
        post.username = attack
        var action = Sample.post(2)
        action.smallAction = attack
        var detail = TopicDetail(
            id: 1,
            title: attack,
            stream: [1001, 1002],
            posts: [post, action]
        )
        detail.categoryID = 1
        detail.tags = [attack]
        detail.canReply = true
        let topic = list.copy()
        topic.press("<enter>")
        _ = topic.update(.topicLoaded(detail, near: nil))
        _ = topic.update(.levelSet(.topic(1), .watching))
        let failed = topic.copy()
        _ = failed.update(.failed(.loadRaw(post: 1), Failure(.server, attack)))
        let composer = topic.copy()
        composer.press("jr")
        _ = composer.update(.draftLoaded(.reply(topic: 1), Draft(body: attack)))
        _ = composer.update(.pasted(attack))
        let preview = composer.copy()
        preview.press("<^p>")
        let search = list.copy()
        search.press("/")
        _ = search.update(.pasted(attack))
        let found = search.copy()
        found.press("<enter>")
        return [list, categories, topic, failed, composer, preview, search, found]
            + others(attack, list: list, topic: topic)
    }

    /// The attack in what is opened over lists and topics.
    private static func others(_ attack: String, list: Player, topic: Player) -> [Player] {
        let person = list.copy()
        _ = person.model.openPerson(attack)
        var page = Person(id: 1, username: attack)
        page.name = attack
        page.title = attack
        page.bio = "<p>\(attack)</p>"
        page.isSuspended = true
        page.suspendReason = attack
        page.activity = [
            ActivityRow(topic: 1, postNumber: 1, title: attack, excerpt: attack, createdAt: noon)
        ]
        _ = person.update(.personLoaded(page))
        let review = list.copy()
        review.model.site.isStaff = true
        review.press("gr")
        var item = ReviewItem(
            id: 1,
            version: 0,
            kind: .other(attack),
            author: attack,
            createdAt: noon
        )
        item.title = attack
        item.text = attack
        item.reasons = [attack]
        item.claimedBy = attack
        item.actions = [ReviewAction(id: "approve", label: attack, warning: attack)]
        _ = review.update(.reviewLoaded([item]))
        let decision = review.copy()
        decision.press("<enter>")
        let links = topic.copy()
        links.press("<enter>")
        let tags = list.copy()
        tags.press("gT")
        _ = tags.update(
            .choicesLoaded(.tags, [Choice(attack, detail: attack, .openList(.tag(attack)))])
        )
        var poll = Poll(
            name: attack,
            isOpen: true,
            isMultiple: true,
            voters: 3,
            options: [Poll.Option(id: "1", text: attack, votes: 2)]
        )
        poll.title = attack
        var voted = Sample.post(1)
        voted.polls = [poll]
        let polls = topic.copy()
        _ = polls.update(.postChanged(topic: 1, post: voted))
        let login = list.copy()
        login.press(":login<enter>")
        _ = login.update(.approvalNeeded(.device(code: attack, page: attack)))
        let message = list.copy()
        _ = message.model.compose(.message(to: attack))
        _ = message.update(.completed(prefix: attack, [attack, "\(attack)2"]))
        let title = list.copy()
        title.press("c")
        title.press("Some title<tab>")
        _ = title.update(.similarFound(title: "Some title", [Sample.row(1, attack)]))
        return [person, review, decision, links, tags, polls, login, message, title]
            + rarer(attack, list: list, topic: topic)
    }

    /// The attack in what is told on the side: notifications, files, failures, other sites, drafts.
    private static func rarer(_ attack: String, list: Player, topic: Player) -> [Player] {
        let notifications = list.copy()
        notifications.press("gi")
        var told = NotificationRow(id: 1, type: attack, isRead: false, createdAt: noon)
        told.username = attack
        told.title = attack
        _ = notifications.update(.notificationsLoaded([told]))
        let beside = topic.copy()
        beside.model.changeTopics(1) { $0.participants = [attack] }
        let upload = topic.copy()
        upload.press("r")
        _ = upload.update(.draftLoaded(.reply(topic: 1), nil))
        _ = upload.update(.uploading(.reply(topic: 1), name: attack, percent: 4))
        let notSaved = upload.copy()
        _ = notSaved.update(.draftNotSaved(.reply(topic: 1), reason: attack))
        let notice = list.copy()
        _ = notice.update(.notice(attack))
        let everywhere = list.copy()
        everywhere.press("ga")
        var row = Sample.row(1, attack)
        row.site = attack
        _ = everywhere.update(
            .topicsLoaded(.everywhere, page: 0, TopicPage(rows: [row], hasMore: false))
        )
        let rename = topic.copy()
        rename.model.prompt = PromptState(.rename(topic: 1, attack))
        let failures = [Effect.loadTopics(.latest, page: 0), .loadTopic(id: 9, near: nil)].map {
            let failed = list.copy()
            _ = failed.model.openTopic(id: 9, title: attack, near: nil)
            _ = failed.update(.failed($0, Failure(.refused, attack)))
            return failed
        }
        let choosers = [("gd", ChoiceSource.drafts), ("gS", .sites)].map { keys, source in
            let chooser = list.copy()
            chooser.press(keys)
            let choice = Choice(attack, detail: attack, .openSite(attack))
            _ = chooser.update(.choicesLoaded(source, [choice]))
            return chooser
        }
        return [notifications, beside, upload, notSaved, notice, everywhere, rename] + failures
            + choosers
    }

    @Test(arguments: attacks)
    func `nothing from outside steers the terminal`(attack: String) {
        for model in InjectionTests.models(attack) {
            for columns in [40, 80, 200] {
                let frame = view(model.model, size: Size(columns: columns, rows: 24))
                let drawn = frame.grid.cells.filter { !$0.isRightHalf }
                let isSteering = drawn.contains { cell in
                    isDangerous(cell.base) || cell.marks.contains { isDangerous($0) }
                }
                #expect(!isSteering)
                let isTitleSteering = frame.title.unicodeScalars.contains { isDangerous($0) }
                #expect(!isTitleSteering)
            }
        }
    }

    @Test(arguments: attacks)
    func `nothing from outside steers a terminal that shows lines or JSON`(attack: String) {
        let line = TextPolicy.plain(attack)
        #expect(!line.unicodeScalars.contains { isDangerous($0) })
        // As an encoder leaves it: the controls below the space are escaped already.
        let encoded = String(
            String.UnicodeScalarView(attack.unicodeScalars.filter { $0.value >= 0x20 })
        )
        let json = TextPolicy.escaped(json: encoded)
        #expect(!json.unicodeScalars.contains { isDangerous($0) && $0.value != 0xFE0F })
    }

    @Test func `a hostile title does not move the columns beside it`() {
        let columnsBeside = 30
        for attack in InjectionTests.attacks {
            var rows = Sample.rows
            rows[0].title = attack
            let shown = Sample.list(topics: rows).shown
            let plain = Sample.list().shown
            #expect(shown[1].suffix(columnsBeside) == plain[1].suffix(columnsBeside))
            #expect(Array(shown[2...]) == Array(plain[2...]))
        }
    }

    @Test func `a hidden direction in a title is made visible`() {
        var rows = Sample.rows
        rows[0].title = "safe\u{202E}gpj.exe"
        #expect(Sample.list(topics: rows).shown[1].contains("safe\u{2049}gpj.exe"))
    }
}
