import Markup
import Testing

/// What the forum adds to CommonMark.
@Suite struct DialectTests {
    private static let context = CookContext(
        users: ["sam": "Sam", "user_name": "user_name", "jörg": "Jörg", "a.b-c": "A.b-c"],
        groups: ["staff": "Staff"],
        categories: [
            "bug": .init(id: 3, name: "Bugs & co", slug: "bug", url: "/c/bug/3"),
            "dev:bug": .init(id: 4, name: "Dev bugs", slug: "bug", url: "/c/dev/bug/4"),
            "ui": .init(id: 5, name: "UI", slug: "ui", url: "/c/ui/5"),
        ],
        tags: ["ui": .init(id: 9, name: "ui", slug: "ui", url: "/tag/ui")],
        avatars: ["sam": "/avatar/sam/24.png"],
        topics: [7: .init(title: "Other <topic>", url: "/t/other/7")],
        uploads: ["upload://abc.png": "/uploads/1/abc.png"]
    )

    private func cook(_ markdown: String) -> Cooked {
        Markdown.cook(
            markdown,
            options: CookOptions(baseURL: "https://forum.example"),
            context: Self.context
        )
    }

    private static let sam = "<a class=\"mention\" href=\"/u/sam\">"

    @Test(
        arguments: [
            ("@sam", "<p>\(sam)@sam</a></p>"),
            ("hi @Sam!", "<p>hi \(sam)@Sam</a>!</p>"),
            ("(@sam)", "<p>(\(sam)@sam</a>)</p>"),
            ("@sam.", "<p>\(sam)@sam</a>.</p>"),
            ("**@sam**", "<p><strong>\(sam)@sam</a></strong></p>"),
            ("@sam's", "<p>\(sam)@sam</a>'s</p>"),
            ("@sam-", "<p>\(sam)@sam</a>-</p>"),
            ("@user_name", "<p><a class=\"mention\" href=\"/u/user_name\">@user_name</a></p>"),
            ("@a.b-c", "<p><a class=\"mention\" href=\"/u/a.b-c\">@a.b-c</a></p>"),
            ("@jörg", "<p><a class=\"mention\" href=\"/u/j%C3%B6rg\">@jörg</a></p>"),
            ("@staff", "<p><a class=\"mention-group\" href=\"/groups/staff\">@staff</a></p>"),
            ("@nobody", "<p><span class=\"mention\">@nobody</span></p>"),
            ("x@sam", "<p>x@sam</p>"),
            ("mail a@sam.example", "<p>mail a@sam.example</p>"),
            ("`@sam`", "<p><code>@sam</code></p>"),
            ("\\@sam", "<p>@sam</p>"),
            ("@@sam", "<p>@@sam</p>"),
            ("@sam@host", "<p>@sam@host</p>"),
            ("@ sam", "<p>@ sam</p>"),
            ("[@sam](/x)", "<p><a href=\"/x\">@sam</a></p>"),
            ("    @sam", "<pre><code>@sam\n</code></pre>"),
        ] as [(String, String)]
    )
    func `mentions`(markdown: String, html: String) {
        #expect(cook(markdown).html == html)
    }

    @Test func `mentions are collected once, and none from quotes or code`() {
        let cooked = cook("@sam @Sam @staff @x `@user_name`\n\n[quote=\"x\"]\n@jörg\n[/quote]")
        #expect(cooked.mentions == ["sam"])
        #expect(cooked.groupMentions == ["staff"])
        #expect(cooked.mentionCount == 3)
    }

    @Test func `a name beyond the limit is no mention`() {
        #expect(!cook("@" + String(repeating: "a", count: 61)).html.contains("mention"))
        #expect(cook("@" + String(repeating: "a", count: 60)).html.contains("mention"))
    }

    private static func tag(
        _ url: String,
        _ type: String,
        _ slug: String,
        _ id: Int,
        _ name: String
    )
        -> String
    {
        let data = "data-type=\"\(type)\" data-slug=\"\(slug)\" data-id=\"\(id)\""
        return "<p><a class=\"hashtag-cooked\" href=\"\(url)\" \(data)><span>\(name)</span></a></p>"
    }

