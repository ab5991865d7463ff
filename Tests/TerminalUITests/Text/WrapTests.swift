import Testing

@testable import TerminalUI

@Suite struct WrapTests {
    @Test(arguments: [
        ("one two three", 8, ["one two", "three"]),
        ("one  two", 5, ["one", "two"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("日本語の投稿", 5, ["日本", "語の", "投稿"]),
        ("ab日本", 3, ["ab", "日", "本"]),
        ("", 10, [""]),
        ("exact fit", 9, ["exact fit"]),
        ("word ", 4, ["word"]),
    ])
    func `text breaks between words and beside wide characters`(
        text: String,
        columns: Int,
        rows: [String]
    ) {
        #expect(Wrap.rows(TextPolicy.cells(text), columns: columns).map(\.text) == rows)
    }

    @Test func `no row is wider than the room, and no text is lost`() {
        let text = "Lorem 日本語 ipsum 👩‍👩‍👧 doloremque🇫🇷 e\u{301}tude " + String(repeating: "x", count: 60)
        let cells = TextPolicy.cells(text)
        for columns in 2...80 {
            let rows = Wrap.rows(cells, columns: columns)
            #expect(rows.allSatisfy { $0.count <= columns })
            let kept = rows.flatMap { $0 }.filter { !$0.isSpace }
            #expect(kept == cells.filter { !$0.isSpace })
        }
    }

    @Test func `code is cut at the edge and keeps its spaces`() {
        let rows = Wrap.hardRows(TextPolicy.cells("  if x {  }"), columns: 4)
        #expect(rows.map(\.text) == ["  if", " x {", "  }"])
    }
}
