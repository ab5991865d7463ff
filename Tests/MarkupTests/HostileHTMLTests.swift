import Testing

@testable import Markup

/// Attempts to bring script into a page, by the way they take.
@Suite struct HostileHTMLTests {
    static let tags = [
        "<script>alert(1)</script>", "<SCRIPT SRC=//x.example/a.js></SCRIPT>",
        "<script/src=//x.example>", "<<script>alert(1)//<</script>", "<script\n>alert(1)</script >",
        "<script>a</script\t\n bar>b", "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script><!--<script>--></script>", "<svg onload=alert(1)>", "<svg/onload=alert(1)//",
        "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href=\"javascript:alert(1)\">x</a>",
        "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
        "<svg><set attributeName=href to=javascript:alert(1)>",
        "<svg><style><img src=x onerror=a()>",
        "<svg><foreignObject><iframe src=javascript:alert(1)>", "<svg><desc><b onclick=x>",
        "<math><a xlink:href=\"javascript:alert(1)\">x",
        "<math href=\"javascript:alert(1)\">x</math>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\">",
        "<iframe/onload=alert(1)>", "<object data=javascript:alert(1)></object>",
        "<embed src=javascript:alert(1)>", "<applet code=x>", "<base href=//x.example/>",
        "<link rel=stylesheet href=//x.example/a.css>", "<meta http-equiv=refresh content=0;url=x>",
        "<style>@import '//x.example'</style>", "<style><!--</style><img src=x onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<title><a title=\"</title><img src=x onerror=alert(1)>\">",
        "<textarea></textarea><img src=x onerror=alert(1)>", "<textarea><script>a</textarea>",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">", "<plaintext><b onclick=x>",
        "<template><img src=x onerror=alert(1)></template>", "<frameset onload=alert(1)>",
        "<noembed><img title=\"</noembed><img src onerror=alert(1)>\">",
        "<select><style></select><img src=x onerror=alert(1)>",
        "<keygen autofocus onfocus=alert(1)>",
        "<video><source onerror=alert(1)>", "<video src=x onerror=alert(1)>",
        "<audio src=x onerror=alert(1)>", "<marquee onstart=alert(1)>",
        "<isindex action=javascript:a>",
        "<button formaction=javascript:alert(1)>x", "<input onfocus=alert(1) autofocus>",
        "<form action=javascript:alert(1)><input type=submit>", "<body onload=alert(1)>",
        "<html onclick=alert(1)>", "<dialog open onclose=alert(1)>",
        "<portal src=javascript:alert(1)>",
        "<x onclick=alert(1)>y</x>", "<custom-element onclick=a>",
        "<bgsound src=javascript:alert(1)>",
        "<layer src=x>", "<xml id=x><i>b</i></xml>", "<?xml version=\"1.0\"?><b>",
        "<!DOCTYPE x [<!E>]>",
        "<![CDATA[<img src=x onerror=alert(1)>]]>", "<!--><img src=x onerror=alert(1)>-->",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
        "<!-- --!><img src=x onerror=alert(1)>",
        "<!--->\u{0}<img src=x onerror=a>", "</b onclick=alert(1)>", "<b/onclick=alert(1)>x</b>",
    ]

