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
        for _ in 0..<12 {
            let model = Sample.topic(RandomEventsTests.detail(count: 300))
            model.model.site.isStaff = true
            for step in 0..<250 {
                let effects: [Effect]
                switch Int.random(in: 0..<20, using: &random) {
                case 0:
                    let place = Position(
                        column: .random(in: 0..<200),
                        row: .random(in: 0..<60)
                    )
                    effects = model.update(.mouse(.click(place)))
                case 1: effects = model.update(.mouse(.wheel(lines: .random(in: -5...5))))
                case 2: effects = model.update(.pasted("pasted\ntext 日本"))
                default:
                    effects = model.update(
                        .key(RandomEventsTests.keys.randomElement(using: &random)!)
                    )
                }
                for effect in effects {
                    if Int.random(in: 0..<8, using: &random) == 0 {
                        _ = model.update(.failed(effect, Failure(.network, "No network.")))
                    } else {
                        answer(effect, model)
                    }
                }
                if step.isMultiple(of: 10) {
                    let size = Size(columns: .random(in: 1...220), rows: .random(in: 1...60))
                    _ = model.update(.resized(size))
                    let frame = view(model.model, size: size)
                    #expect(frame.grid.cells.count == size.columns * size.rows)
                }
                #expect(!model.model.screens.isEmpty)
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
