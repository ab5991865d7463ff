import Testing

@testable import TerminalUI

@Suite struct ComposerTests {
    /// A reply that is being written, with nothing on disk.
    static func replying(columns: Int = 80, rows: Int = 24) -> Player {
        let model = Sample.topic(columns: columns, rows: rows)
        model.press("jr")
        _ = model.update(.draftLoaded(.reply(topic: 1), nil))
        model.model.site.limits.post = 1
        return model
    }

    @Test func `every key saves the draft`() {
        let model = ComposerTests.replying()
        let effects = model.press("Hi")
        let drafts = effects.compactMap { effect -> String? in
            guard case .saveDraft(.reply(topic: 1), let draft) = effect else { return nil }
            return draft.body
        }
        #expect(drafts == ["H", "Hi"])
    }

    @Test func `nothing is written over a draft on disk before it is read`() {
        let model = Sample.topic()
        #expect(model.press("r") == [.loadDraft(.reply(topic: 1))])
        #expect(model.press("new").isEmpty)
        let effects = model.update(.draftLoaded(.reply(topic: 1), Draft(body: "kept")))
        #expect(model.composer?.body.text == "kept\n\nnew")
        #expect(effects == [.saveDraft(.reply(topic: 1), Draft(body: "kept\n\nnew"))])
        #expect(model.notice?.text.contains("Your draft is back") == true)
    }

    @Test func `the cursor stays in its text when a draft comes before it`() {
        let model = Sample.topic()
        model.press("rab<left>")
        _ = model.update(.draftLoaded(.reply(topic: 1), Draft(body: "kept")))
        model.press("X")
        #expect(model.composer?.body.text == "kept\n\naXb")
    }

    @Test func `leaving asks, and each answer does what it says`() {
        let model = ComposerTests.replying()
        model.press("Text<esc>")
        #expect(model.context == .leaving)
        #expect(model.picture.contains("Enter keeps the draft"))
        model.press("<esc>")
        #expect(model.context == .composer)
        model.press("<esc>")
        let discarding = model.copy()
        let kept = model.press("<enter>")
        #expect(kept.first == .saveDraft(.reply(topic: 1), Draft(body: "Text", replyToNumber: 2)))
        #expect(model.context == .topic)
        let discarded = discarding.press("d")
        #expect(discarded.first == .deleteDraft(.reply(topic: 1)))
        #expect(discarding.context == .topic)
    }

    @Test func `leaving with nothing written asks nothing`() {
        let model = ComposerTests.replying()
        let effects = model.press("<esc>")
        #expect(effects.first == .deleteDraft(.reply(topic: 1)))
        #expect(model.context == .topic)
    }

    @Test func `a reply is sent, kept until the site has it, and then shown`() {
        let model = ComposerTests.replying()
        model.press("Hello")
        let effects = model.press("<^x>")
        let submission = Submission(
            key: .reply(topic: 1),
            target: .reply(topic: 1, toPost: 2),
            raw: "Hello"
        )
        #expect(effects.last == .submit(submission))
        #expect(model.composer?.mode == .sending)
        #expect(model.press("typing").allSatisfy { $0 != .submit(submission) })
        let after = model.update(
            .submitted(.reply(topic: 1), topic: 1, postNumber: 42, isPending: false)
        )
        #expect(after == [.deleteDraft(.reply(topic: 1)), .loadTopic(id: 1, near: 42)])
        #expect(model.context == .topic)
    }

    @Test func `a refused post comes back with its text and the reason`() {
        let model = ComposerTests.replying()
        model.press("Hello<^x>")
        guard let submission = try? model.composer?.submission().get() else {
            Issue.record("there is nothing to send")
            return
        }
        _ = model.update(.failed(.submit(submission), Failure(.refused, "Body is too short.")))
        #expect(model.composer?.mode == .editing)
        #expect(model.composer?.body.text == "Hello")
        #expect(model.picture.contains("Not sent; your text is kept. Body is too short."))
    }

