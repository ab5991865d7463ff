/// Decodes the parameters of a request. What is missing or of the wrong kind is a ``WireError``
/// that names the parameter.
package func decodeRequest<T: Decodable>(
    _ type: T.Type = T.self,
    from parameters: WireValue
) throws(WireError) -> T {
    do {
        return try T(from: WireDecoder(parameters, .request))
    } catch let error as WireError {
        throw error
    } catch let error as DecodingError {
        throw .invalid(parameter: error.parameter, reason: "has a value that is not known")
    } catch {
        throw .invalid(parameter: "", reason: "cannot be read")
    }
}

/// Decodes a reply of any server of any age: what is missing or of the wrong kind is empty.
/// Throws where the reply is not JSON, or not of the kind (object or list) that it should be.
package func decodeReply<T: Decodable>(
    _ type: T.Type = T.self,
    from json: [UInt8]
) throws(WireError) -> T {
    let value = try WireValue.parse(json: json, values: Limits.replyValues, lenient: true)
    do {
        return try T(from: WireDecoder(value, .reply))
    } catch let error as WireError {
        throw error
    } catch {
        throw .invalid(parameter: "", reason: "cannot be read as \(T.self)")
    }
}

/// Decodes a part of a reply, such as the data of a message, as ``decodeReply(_:from:)`` does.
package func decodeReply<T: Decodable>(
    _ type: T.Type = T.self,
    from value: WireValue
) throws(WireError) -> T {
    do {
        return try T(from: WireDecoder(value, .reply))
    } catch {
        throw .invalid(parameter: "", reason: "cannot be read as \(T.self)")
    }
}

extension DecodingError {
    fileprivate var parameter: String {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .keyNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.last?.stringValue ?? ""
        @unknown default: ""
        }
    }
}

/// A `Decoder` over a ``WireValue``, as forgiving about scalars as forms need: `"1"` is a number,
/// `"t"` is true.
package struct WireDecoder: Decoder {
    package enum Mode: Sendable {
        /// Of ours: refuse what is wrong.
        case request
        /// Of others: read what can be read.
        case reply
    }

    /// nil where the key is missing.
    package let value: WireValue?
    let mode: Mode
    /// The whole name of the parameter, `post[raw]`; kept for requests only.
    let name: String

    package var userInfo: [CodingUserInfoKey: Any] { [:] }
    package var codingPath: [any CodingKey] { name.isEmpty ? [] : [WireKey(name)] }

    /// The whole of what is decoded, not a part.
    private let isWhole: Bool

    package init(_ value: WireValue?, _ mode: Mode) {
        self.value = value
        self.mode = mode
        self.name = ""
        self.isWhole = true
    }

    fileprivate init(_ value: WireValue?, _ mode: Mode, name: String) {
        self.value = value
        self.mode = mode
        self.name = name
        self.isWhole = false
    }

    package func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        let object: WireObject
        switch value {
        case .object(let members): object = members
        case nil where mode == .reply, .null where mode == .reply && !isWhole:
            object = WireObject()
        case nil: throw WireError.missing(parameter: name)
        // Ruby's JSON and PHP's write an empty map as a list.
        case .array(let elements) where elements.isEmpty: object = WireObject()
        case .some where mode == .reply && !isWhole: object = WireObject()
        default:
            // At the top of a reply, anything else is a sign of the wrong server.
            throw WireError.invalid(parameter: name, reason: "must have named values")
        }
        return KeyedDecodingContainer(KeyedReader<Key>(object: object, mode: mode, name: name))
    }

    package func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        UnkeyedReader(elements: try elements(), mode: mode, name: name)
    }

    private func elements() throws -> [WireValue] {
        switch value {
        case .array(let elements): return elements
        case .null: return []
        case nil where mode == .reply: return []
        case nil: throw WireError.missing(parameter: name)
        // `tags[0]=a&tags[1]=b`, as some form libraries write lists.
        case .object(let members)
        where mode == .request && members.keys.allSatisfy({ Int($0) != nil }):
            return zip(members.keys.map { Int($0) ?? 0 }, members.values)
                .sorted { $0.0 < $1.0 }.map(\.1)
        case .string(let text) where mode == .request:
            return text.isEmpty ? [] : [.string(text)]
        case .number(let text) where mode == .request: return [.number(text)]
        case .object(let members) where members.count == 0 && !isWhole: return []
        default:
            guard mode == .request || isWhole else { return [] }
            throw WireError.invalid(parameter: name, reason: "must be a list")
        }
    }

    package func singleValueContainer() -> any SingleValueDecodingContainer {
        ScalarReader(decoder: self)
    }

    // MARK: Scalars

    /// A scalar that must be there. `empty` stands in for it in replies.
    func scalar<T>(_ read: (WireValue) -> T?, _ empty: T, _ expected: String) throws -> T {
        if let value, let result = read(value) { return result }
        guard mode == .request else { return empty }
        switch value {
        case nil, .null: throw WireError.missing(parameter: name)
        default: throw WireError.invalid(parameter: name, reason: "must be \(expected)")
        }
    }

    /// A scalar that may be missing, null or (in a form) empty.
    func optional<T>(_ read: (WireValue) -> T?, _ expected: String) throws -> T? {
        guard let value, !value.isNull else { return nil }
        if let result = read(value) { return result }
        guard mode == .request else { return nil }
        if case .string(let text) = value, text.isEmpty { return nil }
        throw WireError.invalid(parameter: name, reason: "must be \(expected)")
    }

    static let stringKind = "a text"
    static let integerKind = "a whole number"
    static let boolKind = "true or false"
    static let numberKind = "a number"

    func string(_ value: WireValue) -> String? {
        switch value {
        case .string(let text):
            // PostgreSQL has no text with NUL in it, and nobody writes any.
            mode == .request && text.utf8.contains(0) ? nil : text
        case .number(let text): text
        case .bool(let value): value ? "true" : "false"
        default: nil
        }
    }

    func integer<T: FixedWidthInteger>(_ value: WireValue) -> T? {
        let number: T? =
            switch value {
            case .number(let text): T(text) ?? Double(text).flatMap { T(exactly: $0) }
            case .string(let text): T(text)
            // Old servers send a count where newer ones send true.
            case .bool(let value) where mode == .reply: value ? 1 : 0
            default: nil
            }
        guard mode == .request, let number else { return number }
        return Limits.integers.contains(Int64(clamping: number)) ? number : nil
    }

    func bool(_ value: WireValue) -> Bool? {
        switch value {
        case .bool(let value): return value
        case .number("1"): return true
        case .number("0"): return false
        case .string(let text):
            switch text.lowercased() {
            case "true", "t", "1", "on", "yes", "y": return true
            case "false", "f", "0", "off", "no", "n": return false
            default: return nil
            }
        default: return nil
        }
    }

    func double(_ value: WireValue) -> Double? {
        switch value {
        case .number(let text), .string(let text):
            Double(text).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }
}

