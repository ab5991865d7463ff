import Testing

@testable import TerminalUI

@Suite struct BookmarkTests {
    @Test func `one key marks, the same key reminds or removes, z takes back`() {
        let model = Sample.topic()
        let mark = BookmarkChange.set(Bookmark(topic: 1, post: 1001), .never)
        #expect(model.press("b") == [.bookmark(mark)])
        _ = model.update(.bookmarked(mark, id: 9))
        #expect(model.picture.contains("(bookmarked)"))
        model.press("b")
        #expect(model.context == .chooser)
        let marked = Bookmark(topic: 1, post: 1001, id: 9)
        #expect(model.press("2") == [.bookmark(.set(marked, .at(noon + 7200)))])
        let removal = BookmarkChange.remove(topic: 1, post: 1001, id: 9)
        #expect(model.press("z") == [.bookmark(removal)])
        _ = model.update(.bookmarked(removal, id: nil))
        #expect(!model.picture.contains("(bookmarked)"))
        #expect(model.press("z").isEmpty)
    }

    @Test func `the list of bookmarks opens at the marked post`() {
        let model = Sample.list()
        #expect(model.press("gb").last == .loadTopics(.bookmarks, page: 0))
        var row = Sample.row(4, "Marked")
        row.hitNumber = 6
        row.bookmark = Bookmark(topic: 4, post: 40, id: 3)
        row.blurb = "why it was marked"
        _ = model.update(.topicsLoaded(.bookmarks, page: 0, TopicPage(rows: [row], hasMore: false)))
        #expect(model.picture.contains("why it was marked"))
        #expect(model.press("<enter>").first == .loadTopic(id: 4, near: 6))
    }

    @Test func `a topic is marked as a whole`() {
        let model = Sample.topic()
        let mark = BookmarkChange.set(Bookmark(topic: 1), .never)
        #expect(model.press("f") == [.bookmark(mark)])
        _ = model.update(.bookmarked(mark, id: 4))
        #expect(model.topic?.bookmarkID == 4)
    }

    @Test func `guests are told to log in`() {
        let model = Sample.topic(username: nil)
        #expect(model.press("b").isEmpty)
        #expect(model.notice?.text.contains(":login") == true)
    }
}
