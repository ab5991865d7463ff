/// The prepared statements of one connection, bounded; the least recently used one goes first.
struct StatementCache {
    private struct Entry {
        var name: String
        var lastUse: UInt64
    }

    private let capacity: Int
    private var entries: [String: Entry] = [:]
    private var uses: UInt64 = 0
    private var names: UInt64 = 0
    /// Names the server still holds but nobody will use again.
    private(set) var discarded: [String] = []

    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { entries.count }

    /// The name under which the text is prepared, nil when it is not.
    mutating func name(for text: String) -> String? {
        uses += 1
        guard let index = entries.index(forKey: text) else {
            return nil
        }
        entries.values[index].lastUse = uses
        return entries.values[index].name
    }

    /// Takes a new name for the text, at the cost of the least recently used one.
    mutating func insert(_ text: String) -> String {
        if entries.count >= capacity {
            let oldest = entries.min { $0.value.lastUse < $1.value.lastUse }
            if let oldest {
                remove(oldest.key)
            }
        }
        names += 1
        uses += 1
        let name = "s\(names)"
        entries[text] = Entry(name: name, lastUse: uses)
        return name
    }

    /// Forgets the text, whose name is to be deallocated on the server.
    mutating func remove(_ text: String) {
        guard let entry = entries.removeValue(forKey: text) else {
            return
        }
        discarded.append(entry.name)
    }

    /// Forgets the text whose preparation failed, so that the server does not know the name.
    mutating func forget(_ text: String) {
        entries.removeValue(forKey: text)
    }

    mutating func clearDiscarded() {
        discarded.removeAll(keepingCapacity: true)
    }
}
