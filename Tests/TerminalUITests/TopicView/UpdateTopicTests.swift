import Testing

@testable import TerminalUI

@Suite struct UpdateTopicTests {
    @Test func `a topic opens at the first unread post and marks what is new`() {
        let model = Sample.topic(Sample.detail(count: 41, lastRead: 38), near: 39)
        #expect(model.topic?.selectedPost?.number == 39)
        #expect(model.picture.contains("#39 ─"))
        let new = model.shown.filter { $0.hasSuffix("● new") }
        #expect(new.count == 3)
    }

    @Test(arguments: [
        ("j", 2), ("jj", 3), ("jjk", 2), ("k", 1), ("G", 41), ("Ggg", 1), ("<end>", 41),
    ])
    func `keys go from post to post`(keys: String, number: Int) {
        let model = Sample.topic()
        model.press(keys)
        #expect(model.topic?.selectedPost?.number == number)
        #expect(model.picture.contains("> ") == false)
        #expect(model.shown.contains { $0.hasPrefix(">──") })
    }

    @Test func `a post longer than the screen is scrolled through before the next one`() {
        var detail = Sample.detail(count: 3)
        detail.posts[0].cooked = (1...60).map { "<p>Paragraph \($0)</p>" }.joined()
        let model = Sample.topic(detail)
        var presses = 0
        while model.topic?.selectedPost?.number == 1, presses < 50 {
            model.press("j")
            presses += 1
        }
        #expect(presses > 8)
        #expect(model.topic?.selectedPost?.number == 2)
        while model.topic?.top != Anchor(index: 0, line: 0), presses < 100 {
            model.press("k")
            presses += 1
        }
        #expect(model.topic?.top == Anchor(index: 0, line: 0))
    }

    @Test func `a step to a post on the screen moves the mark alone, a step beyond turns the page`()
    {
        let model = Sample.topic()
        var tops: [Anchor] = []
        for _ in 0..<14 {
            tops.append(model.topic?.top ?? Anchor(index: 0, line: 0))
            model.press("j")
        }
        // Seven posts of three lines each stand on 21 rows.
        #expect(tops.map(\.index) == Array(repeating: 0, count: 7) + Array(repeating: 7, count: 7))
        #expect(model.topic?.top == Anchor(index: 14, line: 0))
        model.press("k")
        #expect(model.topic?.top == Anchor(index: 7, line: 0))
    }

    @Test func `single lines scroll, and a topic can have the whole width`() {
        let model = Sample.topic(columns: 200, rows: 24)
        #expect(model.listPaneColumns > 0)
        model.press("<^e><^e>")
        #expect(model.topic?.top == Anchor(index: 0, line: 2))
        model.press("w")
        #expect(model.listPaneColumns == 0 && !model.showsInformation)
        #expect(model.topic?.top == Anchor(index: 0, line: 2))
        model.press("5<^e><^y>w")
        #expect(model.topic?.top == Anchor(index: 2, line: 0))
        #expect(model.listPaneColumns > 0)
    }

    @Test func `space pages through the whole topic, then on to the next unread one`() {
        let model = Sample.topic(Sample.detail(count: 41))
        var seen: Set<String> = []
        var pages = 0
        while model.context == .topic, model.topic?.id == 1, pages < 30 {
            for line in model.shown where line.contains("Post number") {
                seen.insert(line)
            }
            model.press(" ")
            pages += 1
        }
        #expect(seen.count == 41)
        #expect(model.topic?.id == 2)
    }

    @Test func `paging back returns over the same lines`() {
        let model = Sample.topic()
        let start = model.topic?.top
        model.press("   <pgup><^b><back>")
        #expect(model.topic?.top == start)
    }

