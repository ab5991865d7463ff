import Testing

@testable import TerminalUI

@Suite struct WaitingTests {
    @Test func `what waits on the site is always counted, and reading takes it away`() {
        let model = Sample.topic(Sample.detail(count: 41, lastRead: 38), near: 39)
        _ = model.update(.connected(true))
        _ = model.update(.waitingLoaded(WaitingTopics(unread: [1: 41, 2: 7], new: [5: 10])))
        model.press("q")
        #expect(model.shown[0].contains("2 unread  1 new  @ana  ● live"))
        // All of the open topic is on the screen when it is opened again.
        model.press("<enter>")
        _ = model.update(.topicLoaded(Sample.detail(count: 41, lastRead: 41), near: 41))
        model.press("q")
        _ = model.update(.connected(false))
        #expect(model.shown[0].contains("@ana  ○ offline"))
    }

    @Test func `the site tells of more, but not of what is open or muted`() {
        let model = Sample.topic()
        model.model.site.categories[1].level = .muted
        _ = model.update(.topicWaits(id: 1, highestNumber: 42, category: 1, isNew: false))
        _ = model.update(.topicWaits(id: 8, highestNumber: 1, category: 2, isNew: true))
        #expect(model.waiting == WaitingTopics())
        _ = model.update(.topicWaits(id: 8, highestNumber: 1, category: 1, isNew: true))
        _ = model.update(.topicWaits(id: 9, highestNumber: 4, category: 1, isNew: false))
        #expect(model.waiting == WaitingTopics(unread: [9: 4], new: [8: 1]))
        _ = model.update(.dismissed([8, 9]))
        #expect(model.waiting == WaitingTopics())
        _ = model.update(.loggedOut)
        _ = model.update(.topicWaits(id: 8, highestNumber: 1, category: 1, isNew: true))
        #expect(model.waiting == WaitingTopics())
    }

    @Test func `where a draft is kept is said while it is written`() {
        let model = Sample.topic()
        model.press("R")
        _ = model.update(.draftLoaded(.reply(topic: 1), nil))
        model.press("A text.")
        #expect(!model.picture.contains("draft kept"))
        _ = model.update(.draftSaved(.reply(topic: 1)))
        #expect(model.picture.contains("7 characters (at least 20) · draft kept"))
        guard let draft = model.composer?.draft else { return }
        _ = model.update(.draftShared(.reply(topic: 1), draft))
        #expect(model.picture.contains("draft on the site"))
        model.press("!")
        #expect(model.picture.contains("draft kept"))
        _ = model.update(.draftNotSaved(.reply(topic: 1), reason: "the disk is full"))
        #expect(!model.picture.contains("draft kept"))
        #expect(model.picture.contains("the disk is full"))
    }

    @Test func `a site that lets one wait is waited for in words, and the title has its room`() {
        let model = Sample.topic()
        _ = model.update(.connected(true))
        _ = model.update(.waitingLoaded(WaitingTopics(unread: [2: 7], new: [5: 10])))
        #expect(model.shown[0].contains("1 unread  1 new  @ana"))
        _ = model.update(.requestIsSlow(true))
        _ = model.update(.requestIsSlow(true))
        _ = model.update(.requestIsSlow(false))
        #expect(model.shown[0].contains("waiting for the site…"))
        #expect(model.shown[0].hasPrefix(" Release notes for 2.0"))
        #expect(!model.shown[0].contains("live"))
        _ = model.update(.requestIsSlow(false))
        #expect(!model.shown[0].contains("waiting"))
    }

    @Test func `what takes something back goes out after what did it`() {
        let like = Effect.setLike(topic: 1, post: 1001, on: true)
        #expect(like.isOrdered)
        #expect(!Effect.loadTopic(id: 1, near: nil).isOrdered)
    }
}
