import TerminalUI

/// parley-keys(7), from the table by which the keys work.
enum KeysPage {
    static func text() -> String {
        """
        .Sh DESCRIPTION
        A caret means the control key.
        Keys that stand one after the other are pressed one after the other.
        The last column is the name of the action, which
        .Ic \\&:
        takes as well.
        \(KeyContext.allCases.map(section).joined(separator: "\n"))
        """
    }

    private static func section(_ context: KeyContext) -> String {
        var order: [Action] = []
        var ways: [Action: [Binding]] = [:]
        for binding in Keymap.standard.bindings(for: context) {
            if ways[binding.action] == nil { order.append(binding.action) }
            ways[binding.action, default: []].append(binding)
        }
        let items = order.compactMap { action in ways[action].flatMap { item(action, $0) } }
        return """
            .Ss \(Roff.line(context.title))
            In the configuration
            .Ic \(context.rawValue) .
            .Bl -tag -width 16n
            \(items.joined(separator: "\n"))
            .El
            """
    }

    private static func item(_ action: Action, _ bindings: [Binding]) -> String? {
        guard let first = bindings.first else { return nil }
        let keys = bindings.map { "Ic \(Roff.argument($0.keyNames))" }.joined(separator: " , ")
        return ".It \(keys)\n\(Roff.line(first.label))\n.Pq Ic \(action.rawValue)"
    }
}
