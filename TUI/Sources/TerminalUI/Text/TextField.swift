/// One line that is being typed.
package struct TextField: Sendable, Hashable {
    package private(set) var characters: [Character] = []
    /// The character before which the cursor stands.
    package private(set) var cursor = 0

    package init(_ text: String = "") {
        characters = Array(text.prefix(Limits.fieldCharacters))
        cursor = characters.count
    }

    package var text: String { String(characters) }
    package var isEmpty: Bool { characters.isEmpty }

    /// Columns before the cursor.
    package var cursorColumn: Int {
        TextPolicy.width(String(characters[..<cursor]))
    }

    package mutating func insert(_ text: String) {
        for character in text {
            let shown: Character = character.isNewline || character == "\t" ? " " : character
            guard characters.count < Limits.fieldCharacters else { return }
            if cursor > 0, let joined = TextField.joined(characters[cursor - 1], shown) {
                characters[cursor - 1] = joined
            } else {
                characters.insert(shown, at: cursor)
                cursor += 1
            }
        }
    }

    /// Two pieces of text that make one character: terminals deliver combining marks apart.
    static func joined(_ first: Character, _ second: Character) -> Character? {
        guard !second.isASCII else { return nil }
        let together = String(first) + String(second)
        return together.count == 1 ? together.first : nil
    }

    /// Does what an editing key means; false when the key means nothing here.
    package mutating func edit(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .backspace:
            guard cursor > 0 else { return true }
            cursor -= 1
            characters.remove(at: cursor)
        case .delete:
            guard cursor < characters.count else { return true }
            characters.remove(at: cursor)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(characters.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = characters.count
        case .control("u"):
            characters.removeSubrange(..<cursor)
            cursor = 0
        case .control("k"):
            characters.removeSubrange(cursor...)
        case .control("w"):
            removeWord()
        default: return false
        }
        return true
    }

    private mutating func removeWord() {
        var start = cursor
        while start > 0, characters[start - 1].isWhitespace {
            start -= 1
        }
        while start > 0, !characters[start - 1].isWhitespace {
            start -= 1
        }
        characters.removeSubrange(start..<cursor)
        cursor = start
    }
}
