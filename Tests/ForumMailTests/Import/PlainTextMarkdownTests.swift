import Forum
import ForumMail
import TestSupport
import Testing

@testable import ForumMail

struct PlainTextMarkdownTests {
    @Test(arguments: [
        ("Words, and a line.\nAnother one.", "Words, and a line.\nAnother one."),
        ("# not a heading", "\\# not a heading"), ("#include <stdio.h>", "#include \\<stdio.h>"),
        ("Title\n=====", "Title\n\\====="), ("Title\n---", "Title\n\\---"), ("* * *", "* * *"),
        (
            "Words.\n\n-----\n\n=====\nmore\n+---+\n:::",
            "Words.\n\n-----\n\n=====\nmore\n+---+\n:::"
        ),
        ("a | b\n--|--", "a | b\n\\--|--"), ("Words.\n- Anna", "Words.\n\n\\- Anna"),
        ("- one\n- two\n  more of two", "- one\n- two\n  more of two"),
        ("1. one\n2) two", "1. one\n2) two"), ("2002. That was", "2002. That was"),
        ("write to <anna@list.example> or <b>", "write to \\<anna@list.example> or \\<b>"),
        ("see <http://x.example/a_b_c*d*>, a < b", "see <http://x.example/a_b_c*d*>, a < b"),
        ("http://x.example/_a_/*b* ok", "http://x.example/_a_/*b* ok"),
        ("that is *really* so, _yes_.", "that is *really* so, _yes_."),
        ("char *p, **argv; a * b; f(*p)", "char \\*p, \\*\\*argv; a \\* b; f(\\*p)"),
        ("snake_case_name __init__ _x", "snake_case_name \\__init_\\_ \\_x"),
        ("use `ls -l` or `foo' and `bar'", "use `ls -l` or \\`foo' and \\`bar'"),
        ("C:\\temp\\*.txt \\", "C:\\temp\\\\\\*.txt \\\\"),
        ("AT&T &amp; &copy;", "AT&T \\&amp; \\&copy;"),
        ("[1]: http://x.example", "\\[1]: http://x.example"),
        ("a[i](x) ![y]", "a\\[i\\](x) \\![y]"),
        ("[quote]x[/quote] [ ] [b]", "\\[quote]x\\[/quote] \\[ ] \\[b]"),
        ("~~gone~~ ~/x", "\\~\\~gone\\~\\~ ~/x"), ("> quoted\nmine", "> quoted\n\nmine"),
        (">> two\n> one\nmine", ">> two\n>\n> one\n\nmine"),
        ("> > two\n>\n> one", ">> two\n>\n> one"),
        ("text\n    hanging", "text\n\u{A0}\u{A0}\u{A0}\u{A0}hanging"),
        ("text:\n\n    int x = f(y);\n    return x;", "text:\n\n    int x = f(y);\n    return x;"),
        ("at\n\n    http://x.example/y", "at\n\n\u{A0}\u{A0}\u{A0}\u{A0}http://x.example/y"),
        (
            "so\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-# *old*\n+<new>\n\nmore",
            "so\n\n```diff\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-# *old*\n+<new>\n```\n\nmore"
        ),
        ("```\n*x*\n```", "```\n*x*\n```"), ("``` never closed", "\\`\\`\\` never closed"),
        ("", ""), ("a\n\n\n\nb", "a\n\n\n\nb"),
    ])
    func `plain text becomes Markdown that shows the same`(text: String, markdown: String) {
        #expect(PlainTextMarkdown.convert(text) == markdown)
    }

    @Test func `every line is still there when it is cooked`() async throws {
        let text = """
            # no heading
            <b>not bold</b> & <foo@bar.example> &lt;
            *stars* **argv `tick' _x a_b
            ---
            [1]: http://x.example/one
            [quote="x"]
            """
        try await TestCommunity.with { site in
            let html = try await site.community.preview(PlainTextMarkdown.convert(text))
            #expect(!html.contains("<h1"))
            #expect(!html.contains("<b>"))
            #expect(!html.contains("<blockquote"))
            for part in [
                "# no heading",
                "&lt;b&gt;not bold&lt;/b&gt; &amp; &lt;foo@bar.example&gt; &amp;lt;",
                "**argv `tick' _x a_b", "---", "[1]:", "[quote=",
            ] {
                #expect(html.contains(part), "\(part) in \(html)")
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `hostile text takes no time`() {
        for unit in [
            "*a ", "`", "<http://", "> ", "[", "_a*", "&a;", "```\n", "--- \n+++ \n", "    x {\n\n",
        ] {
            let text = String(repeating: unit, count: 40_000)
            _ = PlainTextMarkdown.convert(text)
        }
    }
}
