/// What the member has chosen for this program.
package struct Settings: Sendable {
    package var keymap = Keymap.standard
    package var patterns = Patterns()
    /// The bell rings for notifications.
    package var ringsBell = false
    /// The terminal's cursor stands on the selected line, for braille displays.
    package var cursorOnSelection = false
    /// On a wide terminal a topic is shown beside its list.
    package var showsPanes = true
    /// The topics that come next are fetched while one is read.
    package var prefetches = false
    /// Seconds in which a post that was sent can be taken back; 0 sends it at once.
    package var sendDelay = 0

    package init() {}
}

/// Patterns that are kept on this machine: what they kill is not listed, what they highlight is
/// marked. `@name` is somebody, `#tag` a tag, everything else words of a title.
package struct Patterns: Sendable, Hashable {
    package var killed: [String]
    package var highlighted: [String]

    package init(killed: [String] = [], highlighted: [String] = []) {
        self.killed = killed
        self.highlighted = highlighted
    }

    package func kills(_ row: TopicRow) -> Bool {
        killed.contains { Patterns.matches($0, row) }
    }

    package func highlights(_ row: TopicRow) -> Bool {
        highlighted.contains { Patterns.matches($0, row) }
    }

    /// What somebody writes is folded to its head.
    package func kills(author: String) -> Bool {
        killed.contains { $0.lowercased() == "@" + author.lowercased() }
    }

    private static func matches(_ pattern: String, _ row: TopicRow) -> Bool {
        let wanted = pattern.lowercased()
        switch wanted.first {
        case nil: return false
        case "@": return row.lastPoster.lowercased() == wanted.dropFirst()
        case "#": return row.tags.contains { $0.lowercased() == wanted.dropFirst() }
        default: return row.title.lowercased().contains(wanted)
        }
    }

    /// Adds a pattern, or takes it away when it is there.
    mutating func toggle(_ pattern: String, in list: WritableKeyPath<Patterns, [String]>) -> Bool {
        let text = String(pattern.prefix(Limits.patternCharacters))
        if let index = self[keyPath: list].firstIndex(of: text) {
            self[keyPath: list].remove(at: index)
            return false
        }
        guard self[keyPath: list].count < Limits.patterns else { return false }
        self[keyPath: list].append(text)
        return true
    }
}

extension Model {
    /// Adds or removes a pattern, keeps it, and applies it to the lists.
    mutating func toggle(
        pattern text: String,
        in list: WritableKeyPath<Patterns, [String]>
    ) -> [Effect] {
        let isAdded = settings.patterns.toggle(text, in: list)
        let patterns = settings.patterns
        changeLists { state in
            state.rows.removeAll(where: patterns.kills)
            state.move(to: state.selected, height: 1)
        }
        let what = list == \Patterns.killed ? "killed" : "highlighted"
        say("\u{201C}\(text)\u{201D} is \(isAdded ? "now" : "no longer") \(what).")
        return [.savePatterns(patterns)] + (isAdded ? [] : refresh())
    }
}
