/// A key as the terminal delivers it.
package enum Key: Sendable, Hashable {
    /// A character that was typed, the space bar included.
    case character(Character)
    /// Control with a letter, in lower case.
    case control(Character)
    case enter
    case escape
    case tab
    case backTab
    case backspace
    case delete
    case up
    case down
    case left
    case right
    case home
    case end
    case pageUp
    case pageDown

    /// The name that the bar of keys shows.
    package var name: String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(let letter): "^" + letter.uppercased()
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "S-Tab"
        case .backspace: "Backspace"
        case .delete: "Del"
        case .up: "\u{2191}"
        case .down: "\u{2193}"
        case .left: "\u{2190}"
        case .right: "\u{2192}"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        }
    }
}

extension Key {
    /// The key with a name as the bar of keys and the configuration write it: `q`, `^X`, `Space`,
    /// `Enter`, `PgUp`. nil for what is no key.
    package init?(named name: String) {
        if name.count == 1, let character = name.first {
            self = .character(character)
            return
        }
        if name.count == 2, name.first == "^", let letter = name.last, letter.isLetter {
            self = .control(Character(letter.lowercased()))
            return
        }
        guard let key = Key.named[name.lowercased()] else { return nil }
        self = key
    }

    private static let named: [String: Key] = [
        "space": .character(" "), "enter": .enter, "esc": .escape, "tab": .tab, "s-tab": .backTab,
        "backspace": .backspace, "del": .delete, "up": .up, "down": .down, "left": .left,
        "right": .right, "home": .home, "end": .end, "pgup": .pageUp, "pgdn": .pageDown,
    ]
}
