/// Gives every type that asks something empty, and notes what it asked for.
struct SchemaDecoder: Decoder {
    let recorder: SchemaRecorder
    let notes: SchemaNotes

    init(_ recorder: SchemaRecorder, _ notes: SchemaNotes) {
        self.recorder = recorder
        self.notes = notes
    }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(KeyedRecorder<Key>(decoder: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        notes.setSingle(["type": "array", "items": [:]])
        return EmptyList()
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        SingleRecorder(decoder: self)
    }

    /// Something of type `T`, as empty as it can be.
    func sample<T: Decodable>(_ type: T.Type) throws -> T {
        if let described = type as? any SchemaDescribed.Type,
            let sample = described.schemaSample as? T
        {
            return sample
        }
        if let first = SchemaRecorder.firstCase(type) { return first }
        return try T(from: SchemaDecoder(recorder, SchemaNotes()))
    }
}

private struct KeyedRecorder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: SchemaDecoder

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }

    private func note<T: Decodable>(_ key: Key, _ type: T.Type, isRequired: Bool = true) {
        let schema = decoder.recorder.schema(of: type)
        decoder.notes.add(key.stringValue, schema, isRequired: isRequired)
    }

    private func scalar<T: Decodable>(_ key: Key, _ value: T) -> T {
        note(key, T.self)
        return value
    }

    private func absent<T: Decodable>(_ key: Key, _ type: T.Type) -> T? {
        note(key, type, isRequired: false)
        return nil
    }

    func decode(_ type: Bool.Type, forKey key: Key) -> Bool { scalar(key, false) }
    func decode(_ type: String.Type, forKey key: Key) -> String { scalar(key, "") }
    func decode(_ type: Double.Type, forKey key: Key) -> Double { scalar(key, 0) }
    func decode(_ type: Float.Type, forKey key: Key) -> Float { scalar(key, 0) }
    func decode(_ type: Int.Type, forKey key: Key) -> Int { scalar(key, 0) }
    func decode(_ type: Int8.Type, forKey key: Key) -> Int8 { scalar(key, 0) }
    func decode(_ type: Int16.Type, forKey key: Key) -> Int16 { scalar(key, 0) }
    func decode(_ type: Int32.Type, forKey key: Key) -> Int32 { scalar(key, 0) }
    func decode(_ type: Int64.Type, forKey key: Key) -> Int64 { scalar(key, 0) }
    func decode(_ type: UInt.Type, forKey key: Key) -> UInt { scalar(key, 0) }
    func decode(_ type: UInt8.Type, forKey key: Key) -> UInt8 { scalar(key, 0) }
    func decode(_ type: UInt16.Type, forKey key: Key) -> UInt16 { scalar(key, 0) }
    func decode(_ type: UInt32.Type, forKey key: Key) -> UInt32 { scalar(key, 0) }
    func decode(_ type: UInt64.Type, forKey key: Key) -> UInt64 { scalar(key, 0) }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        note(key, type)
        return try decoder.sample(type)
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) -> Bool? { absent(key, type) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) -> String? { absent(key, type) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) -> Double? { absent(key, type) }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) -> Float? { absent(key, type) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) -> Int? { absent(key, type) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) -> Int8? { absent(key, type) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) -> Int16? { absent(key, type) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) -> Int32? { absent(key, type) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) -> Int64? { absent(key, type) }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) -> UInt? { absent(key, type) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) -> UInt8? { absent(key, type) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) -> UInt16? { absent(key, type) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) -> UInt32? { absent(key, type) }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) -> UInt64? { absent(key, type) }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) -> T? {
        absent(key, type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedDecodingContainer<Nested> {
        decoder.notes.add(key.stringValue, ["type": "object"], isRequired: true)
        return SchemaDecoder(decoder.recorder, SchemaNotes()).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
        decoder.notes.add(key.stringValue, ["type": "array", "items": [:]], isRequired: true)
        return EmptyList()
    }

    func superDecoder() -> any Decoder { decoder }
    func superDecoder(forKey key: Key) -> any Decoder { decoder }
}

private struct SingleRecorder: SingleValueDecodingContainer {
    let decoder: SchemaDecoder

    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }

    private func scalar<T: Decodable>(_ value: T) -> T {
        decoder.notes.setSingle(decoder.recorder.schema(of: T.self))
        return value
    }

    func decode(_ type: Bool.Type) -> Bool { scalar(false) }
    func decode(_ type: String.Type) -> String { scalar("") }
    func decode(_ type: Double.Type) -> Double { scalar(0) }
    func decode(_ type: Float.Type) -> Float { scalar(0) }
    func decode(_ type: Int.Type) -> Int { scalar(0) }
    func decode(_ type: Int8.Type) -> Int8 { scalar(0) }
    func decode(_ type: Int16.Type) -> Int16 { scalar(0) }
    func decode(_ type: Int32.Type) -> Int32 { scalar(0) }
    func decode(_ type: Int64.Type) -> Int64 { scalar(0) }
    func decode(_ type: UInt.Type) -> UInt { scalar(0) }
    func decode(_ type: UInt8.Type) -> UInt8 { scalar(0) }
    func decode(_ type: UInt16.Type) -> UInt16 { scalar(0) }
    func decode(_ type: UInt32.Type) -> UInt32 { scalar(0) }
    func decode(_ type: UInt64.Type) -> UInt64 { scalar(0) }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        decoder.notes.setSingle(decoder.recorder.schema(of: type))
        return try decoder.sample(type)
    }
}

/// A list without anything in it.
private struct EmptyList: UnkeyedDecodingContainer {
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 0 }
    var isAtEnd: Bool { true }
    var currentIndex: Int { 0 }

    func decodeNil() -> Bool { false }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        throw WireError.missing(parameter: "")
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        throw WireError.missing(parameter: "")
    }

    func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { self }

    func superDecoder() throws -> any Decoder { throw WireError.missing(parameter: "") }
}
