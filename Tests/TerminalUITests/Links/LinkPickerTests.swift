import Testing

@testable import TerminalUI

@Suite struct LinkPickerTests {
    @Test(arguments: [
        ("https://forum.example/t/x/1", "this site"), ("/u/ana", "this site"),
        ("https://forum.example@evil.example/login", "evil.example"),
        ("https://good.example\\@evil.example/", "good.example"),
        ("http://plain.example/x", "http://plain.example"), ("mailto:a@b.example", "mailto"),
        ("//other.example/x", "?"), ("https://MiXed.Example:8080/", "mixed.example:8080"),
    ])
    func `the host that counts is named`(url: String, host: String) {
        let name = LinkHost.name(of: url, site: "https://forum.example")
        #expect(name == host || (host == "?" && name.hasSuffix("other.example")))
    }

    private static func topic(_ cooked: String) -> Player {
        var detail = Sample.detail(count: 1)
        detail.posts[0].cooked = cooked
        return Sample.topic(detail)
    }

    @Test func `links are chosen by number, those of the site open here`() {
        let model = LinkPickerTests.topic(
            """
            <p><a href="https://e.example/a">a</a> <a href="/u/ken">k</a>
            <a href="https://forum.example/t/slug/9/3">t</a> <a href="/tag/release">g</a>
            <img src="https://p.example/x.png" alt="x"></p>
            """
        )
        model.press("<enter>")
        #expect(model.picture.contains("https://e.example/a"))
        #expect(model.press("1") == [.openLink("https://e.example/a")])
        model.press("<enter>")
        #expect(model.press("2") == [.loadPerson("ken")])
        model.press("q<enter>")
        #expect(model.press("3").first == .loadTopic(id: 9, near: 3))
        model.press("q<enter>")
        #expect(model.press("4") == [.loadTopics(.tag("release"), page: 0)])
        model.press("qi")
        #expect(model.picture.contains("[picture] https://p.example/x.png"))
        model.press("<esc>")
        #expect(model.press("4<enter>") == [.loadTopics(.tag("release"), page: 0)])
    }

    @Test func `spoilers and details open on demand`() {
        let model = LinkPickerTests.topic(
            """
            <p>He is <span class="spoiler">the butler</span>.</p>
            <details><summary>Why</summary><p>Because of the garden.</p></details><p>After.</p>
            """
        )
        #expect(!model.picture.contains("butler"))
        #expect(!model.picture.contains("garden"))
        #expect(model.picture.contains("Why"))
        #expect(model.picture.contains("After."))
        model.press("+")
        #expect(model.picture.contains("the butler"))
        #expect(model.picture.contains("Because of the garden."))
        model.press("+")
        #expect(!model.picture.contains("butler"))
    }

    @Test func `chains fold, and siblings are beside one another`() {
        var detail = Sample.detail(count: 6)
        detail.posts[2].replyToNumber = 2
        detail.posts[3].replyToNumber = 3
        detail.posts[4].replyToNumber = 2
        let model = Sample.topic(detail)
        model.press("j-")
        #expect(model.notice?.text == "3 answers folded.")
        #expect(!model.picture.contains("Post number 4."))
        #expect(model.picture.contains("(3 answers folded)"))
        #expect(model.picture.contains("Post number 6."))
        model.press("-")
        #expect(model.picture.contains("Post number 4."))
        model.press("jJ")
        #expect(model.topic?.selectedPost?.number == 5)
        model.press("K")
        #expect(model.topic?.selectedPost?.number == 3)
        model.press("p")
        #expect(model.topic?.selectedPost?.number == 2)
    }
}
