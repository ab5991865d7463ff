import Markup
import Testing

@Suite struct HTMLSanitizerTests {
    @Test(arguments: [
        ("<b>a</b> <kbd>b</kbd>", "<b>a</b> <kbd>b</kbd>"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<b><i>a</b>b</i>", "<b><i>a</i></b>b"),
        ("<font color=red>a</font>", "a"),
        ("a & b < c &amp; &lt;d&gt;", "a &amp; b &lt; c &amp; &lt;d&gt;"),
        ("<a href=\"/x\">a</a>", "<a href=\"/x\">a</a>"),
        (
            "<a href=\"https://x.example\" target=_blank rel=follow>a</a>",
            "<a href=\"https://x.example\" rel=\"noopener nofollow ugc\">a</a>"
        ),
        (
            "<a href=\"//x.example\">a</a>",
            "<a href=\"//x.example\" rel=\"noopener nofollow ugc\">a</a>"
        ),
        (
            "<a href=\"https://forum.example/t/1\">a</a>",
            "<a href=\"https://forum.example/t/1\">a</a>"
        ),
        (
            "<a href=\"https://forum.example@x.example/\">a</a>",
            "<a href=\"https://forum.example@x.example/\" rel=\"noopener nofollow ugc\">a</a>"
        ),
        (
            "<a href=\"https://forum.example.x.example/\">a</a>",
            "<a href=\"https://forum.example.x.example/\" rel=\"noopener nofollow ugc\">a</a>"
        ),
        (
            "<a href=\"/\\x.example\">a</a>",
            "<a href=\"/\\x.example\" rel=\"noopener nofollow ugc\">a</a>"
        ),
        (
            "<img src=\"/a.png\" onerror=x alt=b width=1 height=2x>",
            "<img src=\"/a.png\" alt=\"b\" width=\"1\">"
        ),
        ("<img alt=b>", ""),
        ("<span class=\"mention evil\">a</span>", "<span class=\"mention\">a</span>"),
        ("<code class=\"lang-c++ x\">a</code>", "<code class=\"lang-c++\">a</code>"),
        ("<p class=mention>a</p>", "<p>a</p>"),
        ("<details open=x>a</details>", "<details open>a</details>"),
        ("<td>a</td>", "a"),
        (
            "<table><tr><td colspan=2 align=CENTER>a</table>",
            "<table><tbody><tr><td colspan=\"2\" align=\"center\">a</td></tr></tbody></table>"
        ),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<pre>\n\na</pre>", "<pre>\n\na</pre>"),
        ("a<br/>b</br>c", "a<br>b<br>c"),
        ("\u{202e}abc", "<span class=\"bidi-warning\">&lt;U+202E&gt;</span>abc"),
        ("a&#27;b\u{7f}", "a\u{fffd}b\u{fffd}"),
        ("<script>a</script>b", "b"),
        ("<o:p>a</o:p>", "a"),
    ])
    func `the allow-list decides`(html: String, expected: String) {
        let safe = HTMLSanitizer.sanitize(html, baseURL: "https://forum.example")
        #expect(safe == expected)
        #expect(HTMLSanitizer.sanitize(safe, baseURL: "https://forum.example") == safe)
    }

    @Test func `depth is limited and text is kept`() {
        let html = String(repeating: "<div>", count: 5_000) + "x"
        let safe = HTMLSanitizer.sanitize(html)
        #expect(safe.components("<div>") == 120)
        #expect(safe.contains("x"))
        #expect(HTMLSanitizer.sanitize(safe) == safe)
    }

    @Test func `nested tables stay within the depth`() {
        let safe = HTMLSanitizer.sanitize(String(repeating: "<table><td>", count: 500) + "x")
        #expect(HTMLSanitizer.sanitize(safe) == safe)
        #expect(safe.components("<table>") == 30)
    }

    @Test func `attributes are limited`() {
        let many = (0..<10_000).map { "a\($0)=b" }.joined(separator: " ")
        #expect(HTMLSanitizer.sanitize("<a \(many)>x</a>") == "<a>x</a>")
        let long = String(repeating: "x", count: 20_000)
        #expect(HTMLSanitizer.sanitize("<a href=\"/\(long)\">x</a>") == "<a>x</a>")
    }
}
