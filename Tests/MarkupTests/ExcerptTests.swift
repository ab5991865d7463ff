import Markup
import Testing

@Suite struct ExcerptTests {
    @Test(arguments: [
        ("<p>one</p>\n<p>two</p>", "one two"),
        ("<p>a &amp; b &lt;c&gt;</p>", "a &amp; b &lt;c&gt;"),
        ("<p>a</p><aside class=\"quote\"><blockquote>b</blockquote></aside><p>c</p>", "a c"),
        ("<aside class=\"onebox\">b</aside><p>c</p>", "c"),
        ("<p>a <img src=\"/x\" alt=\"b\"> c <img src=\"/y\"></p>", "a [b] c [image]"),
        (
            "<p>a <img class=\"emoji\" title=\":smile:\" alt=\":smile:\" src=\"/x\"></p>",
            "a :smile:"
        ),
        ("<p>a <a href=\"/x\">b</a></p>", "a <a href=\"/x\">b</a>"),
        (
            "<p>a <a class=\"mention\" href=\"/u/x\">@x</a></p>",
            "a <a href=\"/u/x\" class=\"mention\">@x</a>"
        ),
        ("<h1><a name=\"x-1\" class=\"anchor\" href=\"#x-1\"></a>X</h1><p>y</p>", "X y"),
        ("<p>a</p><div class=\"excerpt\">only <b>this</b></div>", "only this"),
        ("<p>a <span class=\"excerpt\">this</span> b</p>", "this"),
        ("<details><summary>S</summary>hidden</details><p>b</p>", "S b"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("<p>a<br>b</p>", "a b"),
        ("", ""),
    ])
    func `an excerpt is the text on one line`(html: String, expected: String) {
        #expect(Excerpt.make(html: html, length: 100) == expected)
    }

    @Test func `a long text is cut with an ellipsis`() {
        #expect(Excerpt.make(html: "<p>abcdef</p>", length: 6) == "abcdef")
        #expect(Excerpt.make(html: "<p>abcdef</p>", length: 5) == "abcde&hellip;")
        #expect(Excerpt.make(html: "<p>a&amp;b c</p>", length: 3) == "a&amp;b&hellip;")
        #expect(
            Excerpt.make(html: "<p><a href=\"/x\">abcdef</a></p>", length: 3)
                == "<a href=\"/x\">abc</a>&hellip;"
        )
        #expect(Excerpt.make(html: "<p>x</p>", length: 0) == "&hellip;")
        #expect(Excerpt.make(html: "<p>👩‍👩‍👧é漢字</p>", length: 2) == "👩‍👩‍👧é&hellip;")
    }

    @Test func `options leave out links, images and markup`() {
        let html = "<p>a <a href=\"/x\">b</a> <img src=\"/y\" alt=\"c\"> &lt;</p>"
        #expect(
            Excerpt.make(html: html, length: 100, options: .init(stripLinks: true))
                == "a b [c] &lt;"
        )
        let plain = Excerpt.Options(stripImages: true, isPlainText: true)
        #expect(Excerpt.make(html: html, length: 100, options: plain) == "a b <")
        let quotes = Excerpt.Options(keepQuotes: true)
        #expect(
            Excerpt.make(html: "<aside class=\"quote\">q</aside>r", length: 9, options: quotes)
                == "q r"
        )
    }

    @Test(arguments: HostileHTMLTests.tags + HostileHTMLTests.attributes)
    func `an excerpt of hostile HTML is harmless`(payload: String) {
        let excerpt = Excerpt.make(html: payload, length: 100)
        let faults = SafetyOracle.faults(HTMLSanitizer.sanitize(excerpt))
        #expect(faults.isEmpty)
        #expect(
            !excerpt.contains("<script") && !excerpt.contains("<img") && !excerpt.contains("<svg")
        )
    }
}
