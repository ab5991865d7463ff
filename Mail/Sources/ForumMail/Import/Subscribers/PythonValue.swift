/// A value of Python as Mailman 2 keeps its lists: plain data, and nothing that could do anything.
enum PythonValue: Sendable, Equatable {
    case nothing
    case number(Double)
    case text(String)
    /// Also a tuple.
    case list([PythonValue])
    /// Whose keys are texts; other keys are left out.
    case map([String: PythonValue])
    /// An object or function, of which no more is known.
    case opaque

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    var list: [PythonValue] {
        if case .list(let list) = self { list } else { [] }
    }

    subscript(_ key: String) -> PythonValue {
        if case .map(let map) = self { map[key] ?? .nothing } else { .nothing }
    }

    /// The texts of a list, or the keys of a map.
    var texts: [String] {
        switch self {
        case .list(let list): list.compactMap(\.text)
        case .map(let map): map.keys.sorted()
        default: []
        }
    }

    /// A dictionary of keys and values that take turns.
    static func map(ofPairs values: ArraySlice<PythonValue>) -> PythonValue {
        var map: [String: PythonValue] = [:]
        var rest = values
        while let key = rest.popFirst(), let value = rest.popFirst() {
            if let key = key.text { map[key] = value }
        }
        return .map(map)
    }
}
