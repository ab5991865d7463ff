import Foundation
import Markup
import Testing

@Suite struct HTMLToMarkdownTests {
    @Test(arguments: [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<h2>a <b>b</b><br>c</h2>", "## a **b** c"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol start=4><li>a<p>b</p></li></ol>", "4. a\n\n   b"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
        ("<p>a &lt;b&gt; c &lt; d</p>", "a \\<b> c < d"),
        ("<p># a</p><p>#b</p>", "\\# a\n\n#b"),
        ("<code>a`b</code>", "``a`b``"),
        ("<pre>a```b</pre>", "````\na```b\n````"),
        ("<a href=\"https://x.example/a(b)\">y</a>", "[y](https://x.example/a%28b%29)"),
        (
            "<a href=\"https://x.example\"><img src=\"https://y.example/z.png\" alt=w></a>",
            "[![w](https://y.example/z.png)](https://x.example)"
        ),
        ("<a href=\"javascript:alert(1)\">x</a>", "x"),
        ("<img src=\"data:image/png;base64,x\">", ""),
        ("<img src=\"https://x.example/p.gif\" width=1 height=1>", ""),
        ("<div style=\"display:none; x:y\">preheader</div><p>a</p>", "a"),
        ("<div style=\"max-height:0px;overflow:hidden\">preheader</div><p>a</p>", "a"),
        ("<b>a<i>b</i></b>", "**a*b***".replacing("**a*b***", with: "__a*b*__")),
        ("<b>a</b><b><b>b</b></b>", "**a****b**"),
        ("<table><tr><td>a|b</td><td>c</td></tr></table>", "| a\\|b | c |\n| - | - |"),
        (
            "<table><tr><td><table><tr><td>a</td></tr></table></td></tr><tr><td>b</td></tr></table>",
            "a\n\nb"
        ),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", "a\n\nb\n\nc"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\nb"),
        ("a<!-- b -->c<style>d</style><script>e</script><title>f</title>", "ac"),
        ("a\u{200b}\u{feff}b", "ab"),
        ("&nbsp; a &nbsp; b", "a b"),
        ("<ul><li><pre>a\n b</pre></li></ul>", "- ```\n  a\n   b\n  ```"),
        ("<p>a<br><br><br>b</p>", "a\n\nb"),
        ("", ""),
    ])
    func `HTML becomes Markdown`(html: String, markdown: String) {
        #expect(HTMLToMarkdown.convert(html) == markdown)
    }

    @Test(arguments: [
        "<p>a <b>b</b> <i>c</i> <s>d</s> <code>e</code></p>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
        "<blockquote><p>a</p></blockquote>",
        "<pre><code class=\"lang-swift\">let a = 1</code></pre>",
        "<p><a href=\"https://x.example\">y</a></p>", "<p>&lt;script&gt; &amp;</p>",
    ])
    func `converted HTML cooks to the same text`(html: String) {
        let cooked = Markdown.cook(HTMLToMarkdown.convert(html)).html
        #expect(HTMLText.plain(html: cooked) == HTMLText.plain(html: html))
    }

    @Test(arguments: HostileHTMLTests.tags + HostileHTMLTests.attributes)
    func `hostile mail is harmless once cooked`(payload: String) {
        let cooked = Markdown.cook(HTMLToMarkdown.convert(payload)).html
        #expect(SafetyOracle.faults(cooked).isEmpty)
    }

    struct CorpusCase: Decodable {
        struct Options: Decodable {
            var keepsImages: Bool?
            var keepsEmbedded: Bool?

            enum CodingKeys: String, CodingKey {
                case keepsImages = "keep_img_tags"
                case keepsEmbedded = "keep_cid_imgs"
            }
        }

        var desc: String
        var input: String
        var opts: Options
        var expected: String
    }

    static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/corpus/html-to-markdown.json").standardizedFileURL

    /// Runs where the corpus lies beside the repository.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: corpus.path)))
    func `the corpus of conversions is met`() throws {
        let cases = try JSONDecoder().decode(
            [CorpusCase].self,
            from: Data(contentsOf: Self.corpus)
        )
        var met = 0
        for each in cases {
            var options = HTMLToMarkdown.Options(
                keepImageTags: each.opts.keepsImages ?? false,
                keepEmbeddedImages: each.opts.keepsEmbedded ?? false
            )
            if each.desc.contains("allowed_href_schemes") {
                options.schemes.insert("steam")
            }
            let markdown = HTMLToMarkdown.convert(each.input, options: options)
            #expect(markdown == each.expected, "\(each.desc)")
            met += markdown == each.expected ? 1 : 0
        }
        print("HTML to Markdown: \(met) of \(cases.count)")
    }
}
