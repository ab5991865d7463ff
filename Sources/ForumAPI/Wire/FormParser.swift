extension WireValue {
    /// Reads `application/x-www-form-urlencoded`, the form of a query string too. Names nest as
    /// in Rails: `a[b]=1`, `tags[]=x`, `list[][name]=y`.
    package static func parse(form: some Sequence<UInt8>) throws(WireError) -> WireValue {
        let builder = FormBuilder()
        for pair in Array(form).split(separator: 0x26) {
            let equals = pair.firstIndex(of: 0x3D)
            let name = pair[..<(equals ?? pair.endIndex)]
            let value = equals.map { pair[($0 + 1)...] } ?? []
            guard name.count <= Limits.formNameBytes else {
                throw .tooMuch("A form name is longer than \(Limits.formNameBytes) bytes.")
            }
            try builder.add(
                name: try formDecoded(name),
                // A name without an equals sign is a flag: Rack says nil.
                value: equals == nil ? .null : .string(try formDecoded(value))
            )
        }
        return builder.value()
    }

    /// The text behind `+` and `%XX`.
    private static func formDecoded(_ bytes: ArraySlice<UInt8>) throws(WireError) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var place = bytes.startIndex
        while place < bytes.endIndex {
            switch bytes[place] {
            case 0x2B:
                decoded.append(0x20)
            case 0x25:
                guard place + 2 < bytes.endIndex,
                    let high = hexadecimalDigit(bytes[place + 1]),
                    let low = hexadecimalDigit(bytes[place + 2])
                else {
                    throw .syntax(position: place, reason: "a % without two hexadecimal digits")
                }
                decoded.append(high << 4 | low)
                place += 2
            case let byte:
                decoded.append(byte)
            }
            place += 1
        }
        guard let text = String(validating: decoded, as: UTF8.self) else {
            throw .syntax(position: bytes.startIndex, reason: "form text that is not UTF-8")
        }
        return text
    }
}

/// Puts `name=value` pairs with nested names together.
final class FormBuilder {
    /// What stands at one place of the tree while it grows.
    private final class Node {
        enum Kind {
            case scalar(WireValue)
            case list
            case map
        }
        var kind: Kind
        var elements: [Node] = []
        var keys: [String] = []
        var places: [String: Int] = [:]

        init(_ kind: Kind) { self.kind = kind }

        var isMap: Bool { if case .map = kind { true } else { false } }
        var isList: Bool { if case .list = kind { true } else { false } }

        func child(_ key: String) -> Node? { places[key].map { elements[$0] } }

        func set(_ key: String, _ node: Node) {
            if let place = places[key] {
                elements[place] = node
                return
            }
            places[key] = elements.count
            keys.append(key)
            elements.append(node)
        }

        /// At most ``Limits/formDepth`` levels deep.
        func value() -> WireValue {
            switch kind {
            case .scalar(let value): value
            case .list: .array(elements.map { $0.value() })
            case .map: .object(WireObject(Array(zip(keys, elements.map { $0.value() }))))
            }
        }
    }

    private let root = Node(.map)
    private var pairs = 0

    func add(name: String, value: WireValue) throws(WireError) {
        pairs += 1
        guard pairs <= Limits.formPairs else {
            throw .tooMuch("A form has more than \(Limits.formPairs) fields.")
        }
        guard !name.isEmpty else { return }
        let (first, rest) = try FormBuilder.path(of: name)
        try place(first, rest, value, name)
    }

    func value() -> WireValue { root.value() }

    /// `a[b][]` is `a`, then `b`, then the empty key that appends to a list. A name whose
    /// brackets do not match is one key, as it stands.
    private static func path(of name: String) throws(WireError) -> (String, [String]) {
        guard let bracket = name.firstIndex(of: "["), bracket > name.startIndex,
            name.last == "]"
        else { return (name, []) }
        var keys: [String] = []
        var rest = name[bracket...]
        while !rest.isEmpty {
            guard rest.first == "[", let end = rest.firstIndex(of: "]") else { return (name, []) }
            keys.append(String(rest[rest.index(after: rest.startIndex)..<end]))
            rest = rest[rest.index(after: end)...]
        }
        guard keys.count <= Limits.formDepth else {
            throw .tooMuch("A form name has more than \(Limits.formDepth) brackets.")
        }
        return (String(name[..<bracket]), keys)
    }

    private func place(
        _ first: String,
        _ rest: [String],
        _ value: WireValue,
        _ name: String
    ) throws(WireError) {
        var node = root
        var key = first
        for (step, next) in rest.enumerated() {
            node = try descend(
                from: node,
                key,
                toList: next.isEmpty,
                // `a[][b]`: a new element begins when the last one has this key already.
                distinct: rest.dropFirst(step).first { !$0.isEmpty },
                name
            )
            key = next
        }
        let leaf = Node(.scalar(value))
        if key.isEmpty, node.isList { node.elements.append(leaf) } else { node.set(key, leaf) }
    }

    private func descend(
        from node: Node,
        _ key: String,
        toList: Bool,
        distinct: String?,
        _ name: String
    ) throws(WireError) -> Node {
        let existing: Node?
        if node.isList {
            existing = node.elements.last.flatMap { last in
                guard last.isMap, !toList else { return nil }
                return distinct.flatMap { last.child($0) } == nil ? last : nil
            }
        } else {
            existing = node.child(key)
        }
        guard let existing else {
            let created = Node(toList ? .list : .map)
            if node.isList { node.elements.append(created) } else { node.set(key, created) }
            return created
        }
        guard toList ? existing.isList : existing.isMap else {
            throw .invalid(parameter: name, reason: "is sent both as a value and as a list or map")
        }
        return existing
    }
}