    static let attributes = [
        "<img src=x onerror=alert(1)>", "<img src=x oNeRrOr=alert(1)>",
        "<img/src=x/onerror=alert(1)>",
        "<img src=x onerror\n=\nalert(1)>", "<img \u{0}onerror=alert(1) src=x>",
        "<img src=`x`onerror=alert(1)>", "<img src=\"x\"onerror=\"alert(1)\">",
        "<img \"\"\"><script>alert(1)</script>\">", "<img src=x:alert(1) onerror=eval(src)>",
        "<a onmouseover=alert(1)>x</a>", "<a href=x style=\"x:expression(alert(1))\">x</a>",
        "<div style=\"background:url(javascript:alert(1))\">",
        "<div style=position:fixed;top:0>x</div>",
        "<b style=\"behavior:url(x)\">x</b>", "<p id=x name=y>z</p>",
        "<a id=location name=cookie>x</a>",
        "<img name=getElementById src=x>", "<a class=anchor name=body href=#x>x</a>",
        "<a class=anchor name=x-1 href=javascript:alert(1)>x</a>",
        "<p contenteditable onfocus=a>x</p>",
        "<p tabindex=1 onfocus=alert(1) autofocus>x</p>", "<div data-x=y data-controller=z>x</div>",
        "<span data-html=\"<img src=x onerror=alert(1)>\">x</span>",
        "<a target=_blank href=//x>y</a>",
        "<img srcset=\"javascript:a 1x\" src=y>",
        "<table background=javascript:alert(1)><td>x</table>",
        "<td background=\"javascript:alert(1)\">x", "<img lowsrc=javascript:alert(1) src=y>",
        "<img dynsrc=javascript:alert(1) src=y>", "<img usemap=#x src=y>",
        "<a ping=//x href=y>z</a>",
        "<ol type=\"1\" start=\"1&quot; onclick=x\"><li>x</ol>", "<td colspan=\"2 onclick=x\">y",
        "<p dir=\"rtl&quot; onclick=x\">y</p>", "<code class=\"lang-x&quot; onclick=y\">z</code>",
        "<p title='\" onclick=alert(1) x=\"'>y</p>", "<p title=\"<script>alert(1)</script>\">y</p>",
        "<a title=\"&quot;&gt;&lt;script&gt;\">x</a>",
        "<img alt='\"><script>alert(1)</script>' src=x>",
        "<a href=\"x\" href=\"javascript:alert(1)\">y</a>",
        "<aside data-username='\" onclick=x'>y</aside>",
        "<span class='mention\" onclick=\"alert(1)'>x</span>", "<b xmlns:x=y x:onclick=z>w</b>",
        "<a xlink:href=javascript:alert(1)>x</a>", "<p lang=x is=y slot=z part=w>v</p>",
        "<details open ontoggle=alert(1)>x</details>", "<blockquote cite=javascript:alert(1)>x",
        "<q cite=javascript:alert(1)>x</q>", "<del cite=javascript:alert(1)>x</del>",
    ]

