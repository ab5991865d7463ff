import Testing

@testable import Markup

/// Posts as the plain text of mails.
struct MailTextTests {
    private static let labels = MailText.Labels(
        wrote: { "\($0) wrote:" },
        image: "image",
        poll: "Poll",
        spoiler: "spoiler"
    )

    private static func text(html: String) -> String {
        var references = MailText.References()
        return MailText.text(
            html,
            baseURL: "https://forum.example",
            page: "https://forum.example/t/7/2",
            labels: labels,
            references: &references
        )
    }

    private static func text(_ markdown: String) -> String {
        text(html: Markdown.cook(markdown).html)
    }

    private static let lorem = """
        Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.
        """

    private static let cases: [(String, String)] = [
        (
            "One line\n\nAnd *another*, **strong** and `code`.",
            "One line\n\nAnd _another_, *strong* and `code`."
        ),
        (
            lorem,
            """
            Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod
            tempor incididunt ut labore.
            """
        ),
        (
            "See [the page](https://example.org/page?a=1), [again](https://example.org/page?a=1) and [more](/t/1).",
            """
            See the page [1], again [1] and more [2].

            [1] https://example.org/page?a=1
            [2] https://forum.example/t/1
            """
        ),
        (
            "Look: https://example.org/x and <a@example.org>",
            "Look: https://example.org/x and a@example.org"
        ),
        (
            "> outer\n>\n> > inner\n\nanswer",
            "> outer\n>\n>> inner\n\nanswer"
        ),
        (
            "[quote=\"anna, post:1, topic:3\"]\none\n\ntwo\n[/quote]\n\nanswer",
            "anna wrote:\n> one\n>\n> two\n\nanswer"
        ),
        (
            "> \(lorem)",
            """
            > Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do
            > eiusmod tempor incididunt ut labore.
            """
        ),
        (
            "```swift\nlet  x = 1  // \(lorem)\n\n    y\n```",
            "```swift\nlet  x = 1  // \(lorem)\n\n    y\n```"
        ),
        (
            "- \(lorem)\n- two\n  1. a\n  2. b\n- [x] done",
            """
            - Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do
              eiusmod tempor incididunt ut labore.
            - two
              1. a
              2. b
            - [x] done
            """
        ),
        (
            "| Name | Size |\n|---|---|\n| a | 1 |\n| long one | 22 |",
            """
            Name     | Size
            ---------+-----
            a        | 1
            long one | 22
            """
        ),
        (
            "| Name | About |\n|---|---|\n| a | \(lorem) |\n| b | c |",
            """
            - Name: a
            - About: Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do
              eiusmod tempor incididunt ut labore.

            - Name: b
            - About: c
            """
        ),
        (
            "![a cat](https://example.org/cat.png)",
            "[image: a cat] [1]\n\n[1] https://example.org/cat.png"
        ),
        (
            "before [spoiler]who did it[/spoiler] after",
            "before [spoiler] [1] after\n\n[1] https://forum.example/t/7/2"
        ),
        (
            "[details=\"More of it\"]\nhidden text\n[/details]",
            "[+] More of it\n\n    hidden text"
        ),
        (
            "[poll type=regular]\n# Lunch?\n* Yes\n* No\n[/poll]",
            "Poll: [1]\nLunch?\n\n- Yes\n- No\n\n[1] https://forum.example/t/7/2"
        ),
        ("# Head\n\ntext\n\n---\n\nend", "Head\n====\n\ntext\n\n* * *\n\nend"),
        ("a\\\nb", "a\nb"),
        (
            "漢字は空白がないので行の途中で折り返すことができますが英語の単語はそのままにしておかなければなりません",
            "漢字は空白がないので行の途中で折り返すことができますが英語の単語はそのま\nまにしておかなければなりません"
        ),
    ]

    @Test(arguments: cases)
    func `a post is a pleasant text`(markdown: String, expected: String) {
        #expect(Self.text(markdown) == expected)
    }

    @Test func `an address is never broken, and what would look like a quotation stays behind`() {
        let address = "https://example.org/" + String(repeating: "a", count: 200)
        #expect(Self.text("Before \(address) after").contains("\n\(address)\n"))
        let words = String(repeating: "seventy ", count: 8) + "is > than sixty and more words"
        let lines = Self.text(html: "<p>\(words.replacing(">", with: "&gt;"))</p>").split(
            separator: "\n"
        )
        #expect(lines.allSatisfy { !$0.hasPrefix(">") && $0.count <= 74 })
    }

    @Test func `references are numbered through a mail and listed where they are new`() {
        var references = MailText.References()
        func text(_ html: String) -> String {
            MailText.text(
                html,
                baseURL: "https://forum.example",
                page: "",
                labels: Self.labels,
                references: &references
            )
        }
        #expect(text("<a href=\"https://a.example\">a</a>") == "a [1]\n\n[1] https://a.example")
        #expect(
            text("<a href=\"https://b.example\">b</a> <a href=\"https://a.example\">a</a>")
                == "b [2] a [1]\n\n[2] https://b.example"
        )
    }

    @Test(arguments: [
        ("<p>a\u{1B}[31m \u{9B}31mred\u{7}</p>", "a\u{FFFD}[31m \u{FFFD}31mred\u{FFFD}"),
        ("<p></p><ul></ul><table></table>", ""),
        (
            "<a href=\"javascript:x\">a</a> <a href=\"#top\">b</a> <a href=\"//c.example/\">c</a>",
            "a b c [1]\n\n[1] https://c.example/"
        ),
        ("<ol start=\"9\"><li>a</li><li>b</li></ol>", "9. a\n10. b"),
        (
            "<img class=\"emoji\" alt=\":smile:\" src=\"/e.png\"> <img class=\"avatar\" src=\"/a.png\">",
            ":smile:"
        ),
    ])
    func `odd HTML is read`(html: String, expected: String) {
        #expect(Self.text(html: html) == expected)
    }

    @Test func `a quotation of quotations keeps its marks close`() {
        #expect(MailText.quoted("a\n\n> b") == "> a\n>\n>> b")
        #expect(MailText.wrapped("short\nlines") == "short\nlines")
    }
}
