import Foundation
import Testing

@testable import Markup

/// Text made to cost time: the price may grow with the length, not with its square.
@Suite(.serialized) struct BoundsTests {
    /// A way to make hostile text of a given length.
    struct Hostile: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var make: @Sendable (Int) -> String
    }

    private static func repeated(_ unit: String) -> Hostile {
        Hostile(testDescription: unit.debugDescription) { length in
            String(repeating: unit, count: length / unit.utf8.count)
        }
    }

    private static func halves(_ first: String, _ second: String) -> Hostile {
        Hostile(testDescription: "\(first.debugDescription) then \(second.debugDescription)") {
            length in
            let half = length / 2
            return String(repeating: first, count: half / first.utf8.count) + "\n"
                + String(repeating: second, count: half / second.utf8.count)
        }
    }

    private static func made(_ name: String, _ make: @escaping @Sendable (Int) -> String) -> Hostile
    {
        Hostile(testDescription: name, make: make)
    }

    static let texts: [Hostile] =
        [
            "[", "![", "[a](", "[a](<b", "*a _a ", "a**b", "*a **a ", "**x* ", "<", "<a ", "<!-- ",
            "<?", "<!A ", "<![CDATA[", "- ", "1. ", ">", "> - ", "- a\n\n\n", "> *a ", "[a]: u\n",
            "|", "|-|\n", "a|a\n-|-\n", "&amp;", "&", "[quote]\n", "[quote=", "[/quote]\n",
            "[quote]\nx\n[/quote]\n", "@a ", "@", "@a.", "#a ", "#", "#a:", "http://a.b ",
            "http://",
            "http://a(", "www.", "~~a ", "~~a~~ ", "[b]", "[url=", "<b>", "<div>", "<p>", "<li>",
            "<table><td>", "<b></i></u>", "<b><p></b>", "<a href=x><b>", "<details>\n\n", "</b>",
            "# a\n", "a\n", "a  \n", "\\", "\\@", "\n", "é", "😀", "\u{202e}", "```\n", "    a\n",
            "[*a](b) ", "<http://a", "<a@b.", "- a\n", "<span title=\"a\">",
        ].map(repeated)
        + [
            halves("[", "]"), halves("- ", "\n"), halves("> ", "> \n"),
            halves("[quote]\n", "[/quote]\n"),
            halves("[b]", "[/b]"), halves("<b><i><u><s>", "\n<p>"), halves("![", "](b)"),
            halves("[a1]: /u\n", "[a1][x] "), halves("`", "a`"), halves("*a **a ", "b** b* "),
            made("backticks of growing length") { length in
                var text = ""
                var run = 1
                while text.utf8.count < length {
                    text += "e" + String(repeating: "`", count: run)
                    run += 1
                }
                return text
            },
            made("lists that go deeper line by line") { length in
                var text = ""
                var depth = 0
                while text.utf8.count < length {
                    text += String(repeating: "  ", count: depth) + "- a\n"
                    depth += 1
                }
                return text
            },
            made("one long address for many links") { length in
                "[a]: /" + String(repeating: "u", count: length / 2) + "\n\n"
                    + String(repeating: "[a]", count: length / 6)
            },
            made("a wide table of short rows") { length in
                let columns = length / 8
                return "|" + String(repeating: "a|", count: columns) + "\n|"
                    + String(repeating: "-|", count: columns) + "\n"
                    + String(repeating: "|a\n", count: length / 8)
            },
            made("different formatting elements and many blocks") { length in
                (0..<length / 40).map { "<b class=\($0)>" }.joined()
                    + String(repeating: "<p>", count: length / 6)
            },
            made("one tag of many attributes") { length in
                "<a " + (0..<length / 8).map { "a\($0)=b " }.joined() + ">"
            },
        ]

    /// Seconds of this thread's processor time that `body` takes.
    private func seconds(_ body: () -> Void) -> Double {
        var start = timespec()
        var end = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
        body()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
        return Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) / 1e9
    }

    private func expectLinear(_ hostile: Hostile, _ work: (String) -> Void) {
        let short = hostile.make(1_000)
        let long = hostile.make(8_000)
        let base = min(seconds { work(short) }, seconds { work(short) })
        let cost = seconds { work(long) }
        // Eight times the length: 8 when linear, 64 when quadratic. Small costs prove nothing.
        #expect(cost < 0.1 || cost < 24 * base, "\(base) s for 1,000, \(cost) s for 8,000")
    }

    @Test(arguments: texts)
    func `cooking takes time in proportion to the text`(hostile: Hostile) {
        expectLinear(hostile) { _ = Markdown.cook($0) }
        let cooked = Markdown.cook(hostile.make(3_000))
        #expect(SafetyOracle.faults(cooked.html).isEmpty)
    }

    @Test(arguments: texts)
    func `converting HTML takes time in proportion to the text`(hostile: Hostile) {
        expectLinear(hostile) { _ = HTMLToMarkdown.convert($0) }
        expectLinear(hostile) { _ = HTMLText.plain(html: $0) }
    }

    @Test(arguments: ["0", "-", "> ", "1. "])
    func `containers are nested no deeper than the limit`(marker: String) {
        let html = Markdown.cook(String(repeating: marker + " ", count: 1_000) + "x").html
        #expect(html.components("<blockquote>") <= 100)
        #expect(html.components("<li>") <= 100)
        #expect(html.contains("x"))
    }

    @Test func `nesting within the limit is kept`() {
        let html = Markdown.cook(String(repeating: "> ", count: 90) + "x").html
        #expect(html.components("<blockquote>") == 90)
        let list = (0..<40).map { String(repeating: "  ", count: $0) + "- a" }.joined(
            separator: "\n"
        )
        #expect(Markdown.cook(list).html.components("<li>") == 40)
    }

    @Test func `a table beyond the limits is text`() {
        let columns = 101
        let text =
            "|" + String(repeating: "a|", count: columns) + "\n|"
            + String(repeating: "-|", count: columns)
        #expect(!Markdown.cook(text).html.contains("<table"))
        let rows = "a|b\n-|-\n" + String(repeating: "c|d\n", count: 5_000)
        #expect(!Markdown.cook(rows).html.contains("<table"))
    }

    @Test func `text beyond the limit is cut between characters`() {
        let html = Markdown.cook(String(repeating: "é", count: 400_000)).html
        #expect(!html.contains("\u{fffd}"))
        #expect(html.utf8.count < 700_000)
    }

    @Test func `control characters, noncharacters and NUL are replaced`() {
        let noncharacter = String(decoding: [0xef, 0xb7, 0x90] as [UInt8], as: UTF8.self)
        let html = Markdown.cook("a\u{0}b\u{1b}[31mc\(noncharacter)d\u{7f}").html
        #expect(html == "<p>a\u{fffd}b\u{fffd}[31mc\u{fffd}d\u{fffd}</p>")
    }

    @Test func `a turned direction is made visible`() {
        let html = Markdown.cook("`a\u{202e}b`").html
        #expect(
            html == "<p><code>a<span class=\"bidi-warning\">&lt;U+202E&gt;</span>b</code></p>"
        )
    }
}