/// A key that is only a name.
struct WireKey: CodingKey {
    let stringValue: String
    var intValue: Int? { Int(stringValue) }

    init(_ name: String) { self.stringValue = name }
    init(stringValue: String) { self.stringValue = stringValue }
    init(intValue: Int) { self.stringValue = String(intValue) }
}

private struct KeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: WireObject
    let mode: WireDecoder.Mode
    let name: String

    var codingPath: [any CodingKey] { name.isEmpty ? [] : [WireKey(name)] }
    var allKeys: [Key] { object.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }

    private func decoder(_ key: Key) -> WireDecoder {
        let text = key.stringValue
        guard mode == .request else { return WireDecoder(object[text], mode, name: "") }
        return WireDecoder(object[text], mode, name: name.isEmpty ? text : "\(name)[\(text)]")
    }

    func decodeNil(forKey key: Key) -> Bool { object[key.stringValue]?.isNull ?? true }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        let decoder = decoder(key)
        return try decoder.scalar(decoder.bool, false, WireDecoder.boolKind)
    }

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        let decoder = decoder(key)
        return try decoder.scalar(decoder.string, "", WireDecoder.stringKind)
    }

    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        let decoder = decoder(key)
        return try decoder.scalar(decoder.double, 0, WireDecoder.numberKind)
    }

    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        Float(try decode(Double.self, forKey: key))
    }

    private func integer<T: FixedWidthInteger>(_ key: Key) throws -> T {
        let decoder = decoder(key)
        return try decoder.scalar(decoder.integer, 0, WireDecoder.integerKind)
    }

    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try integer(key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try integer(key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try integer(key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try integer(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try integer(key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try integer(key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try integer(key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try integer(key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try integer(key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try integer(key) }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try T(from: decoder(key))
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        let decoder = decoder(key)
        return try decoder.optional(decoder.bool, WireDecoder.boolKind)
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        let decoder = decoder(key)
        return try decoder.optional(decoder.string, WireDecoder.stringKind)
    }

    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        let decoder = decoder(key)
        return try decoder.optional(decoder.integer, WireDecoder.integerKind)
    }

    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        let decoder = decoder(key)
        return try decoder.optional(decoder.double, WireDecoder.numberKind)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        // The scalars of `IfPresent` arrive here, because it is generic.
        if T.self == String.self { return try decodeIfPresent(String.self, forKey: key) as? T }
        if T.self == Int.self { return try decodeIfPresent(Int.self, forKey: key) as? T }
        if T.self == Bool.self { return try decodeIfPresent(Bool.self, forKey: key) as? T }
        if T.self == Double.self { return try decodeIfPresent(Double.self, forKey: key) as? T }
        guard let value = object[key.stringValue], !value.isNull else { return nil }
        guard mode == .reply else { return try T(from: decoder(key)) }
        do {
            return try T(from: decoder(key))
        } catch {
            // A part of a reply that has another form than expected is as good as missing.
            return nil
        }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { WireDecoder(object["super"], mode, name: name) }

    func superDecoder(forKey key: Key) -> any Decoder { decoder(key) }
}

private struct UnkeyedReader: UnkeyedDecodingContainer {
    let elements: [WireValue]
    let mode: WireDecoder.Mode
    let name: String
    var currentIndex = 0

    var codingPath: [any CodingKey] { name.isEmpty ? [] : [WireKey(name)] }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    private mutating func next() throws -> WireDecoder {
        guard currentIndex < elements.count else { throw WireError.missing(parameter: name) }
        defer { currentIndex += 1 }
        let name = mode == .request ? "\(name)[]" : ""
        return WireDecoder(elements[currentIndex], mode, name: name)
    }

    mutating func decodeNil() -> Bool {
        guard currentIndex < elements.count, elements[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try T(from: try next())
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try next() }
}

private struct ScalarReader: SingleValueDecodingContainer {
    let decoder: WireDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.value?.isNull ?? true }

    func decode(_ type: Bool.Type) throws -> Bool {
        try decoder.scalar(decoder.bool, false, WireDecoder.boolKind)
    }

    func decode(_ type: String.Type) throws -> String {
        try decoder.scalar(decoder.string, "", WireDecoder.stringKind)
    }

    func decode(_ type: Double.Type) throws -> Double {
        try decoder.scalar(decoder.double, 0, WireDecoder.numberKind)
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }

    private func integer<T: FixedWidthInteger>() throws -> T {
        try decoder.scalar(decoder.integer, 0, WireDecoder.integerKind)
    }

    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

    func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: decoder) }
}
