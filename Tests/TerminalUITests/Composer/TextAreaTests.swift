import Testing

@testable import TerminalUI

@Suite struct TextAreaTests {
    private static func keys(_ area: inout TextArea, _ keys: [Key], columns: Int = 20) {
        for key in keys {
            _ = area.edit(key, columns: columns, rows: 10)
        }
    }

    @Test func `text can be typed, broken and joined again`() {
        var area = TextArea()
        area.insert("abc")
        TextAreaTests.keys(&area, [.left, .enter])
        #expect(area.text == "ab\nc")
        TextAreaTests.keys(&area, [.backspace])
        #expect(area.text == "abc")
        #expect(area.count == 3)
        TextAreaTests.keys(&area, [.delete, .backspace, .backspace, .backspace, .backspace])
        #expect(area.isEmpty)
        #expect(area.count == 0)
    }

    @Test func `a combining mark joins the character before it`() {
        var area = TextArea()
        TextAreaTests.keys(&area, [.character("e"), .character("\u{301}")])
        #expect(area.text == "é")
        TextAreaTests.keys(&area, [.backspace])
        #expect(area.isEmpty)
    }

    @Test(arguments: [
        ([Key.control("k")], "one "), ([.control("u")], "two"), ([.control("w")], "two"),
        ([.home, .control("k")], ""), ([.end, .control("w")], "one "),
        ([.control("u"), .end, .control("y")], "twoone "),
    ])
    func `words and lines are cut and put back`(keys: [Key], text: String) {
        var area = TextArea("one two")
        TextAreaTests.keys(&area, [.left, .left, .left])
        TextAreaTests.keys(&area, keys)
        #expect(area.text == text)
    }

    @Test func `undo takes back a word, a cut and a paste`() {
        var area = TextArea()
        for character in "one two" {
            TextAreaTests.keys(&area, [.character(character)])
        }
        TextAreaTests.keys(&area, [.control("u")])
        #expect(area.isEmpty)
        var texts: [String] = []
        while area.undo() {
            texts.append(area.text)
        }
        #expect(texts == ["one two", "one ", "one", ""])
    }

    @Test func `up and down follow the rows of the screen and keep the column`() {
        var area = TextArea("aaaa bbbb cccc dddd\nx\nlonger line")
        TextAreaTests.keys(&area, [.up, .up, .up], columns: 10)
        #expect(area.cursor == TextArea.Place(line: 0, column: 14))
        TextAreaTests.keys(&area, [.down, .down, .down], columns: 10)
        #expect(area.cursor.line == 2)
        TextAreaTests.keys(&area, [.up, .up, .up, .up, .up, .up], columns: 10)
        #expect(area.cursor == TextArea.Place(line: 0, column: 0))
    }

    @Test func `the cursor stands where the text is, wide characters and tabs included`() {
        var area = TextArea("日本\te\u{301}x")
        #expect(area.layout(columns: 40).cursor == Position(column: 10, row: 0))
        TextAreaTests.keys(&area, [.left, .left])
        #expect(area.layout(columns: 40).cursor == Position(column: 8, row: 0))
        area = TextArea(String(repeating: "a", count: 25))
        #expect(area.layout(columns: 10).cursor == Position(column: 5, row: 2))
    }

    @Test func `the limit of a post holds`() {
        var area = TextArea()
        let isWhole = area.insert(String(repeating: "x", count: Limits.composerCharacters + 1))
        #expect(!isWhole)
        #expect(area.count == Limits.composerCharacters)
        TextAreaTests.keys(&area, [.character("y"), .enter])
        #expect(area.count == Limits.composerCharacters)
    }

    @Test func `any keys keep the count, the cursor and undo in order`() {
        var random = SystemRandomNumberGenerator()
        let keys: [Key] = [
            .character("a"), .character("日"), .character(" "), .character("\u{301}"), .enter,
            .backspace, .delete, .left, .right, .up, .down, .home, .end, .pageUp, .pageDown,
            .control("k"), .control("u"), .control("w"), .control("y"), .tab,
        ]
        var area = TextArea()
        var pressed: [Key] = []
        for _ in 0..<4000 {
            guard let key = keys.randomElement(using: &random) else { continue }
            pressed.append(key)
            _ = area.edit(key, columns: 7, rows: 3)
            let isInside =
                area.lines.indices.contains(area.cursor.line)
                && area.cursor.column <= area.lines[area.cursor.line].count
            let count = area.lines.map(\.count).reduce(0, +) + area.lines.count - 1
            guard isInside, count == area.count else {
                Issue.record("out of order after \(pressed.suffix(10))")
                return
            }
            if pressed.count.isMultiple(of: 50) {
                _ = area.undo()
            }
        }
        let layout = area.layout(columns: 7)
        #expect(layout.rows.indices.contains(layout.cursor.row))
    }
}
