import Testing

@testable import TerminalUI

/// Any keys, answers, failures and sizes in any order.
@Suite struct RandomEventsTests {
    private static let keys: [Key] =
        "jkG gghlcunt.qQrRLe#?/:1 9mwtxbfsvAUJKpiOyz!@+-|lkaTdSorI\\HC2\u{65E5}".map {
            .character($0)
        }
        + [
            .enter, .enter, .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left,
            .right, .home, .end, .pageUp, .pageDown, .control("x"), .control("p"), .control("e"),
            .control("c"), .control("d"), .control("u"), .control("g"), .control("n"),
            .control("o"), .control("s"), .control("b"),
        ]

    @Test func `never trap and always give a whole picture`() {
        var random = SystemRandomNumberGenerator()
        // Beginning with every screen that there is, and deep in a topic.
        let starts =
            ViewTests.models().map(\.model)
            + (0..<12).map { _ in Sample.topic(RandomEventsTests.detail(count: 300)) }
        for model in starts {
            model.model.site.isStaff = true
            for step in 0..<60 {
                act(model, &random)
                if step.isMultiple(of: 10) {
                    let size = Size(columns: .random(in: 1...300), rows: .random(in: 1...100))
                    _ = model.update(.resized(size))
                }
                if step.isMultiple(of: 5), let flaw = model.frame.flaw {
                    Issue.record("\(model.context) at \(model.size): \(flaw)")
                    return
                }
                #expect(!model.model.screens.isEmpty)
            }
        }
    }

    /// One thing that happens, and what comes of it.
    private func act(_ model: Player, _ random: inout SystemRandomNumberGenerator) {
        let effects: [Effect]
        switch Int.random(in: 0..<24, using: &random) {
        case 0:
            let place = Position(column: .random(in: 0..<200), row: .random(in: 0..<60))
            effects = model.update(.mouse(.click(place)))
        case 1: effects = model.update(.mouse(.wheel(lines: .random(in: -5...5))))
        case 2: effects = model.update(.pasted("pasted\ntext 日本"))
        case 3: effects = model.update(RandomEventsTests.one(of: RandomEventsTests.news, &random))
        default:
            effects = model.update(.key(RandomEventsTests.one(of: RandomEventsTests.keys, &random)))
        }
        for effect in effects {
            if Int.random(in: 0..<8, using: &random) == 0 {
                _ = model.update(.failed(effect, Failure(.network, "No network.")))
            } else {
                answer(effect, model)
            }
        }
    }

    private static func one<Element>(
        of all: [Element],
        _ random: inout SystemRandomNumberGenerator
    ) -> Element {
        all[Int.random(in: all.indices, using: &random)]
    }

    /// What comes from outside while somebody reads and writes.
    private static let news: [Message] = [
        .postsArrived(topic: 1, ids: [9001], posts: [Sample.post(8001)]),
        .postsArrived(topic: 1, ids: [9002, 9003], posts: []),
        .postChanged(topic: 1, post: Sample.post(3, "<p>Another text, which is longer now.</p>")),
        .topicBumped(id: 1, highestNumber: 400, poster: "ken"),
        .topicBumped(id: 77, highestNumber: 2, poster: nil),
        .notificationsCounted(7), .connected(false), .connected(true), .clock(noon + 60),
        .queueCounted(2), .draftConflict(.reply(topic: 1), Draft(body: "Written elsewhere.")),
        .draftNotSaved(.newTopic, reason: "The disk is full."), .loggedOut, .codeNeeded,
        .levelSet(.topic(1), .watching), .siteLoaded(Sample.site()),
    ]

    @Test func `news never moves what somebody reads`() throws {
        for news in RandomEventsTests.news {
            let model = Sample.topic(RandomEventsTests.detail(count: 300), near: 20)
            model.press("jjk")
            let before = try #require(model.topic)
            _ = model.update(news)
            let after = try #require(model.topic)
            #expect(after.top == before.top)
            #expect(after.selectedPost?.id == before.selectedPost?.id)
        }
    }

