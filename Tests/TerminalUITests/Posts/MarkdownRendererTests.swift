import Testing

@testable import TerminalUI

@Suite struct MarkdownRendererTests {
    @Test(arguments: [
        ("# Title\ntext", "Title\n\ntext"),
        ("one\ntwo\n\nthree", "one\ntwo\n\nthree"),
        ("> quoted\n> more\n\nmine", "│ quoted\n│ more\n\nmine"),
        ("- a\n- b\n  - c", "• a\n• b\n  • c"),
        ("1. a\n2. b", "1. a\n2. b"),
        ("```\nlet x = *y*\n```\nafter", "  let x = *y*\n\nafter"),
        ("a **b** _c_ `d` ~~e~~", "a b c d e"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("[text](https://a.example)", "text[1]"),
        ("![cat](u.png)", "[img 1: cat]"),
        ("[quote=\"ana, post:1, topic:2\"]\nhi\n[/quote]\n\nyes", "│ ana:\n│ hi\n\nyes"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a  │ b\n───┼───\n1  │ 2"),
        ("\\*not\\*", "*not*"),
        ("**open", "**open"),
        ("```\nunclosed", "  unclosed"),
    ])
    func `the preview shows what Markdown means`(markdown: String, text: String) {
        #expect(MarkdownRenderer.render(markdown, width: 60).text == text)
    }
}