    @Test func `read posts are reported once, to members only`() {
        let model = Sample.list()
        model.press("<enter>")
        let effects = model.update(.topicLoaded(Sample.detail(count: 41), near: nil))
        #expect(effects == [.markRead(topic: 1, numbers: [1, 2, 3, 4, 5, 6, 7])])
        #expect(model.press("j").isEmpty)
        let guest = Sample.list(username: nil)
        guest.press("<enter>")
        #expect(guest.update(.topicLoaded(Sample.detail(count: 41), near: nil)).isEmpty)
    }

    @Test func `reading brings the count in the list down`() {
        let model = Sample.topic(Sample.detail(count: 41, lastRead: 38), near: 39)
        model.press("q")
        #expect(model.list?.rows[0].unreadCount == 0)
        #expect(model.context == .topicList)
    }

    @Test func `posts around the screen are asked for, each once`() {
        let model = Sample.list()
        model.press("<enter>")
        let detail = Sample.detail(count: 10_000, loaded: 1..<21)
        _ = model.update(.topicLoaded(detail, near: nil))
        let effects = model.press("G")
        guard case .loadPosts(topic: 1, let ids)? = effects.first else {
            Issue.record("no posts were asked for: \(effects)")
            return
        }
        #expect(ids.count == 20 || ids.contains(1000 + 10_000))
        #expect(ids.contains(1000 + 10_000))
        #expect(!model.press("k").contains { $0 == effects.first })
        #expect(model.picture.contains("loading…"))
        let posts = ids.map { Sample.post($0 - 1000) }
        _ = model.update(.postsLoaded(topic: 1, posts: posts))
        #expect(model.picture.contains("Post number 9999."))
    }

    @Test func `a topic of ten thousand posts is never laid out as a whole`() {
        let model = Sample.topic(Sample.detail(count: 10_000))
        let clock = ContinuousClock()
        let spent = clock.measure {
            for _ in 0..<50 {
                model.press(" ")
                _ = model.frame
            }
            model.press("Gggj#5000<enter>kk")
            _ = model.frame
        }
        #expect(model.topic?.selectedPost?.number == 4998)
        #expect((model.topic?.layoutCount ?? 0) <= Limits.layouts + 40)
        // Laying out all of it takes far longer, even in an optimised build.
        #expect(spent < .seconds(4))
    }