    @Test func `an empty post is not sent`() {
        let model = ComposerTests.replying()
        #expect(
            model.press("  <enter><^x>").allSatisfy { if case .submit = $0 { false } else { true } }
        )
        #expect(model.notice?.isFailure == true)
    }

    @Test func `a new topic has a title, a category and tags`() {
        let model = Sample.list()
        model.press("c")
        _ = model.update(.draftLoaded(.newTopic, nil))
        model.press("My title<tab>s<tab>one, two<tab>Body<^x>")
        #expect(model.picture.contains("This is shorter than the site takes."))
        let effects = model.press("y")
        #expect(
            effects.last
                == .submit(
                    Submission(
                        key: .newTopic,
                        target: .newTopic(title: "My title", categoryID: 2, tags: ["one", "two"]),
                        raw: "Body"
                    )
                )
        )
        let after = model.update(.submitted(.newTopic, topic: 9, postNumber: 1, isPending: false))
        #expect(after.contains(.loadTopic(id: 9, near: 1)))
    }

    @Test func `a topic without a title goes back to the title`() {
        let model = Sample.list()
        model.press("c")
        _ = model.update(.draftLoaded(.newTopic, nil))
        model.press("<tab><tab><tab>Body<^x>")
        #expect(model.composer?.focus == .title)
        #expect(model.notice?.text == "A topic needs a title.")
    }

    @Test func `a quote arrives in the text and keeps what was typed`() {
        let model = Sample.topic()
        let effects = model.press("jQ")
        #expect(effects.contains(.loadRaw(post: 1002)))
        _ = model.update(.draftLoaded(.reply(topic: 1), nil))
        _ = model.update(.rawLoaded(post: 1002, raw: "the words"))
        model.press("Indeed.")
        #expect(
            model.composer?.body.text
                == "[quote=\"ken, post:2, topic:1\"]\nthe words\n[/quote]\n\nIndeed."
        )
    }

    @Test func `the text of the editor comes back and is a draft at once`() {
        let model = ComposerTests.replying()
        model.press("short")
        #expect(model.press("<^e>").last == .edit(.reply(topic: 1), "short"))
        let effects = model.update(.editorClosed(.reply(topic: 1), text: "much longer"))
        #expect(model.composer?.body.text == "much longer")
        #expect(
            effects.contains(
                .saveDraft(.reply(topic: 1), Draft(body: "much longer", replyToNumber: 2))
            )
        )
        #expect(model.context == .outgoing)
        model.press("<esc><^g>")
        #expect(model.composer?.body.text == "short")
    }

    @Test func `a post is never replaced by what was typed before its text came`() {
        var detail = Sample.detail(count: 3)
        detail.posts[0].canEdit = true
        let model = Sample.topic(detail)
        model.press("e")
        _ = model.update(.draftLoaded(.edit(post: 1001), nil))
        #expect(model.press(" More.").isEmpty)
        #expect(
            !model.press("<^x><^s><^e>").contains { if case .edit = $0 { true } else { false } }
        )
        #expect(model.notice?.text.contains("has not come yet") == true)
        let away = model.copy()
        _ = away.update(.failed(.loadRaw(post: 1001), Failure(.network, "No network.")))
        #expect(away.press("<^x>").isEmpty)
        _ = model.update(.rawLoaded(post: 1001, raw: "A text that is long enough."))
        #expect(model.composer?.body.text == "A text that is long enough. More.")
        #expect(!model.press("<^x>").isEmpty)
    }

    @Test func `a paste goes to the text and never to the keys`() {
        let model = Sample.list()
        #expect(model.update(.pasted("qqq\u{3}")).isEmpty)
        #expect(model.context == .topicList)
        model.model = ComposerTests.replying().model
        _ = model.update(.pasted("one\r\ntwo\n:q"))
        #expect(model.composer?.body.text == "one\ntwo\n:q")
    }

    @Test func `replies that come meanwhile are counted`() {
        let model = ComposerTests.replying()
        _ = model.update(.postsArrived(topic: 1, ids: [1042, 1043], posts: []))
        #expect(model.picture.contains("2 replies came since you began"))
    }

    @Test func `guests are asked to log in before they write`() {
        let model = Sample.topic(username: nil)
        model.press("r")
        #expect(model.context == .login)
    }

    @Test func `a closed topic is not replied to`() {
        var detail = Sample.detail(count: 3)
        detail.canReply = false
        detail.isClosed = true
        let model = Sample.topic(detail)
        model.press("R")
        #expect(model.context == .topic)
        #expect(model.notice?.text == "This topic is closed.")
    }

    @Test func `ctrl-c in the composer asks as escape does`() {
        let model = ComposerTests.replying()
        model.press("x<^c>")
        #expect(model.context == .leaving)
    }

    @Test func `the cursor stays on the screen while a long text is typed and resized`() {
        let model = ComposerTests.replying(columns: 40, rows: 12)
        for _ in 0..<60 {
            model.press("some words that wrap ")
            let frame = model.frame
            #expect(frame.cursor != nil)
        }
        for size in [Size(columns: 120, rows: 40), Size(columns: 44, rows: 11)] {
            _ = model.update(.resized(size))
            let frame = view(model.model, size: size)
            #expect((frame.cursor?.row ?? 99) < size.rows - 2)
        }
    }
}
