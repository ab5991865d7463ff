/// JSON that is encoded already, for what is encoded when it changes and not when it is read.
/// ``JSONWriter`` writes the bytes as they are; they must be one complete JSON value.
package struct RawJSON: Sendable, Hashable {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// `value`, encoded as a part of a reply.
    package init(encoding value: some Encodable) throws {
        self.bytes = try encodeJSON(value)
    }
}

extension RawJSON: Codable {
    package init(from decoder: any Decoder) throws {
        self.bytes = try encodeJSON(WireValue(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        guard let writer = encoder as? JSONWriter else {
            throw WireError.invalid(parameter: "", reason: "can only be written to the wire")
        }
        writer.writeRaw(bytes)
    }
}
