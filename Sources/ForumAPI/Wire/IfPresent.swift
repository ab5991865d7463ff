/// Marks a key that is left out of a reply when there is nothing to say.
///
/// A plain optional of a wire type is sent as `null`, because Discourse sends most of its keys
/// always; this is for the others.
@propertyWrapper
package struct IfPresent<Value: Codable & Sendable>: Sendable {
    package var wrappedValue: Value?

    package init(wrappedValue: Value?) {
        self.wrappedValue = wrappedValue
    }

    package init() {
        self.wrappedValue = nil
    }
}

extension IfPresent: Equatable where Value: Equatable {}
extension IfPresent: Hashable where Value: Hashable {}

extension IfPresent: Codable {
    package init(from decoder: any Decoder) throws {
        self.wrappedValue = try Value?(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        try wrappedValue.encode(to: encoder)
    }
}

// Synthesised conformances call these two, because they fit better than the general ones.
extension KeyedEncodingContainer {
    package mutating func encode<Value>(_ value: IfPresent<Value>, forKey key: Key) throws {
        guard let present = value.wrappedValue else { return }
        try encode(present, forKey: key)
    }
}

extension KeyedDecodingContainer {
    package func decode<Value>(
        _ type: IfPresent<Value>.Type,
        forKey key: Key
    ) throws -> IfPresent<Value> {
        IfPresent(wrappedValue: try decodeIfPresent(Value.self, forKey: key))
    }
}
