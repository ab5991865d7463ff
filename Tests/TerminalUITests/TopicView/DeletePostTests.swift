import Testing

@testable import TerminalUI

@Suite struct DeletePostTests {
    @Test func `when the last post is gone, the one before it is selected`() {
        let model = Sample.topic(Sample.detail(count: 5))
        model.press("G")
        _ = model.update(.topicLoaded(Sample.detail(count: 4), near: 5))
        #expect(model.topic?.selectedPost?.number == 4)
        #expect(model.shown.contains { $0.hasPrefix(">──") })
    }

    private static func topic() -> Player {
        var detail = Sample.detail(count: 5)
        for index in detail.posts.indices { detail.posts[index].canDelete = true }
        detail.posts[2].canDelete = false
        return Sample.topic(detail)
    }

    @Test func `a word is asked for first`() {
        let model = DeletePostTests.topic()
        model.press("j")
        #expect(model.press("d").isEmpty)
        #expect(model.picture.contains("Delete post #2? Type yes:"))
        #expect(model.press("no<enter>").isEmpty)
        model.press("d")
        #expect(model.press("yes<enter>") == [.delete(topic: 1, post: 1002)])
    }

    @Test func `what may not be deleted is not asked about`() {
        let model = DeletePostTests.topic()
        model.press("jj")
        #expect(model.press("d").isEmpty)
        #expect(model.picture.contains("You cannot delete this post."))
        #expect(model.context == .topic)
    }

    @Test func `z brings the last one back, once`() {
        let model = DeletePostTests.topic()
        #expect(model.press("z").isEmpty)
        #expect(
            model.update(.postDeleted(topic: 1, post: 1002)) == [.loadTopic(id: 1, near: 1)]
        )
        #expect(model.press("z") == [.recover(topic: 1, post: 1002)])
        #expect(
            model.update(.postRecovered(topic: 1, post: 1002)) == [.loadTopic(id: 1, near: 1)]
        )
        #expect(model.press("z").isEmpty)
    }

    @Test func `with its first post the topic leaves the screen`() {
        let model = DeletePostTests.topic()
        let effects = model.update(.postDeleted(topic: 1, post: 1001))
        #expect(effects.contains(.loadTopics(.latest, page: 0)))
        #expect(model.context == .topicList)
    }

    @Test func `posts that are gone leave the stream on the next load`() {
        let model = DeletePostTests.topic()
        var detail = Sample.detail(count: 5)
        detail.stream.remove(at: 1)
        detail.posts.remove(at: 1)
        _ = model.update(.topicLoaded(detail, near: 1))
        #expect(model.topic?.stream == [1001, 1003, 1004, 1005])
    }
}
