import Testing

@testable import TerminalUI

@Suite struct NextUnreadTests {
    @Test func `space at the end of a topic reads on through the whole site`() {
        let rows = [Sample.row(1, "One", unread: 1), Sample.row(3, "Three")]
        let model = Sample.list(topics: rows)
        #expect(model.press(" ").first == .loadTopic(id: 1, near: 10))
        _ = model.update(.topicLoaded(Sample.detail(count: 10, lastRead: 9), near: 10))
        #expect(model.press(" ") == [.findUnread])
        let more = [Sample.row(8, "Elsewhere", unread: 2)]
        #expect(
            model.update(.unreadFound(.allUnread, more)) == [
                .loadTopic(id: 8, near: 9), .follow(topic: 8),
            ]
        )
        #expect(model.list?.kind == .allUnread)
    }

    @Test func `when all is read here, another site is entered`() {
        let model = Sample.list(topics: [Sample.row(1, "One")])
        model.press("<tab>")
        var row = Sample.row(5, "There", unread: 1)
        row.site = "https://other.example"
        #expect(
            model.update(.unreadFound(.everywhere, [row]))
                == [.enterSite("https://other.example", topic: 5, near: 10)]
        )
    }

    @Test func `tab goes on and shift-tab back`() {
        let model = Sample.list()
        #expect(model.press("<tab>").first == .loadTopic(id: 1, near: 39))
        model.press("q")
        _ = model.update(.topicLoaded(Sample.detail(count: 41), near: nil))
        model.press("jjjj")
        #expect(model.press("<backtab>").first == .loadTopic(id: 2, near: 7))
    }

    @Test func `catching up asks once and marks the list`() {
        let model = Sample.list()
        model.press("xt")
        #expect(model.picture.contains("Mark 3 topics as read?"))
        #expect(model.press("yes<enter>") == [.dismiss([1, 2, 5])])
        _ = model.update(.dismissed([1, 2, 5]))
        #expect(model.list?.rows.contains(where: \.hasUnread) == false)
        model.press("xt")
        #expect(model.notice?.text == "Nothing is unread in this list.")
    }

    @Test func `a topic is left unread from a post on`() {
        let model = Sample.topic(Sample.detail(count: 41, lastRead: 38), near: 39)
        let effects = model.press("U")
        #expect(effects.first == .markUnread(topic: 1, after: 38))
        #expect(model.context == .topicList)
        #expect(model.list?.rows[0].unreadCount == 3)
    }

    @Test func `the filter shows some rows and gives all back`() {
        let model = Sample.list()
        model.press("\\release<enter>")
        #expect(model.list?.rows.map(\.id) == [1, 4])
        model.press("\\<back><back><back><back><back><back><back>")
        #expect(model.context == .prompt)
        model.press("<enter>")
        #expect(model.list?.rows.map(\.id) == [1, 2, 3, 4, 5])
    }
}
