import Testing

@testable import TerminalUI

@Suite struct TextPolicyTests {
    @Test(arguments: [
        ("plain", 5), ("日本", 4), ("e\u{301}", 1), ("👍🏽", 2), ("👩\u{200D}👩\u{200D}👧", 2),
        ("🇫🇷", 2), ("❤\u{FE0F}", 1), ("1\u{FE0F}\u{20E3}", 1), ("\u{200B}", 0), ("a\u{AD}b", 2),
        ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("नि", 2), ("\u{301}", 0), ("x\u{A0}y", 3),
    ])
    func `a cluster fills the columns that every terminal counts`(text: String, columns: Int) {
        #expect(TextPolicy.width(text) == columns)
    }

    @Test func `a joined emoji keeps its first part and no joiner`() {
        let text = TextPolicy.plain("👩\u{200D}👩\u{200D}👧!")
        #expect(text == "👩!")
        #expect(TextPolicy.plain("👍🏽") == "👍")
        #expect(TextPolicy.plain("🇫🇷 fin") == "FR fin")
    }

    @Test func `a tab goes to the next stop`() {
        #expect(TextPolicy.cells("a\tb", tab: 4).text == "a   b")
        #expect(TextPolicy.cells("abcd\tb", tab: 4).text == "abcd    b")
    }

    @Test func `ten thousand combining marks fill one cell with four of them`() {
        let text = "a" + String(repeating: "\u{301}", count: 10_000)
        let cells = TextPolicy.cells(text)
        #expect(cells.count == 1)
        #expect(cells.first?.marks.count == 4)
    }

    @Test func `hidden directions show in fields and vanish in text`() {
        #expect(TextPolicy.field("a\u{202E}b").text == "a\u{2049}b")
        #expect(TextPolicy.cells("a\u{202E}b").text == "ab")
    }

    @Test func `no scalar at all gives a cell that steers the terminal`() {
        var bad: [UInt32] = []
        for value in UInt32(0)..<0x11_0000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let cells = TextPolicy.cells(String(Character(scalar)))
            for cell in cells where !cell.isRightHalf {
                for shown in [cell.base] + cell.marks where isDangerous(shown) {
                    bad.append(value)
                }
            }
        }
        #expect(bad.isEmpty)
    }

    @Test func `the width table is sorted and has no overlaps`() {
        for table in [WidthTable.wide, WidthTable.zero] {
            #expect(table.count.isMultiple(of: 2))
            for index in table.indices.dropFirst() {
                #expect(
                    index.isMultiple(of: 2)
                        ? table[index] > table[index - 1] + 1
                        : table[index] >= table[index - 1]
                )
            }
        }
        #expect(ScalarWidth.columns("界") == 2)
        #expect(ScalarWidth.columns("\u{301}") == 0)
        #expect(ScalarWidth.columns("é") == 1)
    }

    @Test func `a line is cut with an ellipsis and never through a wide character`() {
        #expect(TextPolicy.cells("日本語").cut(to: 4).text == "日…")
        #expect(TextPolicy.cells("日本語").cut(to: 5).text == "日本…")
        #expect(TextPolicy.cells("abc").fitted(to: 5).text == "abc  ")
    }
}

/// Control, bidirectional override or isolate, tag, or joiner.
func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x061C,
        0xFEFF, 0xFE0F, 0xE0000...0xE0FFF:
        true
    default:
        false
    }
}