    @Test(
        arguments: [
            ("#bug", tag("/c/bug/3", "category", "bug", 3, "Bugs &amp; co")),
            ("#BUG", tag("/c/bug/3", "category", "bug", 3, "Bugs &amp; co")),
            ("#dev:bug", tag("/c/dev/bug/4", "category", "bug", 4, "Dev bugs")),
            ("#ui", tag("/c/ui/5", "category", "ui", 5, "UI")),
            ("#ui::tag", tag("/tag/ui", "tag", "ui", 9, "ui")),
            ("#nope", "<p><span class=\"hashtag-raw\">#nope</span></p>"),
            ("a#bug", "<p>a#bug</p>"),
            ("`#bug`", "<p><code>#bug</code></p>"),
            ("\\#bug", "<p>#bug</p>"),
            ("##bug", "<p>##bug</p>"),
            ("a #: b", "<p>a #: b</p>"),
        ] as [(String, String)]
    )
    func `hashtags`(markdown: String, html: String) {
        #expect(cook(markdown).html == html)
    }

    private static func bare(_ url: String, _ after: String = "", before: String = "x ") -> String {
        "<p>\(before)<a href=\"\(url)\" rel=\"noopener nofollow ugc\">\(url)</a>\(after)</p>"
    }

    @Test(
        arguments: [
            ("x https://a.example/b", bare("https://a.example/b")),
            ("x https://a.example/b.", bare("https://a.example/b", ".")),
            ("x https://a.example/b?!", bare("https://a.example/b", "?!")),
            ("x (https://a.example/b)", bare("https://a.example/b", ")", before: "x (")),
            ("x https://a.example/b_(c)", bare("https://a.example/b_(c)")),
            ("x https://a.example/b_(c)), d", bare("https://a.example/b_(c)", "), d")),
            ("x https://a.example/b_c_d", bare("https://a.example/b_c_d")),
            ("x \"https://a.example\"", bare("https://a.example", "\"", before: "x \"")),
            ("x http://localhost:4600/t", bare("http://localhost:4600/t")),
            ("x HTTP://A.example", bare("HTTP://A.example")),
            ("xhttps://a.example", "<p>xhttps://a.example</p>"),
            ("x https://", "<p>x https://</p>"),
            ("x https:// y", "<p>x https:// y</p>"),
            ("`https://a.example`", "<p><code>https://a.example</code></p>"),
            (
                "x https://forum.example/t/1",
                "<p>x <a href=\"https://forum.example/t/1\">"
                    + "https://forum.example/t/1</a></p>"
            ),
            (
                "x www.a.example, y",
                "<p>x <a href=\"http://www.a.example\" rel=\"noopener nofollow ugc\">www.a.example</a>,"
                    + " y</p>"
            ),
            (
                "x https://a.example/ä?b=1&c=2",
                "<p>x <a href=\"https://a.example/%C3%A4?b=1&amp;c=2\" rel=\"noopener nofollow ugc\">"
                    + "https://a.example/ä?b=1&amp;c=2</a></p>"
            ),
            (
                "https://a.example/b",
                "<p><a href=\"https://a.example/b\" class=\"onebox\" rel=\"noopener nofollow ugc\">"
                    + "https://a.example/b</a></p>"
            ),
        ] as [(String, String)]
    )
    func `bare addresses become links`(markdown: String, html: String) {
        #expect(cook(markdown).html == html)
    }

