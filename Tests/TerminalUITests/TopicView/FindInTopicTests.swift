import Testing

@testable import TerminalUI

@Suite struct FindInTopicTests {
    @Test func `words are looked for in the whole topic`() {
        let model = Sample.topic(Sample.detail(count: 900, loaded: 1..<21))
        #expect(
            model.press("/needle<enter>").first == .findInTopic(topic: 1, words: "needle")
        )
        #expect(model.notice?.text.contains("whole topic") == true)
        let effects = model.update(
            .foundInTopic(topic: 1, words: "needle", numbers: [300, 700])
        )
        #expect(effects == [.loadTopic(id: 1, near: 300)])
        _ = model.update(
            .topicLoaded(Sample.detail(count: 900, loaded: 290..<310), near: 300)
        )
        #expect(model.topic?.selectedPost?.number == 300)
        #expect(model.press("n") == [.loadTopic(id: 1, near: 700)])
        #expect(model.press("N") == [.loadTopic(id: 1, near: 700)])
    }

    @Test func `a post that is here comes at once, and the site does not move the reader`() {
        var detail = Sample.detail(count: 900, loaded: 1..<21)
        detail.posts[9].cooked = "<p>the needle</p>"
        let model = Sample.topic(detail)
        model.press("/needle<enter>")
        #expect(model.topic?.selectedPost?.number == 10)
        #expect(model.update(.foundInTopic(topic: 1, words: "needle", numbers: [10, 700])).isEmpty)
        #expect(model.press("n") == [.loadTopic(id: 1, near: 700)])
    }

    @Test func `what is nowhere is said once, and old answers count for nothing`() {
        let model = Sample.topic(Sample.detail(count: 900, loaded: 1..<21))
        model.press("/needle<enter>")
        #expect(model.update(.foundInTopic(topic: 1, words: "other", numbers: [3])).isEmpty)
        _ = model.update(.foundInTopic(topic: 1, words: "needle", numbers: []))
        #expect(model.notice?.text.contains("is not in this topic") == true)
    }
}
