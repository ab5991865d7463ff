import Testing

@testable import TerminalUI

@Suite struct HeldPostTests {
    private static let submission = Submission(
        key: .reply(topic: 1),
        target: .reply(topic: 1, toPost: 2),
        raw: "Hello"
    )
    private static let draft = Draft(body: "Hello", replyToNumber: 2)

    /// A reply that was sent and can be taken back for ten seconds.
    private static func held() -> Player {
        let model = ComposerTests.replying()
        model.model.settings.sendDelay = 10
        model.press("Hello")
        #expect(model.press("<^x>").last == .hold(submission, seconds: 10))
        #expect(model.composer?.mode == .sending)
        let effects = model.update(.held(.reply(topic: 1), id: "7-topic_1", due: noon + 10))
        #expect(effects.first == .deleteDraft(.reply(topic: 1)))
        return model
    }

    @Test func `a post goes out by itself after a moment`() {
        let model = HeldPostTests.held()
        #expect(model.context == .topic)
        #expect(model.isCounting)
        #expect(model.picture.contains("Goes out in 10 s. z takes it back"))
        #expect(model.update(.clock(noon + 4)).isEmpty)
        #expect(model.picture.contains("Goes out in 6 s."))
        #expect(model.update(.clock(noon + 10)) == [.deliver(all: false)])
        #expect(model.update(.clock(noon + 11)).isEmpty)
        let after = model.update(
            .delivered(id: "7-topic_1", topic: 1, postNumber: 42, isPending: false)
        )
        #expect(after == [.loadTopic(id: 1, near: 42)])
        #expect(model.notice?.text == "Sent.")
        #expect(!model.isCounting)
        model.press("z")
        #expect(model.notice?.text == "There is nothing to take back.")
    }

    @Test func `whoever reads on is not moved when it is out`() {
        let model = HeldPostTests.held()
        model.press("j")
        _ = model.update(.clock(noon + 10))
        let after = model.update(
            .delivered(id: "7-topic_1", topic: 1, postNumber: 42, isPending: false)
        )
        #expect(after == [.loadTopic(id: 1, near: nil)])
    }

    @Test func `z takes it back into the composer`() {
        let model = HeldPostTests.held()
        let back = Effect.takeBack(
            id: "7-topic_1",
            .reply(topic: 1),
            HeldPostTests.draft
        )
        #expect(model.press("z") == [back])
        let effects = model.update(.takenBack(id: "7-topic_1"))
        #expect(effects == [.saveDraft(.reply(topic: 1), HeldPostTests.draft)])
        #expect(model.context == .composer)
        #expect(model.composer?.body.text == "Hello")
        #expect(!model.isCounting)
        model.press("!")
        #expect(model.composer?.body.text == "Hello!")
    }

    @Test func `what is on its way is not taken back`() {
        let model = HeldPostTests.held()
        _ = model.update(.clock(noon + 10))
        #expect(model.press("z").isEmpty)
        #expect(model.notice?.text.contains("on its way") == true)
    }

    @Test func `a post that comes back to a composer in use keeps both texts`() {
        let model = HeldPostTests.held()
        model.press("R")
        _ = model.update(.draftLoaded(.reply(topic: 1), nil))
        model.press("Later")
        _ = model.update(.takenBack(id: "7-topic_1"))
        #expect(model.composer?.body.text == "Hello\n\nLater")
    }

    @Test func `what the site refuses is opened again, unless the reader has gone on`() {
        let refused = Failure(.refused, "Body is too short.")
        let model = HeldPostTests.held()
        _ = model.update(.clock(noon + 10))
        let gone = model.copy()
        let effects = model.update(.notDelivered(id: "7-topic_1", refused))
        #expect(
            effects == [
                .takeBack(id: "7-topic_1", .reply(topic: 1), HeldPostTests.draft)
            ]
        )
        _ = model.update(.takenBack(id: "7-topic_1"))
        #expect(model.context == .composer)
        #expect(model.picture.contains("Body is too short."))
        gone.press("j")
        #expect(gone.update(.notDelivered(id: "7-topic_1", refused)).isEmpty)
        #expect(gone.notice?.text.contains("z opens it again") == true)
        #expect(gone.press("z").count == 1)
    }

    @Test func `a site that asks to wait, and a lost network, keep it`() {
        let model = HeldPostTests.held()
        _ = model.update(.clock(noon + 10))
        let busy = Failure(.rateLimited(seconds: 20), "Slow down.")
        #expect(model.update(.notDelivered(id: "7-topic_1", busy)).isEmpty)
        #expect(model.picture.contains("Goes out in 21 s."))
        _ = model.update(.clock(noon + 31))
        _ = model.update(.notDelivered(id: "7-topic_1", Failure(.network, "No route.")))
        #expect(!model.isCounting)
        #expect(model.notice?.text.contains("waits here and goes out by itself") == true)
        #expect(model.press("z").count == 1)
    }

    @Test func `what waits from before is quiet until it is refused`() {
        let model = Sample.list()
        _ = model.update(.notDelivered(id: "3-message", Failure(.network, "No route.")))
        #expect(model.notice == nil)
        _ = model.update(.notDelivered(id: "3-message", Failure(.refused, "Too short.")))
        #expect(model.notice?.text.contains("Too short.") == true)
    }

    @Test func `changing a post and a delay of nothing send at once`() {
        let model = ComposerTests.replying()
        model.press("Hello")
        #expect(model.press("<^x>").last == .submit(HeldPostTests.submission))
        var detail = Sample.detail(count: 3)
        detail.posts[0].canEdit = true
        let editing = Sample.topic(detail)
        editing.model.settings.sendDelay = 10
        editing.press("e")
        _ = editing.update(.draftLoaded(.edit(post: 1001), nil))
        _ = editing.update(.rawLoaded(post: 1001, raw: "A text that is long enough."))
        guard case .submit? = editing.press("<^x>").last else {
            Issue.record("a change waits")
            return
        }
    }

    @Test func `quitting does not ask about what goes out on the way`() {
        let model = HeldPostTests.held()
        _ = model.update(.queueCounted(1))
        #expect(model.press("<^c>") == [.quit])
        _ = model.update(.queueCounted(2))
        model.press("<^c>")
        #expect(model.picture.contains("1 unsent"))
    }

    @Test func `send-now does not wait`() {
        let model = HeldPostTests.held()
        #expect(model.press(":send-now<enter>") == [.deliver(all: true)])
    }
}