    @Test func `new replies append without moving the reader`() {
        let model = Sample.topic()
        model.press("jjj")
        let before = model.picture.split(separator: "\n").dropFirst().dropLast(2)
        let top = model.topic?.top
        _ = model.update(
            .postsArrived(topic: 1, ids: [1042], posts: [Sample.post(42, by: "eve")])
        )
        #expect(model.topic?.top == top)
        #expect(
            Array(model.picture.split(separator: "\n").dropFirst().dropLast(2)) == Array(before)
        )
        #expect(model.picture.contains("1 new reply below"))
        model.press("G")
        #expect(model.picture.contains("eve"))
        #expect(!model.picture.contains("1 new reply below"))
    }

    @Test func `the same arrival twice counts once`() {
        let model = Sample.topic()
        for _ in 0..<2 {
            _ = model.update(.postsArrived(topic: 1, ids: [1042], posts: [Sample.post(42)]))
        }
        #expect(model.topic?.stream.count == 42)
    }

    @Test func `a reload keeps the post at the top though posts before it vanished`() {
        let model = Sample.topic()
        model.press("#20<enter>")
        #expect(model.topic?.selectedPost?.number == 20)
        var detail = Sample.detail(count: 41)
        detail.stream.removeFirst(5)
        _ = model.update(.topicLoaded(detail, near: 20))
        #expect(model.topic?.selectedPost?.number == 20)
        #expect(model.topic.flatMap { $0.post(at: $0.top.index) }?.number == 20)
    }

    @Test func `resizing keeps the same post on the screen`() {
        let model = Sample.topic()
        model.press("#20<enter>")
        for size in [
            Size(columns: 40, rows: 12), Size(columns: 200, rows: 60), Size(columns: 80, rows: 24),
        ] {
            _ = model.update(.resized(size))
            #expect(model.topic?.selectedPost?.number == 20)
            #expect(model.picture.contains("#20"))
        }
    }

    @Test func `a number goes to a post that is not loaded yet`() {
        let model = Sample.list()
        model.press("<enter>")
        _ = model.update(.topicLoaded(Sample.detail(count: 500, loaded: 1..<21), near: nil))
        #expect(model.press("#300<enter>") == [.loadTopic(id: 1, near: 300)])
        _ = model.update(.topicLoaded(Sample.detail(count: 500, loaded: 290..<310), near: 300))
        #expect(model.topic?.selectedPost?.number == 300)
        model.press("#x<enter>")
        #expect(model.notice?.isFailure == true)
    }

    @Test func `a like shows at once and is taken back when the site refuses`() {
        let model = Sample.topic()
        #expect(model.press("l") == [.setLike(topic: 1, post: 1001, on: true)])
        #expect(model.picture.contains("♥ 1 (you)"))
        _ = model.update(
            .failed(
                .setLike(topic: 1, post: 1001, on: true),
                Failure(.forbidden, "No likes today.")
            )
        )
        #expect(!model.picture.contains("♥"))
        #expect(model.picture.contains("! No likes today."))
    }

    @Test(arguments: [
        ("mm", TrackingLevel.muted), ("mr", .regular), ("mt", .tracking), ("mw", .watching),
    ])
    func `two keys set the tracking level`(keys: String, level: TrackingLevel) {
        let model = Sample.topic()
        #expect(model.press(keys) == [.setLevel(.topic(1), level)])
    }

    @Test func `find goes round the posts that hold the words`() {
        var detail = Sample.detail(count: 41)
        detail.posts[9].cooked = "<p>a <b>needle</b> here</p>"
        detail.posts[19].cooked = "<p>Needle again</p>"
        let model = Sample.topic(detail)
        model.press("/needle<enter>")
        #expect(model.topic?.selectedPost?.number == 10)
        model.press("n")
        #expect(model.topic?.selectedPost?.number == 20)
        model.press("n")
        #expect(model.topic?.selectedPost?.number == 10)
        model.press("N")
        #expect(model.topic?.selectedPost?.number == 20)
        model.press("/nothing<enter>")
        #expect(model.notice != nil)
    }

    @Test func `a number and Enter open a link, and links to topics open here`() {
        var detail = Sample.detail(count: 2)
        detail.posts[0].cooked = """
            <p><a href="https://else.example/x">x</a> <a href="https://forum.example/t/slug/7/3">y</a>
            <a href="/t/8">z</a></p>
            """
        let model = Sample.topic(detail)
        #expect(model.press("1<enter>") == [.openLink("https://else.example/x")])
        #expect(model.press("2<enter>") == [.loadTopic(id: 7, near: 3), .follow(topic: 7)])
        model.press("q")
        #expect(model.press("3<enter>") == [.loadTopic(id: 8, near: nil), .follow(topic: 8)])
        model.press("q")
        #expect(model.press("9<enter>").isEmpty)
        #expect(model.notice?.text == "This post has no link 9.")
    }

    @Test(
        arguments: [
            ("/t/a-title/12", 12, nil), ("/t/12", 12, nil), ("/t/12/3", 12, 3),
            ("https://forum.example/t/x/12/3?u=ana", 12, 3), ("/t/2024-plans/5/6#x", 5, 6),
        ] as [(String, Int, Int?)]
    )
    func `links to topics are understood`(url: String, topic: Int, post: Int?) {
        let address = TopicAddress(url, site: "https://forum.example/")
        #expect(address?.topic == topic)
        #expect(address?.post == post)
    }

    @Test(arguments: [
        "https://else.example/t/x/1", "/c/12", "/t/", "/t/slug", "javascript:1", "/u/t/1",
    ])
    func `other links are not topics`(url: String) {
        #expect(TopicAddress(url, site: "https://forum.example") == nil)
    }
}
