/// The keys of every context. The bar of keys, the help, the manual, the configuration and the
/// dispatch read the same table.
package struct Keymap: Sendable {
    private var bindings: [KeyContext: [Binding]]

    init(_ bindings: [KeyContext: [Binding]]) {
        self.bindings = bindings
    }

    /// The keys of a context, in the order of the help.
    package func bindings(for context: KeyContext) -> [Binding] {
        bindings[context] ?? []
    }

    /// What `keys` mean in a context.
    package func meaning(of keys: [Key], in context: KeyContext) -> KeyMeaning {
        let known = bindings(for: context)
        if known.contains(where: { $0.keys.count > keys.count && $0.keys.starts(with: keys) }) {
            return .prefix
        }
        guard let binding = known.first(where: { $0.keys == keys }) else { return .nothing }
        return binding.then.isEmpty
            ? .action(binding.action) : .actions([binding.action] + binding.then)
    }

    // MARK: The table

    /// One thing that can be done, for manuals: its context, name, keys and description.
    package struct Entry: Sendable, Hashable {
        package var context: KeyContext
        /// What `:` and the configuration call it.
        package var name: String
        /// All ways to it, such as `j` and `g g`.
        package var keys: [String]
        package var description: String
    }

    /// Everything that keys do, context by context, in the order of the help.
    package var table: [Entry] {
        KeyContext.allCases.flatMap { context in
            var entries: [Entry] = []
            for binding in bindings(for: context) {
                let known = entries.firstIndex {
                    $0.name == binding.action.rawValue && $0.description == binding.label
                }
                if let known {
                    entries[known].keys.append(binding.keyNames)
                } else {
                    entries.append(
                        Entry(
                            context: context,
                            name: binding.action.rawValue,
                            keys: [binding.keyNames],
                            description: binding.label
                        )
                    )
                }
            }
            return entries
        }
    }

    // MARK: Remapping

    /// A line of the configuration: in `context`, `keys` mean `action`.
    package struct Remapping: Sendable, Hashable {
        package var context: String
        /// Names of keys with spaces between them.
        package var keys: String
        /// The name of an action, or several with spaces between them, which are done one after the other;
        /// `none` takes the keys' meaning away.
        package var action: String

        package init(context: String, keys: String, action: String) {
            self.context = context
            self.keys = keys
            self.action = action
        }
    }

    /// Changes one meaning. What the keys, or longer sequences that begin with them, meant before
    /// is gone. Returns what is wrong with it, nil when all is well.
    package mutating func apply(_ change: Remapping) -> String? {
        guard let context = KeyContext(rawValue: change.context) else {
            let names = KeyContext.allCases.map(\.rawValue).joined(separator: ", ")
            return "there is no context \u{201C}\(change.context)\u{201D}; there are \(names)"
        }
        let names = change.keys.split(separator: " ").map(String.init)
        let keys = names.compactMap { Key(named: $0) }
        guard !keys.isEmpty, keys.count == names.count else {
            return "\u{201C}\(change.keys)\u{201D} is no key"
        }
        var known = bindings[context] ?? []
        let actions = change.action.split(separator: " ").map(String.init)
        let example = known.first { $0.action.rawValue == actions.first }
        known.removeAll { $0.keys.starts(with: keys) || keys.starts(with: $0.keys) }
        guard change.action != "none" else {
            bindings[context] = known
            return nil
        }
        guard let example else {
            return
                "\u{201C}\(change.action)\u{201D} is nothing that can be done in \(context.rawValue)"
        }
        guard actions.count <= Limits.actionsPerKey,
            let then = self.then(Array(actions.dropFirst()), in: context)
        else {
            return "\u{201C}\(change.action)\u{201D} holds what cannot be done, or too much"
        }
        var binding = Binding(keys, example.action, example.label, bar: example.bar)
        if !then.isEmpty {
            binding.then = then.map(\.action)
            binding.label = ([example.label] + then.map(\.label)).joined(separator: "; then ")
            binding.bar = nil
        }
        known.insert(binding, at: 0)
        if let bar = binding.bar {
            // The bar names a thing once, by the member's own key.
            for index in known.indices.dropFirst() where known[index].bar == bar {
                known[index].bar = nil
            }
        }
        bindings[context] = known
        return nil
    }

    /// What follows a first action; nil when one of it is nothing that can be done. It may be of another
    /// context: the first action may lead there.
    private func then(_ names: [String], in context: KeyContext) -> [Binding]? {
        let contexts = [context] + KeyContext.allCases.filter { $0 != context }
        let found = names.map { name in
            contexts.lazy.compactMap { context in
                self.bindings(for: context).first { $0.action.rawValue == name }
            }.first
        }
        return found.contains { $0 == nil } ? nil : found.compactMap { $0 }
    }
}
