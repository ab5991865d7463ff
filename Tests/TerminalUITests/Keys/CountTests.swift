import Testing

@testable import TerminalUI

@Suite struct CountTests {
    @Test func `a number moves so far, and the status line shows it while it is typed`() {
        let model = Sample.list()
        model.press("3")
        #expect(model.picture.contains("3 j, k by so many rows; G to row 3"))
        model.press("j")
        #expect(model.list?.selected == 3)
        #expect(model.count == nil)
        model.press("2k")
        #expect(model.list?.selected == 1)
        model.press("99j")
        #expect(model.list?.selected == 4)
    }

    @Test func `a number goes to a row`() {
        let model = Sample.list()
        model.press("4G")
        #expect(model.list?.selected == 3)
        model.press("2gg")
        #expect(model.list?.selected == 1)
        model.press("G")
        #expect(model.list?.selected == 4)
    }

    @Test func `in a topic posts are counted`() {
        let model = Sample.topic()
        model.press("12j")
        #expect(model.topic?.selectedPost?.number == 13)
        model.press("5k")
        #expect(model.topic?.selectedPost?.number == 8)
        model.press("20G")
        #expect(model.topic?.selectedPost?.number == 20)
        model.press("30#")
        #expect(model.topic?.selectedPost?.number == 30)
        #expect(model.prompt == nil)
    }

    @Test func `a post that is not loaded is fetched by its number`() {
        let model = Sample.topic(Sample.detail(count: 900, loaded: 1..<21))
        #expect(model.press("700G") == [.loadTopic(id: 1, near: 700)])
    }

    @Test func `escape, and a key that counts nothing, forget the number`() {
        let model = Sample.topic()
        model.press("12<esc>")
        #expect(model.context == .topic)
        model.press("j")
        #expect(model.topic?.selectedPost?.number == 2)
        model.press("5/")
        #expect(model.context == .prompt)
        model.press("<esc>j")
        #expect(model.topic?.selectedPost?.number == 3)
    }

    @Test func `pages are turned several at once, within the topic`() {
        let model = Sample.topic(Sample.detail(count: 300))
        model.press("3 ")
        let far = model.topic?.top.index ?? 0
        #expect(far > 15)
        #expect(model.press("3000 ").contains(.findUnread) == false)
    }

    @Test func `an enormous number is bounded`() {
        let model = Sample.list()
        model.press("99999999999999999999999999j")
        #expect(model.list?.selected == 4)
    }

    @Test func `a digit that the member has given a meaning keeps it`() {
        let model = Sample.topic()
        let change = Keymap.Remapping(context: "topic", keys: "5", action: "last")
        #expect(model.model.settings.keymap.apply(change) == nil)
        model.press("5")
        #expect(model.topic?.selectedPost?.number == 41)
    }

    @Test func `what is typed is no number`() {
        let model = ComposerTests.replying()
        model.press("12j")
        #expect(model.composer?.body.text == "12j")
    }
}