    static let addresses = [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)",
        "\u{1}javascript:alert(1)",
        "java\tscript:alert(1)", "java\nscript:alert(1)", "java\r\nscript:alert(1)",
        "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", "&#106;avascript:alert(1)",
        "&#x6A;avascript:alert(1)", "&#0000106avascript:alert(1)", "&#x6A&#x61vascript:alert(1)",
        "javascript&colon;alert(1)", "javascript&#58;alert(1)", "javascript&#x3A;alert(1)",
        "javascript\u{0}:alert(1)", "jav\u{0}ascript:alert(1)", "&#1;javascript:alert(1)",
        "\u{a0}javascript:alert(1)", "\u{feff}javascript:alert(1)", "\u{2028}javascript:alert(1)",
        "javascript :alert(1)", "javascript://%0aalert(1)", "javascript:/*--></title>*/alert(1)",
        "feed:javascript:alert(1)", "view-source:javascript:alert(1)", "jar:javascript:alert(1)",
        "vbscript:msgbox(1)", "VBSCRIPT:x", "livescript:x", "mocha:x",
        "data:text/html,<script>a</script>",
        "data:text/html;base64,PHNjcmlwdD4=", "DATA:image/svg+xml,<svg onload=alert(1)>",
        "data:,x", "blob:x", "filesystem:x", "file:///etc/passwd", "about:blank", "ms-its:x",
        "res://x",
        "tel:1\u{0}", "x-javascript:alert(1)", "ja\u{ad}vascript:alert(1)",
        "javascript\u{200b}:alert(1)",
        "&#x0A;javascript:alert(1)", "&#32;&#32;javascript:alert(1)", "\u{8}javascript:alert(1)",
        "\\javascript:alert(1)", "%6aavascript:alert(1)", "ws://x", "intent://x#Intent;end",
    ]

    @Test(arguments: tags + attributes)
    func `sanitised HTML holds only what is allowed`(payload: String) {
        for html in [payload, "<div>\(payload)</div>", "<table><td>\(payload)", "a \(payload) b"] {
            let safe = HTMLSanitizer.sanitize(html)
            #expect(SafetyOracle.faults(safe).isEmpty, "\(html) → \(safe)")
            #expect(HTMLSanitizer.sanitize(safe) == safe, "sanitising twice: \(html)")
        }
    }

    @Test(arguments: tags + attributes)
    func `cooked Markdown holds only what is allowed`(payload: String) {
        let texts = [
            payload, "a \(payload) b", "- \(payload)", "> \(payload)",
            "[quote=\"\(payload)\"]\nx\n[/quote]",
            "[details=\"\(payload)\"]\n\(payload)\n[/details]", "|\(payload)|b|\n|-|-|\n|c|d|",
            "# \(payload)", "```\(payload)\n\(payload)\n```", "`\(payload)`",
            "@\(payload) #\(payload)",
            "![\(payload)](/x '\(payload)')", "[\(payload)](/x \"\(payload)\")", "~~\(payload)~~",
        ]
        for text in texts {
            let safe = Markdown.cook(text).html
            #expect(SafetyOracle.faults(safe).isEmpty, "\(text) → \(safe)")
            #expect(HTMLSanitizer.sanitize(safe) == safe, "sanitising cooked text: \(text)")
        }
    }

    @Test(arguments: addresses)
    func `no address but a harmless one comes out`(address: String) {
        let texts = [
            "<a href=\"\(address)\">x</a>", "<a href='\(address)'>x</a>",
            "<img src=\"\(address)\">",
            "[x](\(address))", "[x](<\(address)>)", "![x](\(address))", "<\(address)>",
            "[x]\n\n[x]: \(address)", "[url=\(address)]x[/url]", "[url]\(address)[/url]",
            "[img]\(address)[/img]", "[x|attachment](\(address))", address,
        ]
        for text in texts {
            for safe in [HTMLSanitizer.sanitize(text), Markdown.cook(text).html] {
                #expect(SafetyOracle.faults(safe).isEmpty, "\(text) → \(safe)")
            }
        }
    }

    @Test func `the oracle sees what is not allowed`() {
        let bad = [
            "<script>x</script>", "<b onclick=x>y</b>", "<a href=\"javascript:x\">y</a>",
            "<!-- x -->",
            "<svg></svg>", "<p style=x>y</p>", "<img src=\"data:x\">",
            "<a href=\"java\nscript:x\">y</a>",
            "<a name=x>y</a>", "<a href=\"https://x\">y</a>", "a\u{1}b",
        ]
        for html in bad {
            #expect(!SafetyOracle.faults(html).isEmpty, "\(html)")
        }
        let count = Set(Self.tags + Self.attributes + Self.addresses).count
        #expect(count >= 150)
    }

    @Test func `pieces of payloads in any order stay harmless`() {
        var seed: UInt64 = 20_260_101
        let pieces =
            Self.tags + Self.attributes
            + [
                "<table>", "<td>", "</table>", "<p>", "</p>", "<a href=x>", "</a>", "<b>", "</b>",
                "<li>",
            ]
            + [
                "\"", "'", ">", "<", "`", "&", "\n\n", "<!--", "-->", "</", "[quote]", "[/quote]",
                "|",
            ]
        for _ in 0..<400 {
            var text = ""
            for _ in 0..<6 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(seed >> 33) % pieces.count]
            }
            for safe in [HTMLSanitizer.sanitize(text), Markdown.cook(text).html] {
                #expect(SafetyOracle.faults(safe).isEmpty, "\(text) → \(safe)")
                #expect(HTMLSanitizer.sanitize(safe) == safe, "sanitising twice: \(text)")
            }
        }
    }
}
