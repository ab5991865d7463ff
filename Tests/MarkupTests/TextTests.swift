import Markup
import Testing

@Suite struct TextTests {
    @Test(arguments: [
        ("Hello World", "hello-world"), ("  Hello,   World! ", "hello-world"),
        ("Crème brûlée & Ærø", "creme-brulee-aero"), ("Straße nach Łódź", "strasse-nach-lodz"),
        ("e\u{301}tude", "etude"), ("Tiếng Việt", "tieng-viet"), ("don't", "dont"),
        ("C++ / C#", "c-c"), ("a_b", "a-b"), ("--a--", "a"), ("漢字", "topic"), ("", "topic"),
        ("🎉🎉", "topic"), ("2024", "topic"), ("2024-01", "topic"), ("2024 review", "2024-review"),
        ("漢字 and more", "and-more"), ("Ĳssel ŉ ſ", "ijssel-n-s"), ("<b>x</b>", "b-x-b"),
    ])
    func `slugs are ASCII words with dashes`(title: String, slug: String) {
        #expect(Slug.make(title) == slug)
    }

    @Test func `slugs are limited`() {
        let slug = Slug.make(String(repeating: "ab ", count: 200))
        #expect(slug.utf8.count <= 255)
        #expect(!slug.hasSuffix("-"))
        #expect(Slug.make(String(repeating: "x", count: 100_000)).utf8.count == 255)
    }

    @Test(arguments: [
        ("a & <b>", "a &amp; &lt;b&gt;"), ("\"a\" 'b'", "&ldquo;a&rdquo; &lsquo;b&rsquo;"),
        ("don't", "don&rsquo;t"), ("a...", "a&hellip;"), ("a -- b --- c", "a &ndash; b &mdash; c"),
        ("(\"a\")", "(&ldquo;a&rdquo;)"), ("a - b", "a - b"), ("", ""),
    ])
    func `fancy titles are escaped and typeset`(title: String, html: String) {
        #expect(FancyTitle.make(title) == html)
    }

    @Test func `escaping covers both kinds of quotes`() {
        #expect(
            Escape.html("<a href='x' b=\"y\">&")
                == "&lt;a href=&#39;x&#39; b=&quot;y&quot;&gt;&amp;"
        )
    }

    @Test(arguments: [
        ("", 0), ("one", 1), ("one two", 2), ("one-two, three!", 3), ("don't", 2), ("a_b", 1),
        ("été à l'école", 4), ("漢字 かな", 2), ("  ...  ", 0), ("1 2 ٣", 3),
    ])
    func `words are counted`(text: String, count: Int) {
        #expect(WordCount.count(text) == count)
    }

    @Test(arguments: [
        ("<p>a</p><p>b</p>", "a\n\nb"), ("<p>a<br>b</p>", "a\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b"),
        ("<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "> a\n>\n> b\n\nc"),
        ("<pre><code>a\n  b\n</code></pre><p>c</p>", "a\n  b\n\nc"),
        ("<p>a   b\n c&nbsp;d &lt;e&gt;</p>", "a b c\u{a0}d <e>"), ("<img alt=x src=y>", "x"),
        ("a<hr>b", "a\n\n---\n\nb"), ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
        ("<style>x</style>a<script>b</script>", "a"), ("", ""),
    ])
    func `plain text keeps the form of the text`(html: String, text: String) {
        #expect(HTMLText.plain(html: html) == text)
    }
}
