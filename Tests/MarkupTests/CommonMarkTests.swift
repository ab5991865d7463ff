import Markup
import Testing

/// Cases of our own for every construct of CommonMark, with line ends as in CommonMark.
@Suite struct CommonMarkTests {
    private func cook(_ markdown: String) -> String {
        Markdown.cook(markdown, options: CookOptions(traditionalLineBreaks: true)).html
    }

    @Test(
        arguments: [
            ("one", "<p>one</p>"),
            ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
            ("one\ntwo", "<p>one\ntwo</p>"),
            ("one  \ntwo", "<p>one<br>\ntwo</p>"),
            ("one\\\ntwo", "<p>one<br>\ntwo</p>"),
            ("   one\n   two", "<p>one\ntwo</p>"),
            ("", ""),
            ("   \n\t\n", ""),
            ("a\r\nb\rc", "<p>a\nb\nc</p>"),
            ("***", "<hr>"),
            ("- - -", "<hr>"),
            ("___", "<hr>"),
            ("a\n***\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
            ("+++", "<p>+++</p>"),
            ("    code\n    more", "<pre><code>code\nmore\n</code></pre>"),
            ("\tcode", "<pre><code>code\n</code></pre>"),
            ("    a\n\n    b", "<pre><code>a\n\nb\n</code></pre>"),
            ("a\n    b", "<p>a\nb</p>"),
            ("```\na\n b\n```", "<pre><code class=\"lang-auto\">a\n b\n</code></pre>"),
            ("~~~ruby extra\nx\n~~~", "<pre><code class=\"lang-ruby\">x\n</code></pre>"),
            ("````\n```\n````", "<pre><code class=\"lang-auto\">```\n</code></pre>"),
            ("```\nunclosed", "<pre><code class=\"lang-auto\">unclosed\n</code></pre>"),
            ("``` a`b\nx", "<p>``` a`b\nx</p>"),
            ("```c++\n<b>&\n```", "<pre><code class=\"lang-c++\">&lt;b&gt;&amp;\n</code></pre>"),
        ] as [(String, String)]
    )
    func `paragraphs, rules and code blocks`(markdown: String, html: String) {
        #expect(cook(markdown) == html)
    }

    @Test(
        arguments: [
            ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
            ("> a\nb", "<blockquote>\n<p>a\nb</p>\n</blockquote>"),
            (
                "> a\n\n> b",
                "<blockquote>\n<p>a</p>\n</blockquote>\n<blockquote>\n<p>b</p>\n</blockquote>"
            ),
            (
                "> > a",
                "<blockquote>\n<blockquote>\n<p>a</p>\n</blockquote>\n</blockquote>"
            ),
            ("> - a", "<blockquote>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>"),
            (">     c", "<blockquote>\n<pre><code>c\n</code></pre>\n</blockquote>"),
            (">", "<blockquote>\n</blockquote>"),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
            ("* a\n+ b", "<ul>\n<li>a</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>"),
            (
                "- a\n\n- b",
                "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>"
            ),
            ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
            ("3) a\n4) b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"),
            ("0. a", "<ol start=\"0\">\n<li>a</li>\n</ol>"),
            ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
            ("-\n- b", "<ul>\n<li></li>\n<li>b</li>\n</ul>"),
            ("-a", "<p>-a</p>"),
            ("1.a", "<p>1.a</p>"),
            ("a\n14. b", "<p>a\n14. b</p>"),
            ("- a\n\n  b", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>"),
            (
                "- ```\n  x\n  ```",
                "<ul>\n<li>\n<pre><code class=\"lang-auto\">x\n</code></pre>\n</li>\n</ul>"
            ),
            ("1234567890. a", "<p>1234567890. a</p>"),
        ] as [(String, String)]
    )
    func `quotes and lists`(markdown: String, html: String) {
        #expect(cook(markdown) == html)
    }

    @Test(
        arguments: [
            ("*a*", "<p><em>a</em></p>"),
            ("_a_", "<p><em>a</em></p>"),
            ("**a**", "<p><strong>a</strong></p>"),
            ("__a__", "<p><strong>a</strong></p>"),
            ("***a***", "<p><em><strong>a</strong></em></p>"),
            ("*a **b** c*", "<p><em>a <strong>b</strong> c</em></p>"),
            ("a * b * c", "<p>a * b * c</p>"),
            ("a_b_c", "<p>a_b_c</p>"),
            ("a*b*c", "<p>a<em>b</em>c</p>"),
            ("**a*", "<p>*<em>a</em></p>"),
            ("\\*a\\*", "<p>*a*</p>"),
            ("\\\\", "<p>\\</p>"),
            ("\\a", "<p>\\a</p>"),
            ("`a`", "<p><code>a</code></p>"),
            ("`` a`b ``", "<p><code>a`b</code></p>"),
            ("`a\nb`", "<p><code>a b</code></p>"),
            ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
            ("`\\@`", "<p><code>\\@</code></p>"),
            ("`a", "<p>`a</p>"),
            ("&copy; &amp; &#35; &nope;", "<p>© &amp; # &amp;nope;</p>"),
            ("&#0;", "<p>\u{fffd}</p>"),
            (
                "<https://a.example/?b&c>",
                link("https://a.example/?b&amp;c", "https://a.example/?b&amp;c")
            ),
            ("<x@y.example>", "<p><a href=\"mailto:x@y.example\">x@y.example</a></p>"),
            ("< a", "<p>&lt; a</p>"),
            ("a > b & c", "<p>a &gt; b &amp; c</p>"),
        ] as [(String, String)]
    )
    func `emphasis, code spans and characters`(markdown: String, html: String) {
        #expect(cook(markdown) == html)
    }

    private static func link(_ href: String, _ text: String) -> String {
        "<p><a href=\"\(href)\" rel=\"noopener nofollow ugc\">\(text)</a></p>"
    }

    @Test(
        arguments: [
            ("[a](https://b.example)", link("https://b.example", "a")),
            ("[a](<https://b.example/c d>)", link("https://b.example/c%20d", "a")),
            ("[*a*](https://b.example)", link("https://b.example", "<em>a</em>")),
            ("[a][r]\n\n[r]: https://b.example", link("https://b.example", "a")),
            ("[R]\n\n[r]: https://b.example", link("https://b.example", "R")),
            ("[a](https://b.example/é)", link("https://b.example/%C3%A9", "a")),
            ("[a](https://b.example/%20x)", link("https://b.example/%20x", "a")),
            ("[a](/t/1)", "<p><a href=\"/t/1\">a</a></p>"),
            ("[a](#x)", "<p><a href=\"#x\">a</a></p>"),
            ("[a](mailto:x@y.example)", "<p><a href=\"mailto:x@y.example\">a</a></p>"),
            ("[a]()", "<p><a>a</a></p>"),
            ("[a] (b)", "<p>[a] (b)</p>"),
            ("[a", "<p>[a</p>"),
            (
                "[a](/b \"t & <u>\")",
                "<p><a href=\"/b\" title=\"t &amp; &lt;u&gt;\">a</a></p>"
            ),
            ("![a](/b.png)", "<p><img src=\"/b.png\" alt=\"a\"></p>"),
            ("![a *b*](/b.png 't')", "<p><img src=\"/b.png\" alt=\"a b\" title=\"t\"></p>"),
            (
                "[![a](/b.png)](/c)",
                "<p><a href=\"/c\"><img src=\"/b.png\" alt=\"a\"></a></p>"
            ),
            ("\\![a](/b)", "<p>!<a href=\"/b\">a</a></p>"),
        ] as [(String, String)]
    )
    func `links and images`(markdown: String, html: String) {
        #expect(cook(markdown) == html)
    }

    @Test(arguments: [
        ("# A b", 1, "a-b-1", "A b"),
        ("###### C ######", 6, "c-1", "C"),
        ("Title\n=====", 1, "title-1", "Title"),
        ("Title\n---", 2, "title-1", "Title"),
        ("## **x** `y`", 2, "x-y-1", "<strong>x</strong> <code>y</code>"),
        ("## Ünïcode", 2, "unicode-1", "Ünïcode"),
        ("## 漢字", 2, "heading-1", "漢字"),
    ])
    func `headings carry an anchor`(markdown: String, level: Int, name: String, text: String) {
        let anchor = "<a name=\"\(name)\" class=\"anchor\" href=\"#\(name)\"></a>"
        #expect(cook(markdown) == "<h\(level)>\(anchor)\(text)</h\(level)>")
    }

    @Test(arguments: ["#a", "####### a", "\\# a", "    # a"])
    func `what is no heading has none`(markdown: String) {
        #expect(!cook(markdown).contains("<h"))
    }

    @Test func `headings of one post have different anchors`() {
        let html = cook("# a\n\n# a\n\n[quote]\n# a\n[/quote]")
        for name in ["a-1", "a-2", "a-3"] {
            #expect(html.contains("name=\"\(name)\""))
        }
    }

    @Test(
        arguments: [
            ("a <b>b</b> c", "<p>a <b>b</b> c</p>"),
            ("<kbd>Ctrl</kbd>+<kbd>C</kbd>", "<p><kbd>Ctrl</kbd>+<kbd>C</kbd></p>"),
            ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
            ("<div>\n\n*a*\n\n</div>", "<div>\n<p><em>a</em></p>\n</div>"),
            ("<!-- a -->\n\nb", "<p>b</p>"),
            ("a <!-- b --> c", "<p>a  c</p>"),
            ("a <b>b", "<p>a <b>b</b></p>"),
            ("a </b> b", "<p>a  b</p>"),
            (
                "<details><summary>S</summary>\n\n*a*\n\n</details>",
                "<details><summary>S</summary>\n<p><em>a</em></p>\n</details>"
            ),
            ("a <custom-tag>b</custom-tag>", "<p>a b</p>"),
            ("1 <2 and 3> 2", "<p>1 &lt;2 and 3&gt; 2</p>"),
            ("> <!-- a\n\nb", "<blockquote>\n</blockquote>\n<p>b</p>"),
        ] as [(String, String)]
    )
    func `HTML within Markdown`(markdown: String, html: String) {
        #expect(cook(markdown) == html)
    }
}
