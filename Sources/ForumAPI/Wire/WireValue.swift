/// What a request or a reply carries before it becomes a type: JSON, a form and a multipart body
/// all end here, so that everything after this point is written once.
package enum WireValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number as it was written; forms carry numbers as strings.
    case number(String)
    case string(String)
    case array([WireValue])
    case object(WireObject)
    /// A file of a multipart body.
    case file(WireFile)

    package static func int(_ value: Int) -> WireValue { .number(String(value)) }

    /// The value under `key`, nil where there is none or this is not an object.
    package subscript(_ key: String) -> WireValue? {
        guard case .object(let object) = self else { return nil }
        return object[key]
    }

    package var stringValue: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The integer in a number or in a string of digits.
    package var intValue: Int? {
        switch self {
        case .number(let text), .string(let text): Int(text)
        default: nil
        }
    }

    package var arrayValue: [WireValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    package var objectValue: WireObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    package var isNull: Bool { self == .null }

    /// This object with what it lacks taken from `other`: parameters of the body before those of
    /// the query, as Rails has it.
    package func merged(over other: WireValue) -> WireValue {
        guard case .object(var merged) = self, case .object(let below) = other else { return self }
        for (key, value) in below where merged[key] == nil {
            merged.set(key, to: value)
        }
        return .object(merged)
    }
}

/// A file that came in a multipart body.
package struct WireFile: Sendable, Hashable {
    /// The name that the sender gave, unchecked: never a path on this machine.
    package var filename: String
    /// The type that the sender claims.
    package var contentType: String
    package var bytes: [UInt8]

    package init(filename: String, contentType: String, bytes: [UInt8]) {
        self.filename = filename
        self.contentType = contentType
        self.bytes = bytes
    }
}

/// The members of a JSON object, in the order in which they came.
package struct WireObject: Sendable {
    package private(set) var keys: [String] = []
    package private(set) var values: [WireValue] = []
    /// Only for objects with many members: a scan is faster for the usual ones.
    private var places: [String: Int] = [:]

    private static let scanned = 12

    package init() {}

    package init(_ members: [(String, WireValue)]) {
        for (key, value) in members {
            set(key, to: value)
        }
    }

    package var count: Int { keys.count }

    package subscript(_ key: String) -> WireValue? {
        guard let place = place(of: key) else { return nil }
        return values[place]
    }

    /// False when the key is there already; nothing is changed then.
    package mutating func add(_ key: String, _ value: WireValue) -> Bool {
        guard place(of: key) == nil else { return false }
        append(key, value)
        return true
    }

    package mutating func set(_ key: String, to value: WireValue) {
        guard let place = place(of: key) else {
            append(key, value)
            return
        }
        values[place] = value
    }

    private mutating func append(_ key: String, _ value: WireValue) {
        keys.append(key)
        values.append(value)
        if !places.isEmpty {
            places[key] = keys.count - 1
        } else if keys.count > WireObject.scanned {
            for (place, key) in keys.enumerated() { places[key] = place }
        }
    }

    private func place(of key: String) -> Int? {
        places.isEmpty ? keys.firstIndex(of: key) : places[key]
    }
}

extension WireObject: Hashable {
    package static func == (left: WireObject, right: WireObject) -> Bool {
        left.keys == right.keys && left.values == right.values
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(keys)
        hasher.combine(values)
    }
}

extension WireObject: Sequence {
    package func makeIterator() -> Zip2Sequence<[String], [WireValue]>.Iterator {
        zip(keys, values).makeIterator()
    }
}

extension WireValue: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
}

extension WireValue: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension WireValue: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self = .number(String(value)) }
}

extension WireValue: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: WireValue...) { self = .array(elements) }
}

extension WireValue: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, WireValue)...) {
        self = .object(WireObject(elements))
    }
}

extension WireValue: Codable {
    /// Only from a ``WireDecoder``, which has it already.
    package init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? WireDecoder else {
            throw WireError.invalid(parameter: "", reason: "can only be read from the wire")
        }
        self = decoder.value ?? .null
    }

    package func encode(to encoder: any Encoder) throws {
        guard let writer = encoder as? JSONWriter else {
            throw WireError.invalid(parameter: "", reason: "can only be written to the wire")
        }
        try writer.write(self)
    }
}
