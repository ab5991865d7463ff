/// The lines of the help.
enum HelpView {
    /// The keys of `context` first, then those of the other contexts.
    static func lines(for context: KeyContext, keymap: Keymap, columns: Int) -> [[Cell]] {
        let others = KeyContext.allCases.filter { $0 != context && $0 != .help }
        var lines: [[Cell]] = []
        for shown in [context] + others {
            if !lines.isEmpty {
                lines.append([])
            }
            lines.append(StyledText(" " + shown.title, Style(.heading, .strong)).cells)
            lines += section(keymap.bindings(for: shown), columns: columns)
        }
        return lines
    }

    /// One line for each thing that can be done, with all its keys.
    private static func section(_ bindings: [Binding], columns: Int) -> [[Cell]] {
        var order: [String] = []
        var keys: [String: [String]] = [:]
        for binding in bindings {
            if keys[binding.label] == nil {
                order.append(binding.label)
            }
            keys[binding.label, default: []].append(binding.keyNames)
        }
        return order.map { label in
            var line = StyledText("  ")
            let names = (keys[label] ?? []).joined(separator: ", ")
            line.append(TextPolicy.cells(names, style: Style(.key, .strong)).fitted(to: 18))
            line.append(" " + label)
            return line.cells.cut(to: columns)
        }
    }
}

extension View {
    mutating func drawHelp(_ state: HelpState, in region: Region) {
        let lines = HelpView.lines(
            for: state.context,
            keymap: model.settings.keymap,
            columns: region.columns
        )
        for line in 0..<region.rows where lines.indices.contains(state.top + line) {
            grid.draw(
                lines[state.top + line],
                column: region.column,
                row: region.row + line,
                limit: region.columns
            )
        }
    }
}
