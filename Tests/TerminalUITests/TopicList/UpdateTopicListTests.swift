import Testing

@testable import TerminalUI

@Suite struct UpdateTopicListTests {
    @Test(arguments: [
        ("j", 1), ("jj", 2), ("jjk", 1), ("k", 0), ("G", 4), ("Ggg", 0), ("<down><down>", 2),
        ("<end>", 4), ("<end><home>", 0), ("jjjjjjjj", 4), ("<pgdn>", 4), ("Gb", 0),
    ])
    func `keys move the selection and stop at both ends`(keys: String, selected: Int) {
        let model = Sample.list()
        model.press(keys)
        #expect(model.list?.selected == selected)
    }

    @Test func `the selection stays on the screen of a long list`() {
        let model = Sample.list(rows: 12, topics: (1...100).map { Sample.row($0, "Topic \($0)") })
        for step in 1...99 {
            model.press("j")
            #expect(model.picture.contains(">"), "after \(step) steps")
        }
        #expect(model.list?.selected == 99)
        model.press("gg")
        #expect(model.shown[1].contains("Topic 1 "))
    }

    @Test func `enter opens a topic at the first unread post`() {
        let model = Sample.list()
        let effects = model.press("<enter>")
        #expect(effects == [.loadTopic(id: 1, near: 39), .follow(topic: 1)])
        #expect(model.context == .topic)
    }

    @Test func `the end of the list asks for the next page once`() {
        let model = Sample.list()
        let rows = (1...40).map { Sample.row($0, "Topic \($0)") }
        _ = model.update(.topicsLoaded(.latest, page: 0, TopicPage(rows: rows, hasMore: true)))
        #expect(model.press("G") == [.loadTopics(.latest, page: 1)])
        #expect(model.press("kj").isEmpty)
        let more = (30...60).map { Sample.row($0, "Topic \($0)") }
        _ = model.update(.topicsLoaded(.latest, page: 1, TopicPage(rows: more, hasMore: false)))
        #expect(model.list?.rows.count == 60)
        #expect(model.list?.selected == 39)
    }

    @Test func `a refreshed list keeps the selected topic selected`() {
        let model = Sample.list()
        model.press("jj")
        let rows = [Sample.row(9, "A newer topic")] + Sample.rows
        _ = model.update(.topicsLoaded(.latest, page: 0, TopicPage(rows: rows, hasMore: false)))
        #expect(model.list?.selectedRow?.id == 3)
    }

    @Test func `activity elsewhere changes counts and moves nothing`() {
        let model = Sample.list()
        model.press("jj")
        let before = model.list
        _ = model.update(.topicBumped(id: 1, highestNumber: 43, poster: "eve"))
        #expect(model.list?.rows[0].unreadCount == 5)
        #expect(model.list?.rows[0].lastPoster == "eve")
        #expect(model.list?.rows.map(\.id) == before?.rows.map(\.id))
        #expect(model.list?.selected == 2)
        _ = model.update(.topicBumped(id: 77, highestNumber: 1, poster: nil))
        #expect(model.picture.contains("2 with new activity"))
        #expect(model.press(".") == [.loadTopics(.latest, page: 0)])
    }

    @Test func `space goes to the topic under the cursor when it has unread posts, else onwards`() {
        let model = Sample.list()
        #expect(model.press(" ").first == .loadTopic(id: 1, near: 39))
        model.model = Sample.list().model
        model.press("jj")
        #expect(model.press(" ").first == .loadTopic(id: 5, near: nil))
    }

    @Test func `nothing unread is said, not hidden`() {
        let model = Sample.list(topics: [Sample.row(1, "Read"), Sample.row(2, "Read too")])
        #expect(model.press(" ") == [.findUnread])
        #expect(model.update(.unreadFound(.everywhere, [])).isEmpty)
        #expect(model.notice?.text == "You have read everything.")
        let guest = Sample.list(username: nil, topics: [Sample.row(1, "Read")])
        #expect(guest.press(" ").isEmpty)
        #expect(guest.notice?.text == "No more unread topics in this list.")
    }

    @Test func `a topic can be marked as read without opening it`() {
        let model = Sample.list()
        let effects = model.press("xr")
        #expect(effects == [.markRead(topic: 1, numbers: [39, 40, 41])])
        #expect(model.list?.rows[0].hasUnread == false)
    }

    @Test func `q goes to the latest topics first and quits from there`() {
        let model = Sample.list()
        model.press("gt")
        #expect(model.list?.kind == .top)
        #expect(model.press("q").contains(.loadTopics(.latest, page: 0)))
        #expect(model.press("q") == [.quit])
    }

    @Test func `guests are told to log in where a list needs a member`() {
        let model = Sample.list(username: nil)
        #expect(model.press("gu").isEmpty)
        #expect(model.notice?.isFailure == true)
        #expect(model.list?.kind == .latest)
    }

    @Test func `a search opens its results and q returns`() {
        let model = Sample.list()
        #expect(model.press("/blue birds<enter>") == [.loadTopics(.search("blue birds"), page: 0)])
        var hit = Sample.row(8, "Birds")
        hit.hitNumber = 4
        hit.blurb = "a blue bird sang"
        _ = model.update(
            .topicsLoaded(.search("blue birds"), page: 0, TopicPage(rows: [hit], hasMore: false))
        )
        #expect(model.picture.contains("a blue bird sang"))
        #expect(model.press("<enter>").first == .loadTopic(id: 8, near: 4))
        model.press("qq")
        #expect(model.list?.kind == .latest)
    }

    @Test func `a failed list says why and how to try again`() {
        let model = Sample.list(topics: [])
        let failure = Failure(.network, "The site could not be reached.")
        _ = model.update(.failed(.loadTopics(.latest, page: 0), failure))
        #expect(model.picture.contains("The site could not be reached."))
        #expect(model.picture.contains(". tries again"))
    }

    @Test func `categories open their topics`() {
        let model = Sample.list()
        model.press("gcj")
        let kind = TopicListKind.category(id: 2, slug: "support", name: "support")
        #expect(model.press("<enter>") == [.loadTopics(kind, page: 0)])
        #expect(model.press("q").isEmpty)
        #expect(model.context == .categories)
    }
}