    @Test func `what is typed is there until it is undone, sent or discarded`() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            let model = Sample.topic(RandomEventsTests.detail(count: 30))
            model.press("R")
            _ = model.update(.draftLoaded(.reply(topic: 1), nil))
            model.press("The text that counts.")
            for _ in 0..<40 {
                switch Int.random(in: 0..<3, using: &random) {
                case 0: _ = model.update(RandomEventsTests.one(of: RandomEventsTests.news, &random))
                case 1:
                    let size = Size(columns: .random(in: 1...200), rows: .random(in: 1...60))
                    _ = model.update(.resized(size))
                default:
                    let keys = [
                        "<^p>", "<esc>", "<left>", "<home>", "<pgup>", "x", "<^l>",
                    ]
                    // Leaving keeps the draft: Enter, in the question about it, is not among these.
                    model.press(RandomEventsTests.one(of: keys, &random))
                }
                let text = try #require(model.composer).body.text
                #expect(text.filter { $0 != "x" }.contains("The tet that counts."))
            }
        }
    }

    private static func detail(count: Int) -> TopicDetail {
        var detail = Sample.detail(count: count, loaded: 1..<40, lastRead: 12)
        for index in detail.posts.indices {
            detail.posts[index].canEdit = true
            detail.posts[index].canDelete = true
            detail.posts[index].flags = FlagReason.allCases
            detail.posts[index].replyToNumber = index > 2 ? index - 2 : nil
            detail.posts[index].cooked = """
                <p>See <a href="https://e.example">this</a></p><details><summary>More</summary>
                <p>hidden <span class="spoiler">secret</span></p></details>
                """
        }
        detail.posts[0].polls = [PollTests.poll()]
        detail.permissions.canClose = true
        detail.permissions.canMove = true
        detail.permissions.canEdit = true
        detail.permissions.canDelete = true
        return detail
    }

    /// Answers as a site would.
    private func answer(_ effect: Effect, _ model: Player) {
        let message: Message?
        switch effect {
        case .loadTopics(let kind, let page):
            message = .topicsLoaded(kind, page: page, TopicPage(rows: Sample.rows, hasMore: false))
        case .loadTopic(let id, let near):
            var detail = RandomEventsTests.detail(count: 60)
            detail.id = id
            message = .topicLoaded(detail, near: near)
        case .loadPosts(let topic, let ids):
            message = .postsLoaded(topic: topic, posts: ids.map { Sample.post($0 - 1000) })
        case .loadDraft(let key): message = .draftLoaded(key, nil)
        case .loadRaw(let post): message = .rawLoaded(post: post, raw: "raw")
        case .loadChoices(let source):
            message = .choicesLoaded(source, [Choice("#a", .openList(.tag("a")))])
        case .loadPerson(let name): message = .personLoaded(PersonTests.person(name))
        case .loadReview: message = .reviewLoaded(ReviewTests.items)
        case .bookmark(let change):
            if case .set = change {
                message = .bookmarked(change, id: 5)
            } else {
                message = .bookmarked(change, id: nil)
            }
        case .moderate(let change): message = .moderated(change)
        case .review(let decision): message = .reviewed(decision)
        case .setLevel(let followed, let level, let delivery):
            message = .levelSet(followed, level, delivery: delivery)
        case .findUnread: message = .unreadFound(.allUnread, Sample.rows.filter(\.hasUnread))
        case .dismiss(let topics): message = .dismissed(topics)
        case .delete(let topic, let post): message = .postDeleted(topic: topic, post: post)
        case .queue(let submission): message = .queued(submission.key)
        case .submit(let submission):
            message = .submitted(submission.key, topic: 1, postNumber: 3, isPending: false)
        case .complete: message = .completed(prefix: "pa", ["pasted", "pat"])
        default: message = nil
        }
        if let message {
            _ = model.update(message)
        }
    }
}
