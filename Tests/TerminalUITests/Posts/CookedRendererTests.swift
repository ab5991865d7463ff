import Testing

@testable import TerminalUI

@Suite struct CookedRendererTests {
    @Test(arguments: [
        ("<p>Hello <em>you</em> &amp; me</p>", "Hello you & me"),
        ("<p>one<br>two</p>", "one\ntwo"),
        ("<p>one</p>\n<p>two</p>", "one\n\ntwo"),
        (
            "<p>See <a href=\"https://a.example/x\">this</a> and <a href=\"https://b.example\">that</a>.</p>",
            "See this[1] and that[2]."
        ),
        (
            "<blockquote><p>wise</p><p>words</p></blockquote><p>so</p>",
            "│ wise\n│\n│ words\n\nso"
        ),
        (
            "<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>",
            "• one\n• two\n  • deep"
        ),
        ("<ol start=\"3\"><li>three</li><li>four</li></ol>", "3. three\n4. four"),
        (
            "<pre><code class=\"lang-swift\">let x = 1\n  let y &lt; 2\n</code></pre>",
            "  let x = 1\n    let y < 2"
        ),
        ("<h2>Head</h2><p>text</p>", "Head\n\ntext"),
        (
            "<p>a<img src=\"/u/1.png\" alt=\"a cat\" width=\"640\" height=\"480\">b</p>",
            "a[img 1: a cat, 640×480]b"
        ),
        ("<p>hi <img src=\"/e.png\" class=\"emoji\" alt=\":smile:\"></p>", "hi :smile:"),
        ("<p>ask <a class=\"mention\" href=\"/u/ana\">@ana</a></p>", "ask @ana"),
        ("plain &lt;b&gt; text", "plain <b> text"),
        ("<p>2 < 3 & 4 > 1 &#x41;&#66; &nosuch; &amp</p>", "2 < 3 & 4 > 1 AB &nosuch; &amp"),
        ("<!-- note --><p>x</p><script>alert(1)</script><p>y</p>", "x\n\ny"),
        ("<details><summary>More</summary><p>hidden</p></details>", "│ ▾ More\n│ hidden"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("</p></div>stray</li>", "stray"),
        ("<p>dots &hellip; &mdash; &#39;q&#39;</p>", "dots … — 'q'"),
    ])
    func `cooked posts read as text`(html: String, text: String) {
        #expect(CookedRenderer.render(html, width: 60).text == text)
    }

    @Test func `a quote of a member has a bar and the name`() {
        let html = """
            <aside class="quote no-group" data-username="ana" data-post="1" data-topic="2">
            <div class="title"><div class="quote-controls"></div>
            <img class="avatar" src="/a.png"> ana:</div>
            <blockquote><p>Quoted text.</p></blockquote></aside><p>My answer.</p>
            """
        let text = CookedRenderer.render(html, width: 40).text
        #expect(text == "│ ana:\n│ Quoted text.\n\nMy answer.")
    }

    @Test func `a table keeps its columns`() {
        let html = """
            <div class="md-table"><table><thead><tr><th>Name</th><th>Size</th></tr></thead>
            <tbody><tr><td>日本</td><td>1</td></tr><tr><td>b</td><td><code>22</code></td></tr></tbody>
            </table></div><p>after</p>
            """
        let lines = CookedRenderer.render(html, width: 40).text
        #expect(lines == "Name │ Size\n─────┼─────\n日本 │ 1\nb    │ 22\n\nafter")
    }

    @Test func `text wraps behind the bar of a quote and the marker of an item`() {
        let html =
            "<blockquote><p>one two three four</p></blockquote><ul><li>five six seven</li></ul>"
        let text = CookedRenderer.render(html, width: 12).text
        #expect(text == "│ one two\n│ three four\n\n• five six\n  seven")
    }

    @Test func `styles follow the elements and end with them`() {
        let line = CookedRenderer.render(
            "<p>a<strong>b<em>c</em></strong>d<code>e</code></p>",
            width: 40
        )
        .lines[0]
        #expect(line[0].style == .text)
        #expect(line[1].style == .strong)
        #expect(line[2].style == Style(.text, [.strong, .slanted]))
        #expect(line[3].style == .text)
        #expect(line[4].style.role == .code)
    }

    @Test func `links are numbered once each and keep their addresses`() {
        let html = "<p><a href='https://a.example'>x</a> <a href='https://a.example'>y</a></p>"
        let post = CookedRenderer.render(html, width: 40)
        #expect(post.text == "x[1] y[1]")
        #expect(post.links == [Link(number: 1, url: "https://a.example", isImage: false)])
    }

    @Test(arguments: [
        String(repeating: "<blockquote>", count: 50_000) + "deep",
        String(repeating: "<ul><li>", count: 30_000) + "deep",
        String(repeating: "<b>", count: 50_000) + "x" + String(repeating: "</b>", count: 50_000),
        String(repeating: "<table><tr><td>", count: 10_000) + "x",
        String(repeating: "<", count: 100_000),
        "<a " + String(repeating: "x=1 ", count: 50_000) + ">t</a>",
        String(repeating: "&", count: 100_000),
        "<p>" + String(repeating: "x", count: 300_000),
        String(repeating: "<pre>", count: 1000) + String(repeating: "\n", count: 100_000),
    ])
    func `hostile markup is laid out within its limits`(html: String) {
        let post = CookedRenderer.render(html, width: 80)
        #expect(post.lines.count <= Limits.postLines + 1)
        #expect(post.lines.allSatisfy { $0.count <= 80 })
    }

    @Test func `no line is wider than asked for at any width`() {
        let html = """
            <h1>Überschrift</h1><p>日本語の <code>code</code> 👩‍👩‍👧 and words</p>
            <ol><li>a<blockquote><p>quote in item</p></blockquote></li></ol>
            <table><tr><th>one</th><th>two</th><th>three</th></tr><tr><td>a b c d e f</td><td>x</td></tr></table>
            <pre>let veryLongLineOfCode = 12345678901234567890</pre><hr>
            """
        for width in 12...120 {
            let lines = CookedRenderer.render(html, width: width).lines
            #expect(lines.allSatisfy { $0.count <= width })
        }
    }
}