    @Test func `links and images are collected`() {
        let cooked = cook(
            """
            https://a.example [b](https://b.example) <a href="https://c.example">c</a> @sam #bug
            ![d](https://d.example/d.png) [e](/t/5) https://a.example
            # heading
            """
        )
        #expect(
            cooked.links == ["https://a.example", "https://b.example", "https://c.example", "/t/5"]
        )
        #expect(cooked.images == ["https://d.example/d.png"])
        #expect(cooked.hashtags == ["bug"])
    }

    @Test(
        arguments: [
            ("a\nb", "<p>a<br>\nb</p>"),
            ("~~a~~", "<p><s>a</s></p>"),
            ("~~a **b** c~~", "<p><s>a <strong>b</strong> c</s></p>"),
            ("~~**b**~~", "<p><s><strong>b</strong></s></p>"),
            ("~~ a ~~", "<p>~~ a ~~</p>"),
            ("~~a", "<p>~~a</p>"),
            ("~a~", "<p>~a~</p>"),
            ("\\~~a~~", "<p>~~a~~</p>"),
            ("[b]a[/b]", "<p><span class=\"bbcode-b\">a</span></p>"),
            (
                "[i]a[/i] [u]b[/u] [s]c[/s]",
                "<p><span class=\"bbcode-i\">a</span> "
                    + "<span class=\"bbcode-u\">b</span> <span class=\"bbcode-s\">c</span></p>"
            ),
            ("[b]a", "<p>[b]a</p>"),
            ("a[/b]", "<p>a[/b]</p>"),
            ("[b][i]a[/b][/i]", "<p><span class=\"bbcode-b\">[i]a</span>[/i]</p>"),
            ("\\[b]a[/b]", "<p>[b]a[/b]</p>"),
            (
                "[url=https://a.example]x[/url]",
                bare("https://a.example", before: "")
                    .replacing(">https://a.example<", with: ">x<")
            ),
            ("[url=javascript:alert(1)]x[/url]", "<p>[url=javascript:alert(1)]x[/url]</p>"),
            (
                "[img]https://a.example/b.png[/img]",
                "<p><img src=\"https://a.example/b.png\" alt=\"\"></p>"
            ),
            ("a [spoiler]b[/spoiler]", "<p>a <span class=\"spoiler\">b</span></p>"),
            ("[spoiler]\nb\n[/spoiler]", "<div class=\"spoiler\">\n<p>b</p>\n</div>"),
            ("[ ] a", "<p><span class=\"chcklst-box fa fa-square-o fa-fw\"></span> a</p>"),
            (
                "- [x] a",
                "<ul>\n<li><span class=\"chcklst-box checked fa fa-check-square-o fa-fw\">"
                    + "</span> a</li>\n</ul>"
            ),
            (":smile:", "<p>:smile:</p>"),
            (
                "![a|100x50](/b.png)",
                "<p><img src=\"/b.png\" alt=\"a\" width=\"100\" height=\"50\"></p>"
            ),
            (
                "![a|100x50, 50%](upload://abc.png)",
                "<p><img src=\"/uploads/1/abc.png\" alt=\"a\" width=\"50\" height=\"25\"></p>"
            ),
            (
                "[a.pdf|attachment](upload://abc.png)",
                "<p><a href=\"/uploads/1/abc.png\" class=\"attachment\">a.pdf</a></p>"
            ),
            ("![a](upload://unknown.png)", "<p></p>"),
        ] as [(String, String)]
    )
    func `line ends, strikes, tags and images`(markdown: String, html: String) {
        #expect(cook(markdown).html == html)
    }

    @Test func `a quote names its writer, post and topic`() {
        let cooked = cook("[quote=\"Sam, post:2, topic:9, full:true\"]\na *b*\n[/quote]\nafter")
        #expect(
            cooked.html == """
                <aside class="quote no-group" data-username="Sam" data-post="2" data-topic="9" \
                data-full="true">
                <div class="title">
                <div class="quote-controls"></div>
                <img alt="" width="24" height="24" src="/avatar/sam/24.png" class="avatar"> Sam:</div>
                <blockquote>
                <p>a <em>b</em></p>
                </blockquote>
                </aside>
                <p>after</p>
                """
        )
        #expect(cooked.quotes == [QuoteReference(username: "Sam", postNumber: 2, topicID: 9)])
        #expect(cooked.images.isEmpty)
    }

    @Test func `a quote from another topic leads there`() {
        let html = cook("[quote=\"x, post:4, topic:7\"]\na\n[/quote]").html
        #expect(html.contains("<a href=\"/t/other/7/4\">Other &lt;topic&gt;</a></div>"))
    }

    @Test func `a quote without a name has no title`() {
        let html = cook("[quote]\na\n[/quote]").html
        #expect(
            html
                == "<aside class=\"quote no-group\">\n<blockquote>\n<p>a</p>\n</blockquote>\n</aside>"
        )
    }

    @Test func `quotes nest up to the limit`() {
        let html = cook(
            String(repeating: "[quote]\n", count: 40) + "x\n"
                + String(repeating: "[/quote]\n", count: 40)
        ).html
        #expect(html.components("<aside") == 20)
        #expect(html.components("[quote]") == 20)
        #expect(html.components("</aside>") == 20)
    }

    @Test(arguments: [
        "[quote=\"a\"]\nb", "b\n[/quote]", "```\n[quote]\nx\n[/quote]\n```",
        "\\[quote]\nx\n[/quote]",
        "[quote\nx\n[/quote]", "[/quote]\nx\n[quote]",
    ])
    func `a tag without a partner or in code stays text`(markdown: String) {
        let html = cook(markdown).html
        #expect(!html.contains("<aside"))
        #expect(html.contains("quote"))
    }

    @Test func `a quote may begin and end within its lines`() {
        let html = cook("[quote=\"x\"]a[/quote]\nb").html
        #expect(html.hasSuffix("<blockquote>\n<p>a</p>\n</blockquote>\n</aside>\n<p>b</p>"))
    }

    @Test func `a hostile name in a quote is text`() {
        let html = cook("[quote=\"<img src=x onerror=alert(1)>, post:1\"]\na\n[/quote]").html
        #expect(html.contains("&lt;img src=x onerror=alert(1)&gt;"))
        #expect(!html.contains("<img"))
    }

    @Test func `details hold Markdown`() {
        #expect(
            cook("[details=\"A <b>\"]\n- x\n[/details]").html
                == "<details>\n<summary>\nA &lt;b&gt;</summary>\n<ul>\n<li>x</li>\n</ul>\n</details>"
        )
        #expect(cook("[details=\"A\" open]\nx\n[/details]").html.hasPrefix("<details open>"))
    }

    @Test func `a table has a header, alignments and filled rows`() {
        let html = cook("| a | b \\| c |\n|:--|:-:|\n| *1* | `x\\|y` | extra |\n| 2 |").html
        #expect(
            html == """
                <div class="md-table">
                <table>
                <thead>
                <tr>
                <th align="left">a</th>
                <th align="center">b | c</th>
                </tr>
                </thead>
                <tbody>
                <tr>
                <td align="left"><em>1</em></td>
                <td align="center"><code>x|y</code></td>
                </tr>
                <tr>
                <td align="left">2</td>
                <td align="center"></td>
                </tr>
                </tbody>
                </table>
                </div>
                """
        )
    }

    @Test(arguments: [
        "a | b\n--- | ---\n1 | 2", "|a|b|\n|-|-|\n|1|2|", "> |a|b|\n> |-|-|",
        "- a\n\n  |a|b|\n  |-|-|",
        "before\n|a|b|\n|-|-|\n|1|2|", "a|b\n-|:",
    ])
    func `tables stand where paragraphs stand`(markdown: String) {
        let html = cook(markdown).html
        #expect(html.contains("<table>") == !markdown.hasSuffix("-|:"))
    }

    @Test(arguments: ["|a|b|\n|-|", "a|b\nc|d", "|a|\n|b|", "a\n|-|-|", "|a|b|\n|-|x|"])
    func `what is no table has none`(markdown: String) {
        #expect(!cook(markdown).html.contains("<table"))
    }

    @Test func `references list what is to be looked up`() {
        let references = Markdown.references(
            in: """
                @Sam and @sam, @staff. x@y.example #Bug #ui::tag ![a](upload://abc.png)
                [quote="Kim, post:2, topic:9"]
                @lee
                [/quote]
                ```
                @code #code
                ```
                """
        )
        #expect(references.usernames == ["sam", "staff", "lee", "kim"])
        #expect(references.hashtags == ["bug", "ui"])
        #expect(
            references.quotes == [QuoteReference(username: "Kim", postNumber: 2, topicID: 9)]
        )
        #expect(references.uploads == ["upload://abc.png"])
    }

    @Test func `everything that is cooked is among the references`() {
        let text = "@sam **@user_name** @a.b-c. #bug:x #dev:bug #ui::tag (@staff) \\@no"
        let references = Markdown.references(in: text)
        let cooked = cook(text)
        #expect(Set(cooked.mentions + cooked.groupMentions).isSubset(of: references.usernames))
        #expect(Set(cooked.hashtags).isSubset(of: references.hashtags))
        #expect(cooked.mentions == ["sam", "user_name", "a.b-c"])
    }

    @Test func `references are limited`() {
        let text = (0..<1_000).map { "@user\($0) #tag\($0)" }.joined(separator: " ")
        let references = Markdown.references(in: text)
        #expect(references.usernames.count == 200)
        #expect(references.hashtags.count == 200)
    }
}

extension String {
    /// How often `part` occurs.
    func components(_ part: String) -> Int {
        ranges(of: part).count
    }
}
